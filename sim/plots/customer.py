"""What happened with one customer: each invoice from issue to payment, and what we did about it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.base import palette
from sim.base.days import NEVER, date_of
from sim.base.errors import BadInput, Problem
from sim.measure import Books
from sim.plots.plot import TALL, Argument, Arguments, Plot, Told, told
from sim.plots.units import month_names, month_starts
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AUTO = "auto"
FEW, MANY = 6, 26  # invoices a picture of one customer can show well
ON_INVOICE = ("promise_made", "promise_kept", "promise_broken", "dispute_opened", "dispute_settled")
ON_ACCOUNT = (
    "contact",
    "stop_supply",
    "alert",
    "plan_made",
    "plan_broken",
    "handed_over",
    "default_known",
    "churned",
)
EVENT_COLUMNS = ("kind", "happened_on", "document")
LOOKS: dict[str, tuple[str, str, float]] = {
    "promise_made": ("D", palette.MARK, 5.0),
    "promise_kept": ("o", palette.GOOD, 5.0),
    "promise_broken": ("X", palette.BAD, 6.5),
    "dispute_opened": ("s", palette.SERIES[3], 5.0),
    "dispute_settled": ("P", palette.SERIES[3], 6.0),
    "contact": ("|", palette.INK, 9.0),
    "stop_supply": ("v", palette.BAD, 6.0),
    "alert": ("^", palette.MARK, 6.0),
    "plan_made": ("d", palette.GOOD, 6.0),
    "plan_broken": ("x", palette.BAD, 6.0),
    "handed_over": (">", palette.SERIES[3], 6.0),
    "default_known": ("*", palette.BAD, 9.0),
    "churned": ("<", palette.INK, 6.0),
}


@dataclass(frozen=True, eq=False)
class Story:
    """One customer in one run. `invoices`: document, invoiced_on, due_on, settled_on (NEVER: open), amount_fen,
    written_off; `events`: kind, happened_on, document (-1: the account)."""

    name_en: str
    name_zh: str
    first: int
    last: int
    invoices: pd.DataFrame
    events: pd.DataFrame
    currency: str

    def name(self, words: Words) -> str:
        """What the customer is called in this language."""
        return self.name_zh if words.lang == "zh" else self.name_en

    @property
    def late_days(self) -> pd.Series[Any]:
        """How many days past due was each invoice settled, or is it now? Negative: not yet due, or paid early."""
        end = np.where(self.invoices["settled_on"] == NEVER, self.last, self.invoices["settled_on"])
        return pd.Series(end - self.invoices["due_on"].to_numpy())

    def count(self, kind: str) -> int:
        """How many events of this kind?"""
        return int((self.events["kind"] == kind).sum())


def measure(lives: Sequence[Life], arguments: Arguments) -> Story:
    """The chosen customer's invoices and events in one run. Raises BadInput for an unknown customer."""
    life = lives[0]
    books, ledger = life.books, life.books.ledger
    run = min(arguments["run"], books.runs) - 1
    who = _chosen(books, run, arguments["customer"])
    documents = books.documents
    mine = (documents.run == run) & (documents.customer == who) & (documents.billed > 0)
    invoices = pd.DataFrame(
        {
            "document": documents.code[mine],
            "invoiced_on": documents.invoiced_on[mine],
            "due_on": documents.due_on[mine],
            "settled_on": documents.settled_on[mine],
            "amount_fen": documents.billed[mine],
            "written_off": documents.is_written_off[mine],
        }
    ).sort_values(["invoiced_on", "document"], ignore_index=True)
    row = ledger.customers.iloc[who]
    names = [str(row[key]) or str(row["customer"]) for key in ("name_en", "name_zh")]
    events = _events(books, run, who)
    return Story(names[0], names[1], ledger.first, ledger.last, invoices.tail(40), events, ledger.currency)


def _events(books: Books, run: int, who: int) -> pd.DataFrame:
    actions = books.ledger.actions
    mine = (books.run_index(actions) == run) & (actions["customer"].to_numpy() == who)
    mine &= actions["kind"].isin([*ON_INVOICE, *ON_ACCOUNT]).to_numpy()
    found = actions.loc[mine, ["kind", "happened_on", "document"]].copy()
    found["kind"] = found["kind"].astype(str)
    return found.reset_index(drop=True)


def _chosen(books: Books, run: int, name: str) -> int:
    """The customer of this id, or (`auto`) the one with the most to tell among those that fit into a picture."""
    ids = books.ledger.customers["customer"].astype(str).to_numpy()
    if name != AUTO:
        found = np.flatnonzero(ids == name)
        if not len(found):
            raise BadInput([Problem("unknown_customer", "customer", name)])
        return int(found[0])
    documents, actions = books.documents, books.ledger.actions
    invoices = np.bincount(
        documents.customer[(documents.run == run) & (documents.billed > 0)], minlength=len(ids)
    )
    mine = actions[(books.run_index(actions) == run) & (actions["customer"].to_numpy() >= 0)]
    mine = mine[mine["kind"].isin([*ON_INVOICE, *ON_ACCOUNT])]
    kinds = mine.groupby("customer", observed=True)["kind"].nunique().reindex(range(len(ids)), fill_value=0)
    number = mine.groupby("customer", observed=True)["kind"].size().reindex(range(len(ids)), fill_value=0)
    fits = (invoices >= FEW) & (invoices <= MANY)
    told = np.where(fits, kinds.to_numpy() * 1000 + number.to_numpy(), -1)
    return int(told.argmax())


def describe(data: Story, words: Words) -> Told:
    """How many invoices were late, and what came of our efforts?"""
    late = data.late_days
    values = {
        "customer": data.name(words),
        "late": words.number(int((late > 0).sum())),
        "all": words.number(len(late)),
        "days": words.days(float(late[late > 0].mean()) if (late > 0).any() else 0.0, 0),
        "contacts": words.number(data.count("contact")),
        "made": words.number(data.count("promise_made")),
        "broken": words.number(data.count("promise_broken")),
        "disputes": words.number(data.count("dispute_opened")),
    }
    key = "plot.customer.finding" if (late > 0).any() else "plot.customer.finding_prompt"
    finding = words.say(key, **values)
    return told(
        words, finding, words.say("plot.customer.alt", **values), shows=words.say("plot.customer.shows")
    )


def draw(data: Story, words: Words, figure: Figure) -> Sequence[Axes]:
    """A bar for each invoice, light until it is due, dark while it is late; marks for what happened."""
    axes = figure.subplots()
    rows = {int(document): place for place, document in enumerate(data.invoices["document"])}
    for place, invoice in enumerate(data.invoices.itertuples(index=False)):
        _draw_invoice(axes, place, invoice, data)
    account = len(rows) + 0.6
    for kind, day, document in zip(*(data.events[name] for name in EVENT_COLUMNS), strict=True):
        if kind in ON_ACCOUNT or document in rows:
            at = account if kind in ON_ACCOUNT else rows[document]
            shape, colour, size = LOOKS[kind]
            axes.plot(
                [day], [at], shape, color=colour, markersize=size, zorder=5,
                markeredgecolor=colour if shape in "|x" else palette.PAPER,
                markeredgewidth=1.2 if shape in "|x" else 0.5,
            )  # fmt: skip
    axes.axhline(len(rows) - 0.1, color=palette.GRID, linewidth=0.8)
    axes.set_ylim(account + 0.7, -0.8)
    _write_rows(axes, data, words, account)
    _write_days(axes, data, words)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    _write_key(axes, data, words)
    return [axes]


def _draw_invoice(axes: Axes, place: int, invoice: Any, data: Story) -> None:
    begin = max(invoice.invoiced_on, data.first - 60) if invoice.invoiced_on != NEVER else data.first
    end = data.last if invoice.settled_on == NEVER else invoice.settled_on
    due = min(max(invoice.due_on, begin), end)
    axes.barh(place, due - begin, left=begin, height=0.62, color=palette.AGES[0], zorder=2)
    if end > due:
        axes.barh(
            place, end - due, left=due, height=0.62, color=palette.AGES[5] if invoice.written_off else palette.AGES[3],
            hatch="////" if invoice.written_off else None, edgecolor=palette.PAPER, linewidth=0, zorder=2,
        )  # fmt: skip
    if invoice.settled_on == NEVER:
        axes.plot([end], [place], ">", color=palette.SOFT, markersize=4, zorder=4, clip_on=False)


def _write_rows(axes: Axes, data: Story, words: Words, account: float) -> None:
    amounts = [words.money(int(amount), data.currency) for amount in data.invoices["amount_fen"]]
    axes.set_yticks(
        [*range(len(amounts)), account], [*amounts, words.say("plot.customer.account")], fontsize=7.5
    )


def _write_days(axes: Axes, data: Story, words: Words) -> None:
    first = int(min(data.invoices["invoiced_on"].replace(NEVER, data.first).min(), data.first))
    first = max(first, data.first - 60)
    starts = month_starts(date_of(first), date_of(data.last))
    step = max(1, -(-len(starts) // 14))
    shown = starts[::step]
    axes.set_xticks(
        [(day - date_of(0)).days for day in shown], month_names(words, [f"{day:%Y-%m}" for day in shown])
    )
    axes.set_xlim(first - 3, data.last + 5)


def _write_key(axes: Axes, data: Story, words: Words) -> None:
    """What do the colours and marks stand for? Only those that occur."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Patch(color=palette.AGES[0], label=words.say("plot.customer.before_due")),
        Patch(color=palette.AGES[3], label=words.say("plot.customer.late")),
    ]
    if data.invoices["written_off"].any():
        name = words.say("plot.customer.written_off")
        handles.append(Patch(facecolor=palette.AGES[5], edgecolor=palette.PAPER, hatch="////", label=name))
    for kind, (shape, colour, size) in LOOKS.items():
        if data.count(kind):
            name = words.say(f"action.{kind}")
            handles.append(
                Line2D([], [], marker=shape, color=colour, linestyle="", markersize=min(size, 7), label=name)
            )
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, fontsize=8, columnspacing=1.2,
        handletextpad=0.4, borderaxespad=0.2, handlelength=1.3,
    )  # fmt: skip


PLOT = Plot(
    "customer",
    measure,
    describe,
    draw,
    runs=1,
    size=TALL,
    arguments=(Argument("customer", "text", AUTO), Argument("run", "whole", 1, low=1, high=1000)),
)
