"""What does each layer of protection cost, and what loss does it leave?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.base.errors import BadInput, Problem
from sim.measure import Books
from sim.model.accounts import closings_of
from sim.model.policy import LEVERS
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.plots.words_for import control_label, lever_value
from sim.study.lives import Life, LifeAsked
from sim.study.sweep import asked_for, whole_time
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
USUAL = ("credit.guarantee=weak", "finance.insurance=whole", "finance.factoring=without_recourse")
PARTS: dict[str, tuple[str, ...]] = {
    "fees": ("premium", "factoring_fee", "loan_interest", "bank_fee", "information"),
    "effort": ("payroll", "collection", "dispute_desk", "agency", "legal", "training"),
}
"""What we pay: for cover and for being lent money on receivables; for collecting, agencies and courts."""
STACK = ("loss", "fees", "effort")
COLOURS = {"loss": palette.BAD, "fees": palette.MARK, "effort": palette.BASELINE, "borne": palette.PAPER}
HATCHES = {"loss": "", "fees": "////", "effort": "....", "borne": "\\\\\\\\"}


@dataclass(frozen=True, eq=False)
class Kept:
    """What one stack of layers cost, each of shape (runs,), and whether it left more."""

    amounts: dict[str, Floats]  # loss, fees, effort, borne (by insurer or factor)
    profit: Floats
    currency: str


@dataclass(frozen=True, eq=False)
class Layers:
    """No layer first, then layer on layer (or each alone)."""

    labels: tuple[tuple[str, Any], ...]  # path and value; the first is ("", "")
    how: str
    steps: tuple[Kept, ...]

    def cost(self, step: int) -> Floats:
        """The loss left and all that was paid to keep it small, run by run."""
        return np.asarray(sum(self.steps[step].amounts[part] for part in STACK))


def layers_of(arguments: Arguments) -> list[tuple[str, Any]]:
    """The layers as levers and values. Raises BadInput for what is no lever or no value of it."""
    found, problems = [], []
    for text in arguments["layers"]:
        path, _, value = str(text).partition("=")
        lever = LEVERS.get(path)
        if lever is None or not value:
            problems.append(Problem("unknown_field", "layers", text))
        elif lever.kind == "int":
            found.append((path, int(value) if value.lstrip("-").isdigit() else value))
        else:
            found.append((path, value == "true" if lever.kind == "bool" else value))
    if problems:
        raise BadInput(problems)
    return found


def plan(asked: tuple[LifeAsked, ...], arguments: Arguments) -> tuple[LifeAsked, ...]:
    """One life without a layer, then one with each."""
    lives = [asked[0]]
    for path, value in layers_of(arguments):
        under = lives[-1] if arguments["how"] == "added" else lives[0]
        lives.append(asked_for(under, path, value))
    return tuple(lives)


def keep(life: Life, arguments: Arguments) -> Kept:  # noqa: ARG001 (all plots are asked alike)
    """Losses left, costs, what others bore, and economic profit, run by run."""
    books = life.books
    paid = {name: -_total(books, *kinds) for name, kinds in PARTS.items()}
    borne = _borne(books)
    gross = whole_time(books, "bad_debt") - whole_time(books, "recoveries")
    return Kept(
        {"loss": gross - borne, **paid, "borne": borne}, whole_time(books, "economic_profit"), life.currency
    )


def _total(books: Books, *kinds: str) -> Floats:
    return books.cash_flow(*kinds)[:, 1:].sum(axis=1).astype(np.float64)


def _borne(books: Books) -> Floats:
    """What insurer and factor bore of the losses."""
    ledger = books.ledger
    if not len(ledger.balance):
        return _total(books, "indemnity")
    return (
        closings_of(ledger.balance, ledger.runs)
        .of("indemnity", "factor_cover")[:, 1:]
        .sum(axis=1)
        .astype(np.float64)
    )


def measure(lives: Sequence[Kept], arguments: Arguments) -> Layers:
    """All stacks side by side."""
    return Layers((("", ""), *layers_of(arguments)), arguments["how"], tuple(lives))


def label(words: Words, data: Layers, step: int) -> str:
    """What is the layer called?"""
    path, value = data.labels[step]
    if not path:
        return words.say("plot.layers.none")
    name = words.say(
        "plot.layers.layer", lever=control_label(words, path), value=lever_value(words, path, value)
    )
    return words.say("plot.layers.plus", layer=name) if data.how == "added" else name


def describe(data: Layers, words: Words) -> Told:
    """What loss is left with the last layer, and what do all of them together cost more or less than none?"""
    last, currency = len(data.steps) - 1, data.steps[0].currency
    gap = sure(data.cost(last) - data.cost(0))
    best = int(np.argmin([float(data.cost(step).mean()) for step in range(last + 1)]))
    values = {
        "before": words.money(float(data.steps[0].amounts["loss"].mean()), currency),
        "after": words.money(float(data.steps[last].amounts["loss"].mean()), currency),
        "amount": words.money(abs(gap.mean), currency),
        "best": label(words, data, best),
    }
    key = "unclear" if not gap.is_clear else "dearer" if gap.mean > 0 else "cheaper"
    finding = words.say(f"plot.layers.{key}", **values)
    parts = [
        words.say("plot.alt.list", name=label(words, data, step), parts=_parts_said(words, data, step))
        for step in range(last + 1)
    ]
    return told(words, finding, *parts, shows=words.say("plot.layers.shows"))


def _parts_said(words: Words, data: Layers, step: int) -> str:
    kept = data.steps[step]
    return words.listed(
        words.say(
            "plot.alt.part",
            name=words.say(f"plot.layers.{part}"),
            value=words.money(float(kept.amounts[part].mean()), kept.currency),
        )
        for part in (*STACK, "borne")
    )


def draw(data: Layers, words: Words, figure: Figure) -> Sequence[Axes]:
    """A bar for each stack: the loss left, fees, effort; then, as an outline, what others bore."""
    axes = figure.subplots()
    currency = data.steps[0].currency
    totals = [sum(float(x.mean()) for x in kept.amounts.values()) for kept in data.steps]
    unit = marks.value_axis(axes, words, "fen", currency, totals)
    marks.group_marks(axes.xaxis, words)
    for row, kept in enumerate(data.steps):
        left = 0.0
        for part in (*STACK, "borne"):
            width = float(kept.amounts[part].mean()) / unit.factor
            axes.barh(
                row, width, left=left, height=0.58, color=COLOURS[part], hatch=HATCHES[part], linewidth=0.6,
                edgecolor=palette.FAINT if part == "borne" else palette.PAPER,
                label=words.say(f"plot.layers.{part}") if row == 0 else "_",
            )  # fmt: skip
            left += width
        _write_total(axes, words, data, row, left)
    axes.set_yticks(
        range(len(data.steps)), [label(words, data, row) for row in range(len(data.steps))], fontsize=9.0
    )
    axes.set_ylim(len(data.steps) - 0.45, -0.55)
    axes.set_xlim(min(0.0, axes.get_xlim()[0]), max(totals) / unit.factor * 1.42)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.set_xlabel(marks.in_unit(words, words.say("plot.layers.axis"), unit.label))
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, fontsize=8.5, borderaxespad=0.2)
    return [axes]


def _write_total(axes: Axes, words: Words, data: Layers, row: int, at: float) -> None:
    """Beside each bar: cost in all, and what the layers do to economic profit."""
    currency = data.steps[0].currency
    text = words.say("plot.layers.total", amount=words.money(float(data.cost(row).mean()), currency))
    if row:
        text += "\n" + words.say("plot.layers.profit", change=_gap(words, data, row, currency))
    axes.annotate(
        text,
        (at, row),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.3,
        linespacing=1.25,
    )


def _gap(words: Words, data: Layers, row: int, currency: str) -> str:
    gap: Sure = sure(data.steps[row].profit - data.steps[0].profit)
    amount = words.money(gap.mean, currency, signed=True)
    if not np.isfinite(gap.low):
        return amount
    between = words.interval(gap.low, gap.high, "fen", currency=currency, signed=True)
    return words.say("panel.finding.clear", amount=amount, between=between)


PLOT = Plot(
    "layers", measure, describe, draw, size=LARGE, days=730, plan=plan, keep=keep,
    arguments=(Argument("layers", "texts", USUAL), Argument("how", "choice", "added", ("added", "alone"))),
)  # fmt: skip
