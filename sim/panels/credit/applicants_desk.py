"""Who gets credit? A desk with applicants: buy information, decide, let the same applicants live a year, look back.

Nothing hidden reaches the page before the year has passed. Then: what your decisions earned against the project's rule,
in the year that came and over many other years with the same applicants, and what each of them really was.
"""

from __future__ import annotations

from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np

from sim.model.portfolio import GRADES
from sim.model.scorecard import grade_of
from sim.panels.credit.applicant_card import LETTERS, Card
from sim.panels.credit.applicants_year import (
    DECISIONS,
    RUNS,
    Decided,
    Decision,
    Desk,
    Year,
    by_the_rule,
    comes_to,
    year_of,
)
from sim.panels.live.by_and_by import ByAndBy, button, keep_told, listed
from sim.panels.parts import look
from sim.panels.parts.drawing import panel, table
from sim.study.compare import interval
from sim.words import Language, Words

SEEDS = (10, 2, 7)
"""The desks to choose from: where care pays, where one name decides, where caution costs."""


@dataclass(frozen=True, eq=False)
class Result:
    """The year under your decisions and under the rule's, and, once known, what would have earned most."""

    desk: Desk
    yours: tuple[Decided, ...]
    rule: tuple[Decided, ...]
    year: Year
    rules_year: Year
    best: tuple[Decision, ...] = ()


def worked(asked: tuple[Desk, tuple[Decided, ...]], step: int) -> Result:
    """Step 1: both years. Step 2: which decision would have earned most with each applicant?"""
    desk, yours = asked
    rule = by_the_rule(desk)
    best: tuple[Decision, ...] = ()
    if step > 1:
        same = {name: tuple(Decided(name) for _ in range(desk.count)) for name in DECISIONS}
        earned = np.array([year_of(desk, all_of_it).earned.mean(axis=0) for all_of_it in same.values()])
        best = tuple(DECISIONS[at] for at in np.argmax(earned, axis=0))
    return Result(desk, yours, rule, year_of(desk, yours), year_of(desk, rule), best)


class ApplicantsDesk(widgets.VBox):
    """Cards of applicants, a button that lets a year pass, and the debrief."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._desk = listed(
            0, [(say("labs.credit.desk.number", number=at + 1), at) for at in range(len(SEEDS))]
        )
        self._desk.observe(lambda _: self._new_desk(), names="value")
        self._state = look.html("", "arlab-note")
        self._close = button(say("labs.credit.desk.close"), self.close_desk, "arlab-close-desk", primary=True)
        self._again = button(say("labs.credit.desk.again"), self._reopen, "arlab-reopen")
        self._slow = ByAndBy[tuple[Desk, tuple[Decided, ...]], Result](
            self.words, worked, self._show, steps=2
        )
        self._cards_box = widgets.GridBox(
            [],
            layout=widgets.Layout(
                grid_template_columns="repeat(auto-fill, minmax(300px, 1fr))", grid_gap="10px"
            ),
        )
        self._finding = look.html("", "arlab-finding")
        self._debrief = look.html("", "arlab-differences")
        top = widgets.HBox(
            [self._desk, self._state], layout=widgets.Layout(align_items="center", grid_gap="14px")
        )
        bottom = widgets.HBox([self._close, self._again])
        made = panel(top, self._cards_box, bottom, self._slow.widget, self._finding, self._debrief)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-applicants-desk")
        keep_told(self, self._slow)
        self._new_desk()

    @property
    def desk(self) -> Desk:
        """The desk that is open."""
        return Desk(SEEDS[self._desk.value])

    def close_desk(self) -> None:
        """Let a year pass, if something was decided on everybody."""
        decided = [card.decided for card in self.cards]
        missing = [LETTERS[at] for at, found in enumerate(decided) if found is None]
        if missing:
            self._state.value = look.safe(
                self.words.say("labs.credit.desk.missing", who=self.words.listed(missing))
            )
            return
        self._lock(True)
        self._slow.ask((self.desk, tuple(found for found in decided if found is not None)))

    def _new_desk(self) -> None:
        people = self.desk.people
        self._slow.stop()
        self.cards = [Card(self.words, people, at, self._tell_state) for at in range(len(people))]
        self._cards_box.children = [card.widget for card in self.cards]
        self._reopen()

    def _reopen(self) -> None:
        self._slow.stop()
        self._finding.value = self._debrief.value = ""
        self._lock(False)
        self._tell_state()

    def _lock(self, locked: bool) -> None:
        for card in self.cards:
            card.lock(locked)
        self._close.disabled = locked
        self._again.layout.display = "" if locked else "none"

    def _tell_state(self) -> None:
        decided = sum(card.decided is not None for card in self.cards)
        spent = sum(card.bought.cost_fen for card in self.cards)
        self._state.value = look.safe(
            self.words.say(
                "labs.credit.desk.state",
                decided=decided,
                count=len(self.cards),
                spent=self.words.money(spent),
            )
        )

    # --- the debrief --------------------------------------------------------------------------------------------

    def _show(self, found: Result, step: int) -> None:
        del step
        yours, rules = found.year.earned.sum(axis=1), found.rules_year.earned.sum(axis=1)
        gap = yours - rules
        low, high = interval(gap)
        money = self.words.money
        way = "unclear" if low <= 0 <= high else ("ahead" if gap.mean() > 0 else "behind")
        lines = [
            self.words.say("labs.credit.desk.one_year", yours=money(yours[0]), rule=money(rules[0])),
            self.words.say(
                "labs.credit.desk.many",
                runs=RUNS,
                yours=money(yours.mean()),
                rule=money(rules.mean()),
                gap=money(gap.mean(), signed=True),
                between=self.words.interval(low, high, "fen", signed=True),
            ),
            self.words.say(f"labs.credit.desk.{way}"),
        ]
        self._finding.value = "<br>".join(look.safe(line) for line in lines)
        self._debrief.value = self._tabled(found)

    def _tabled(self, found: Result) -> str:
        say = self.words.say
        columns = ("who", "yours", "rule", "earned", "rules_earned", "failed", "truth", "chance", "best")
        head = [say(f"labs.credit.desk.table.{name}", runs=RUNS) for name in columns]
        people = found.desk.people
        grades = [GRADES[at] for at in grade_of(people.standing)]
        rows = []
        for at in range(len(people)):
            yours, rule, *best = (
                say(f"labs.credit.desk.short.{comes_to(people, at, decided)}")
                for decided in (found.yours[at], found.rule[at], *map(Decided, found.best[at : at + 1]))
            )
            rows.append(
                [
                    LETTERS[at],
                    yours,
                    rule,
                    self.words.money(found.year.earned[:, at].mean()),
                    self.words.money(found.rules_year.earned[:, at].mean()),
                    self.words.number(int(found.year.failed[:, at].sum())),
                    grades[at],
                    self.words.percent(people.default_chance[at], 1),
                    best[0] if best else "…",
                ]
            )
        return table(head, rows)


def applicants_desk(lang: Language = "en") -> ApplicantsDesk:
    """A desk with applicants: buy information, decide, and see what the year brings."""
    return ApplicantsDesk(lang)
