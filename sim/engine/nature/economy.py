"""06:00, before all else. In what times do we live today, and whom do they hurt? (mechanisms economy, contagion)"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine.records.books import Books
from sim.engine.timetable import SIX, Shift, Timetable
from sim.model.regimes import LAW_DEFAULTS, LAW_HASTE, REGIMES, figures

SECTOR_SHOCK = REGIMES.index("sector_shock")
LINKS = 3
"""Each customer sells to so many other customers of ours (assumption, 1-6); which ones is drawn."""
SHARE_OF_A_LINK = 0.25
"""So much of its own receivables it has with each (assumption, 0.1-0.4)."""
SHOCK_PER_SHARE = 0.40
"""So much of its liquidity goes with the share that fails (assumption; a quarter of a shock is passed on)."""
SHOCK_DEFAULT, SHOCK_HASTE = 5.0, 1.0
"""A shock of 1 would raise failures by five times and stop payment (assumption)."""
SHOCK_FADE = 0.7
"""What is left of a shock after a month (assumption, 0.5-0.85)."""
LAW_COMPLIES = 0.6
"""So many large buyers keep the rule's sixty days (assumption, 0.3-0.9); public bodies all do."""
LAW_DAYS = 60


def economy(time: Timetable, books: Books) -> Shift:
    """Every day at six: has the regime changed, does the law hold, who suffers from another's failure?"""
    times = Times(books)
    while True:
        day = yield time.every_day(SIX)
        times.come(day)


class Times:
    """The state of the economy and of the links between customers."""

    def __init__(self, books: Books):
        self.books, self.scenario = books, books.scenario
        self.path = books.world.regimes
        self._turns = [True, *np.any(self.path[:, 1:] != self.path[:, :-1], axis=0).tolist()]
        self.shock = np.zeros(books.cells)
        self.group = books.groups
        self.known_failed = np.zeros(books.cells, dtype=np.bool_)
        who = books.portfolio.column("segment")
        self.shocked = np.tile(who == books.scenario.economy.shocked_segment, books.runs)
        self.law_from = _day_after(books, books.scenario.economy.payment_law_after)
        self.biggest_fails_on = _day_after(books, books.scenario.economy.biggest_fails_after)

    def come(self, day: int) -> None:
        """A new morning."""
        if self.books.mechanisms.economy:
            place = day - self.books.first
            if self._turns[place]:
                self._turn(self.path[:, place])
        if day == self.law_from:
            self._law_comes_into_force()
        if day == self.biggest_fails_on:
            self._biggest_fails()
        if self.books.mechanisms.contagion:
            self._pull_down(day)

    def _turn(self, regime: NDArray[np.int8]) -> None:
        """Demand, payment, failures, the price of money and losses turn together."""
        books = self.books
        mine = np.repeat(regime, books.customers)
        mine = np.where(
            (mine == SECTOR_SHOCK) & ~self.shocked, 0, mine
        )  # a shock of one sector leaves the others alone
        books.regime = regime
        books.haste.set("economy", figures("payment")[mine])
        books.appetite.set("economy", figures("demand")[mine])
        books.danger.set("economy", figures("default")[mine])
        books.lgd_extra_bp = figures("lgd_bp")[mine].astype(np.int64)
        books.bank_extra_bp = figures("funds_bp")[regime].astype(np.int64)

    def _law_comes_into_force(self) -> None:
        """From today large buyers must pay within sixty days: they hurry more, and fewer small firms fail."""
        books = self.books
        large = np.tile(books.portfolio.column("is_large") == 1, books.runs)
        public = np.tile(books.portfolio.column("segment") == "public", books.runs)
        keeps = large & (
            public | (books.world.luck_at(Purpose.STATEMENT, np.arange(books.cells), 0) < LAW_COMPLIES)
        )
        books.longest_term[keeps] = LAW_DAYS
        books.haste.set("law", np.where(large, LAW_HASTE, 1.0))
        books.danger.set("law", np.full(books.cells, LAW_DEFAULTS))

    def _biggest_fails(self) -> None:
        """The customer who buys most has no money left, in every run."""
        biggest = int(np.argmax(self.books.portfolio.yearly_sales_fen()))
        cells = np.arange(self.books.runs) * self.books.customers + biggest
        self.books.lived[cells] = np.inf

    def _pull_down(self, day: int) -> None:
        """Who lives from customers that failed yesterday pays later and fails more easily; it passes with time."""
        books = self.books
        fresh = books.failed & ~self.known_failed
        if some(fresh):
            self.known_failed |= fresh
            self.shock += self._hit_by(fresh) * SHARE_OF_A_LINK * SHOCK_PER_SHARE
            self._fail_with_their_group(fresh)
        elif not books.starts_month(day) or not some(self.shock):
            return
        if books.starts_month(day):
            self.shock = np.where(self.shock < 0.01, 0.0, self.shock * SHOCK_FADE)
        shock = np.minimum(self.shock, 0.8)
        books.haste.set("contagion", 1.0 - SHOCK_HASTE * shock)
        books.danger.set("contagion", 1.0 + SHOCK_DEFAULT * shock)

    def _fail_with_their_group(self, failed: NDArray[np.bool_]) -> None:
        """Companies of one group stand and fall together: the others follow the next day."""
        groups = self.group[failed]
        groups = groups[groups >= 0]
        if len(groups):
            self.books.lived[np.isin(self.group, groups)] = np.inf

    def _hit_by(self, failed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Through how many links is each customer hit by these failures? Shape (cells,)."""
        hits = np.zeros((self.books.runs, self.books.customers))
        runs = failed.reshape(hits.shape).any(axis=1)  # no link goes from one run to another
        for link in self._links:
            hits[runs] += failed[link[runs]]
        return hits.ravel()

    @cached_property
    def _links(self) -> list[NDArray[np.int64]]:
        """The cells each customer's own customers stand in, one array (runs, customers) per link."""
        books = self.books
        cells = np.arange(books.cells)
        start = cells - cells % books.customers
        draws = (books.world.luck_at(Purpose.CONTAGION, cells, number) for number in range(LINKS))
        shape = books.runs, books.customers
        return [(start + np.floor(luck * books.customers).astype(np.int64)).reshape(shape) for luck in draws]


def _day_after(books: Books, days: int) -> int:
    return NEVER if days < 0 else books.first + days
