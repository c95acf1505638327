"""Why does this customer not pay? Read an account, say the cause, choose the move, then hear what was behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np

from sim.panels.causes.case_timeline import timeline
from sim.panels.causes.cases import Case, Facts, cases, told, year
from sim.panels.causes.cause_moves import CAUSES, MOVE_KINDS, Cause, Effect, MoveKind, effects
from sim.panels.live.by_and_by import ByAndBy, button, keep_told
from sim.panels.parts import look
from sim.panels.parts.drawing import TABLE, panel, table
from sim.words import Language, Words

SEED = 1
MOST_TALKS = 3
FACTS_WIDTH = 420
FIRM = 0.5  # a move is a good answer when it does at least so much of what the best one does


@dataclass(frozen=True)
class Reply:
    """What each move does against the true cause, in days and in points of satisfaction."""

    case: Case
    days: dict[MoveKind, Effect]
    satisfaction: dict[MoveKind, Effect]

    @property
    def best(self) -> MoveKind:
        """Which move saves most days?"""
        return min(self.days, key=lambda move: self.days[move].mean)

    def is_good(self, move: MoveKind) -> bool:
        """Does this move clearly do at least half of what the best one does?"""
        return self.days[move].high < 0 and self.days[move].mean <= FIRM * self.days[self.best].mean


def worked(case: Case, step: int) -> Reply:
    """What do all moves do against this case's cause?"""
    del step
    days = {move: effects(move, "days")[case.cause] for move in MOVE_KINDS}
    points = {move: effects(move, "satisfaction")[case.cause] for move in MOVE_KINDS}
    return Reply(case, days, points)


class CaseDesk(widgets.VBox):
    """One case after another: facts and timeline, talks, a cause, a move, the debrief."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._cases = cases(SEED)
        self._said: dict[int, tuple[Cause, MoveKind]] = {}
        self._talks = dict.fromkeys(range(len(self._cases)), 0)
        self._which = widgets.ToggleButtons(
            options=[(say("labs.credit.case.number", number=at + 1), at) for at in range(len(self._cases))],
            style={"button_width": "90px"},
        )
        self._which.add_class("arlab-case-which")
        self._which.observe(lambda _: self._open(), names="value")
        self._facts = look.html("", "arlab-differences")
        self._drawing = look.html("", "arlab-case-timeline")
        self._talk = button(say("labs.credit.case.talk"), self._ask_them, "arlab-case-talk")
        self._heard = look.html("", "arlab-note")
        self._make_answers()
        self._slow = ByAndBy[Case, Reply](self.words, worked, self._debrief, steps=1)
        self._finding = look.html("", "arlab-finding")
        self._behind = look.html("", "arlab-differences")
        self._score = look.html("", "arlab-note")
        talking = widgets.HBox(
            [self._talk, self._heard], layout=widgets.Layout(align_items="center", grid_gap="8px")
        )
        answers = widgets.HBox(
            [self._cause, self._move, self._commit],
            layout=widgets.Layout(grid_gap="18px", align_items="flex-end", flex_flow="row wrap"),
        )
        self._facts.layout = widgets.Layout(width="430px")
        left = widgets.VBox([self._facts], layout=widgets.Layout(width="440px", flex="0 0 auto"))
        right = widgets.VBox([self._drawing], layout=widgets.Layout(flex="1 1 0", min_width="0"))
        body = widgets.HBox([left, right], layout=widgets.Layout(grid_gap="16px"))
        body.add_class("arlab-beside")
        parts = (
            self._which,
            body,
            talking,
            answers,
            self._slow.widget,
            self._finding,
            self._behind,
            self._score,
        )
        super().__init__([panel(*parts)], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-case-desk")
        keep_told(self, self._slow)
        self._open()

    @property
    def case(self) -> Case:
        """The case that lies open."""
        return self._cases[int(self._which.value)]

    def _make_answers(self) -> None:
        say = self.words.say
        causes = [(say(f"archetype.{cause}.name"), cause) for cause in CAUSES]
        moves = [(say(f"labs.credit.move.{move}"), move) for move in MOVE_KINDS]
        self._cause = self._choice("labs.credit.case.cause", causes, "arlab-case-cause")
        self._move = self._choice("labs.credit.case.move", moves, "arlab-case-move")
        self._commit = button(say("labs.credit.case.commit"), self.commit, "arlab-case-commit", primary=True)

    def _choice(self, key: str, options: Sequence[tuple[str, str]], css: str) -> widgets.Dropdown:
        made = widgets.Dropdown(
            options=[(self.words.say("labs.credit.desk.choose"), ""), *options],
            description=self.words.say(key),
            style={"description_width": "initial"},
            layout=widgets.Layout(width="330px"),
        )
        made.add_class(css)
        return made

    # --- before --------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        at = int(self._which.value)
        self._slow.stop()
        self._facts.value = self._told_facts(self.case.facts)
        self._drawing.value = timeline(self.words, year()[1], self.case.customer)
        self._finding.value = self._behind.value = ""
        cause, move = self._said.get(at, ("", ""))
        self._cause.value, self._move.value = cause, move
        self._tell_talks()
        self._lock(at in self._said)
        self._tell_score()
        if at in self._said:
            self._slow.ask(self.case)

    def _told_facts(self, facts: Facts) -> str:
        say, words = self.words.say, self.words
        late = words.interval(facts.low_late, facts.high_late, "d", digits=0)
        money = [words.money(fen) for fen in (facts.yearly_fen, facts.open_fen, facts.overdue_fen)]
        rows = [
            [say("labs.credit.case.fact.trade"), say(f"segment.{facts.trade}")],
            [say("labs.credit.case.fact.terms"), words.days(facts.net_days)],
            [say("labs.credit.case.fact.bought"), money[0]],
            [say("labs.credit.case.fact.open"), f"{money[1]} / {money[2]}"],
            [say("labs.credit.case.fact.invoices"), words.number(facts.invoices)],
            [say("labs.credit.case.fact.late_share"), words.percent(facts.late_share, 0)],
            [say("labs.credit.case.fact.mean_late"), words.days(facts.mean_late, 0)],
            [say("labs.credit.case.fact.spread"), late],
            [say("labs.credit.case.fact.parts"), words.percent(facts.in_parts, 0)],
            [say("labs.credit.case.fact.pay_days"), self._pay_days(facts)],
            [say("labs.credit.case.fact.soon"), words.percent(facts.soon_after, 0)],
            [say("labs.credit.case.fact.promises"), f"{facts.promises} / {facts.broken}"],
            [say("labs.credit.case.fact.disputes"), words.number(facts.disputes)],
            [say("labs.credit.case.fact.trend"), words.percent(facts.trend, 0)],
        ]
        found = table([say("labs.credit.case.fact"), say("labs.credit.case.value")], rows)
        found = found.replace(f'style="{TABLE}"', 'style="table-layout:auto;min-width:0"')  # beside a picture
        return f'<div style="width:{FACTS_WIDTH}px">{found}</div>'

    def _pay_days(self, facts: Facts) -> str:
        if not facts.pay_days or not np.isfinite(facts.pay_days_share):
            return self.words.say("format.unknown")
        return self.words.say(
            "labs.credit.case.on_days",
            days=self.words.listed(facts.pay_days.split(", ")),
            share=self.words.percent(facts.pay_days_share, 0),
        )

    def _ask_them(self) -> None:
        at = int(self._which.value)
        if self._talks[at] < MOST_TALKS:
            self._talks[at] += 1
        self._tell_talks()

    def _tell_talks(self) -> None:
        at, lines = int(self._which.value), []
        for talk in range(self._talks[at]):
            key = self.case.cause if told(self.case, talk) else f"nothing.{talk % 3}"
            lines.append(self.words.say(f"labs.credit.case.says.{key}"))
        left = MOST_TALKS - self._talks[at]
        lines.append(self.words.say("labs.credit.case.talks_left", left=left))
        self._heard.value = "<br>".join(look.safe(line) for line in lines)
        self._talk.disabled = left == 0 or at in self._said

    # --- after ---------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Say the cause and the move; from here on the case is closed."""
        if not self._cause.value or not self._move.value:
            self._finding.value = look.safe(self.words.say("labs.credit.case.both"))
            return
        self._said[int(self._which.value)] = (self._cause.value, self._move.value)
        self._lock(True)
        self._slow.ask(self.case)

    def _lock(self, locked: bool) -> None:
        for control in (self._cause, self._move, self._commit):
            control.disabled = locked
        self._talk.disabled = self._talk.disabled or locked

    def _debrief(self, found: Reply, step: int) -> None:
        del step
        say = self.words.say
        cause, move = self._said[self._cases.index(found.case)]
        right = "right" if cause == found.case.cause else "wrong"
        name = say(f"archetype.{found.case.cause}.name")
        lines = [
            say(f"labs.credit.case.cause_{right}", cause=name),
            say(f"labs.credit.case.signs.{found.case.cause}"),
            self._on_move(found, move),
        ]
        if found.case.failed:
            lines.append(say("labs.credit.case.failed"))
        first, *more = map(look.safe, lines)
        self._finding.value = f'{first}<div style="font-size:14px;font-weight:400">{"<br>".join(more)}</div>'
        self._behind.value = self._moves_table(found, move)
        self._tell_score()

    def _on_move(self, found: Reply, move: MoveKind) -> str:
        effect = found.days[move]
        way = "good" if found.is_good(move) else ("little" if effect.is_clear and effect.mean < 0 else "none")
        return self.words.say(
            f"labs.credit.case.move_{way}",
            move=self.words.say(f"labs.credit.move.{move}"),
            days=self.words.days(abs(effect.mean), 1),
            best=self.words.say(f"labs.credit.move.{found.best}"),
        )

    def _moves_table(self, found: Reply, chosen: MoveKind) -> str:
        say, rows = self.words.say, []
        ordered = sorted(MOVE_KINDS, key=lambda move: found.days[move].mean)
        for move in ordered:
            days, points = found.days[move], found.satisfaction[move]
            rows.append(
                [
                    say(f"labs.credit.move.{move}"),
                    self.words.number(days.mean, 1, signed=True),
                    self.words.interval(days.low, days.high, "d", digits=1, signed=True),
                    self.words.number(points.mean, 1, signed=True),
                ]
            )
        head = [
            say(f"labs.credit.case.column.{name}") for name in ("move", "days", "between", "satisfaction")
        ]
        return table(head, rows, strong=ordered.index(chosen))

    def _tell_score(self) -> None:
        right = sum(self._cases[at].cause == cause for at, (cause, _) in self._said.items())
        talks = sum(self._talks.values())
        self._score.value = look.safe(
            self.words.say(
                "labs.credit.case.score",
                right=right,
                said=len(self._said),
                count=len(self._cases),
                talks=talks,
            )
        )


def case_desk(lang: Language = "en") -> CaseDesk:
    """Six late payers: find the cause in the account, choose the move, hear what was behind it."""
    return CaseDesk(lang)
