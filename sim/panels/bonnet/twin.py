"""Do the fast engine and the readable twin write the same ledger? Tried before the learner's eyes."""

from __future__ import annotations

import inspect
import time
from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np
import pandas as pd

from sim.engine import simulate
from sim.model.ledger import TABLES, Ledger
from sim.panels.bonnet.small import POLICIES, core_policy, core_world
from sim.panels.parts import drawing, look
from sim.twin import simulate_plainly
from sim.twin.invoices import Invoice
from sim.words import Language, Words

CUSTOMERS = 20


@dataclass(frozen=True)
class Compared:
    """Rows of each table in both ledgers, and how many of them are equal."""

    rows: dict[str, tuple[int, int, int]]  # engine, twin, equal
    fast_seconds: float
    plain_seconds: float

    @property
    def all_rows(self) -> int:
        """The rows of the longer ledger."""
        return sum(max(engine, twin) for engine, twin, _ in self.rows.values())

    @property
    def equal_rows(self) -> int:
        """How many rows stand in both, at the same place?"""
        return sum(equal for _, _, equal in self.rows.values())


def both_lived(policy: str, days: int, seed: int) -> Compared:
    """The same twenty customers, told by both programs."""
    world, decided = core_world(CUSTOMERS, days, seed), core_policy(policy, CUSTOMERS)
    began = time.perf_counter()
    fast, _ = simulate(world, decided)
    between = time.perf_counter()
    plain = simulate_plainly(world, decided)
    ended = time.perf_counter()
    return Compared(rows_compared(fast, plain), between - began, ended - between)


def rows_compared(fast: Ledger, plain: Ledger) -> dict[str, tuple[int, int, int]]:
    """Table by table: how many rows has each, and how many are equal in every column?"""
    found = {}
    for name in TABLES:
        left, right = getattr(fast, name), getattr(plain, name)
        found[name] = (len(left), len(right), equal_rows(left, right))
    return found


def equal_rows(left: pd.DataFrame, right: pd.DataFrame) -> int:
    """How many rows, from the first on, are equal in every column?"""
    shared = min(len(left), len(right))
    if list(left.columns) != list(right.columns):
        return 0
    same = np.ones(shared, dtype=np.bool_)
    for column in left.columns:
        one, other = (side[column].iloc[:shared].astype(str).to_numpy() for side in (left, right))
        same &= one == other
    return int(same.sum())


def twin_check(lang: Language = "en") -> widgets.Widget:
    """A policy, a number of days, a luck, and the button that lets both programs live through it."""
    words = Words(lang)
    policy = widgets.Dropdown(options=[(words.say(f"policy.{name}.name"), name) for name in POLICIES])
    days, seed = drawing.slider(120, 30, 240, 30), drawing.slider(1, 1, 20)
    go = widgets.Button(description=words.say("bonnet.twin.go"), button_style="primary",
                        layout=widgets.Layout(width="auto"))  # fmt: skip
    go.add_class("arlab-twin-go")
    said = look.html(look.safe(words.say("bonnet.twin.first", customers=CUSTOMERS)), "arlab-twin")

    def tell(_: object) -> None:
        said.value = told(words, both_lived(str(policy.value), int(days.value), int(seed.value)))

    go.on_click(tell)
    rows = [
        drawing.row(words.say(f"bonnet.twin.{key}"), control)
        for key, control in (("policy", policy), ("days", days), ("luck", seed))
    ]
    return drawing.panel(*rows, widgets.HBox([go]), said, look.html(source_code(words)))


def told(words: Words, found: Compared) -> str:
    """One sentence, and a table."""
    key = "equal" if found.equal_rows == found.all_rows else "unequal"
    sentence = words.say(
        f"bonnet.twin.{key}",
        rows=words.number(found.all_rows),
        equal=words.number(found.equal_rows),
        fast=words.number(found.fast_seconds, 2),
        plain=words.number(found.plain_seconds, 2),
    )
    head = [words.say(f"bonnet.twin.{key}") for key in ("table", "engine_rows", "twin_rows", "equal_rows")]
    lines = [
        [words.say(f"bonnet.twin.table.{name}"), *(words.number(count) for count in counts)]
        for name, counts in found.rows.items()
    ]
    return f"<p><b>{look.safe(sentence)}</b></p>{drawing.table(head, lines)}"


def source_code(words: Words) -> str:
    """The life of an invoice as the twin tells it, for those who want to read it."""
    code = inspect.getsource(Invoice.live) + "\n" + inspect.getsource(Invoice.run_clock)
    head = look.safe(words.say("bonnet.twin.code"))
    return f'<details><summary>{head}</summary><pre class="arlab-code">{look.safe(code)}</pre></details>'
