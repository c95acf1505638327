"""How much was provided for, and how much of it was lost? The flow-rate matrix of one month-end against what came."""

from __future__ import annotations

from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, month_ends
from sim.measure import Books
from sim.measure.expected_loss import (
    BUCKETS,
    EDGES,
    allowance_on,
    balances_by_bucket,
    loss_rates_on,
    roll_rates_before,
)
from sim.measure.formulas import ratio
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.drawing import (
    COLOURS,
    Named,
    Picture,
    beside,
    follow,
    legend,
    panel,
    put,
    row,
    slider,
    table,
)
from sim.panels.warning.companies import COMPANIES, company
from sim.words import Language, Words

Floats = NDArray[np.float64]
FIRST_MONTH, LAST_MONTH, USUAL_MONTH = 6, 18, 12


@dataclass(frozen=True, eq=False)
class Provided:
    """One month-end by age bucket, shape (buckets,): what was owed, the rates, what was expected and what came."""

    day: Day
    owed: Floats
    rolls: Floats
    rates: Floats
    expected: Floats
    written_off: Floats
    still_open: Floats


def provided(books: Books, month: int, *, loss_of_last: float, scalar: float) -> Provided:
    """The matrix at the end of this month of the ledger (1 = its first), and what became of those debts by its end."""
    first = np.array([books.ledger.first])
    days = month_ends(first, month - 1).astype(np.int64)
    day = int(days[0])
    rates = loss_rates_on(books, days, loss_of_last=loss_of_last, scalar=scalar)
    owed = balances_by_bucket(books, days)
    rolls = roll_rates_before(books, days)[:, 0, 0]
    lost, left = became_of(books, day)
    expected = np.where(owed[:, 0, 0] == 0, 0.0, owed[:, 0, 0] * rates[:, 0, 0])
    assert np.isclose(np.nansum(expected), np.nan_to_num(allowance_on(books, days, rates)[0, 0]))
    return Provided(
        day,
        owed[:, 0, 0].astype(np.float64),
        np.append(rolls, np.nan),
        rates[:, 0, 0],
        expected,
        lost,
        left,
    )


def became_of(books: Books, day: Day) -> tuple[Floats, Floats]:
    """Of each bucket of this day, how much was written off later, and how much is still open at the end?"""
    documents = books.documents
    column = day - books.ledger.first + 1
    open_then = np.maximum(documents.open_at(column), 0)
    bucket = np.searchsorted(EDGES, day - documents.due_on, side="right")
    off = books.is_kind("write_off")[documents.rows] & (documents.day_at > column)
    lost = np.zeros(len(documents), dtype=np.int64)
    np.add.at(lost, documents.of_row[off], -documents.change[off])
    left = np.minimum(np.maximum(documents.open_at(books.days), 0), open_then)
    lost = np.minimum(lost, open_then)
    sums = [np.bincount(bucket, each, minlength=len(BUCKETS))[: len(BUCKETS)] for each in (lost, left)]
    return sums[0].astype(np.float64), sums[1].astype(np.float64)


class ProvisionCheck(widgets.VBox):
    """The provision matrix of one month-end, with its assumptions to move, and what came."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._month = slider(USUAL_MONTH, FIRST_MONTH, LAST_MONTH)
        self._last, self._scalar = slider(60, 30, 100, 5), slider(100, 80, 130, 5)
        options = [(say("labs.late.company.one", number=n + 1), n) for n in range(COMPANIES)]
        self._company = widgets.Dropdown(options=options, value=0)
        rows = [
            row(say("labs.ecl.month"), self._month),
            row(say("labs.ecl.last"), self._last, mark="A"),
            row(say("labs.ecl.scalar"), self._scalar, mark="A"),
            row(say("labs.ecl.company"), self._company),
        ]
        self._named = [
            Named(say("labs.ecl.table.expected"), COLOURS[0]),
            Named(say("labs.ecl.table.lost"), COLOURS[1]),
            Named(say("labs.ecl.table.open"), "#b8c4d0"),
        ]
        self._picture = Picture("", "", height="240px")
        self._bars = self._picture.bars(*self._named, stacked=False)
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-differences")
        key = look.html(legend(self._named), "arlab-legend")
        note = look.html(look.safe(say("labs.ecl.note")), "arlab-note")
        made = panel(self._finding, beside(rows, [self._picture.widget, key]), self._table, note)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-provision")
        self._month.add_class("arlab-provision-month")
        follow([self._month, self._last, self._scalar, self._company], self.draw)

    def draw(self) -> None:
        """Show the matrix and what came."""
        lived = company(int(self._company.value))
        found = provided(
            lived.books,
            int(self._month.value),
            loss_of_last=self._last.value / 100.0,
            scalar=self._scalar.value / 100.0,
        )
        money = self.words.money
        expected = float(np.nansum(found.expected))
        self._finding.value = look.safe(
            self.words.say(
                "labs.ecl.finding",
                month=self.words.date(found.day),
                expected=money(expected),
                rate=self.words.percent(float(ratio(expected, found.owed.sum()))),
                last=self.words.date(lived.last),
                lost=money(found.written_off.sum()),
                open=money(found.still_open.sum()),
            )
        )
        self._table.value = self._tabled(found)
        values = np.stack([np.nan_to_num(found.expected), found.written_off, found.still_open])
        unit = axis_unit(self.words, "fen", "CNY", float(values.max()))
        x = np.arange(len(BUCKETS))
        put(self._bars, x, values / unit.factor)
        names = [self.words.say(f"labs.ecl.bucket.{name}") for name in BUCKETS]
        self._picture.fit(x, values / unit.factor, x_ticks=x, x_labels=names, margin=0.6)
        self._picture.entitle(self.words.say("labs.ecl.title"), unit.label)

    def _tabled(self, found: Provided) -> str:
        say, money, percent = self.words.say, self.words.money, self.words.percent
        names = ("bucket", "balance", "roll", "rate", "expected", "lost", "open")
        head = [say(f"labs.ecl.table.{name}") for name in names]
        rows = [
            [
                say(f"labs.ecl.bucket.{name}"),
                money(found.owed[at]),
                percent(found.rolls[at]) if at < len(BUCKETS) - 1 else "",
                percent(found.rates[at], 2),
                money(found.expected[at]),
                money(found.written_off[at]),
                money(found.still_open[at]),
            ]
            for at, name in enumerate(BUCKETS)
        ]
        sums = (found.expected, found.written_off, found.still_open)
        total = [say("labs.ecl.table.total"), money(found.owed.sum()), "", ""]
        rows.append([*total, *(money(float(np.nansum(each))) for each in sums)])
        return table(head, rows, strong=len(rows) - 1)


def provision_check(lang: Language = "en") -> ProvisionCheck:
    """The provision matrix of one month-end, and what was lost afterwards."""
    return ProvisionCheck(lang)
