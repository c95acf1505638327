"""How does a customer's own house delay payment? Windows, certificates, tests, idle months (mechanism processes).

Pressure does little against a calendar: what helps is to be there before the window closes. An invoice can be paid from
its `ready_from` on; a step missed on the way costs a supermarket one more cycle. All figures are assumptions.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.base.arrays import some
from sim.base.days import Day, dates_of, day_of, months_of
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.records.books import DISPUTED, NOT_OPEN, Books, Rows
from sim.engine.timetable import NINE, Shift, Timetable

Cells = NDArray[np.int64]

STATEMENT_DAY = 25
"""A supermarket's statement closes on this day of the month; what comes later is in the next one (practice)."""
ALIGNED_DAYS = 5
"""Who ships by the statement's close brings so many days' deliveries forward into it (assumption, 2-8)."""
WINDOW_FIRST, WINDOW_LAST = 8, 25
"""Days of the following month on which statements are reconciled (practice)."""
INVOICE_DAY, CYCLE_DAYS = 17, 30
"""Day of the month by which the VAT invoice of a reconciled statement is handed in; a missed step costs a cycle."""
MISMATCH, MISSED_INVOICE = 0.12, 0.08
"""Chance that a statement does not match (0.05-0.25), that the invoice day is missed (0.02-0.20)."""
FIXED_BY_CLERK, FIXED_OTHERWISE = 0.7, 0.4
"""Chance that a mismatch is mended within one cycle, with and without a clerk who knows the window."""
SIGNATURE_MEAN_DAYS = 4.0
"""Three people sign a payment notice: exponential delay (mean 2-10)."""
DEDUCTION_BP_LOW, DEDUCTION_BP_SPAN = 200, 600
"""Promotion, listing and logistics are deducted: 2-8 % of the invoice, mean 5 %."""
HELP_IN_WINDOW = 0.7
"""Chance that a contact before the window closes saves the missed step; afterwards it is too late."""
CERTIFICATE_MEDIAN, CERTIFICATE_SIGMA = 28.0, 0.5
"""Days until a contractor's engineer certifies what was delivered (20-45)."""
TEST_FIRST, TEST_SPAN = 10, 11
"""A maker's acceptance test takes 10-20 days."""
PROJECT_RECEIPTS = (1.9, 0.4, 0.6, 0.8, 0.8, 1.1, 0.8, 0.8, 0.9, 0.9, 1.1, 1.9)
"""Contractors have money when their owners have paid them: multipliers of payment by month, mean 1."""
IDLE_HASTE, SETTLING_HASTE, IDLE_REACH = 0.05, 2.2, 0.25
"""Payment in an idle month: of who rests (a), of who settles accounts (b); and the chance to reach who rests."""
STOCKING, BACK_DANGER = 1.5, 2.0
"""Orders in the month before an idle one; failures in the month after."""


class Processes:
    """The calendars of customers; `ready_from` and `missed` are columns of the books."""

    def __init__(self, books: Books):
        self.books = books
        segment = np.tile(books.portfolio.column("segment"), books.runs)
        self.is_project, is_maker = segment == "project", segment == "maker"
        self.is_supermarket = (segment == "supermarket")[books.cell]  # per document
        self.has_papers = (self.is_project | is_maker)[books.cell]
        self._draw(self.is_project[books.cell], is_maker[books.cell])
        books.by_calendar[:] = self.is_supermarket
        self.earliest = min(books.first, int(books.lives.wanted_on.min(initial=books.first)))
        days = np.arange(self.earliest, books.last + 1)
        self.closes = statement_close(days)  # by day, from the earliest on
        self.handed_in = day_of_next_month(self.closes, INVOICE_DAY)
        self.window_ends = day_of_next_month(self.closes, WINDOW_LAST)
        self.idle = _idle_months(books)
        self.settles = np.tile(books.portfolio.column("idle_reading") == "b", books.runs)
        books.on_open.append(self.enter)
        books.on_reached.append(self.contacted)
        self.enter(books.open_rows)

    def work(self, time: Timetable) -> Shift:
        """Every first of a month at nine."""
        while True:
            self.new_month((yield time.months(NINE)))

    def deductions(self, time: Timetable) -> Shift:
        """Every day at nine: supermarkets deduct what they think is theirs."""
        while True:
            day = yield time.every_day(NINE)
            self.deduct(self.books.due_today("deduction", day), day)

    def _draw(self, is_project: NDArray[np.bool_], is_maker: NDArray[np.bool_]) -> None:
        """What each document will meet in its customer's house, whenever it gets there."""
        shop, site, plant = (np.flatnonzero(mine) for mine in (self.is_supermarket, is_project, is_maker))
        count = len(self.is_supermarket)
        self.days_inside = np.zeros(count, dtype=np.int64)
        signed = -SIGNATURE_MEAN_DAYS * np.log1p(-self._luck(shop, 2))
        certified = np.clip(self._luck(site, 0), 1e-9, 1 - 1e-9)
        self.days_inside[shop] = np.floor(signed)
        self.days_inside[site] = np.rint(CERTIFICATE_MEDIAN * np.exp(CERTIFICATE_SIGMA * ndtri(certified)))
        self.days_inside[plant] = TEST_FIRST + np.floor(self._luck(plant, 0) * TEST_SPAN)
        self.mismatch = np.ones(count)
        self.mismatch[shop] = self._luck(shop, 0)
        self.misses_invoice_day = np.zeros(count, dtype=np.bool_)
        self.misses_invoice_day[shop] = self._luck(shop, 1) < MISSED_INVOICE
        self.deduction_bp = np.zeros(count, dtype=np.int64)
        self.deduction_bp[shop] = DEDUCTION_BP_LOW + np.floor(self._luck(shop, 3) * DEDUCTION_BP_SPAN)

    def _luck(self, rows: Rows, number: int) -> NDArray[np.float64]:
        books = self.books
        return books.world.luck_at(Purpose.PROCESS, books.cell[rows], books.lives.number[rows] * 8 + number)

    # one invoice ------------------------------------------------------------------------------------------------

    def enter(self, rows: Rows) -> None:
        """New invoices enter their customers' houses."""
        books = self.books
        papers, statements = rows[self.has_papers[rows]], rows[self.is_supermarket[rows]]
        if len(papers):  # certified or tested before they can be paid
            books.ready_from[papers] = books.invoiced_on[papers] + self.days_inside[papers]
        if len(statements):
            self._statement(statements)

    def _statement(self, rows: Rows) -> None:
        """Statement, reconciliation, invoice day, three signatures; each missed step is one more cycle."""
        books = self.books
        handed_in = self.handed_in[self._counted_on(rows)]
        mended = FIXED_BY_CLERK if books.policy.operations.statement_clerk else FIXED_OTHERWISE
        missed = (self.mismatch[rows] < MISMATCH).astype(np.int64)
        missed += self.mismatch[rows] < MISMATCH * (1.0 - mended)
        missed += self.misses_invoice_day[rows]
        books.missed[rows] = missed
        books.misses[rows] = 0  # the calendar says it all
        books.ready_from[rows] = handed_in + self.days_inside[rows] + missed * CYCLE_DAYS
        books.plan("deduction", books.world.workdays_for(handed_in), rows)

    def _counted_on(self, rows: Rows) -> Cells:
        """The place in the calendar of the day that decides the statement: who ships by its close gains a month."""
        ahead = ALIGNED_DAYS if self.books.policy.operations.statement_cut_off else 0
        return np.maximum(self.books.invoiced_on[rows].astype(np.int64) - self.earliest - ahead, 0)

    def deduct(self, rows: Rows, day: Day) -> None:
        """The supermarket keeps back what it counts as promotion, listing and logistics."""
        books = self.books
        rows = (
            rows[(books.status[rows] != NOT_OPEN) & (books.status[rows] != DISPUTED)] if len(rows) else rows
        )
        if len(rows):
            kept = share(books.open_fen[rows], self.deduction_bp[rows])
            books.log.entry("credit_note", day, rows[kept > 0], kept[kept > 0])
            books.reduce(rows, kept)

    def contacted(self, rows: Rows, day: Day) -> None:
        """A contact before the window closes saves a missed step; later ones change nothing."""
        books = self.books
        rows = rows[books.missed[rows] > 0]
        if not len(rows):
            return
        place = self._counted_on(rows)
        in_time = (day > self.closes[place]) & (day <= self.window_ends[place])
        rows = rows[in_time]
        if not len(rows):
            return
        saved = rows[self._luck(rows, 5) < HELP_IN_WINDOW]
        books.ready_from[saved] -= CYCLE_DAYS
        books.missed[saved] -= 1

    # one month --------------------------------------------------------------------------------------------------

    def new_month(self, day: Day) -> None:
        """Contractors' money by season; who rests this month, who comes back, who stocks up."""
        books = self.books
        month = int(months_of(np.array([day]))[0])
        season = np.where(self.is_project, PROJECT_RECEIPTS[month], 1.0)
        if some(self.idle):
            now, next_, last = (self.idle[(month + step) % 12] for step in (0, 1, -1))
            season = season * np.where(now, np.where(self.settles, SETTLING_HASTE, IDLE_HASTE), 1.0)
            books.appetite.set("idle", np.where(now, 0.0, np.where(next_, STOCKING, 1.0)))
            books.reach.set("idle", np.where(now & ~self.settles, IDLE_REACH, 1.0))
            books.danger.set("idle", np.where(last & ~now, BACK_DANGER, 1.0))
        books.haste.set("calendar", season)


def _idle_months(books: Books) -> NDArray[np.bool_]:
    """Who does no business in which month? Shape (12, cells)."""
    idle = np.zeros((12, books.customers), dtype=np.bool_)
    for who, months in enumerate(books.portfolio.column("idle_months")):
        for month in str(months).split(",") if str(months) else ():
            idle[int(month) - 1, who] = True
    return np.tile(idle, (1, books.runs))


def statement_close(days: NDArray[np.integer]) -> Cells:
    """The statement day on or after each day."""
    dates = dates_of(days)
    this = _day_in_month(dates.astype("datetime64[M]"), STATEMENT_DAY)
    following = _day_in_month(dates.astype("datetime64[M]") + 1, STATEMENT_DAY)
    return np.where(days <= this, this, following)


def day_of_next_month(days: Cells, which: int) -> Cells:
    """That day of the month after each day's month."""
    return _day_in_month(dates_of(days).astype("datetime64[M]") + 1, which)


def _day_in_month(months: NDArray[np.datetime64], which: int) -> Cells:
    return (months.astype("datetime64[D]") + (which - 1)).astype(np.int64) - _EPOCH


_EPOCH = day_of("1970-01-01")
