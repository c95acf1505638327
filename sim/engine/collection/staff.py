"""10:00 and 11:00. How skilled are our collectors today, how long can they work, and who leaves? (mechanism staff)

Levers (training, sharing, bonus, tone) act with or without the mechanism; without it everyone is experienced and stays.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books
from sim.engine.timetable import TEN, Shift, Timetable
from sim.model.levers.collection import Collection
from sim.model.moves import ARCHETYPES
from sim.model.policy import Policy
from sim.model.staffing import STAFFING, TONE_EFFECTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WEEK, MONTH_DAYS, MONTHS, WORKDAYS = 7, 30.4375, 12, 250
TENURE, LEAVES = 0, 1_000
"""Draws of a desk are numbered 2,000 apart: how long its first holder was there, then month by month who leaves."""
DESK_DRAWS = 2_000


class Staff:
    """The collectors of each run; arrays (runs, desks), or (runs,) for the team."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        policies = (books.timeline.policy, *(policy for _, policy in books.timeline.changes))
        self.desks = max(policy.collection.collectors for policy in policies)
        self.active = books.policy.collection.collectors
        shape = (books.runs, self.desks)
        self.learns = books.mechanisms.staff
        self.began_on = books.first - self._tenure_days(shape)  # the day on which the desk's holder began
        self.back_on = np.full(shape, books.first - 1, dtype=np.int64)  # an empty desk is filled on this day
        self.trained = np.zeros(shape)
        self.shared = np.zeros(books.runs)
        self.load = np.zeros(books.runs)
        self.month = self.course = 0
        self.paid_to = books.first - 1
        kinds = [ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours]
        self.tones = {name: np.array(effects)[kinds] for name, effects in TONE_EFFECTS.items()}
        self._capacity: Ints | int = 0
        self._skill: Floats | None = None
        self._mean: Floats | None = None
        self._policy: Policy | None = None
        self._changed = np.zeros(books.runs, dtype=np.bool_)  # somebody left or came, or a month began

    # --- month ----------------------------------------------------------------------------------------------

    def work(self, time: Timetable) -> Shift:
        """Every morning before the contacts: who is here; on a first of a month also who leaves, learns, is paid."""
        books = self.books
        plain = not self.learns and all(_is_plain(policy.collection) for policy in books.timeline.policies)
        mornings = time.rhythm(books.new_months_and_policies())
        while True:
            day = yield time.by(mornings, TEN) if plain else time.every_day(TEN)
            if books.starts_month(day):
                self._new_month(day)
            if self.learns:
                self._newcomers(day)
            self._know_team(day)

    def _new_month(self, day: Day) -> None:
        """Bonus of the month before; courses twice a year; what was learnt fades; some leave."""
        self._changed[:] = True
        rules = self.books.policy.collection
        if rules.pays_bonus:
            self._pay_bonus(rules.bonus_bp, day)
        self.paid_to = day - 1
        self.trained *= (1.0 - STAFFING.forgotten_year) ** (1 / MONTHS)
        if rules.training_days and self.course % (MONTHS // 2) == 0:
            self._train(rules.training_days / 2)
        self.course = self.course + 1 if rules.training_days else 0
        if rules.sharing:
            self.shared = np.minimum(self.shared + STAFFING.shared_quarter / 3, STAFFING.shared_most)
        self.month += 1
        if self.learns and self.desks:
            self._leave(day)

    def _pay_bonus(self, bp: int, day: Day) -> None:
        """A share of what was collected since the last time on claims long overdue."""
        books = self.books
        rows, amounts, days = books.log.postings("receipt", self.paid_to)
        late = (days - books.due_on[rows] > STAFFING.bonus_late_days) & (days < day)
        cash = np.zeros(books.runs, dtype=np.int64)
        np.add.at(cash, books.lives.run[rows[late]], amounts[late])
        salary = books.scenario.company.collector_fen_per_month
        most = int(self.active * salary * STAFFING.bonus_most)
        self.till.move("payroll", np.arange(books.runs), np.minimum(share(cash, bp), most))

    def _train(self, days: float) -> None:
        """A course for everyone at a desk."""
        gained = self.trained + STAFFING.course_skill * days / STAFFING.course_days
        self.trained = np.minimum(gained, STAFFING.course_most)
        cost = round(days * STAFFING.course_fen_day) * self.active
        self.till.move("training", np.arange(self.books.runs), np.full(self.books.runs, cost, dtype=np.int64))

    def _leave(self, day: Day) -> None:
        """Who gives notice this month? The desk is empty until somebody new is found."""
        books = self.books
        less = STAFFING.recognition_year if books.policy.collection.recognition else 0.0
        yearly = STAFFING.turnover_year - less
        chance = -np.expm1(np.log1p(-yearly) / MONTHS)
        leaves = (self._luck(LEAVES + self.month) < chance) & (self.back_on < day)
        leaves[:, self.active :] = False
        runs = np.nonzero(leaves)[0]
        self.back_on[leaves] = day + STAFFING.replaced_days
        self.trained[leaves] = 0.0
        books.log.on_company("staff_left", day, runs, np.zeros(len(runs), dtype=np.int64))

    def _newcomers(self, day: Day) -> None:
        """An empty desk is filled today, by a novice."""
        new = self.back_on == day
        if some(new):
            self.began_on[new] = day
            runs = np.nonzero(new)[0]
            self._changed[runs] = True
            self.books.log.on_company("staff_joined", day, runs, np.zeros(len(runs), dtype=np.int64))

    # --- day ------------------------------------------------------------------------------------------------

    def _know_team(self, day: Day) -> None:
        """How many minutes has the team today, and how good is it?"""
        rules = self.books.policy.collection
        if rules.collectors > self.active and self.learns:
            self.began_on[:, self.active : rules.collectors] = day  # newly hired
        self.active = rules.collectors
        plain = not (
            self.learns or some(self.trained) or some(self.shared) or rules.pays_bonus or rules.sharing
        )
        if plain and not rules.training_days:
            self._capacity, self._skill, self._mean = rules.collectors * rules.minutes_per_day, None, None
            return
        if day % WEEK == 0 or self._mean is None or self._policy is not self.books.policy:
            self._changed[:] = True
        if some(self._changed):
            self._take_stock(day)
        skill: Floats = np.ones(self.books.runs) if self._mean is None else self._mean
        if self.learns:
            tired = (self.load - STAFFING.tired_from) / (1.0 - STAFFING.tired_from)
            tired = np.minimum(np.maximum(tired, 0.0), 1.0)
            skill = skill * (1.0 - STAFFING.tired_costs * tired)
        self._skill = skill

    def _take_stock(self, day: Day) -> None:
        """Skill and minutes of the team for the week to come, or until somebody leaves or comes: run by run."""
        rules = self.books.policy.collection
        anew, self._policy = self._changed.copy(), self.books.policy
        self._changed[:] = False
        here = self.back_on[:, : self.active] <= day
        skill = np.where(here, self._skills(day)[:, : self.active], 0.0).sum(axis=1)
        mean = skill / np.maximum(here.sum(axis=1), 1)
        minutes = np.rint(skill * rules.minutes_per_day * self._time_left() * self._effort()).astype(np.int64)
        self._mean = mean if self._mean is None else np.where(anew, mean, self._mean)
        self._capacity = np.where(anew, minutes, self._capacity)

    def _skills(self, day: Day) -> Floats:
        """Each collector's skill: experience, and what courses and sharing added."""
        base: Floats = np.ones((self.books.runs, self.desks))
        if self.learns:
            months = np.maximum(day - self.began_on, 0) / MONTH_DAYS
            base -= (1.0 - STAFFING.novice) * np.exp(-months / STAFFING.learning_months)
        return base + self.trained + self.shared[:, None]

    def _effort(self) -> float:
        """How much more do people work for a bonus?"""
        rules = self.books.policy.collection
        if not rules.pays_bonus:
            return 1.0
        bonuses = min(rules.bonus_bp / STAFFING.usual_bonus_bp, STAFFING.most_bonuses)
        effort = STAFFING.cash_effort if rules.bonus_kind == "cash" else STAFFING.balanced_effort
        return 1.0 + effort * bonuses

    def _time_left(self) -> float:
        """What of the working time is left after courses and sharing?"""
        rules = self.books.policy.collection
        return 1.0 - rules.training_days / WORKDAYS - (STAFFING.shared_time if rules.sharing else 0.0)

    # --- what the collectors ask ----------------------------------------------------------------------------

    @property
    def capacity(self) -> Ints | int:
        """Minutes for contacts today: one figure, or one for each run."""
        return self._capacity

    def skill_of(self, runs: NDArray[np.integer]) -> Floats | float:
        """The team's mean skill today in these runs."""
        return 1.0 if self._skill is None else self._skill[runs]

    def strength(self, runs: NDArray[np.integer], behaviour: NDArray[np.integer]) -> Floats | None:
        """By how much is the excess of a personal contact's effect over 1 multiplied? None: it is as told."""
        tone = self.books.policy.collection.tone_felt
        if self._skill is None and tone == "friendly":
            return None
        found: Floats = self.tones[tone][behaviour] * self.skill_of(runs)
        return found

    def worked(self, minutes: Ints) -> None:
        """So many minutes of the day were used in each run: who has too much to do tires."""
        if self.learns:
            used = minutes / np.maximum(self._capacity, 1)
            self.load += (np.minimum(used, 1.0) - self.load) / STAFFING.load_memory_days

    # --- draws ----------------------------------------------------------------------------------------------

    def _luck(self, number: int) -> Floats:
        """One draw for each desk of each run."""
        first = np.arange(self.books.runs)[:, None] * self.books.customers
        desks = np.arange(self.desks)[None, :]
        cells = np.broadcast_to(first, (self.books.runs, self.desks)).ravel()
        numbers = np.broadcast_to(desks * DESK_DRAWS + number, (self.books.runs, self.desks)).ravel()
        return self.books.world.luck_at(Purpose.STAFF, cells, numbers).reshape(self.books.runs, self.desks)

    def _tenure_days(self, shape: tuple[int, int]) -> Ints:
        """How long have those of today been with us? Exponential, as turnover makes it."""
        if not self.learns or not self.desks:
            return np.full(shape, NEVER, dtype=np.int64)
        years = np.log1p(-self._luck(TENURE)) / np.log1p(-STAFFING.turnover_year)
        return np.rint(years * 365).astype(np.int64)


def _is_plain(collection: Collection) -> bool:
    """Is nobody trained, paid a bonus or taught by others? Then a day is like any other of the month."""
    return not (collection.training_days or collection.sharing or collection.pays_bonus)
