"""How many alarms, how many of them false, and what do they cost? A threshold to move, and the table that judges it."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from sim.base.days import NEVER
from sim.panels.live.by_and_by import keep_told
from sim.panels.live.refine import Refiner
from sim.panels.live.remember import remembered
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
from sim.panels.warning.alarm_rows import (
    LOOKS,
    MOST_POINTS,
    SIGNALS,
    Judged,
    Looked,
    joined,
    judged,
    looked,
)
from sim.panels.warning.companies import COMPANIES, LivedCompany, company
from sim.words import Language, Words

ALL = -1
WATCHED_DAYS = 180
FEN = 100


@remembered(COMPANIES, shared=True)
def rows_of(number: int) -> Looked:
    """The rows of one company, worked out once."""
    return looked(number, company(number))


class AlarmThreshold(widgets.VBox):
    """Signals, points, a threshold: hits, false alarms, misses and their cost. With `debrief`, the hidden side too."""

    def __init__(self, lang: Language, *, debrief: bool = False):
        self.words, self._debrief = Words(lang), debrief
        self._seen: list[int] = []
        self._make_controls()
        self._make_picture()
        controls = [*self._rows, self._head, *self._ticks.values()]
        right = [self._table, self._curve.widget, self._legend] if not debrief else [self._truth]
        note = look.html(look.safe(self.words.say("labs.alarm.note")), "arlab-note")
        made = panel(self._finding, self._progress, beside(controls, right), note)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-alarm-debrief" if debrief else "arlab-alarm")
        self.refiner: Refiner[int, int] = Refiner(self._live, self._show, self._failed, steps=COMPANIES)
        moved = [self._threshold, self._cost, self._saved, self._company, *self._ticks.values()]
        follow(moved, self.draw)
        keep_told(self, self.refiner)
        self.refiner.ask(0)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The signals that count."""
        return tuple(name for name, tick in self._ticks.items() if tick.value)

    def judge(self, threshold: int) -> Judged:
        """What an alarm at this threshold would have brought, on the companies chosen."""
        cost, saved = float(self._cost.value) * FEN, self._saved.value / 100.0
        return judged(self._looked(), self.chosen, threshold, alarm_cost_fen=cost, saved_share=saved)

    def draw(self) -> None:
        """Show what the threshold would have brought."""
        if not self._seen:
            return
        threshold = int(self._threshold.value)
        found = self.judge(threshold)
        every = [self.judge(at) for at in range(1, MOST_POINTS + 2)]
        self._finding.value = look.safe(self._said(found, every))
        self._progress.value = look.safe(self._said_progress())
        if self._debrief:
            self._truth.value = self._told_truth(threshold)
        else:
            self._table.value = self._tabled(found)
            self._draw_curve(threshold, every)

    # compute ----------------------------------------------------------------------------------------------------

    def _live(self, _question: int, step: int) -> int:
        rows_of(step - 1)
        return step - 1

    def _show(self, number: int, _step: int) -> None:
        if number not in self._seen:
            self._seen.append(number)
        self.draw()

    def _failed(self, error: Exception) -> None:
        self._progress.value = look.safe(self.words.say("panel.error.unexpected", reason=repr(error)))

    def _numbers(self) -> list[int]:
        one = int(self._company.value)
        return self._seen if one == ALL or one not in self._seen else [one]

    def _looked(self) -> Looked:
        return joined([rows_of(number) for number in self._numbers()])

    # say --------------------------------------------------------------------------------------------------------

    def _said(self, found: Judged, every: list[Judged]) -> str:
        words, alarms = self.words, found.hits + found.false_alarms
        total = words.money(found.total_fen)
        if not alarms:
            said = words.say("labs.alarm.finding_never", threshold=found.threshold, total=total)
        else:
            said = words.say(
                "labs.alarm.finding",
                threshold=found.threshold,
                alarms=words.number(alarms),
                hits=words.number(found.hits),
                share=words.percent(found.hit_rate),
                caught=words.percent(found.caught, 0),
                total=total,
            )
        if self._debrief:
            return said
        best = min(every, key=lambda each: each.total_fen)
        key = "best" if best.hits + best.false_alarms else "best_never"
        advice = words.say(f"labs.alarm.{key}", best=best.threshold)
        return words.say("labs.join", first=said, second=advice)

    def _said_progress(self) -> str:
        rows = self._looked()
        return self.words.say(
            "labs.alarm.progress",
            done=len(self._seen),
            total=COMPANIES,
            looks=self.words.number(len(rows.failed)),
            failed=self.words.number(int(rows.failed.sum())),
        )

    def _tabled(self, found: Judged) -> str:
        say, money = self.words.say, self.words.money
        counts = {
            name: say(f"labs.alarm.table.{name}", count=self.words.number(getattr(found, name)))
            for name in ("hits", "false_alarms", "missed", "quiet")
        }
        head = [say(f"labs.alarm.table.{name}") for name in ("head", "failed", "fine", "cost")]
        spent = say("labs.alarm.table.saved", cost=money(found.alarm_cost_fen), saved=money(found.saved_fen))
        left = say("labs.alarm.table.lost", lost=money(found.lost_fen))
        first = [say("labs.alarm.table.alarm"), counts["hits"], counts["false_alarms"], spent]
        return table(
            head, [first, [say("labs.alarm.table.no_alarm"), counts["missed"], counts["quiet"], left]]
        )

    def _draw_curve(self, threshold: int, every: list[Judged]) -> None:
        x = np.array([each.threshold for each in every])
        total, lost = (
            np.array([getattr(each, name) for each in every]) for name in ("total_fen", "lost_fen")
        )
        unit = axis_unit(self.words, "fen", "CNY", float(total.max()))
        put(self._lines[0], x, total / unit.factor)
        put(self._lines[1], x, lost / unit.factor)
        put(self._mark, [threshold], [total[threshold - 1] / unit.factor])
        self._curve.fit(x, total / unit.factor, x_ticks=x, margin=0.2)
        self._curve.entitle(self.words.say("labs.alarm.curve"), unit.label)

    def _told_truth(self, threshold: int) -> str:
        """Who raised alarms, by what they really were."""
        kinds: dict[str, list[int]] = {}
        for number in self._numbers():
            rows, lived = rows_of(number), company(number)
            alarm = rows.points(self.chosen) >= threshold
            for at, kind in enumerate(really(rows, lived)):
                found = kinds.setdefault(kind, [0, 0])
                found[0] += 1
                found[1] += int(alarm[at])
        say = self.words.say
        head = [say(f"labs.alarm.truth.{name}") for name in ("kind", "looked", "alarmed", "share")]
        rows_shown = [
            [
                self._kind_said(kind),
                self.words.number(seen),
                self.words.number(raised),
                self.words.percent(raised / seen),
            ]
            for kind, (seen, raised) in sorted(kinds.items(), key=lambda each: -each[1][1] / each[1][0])
        ]
        title = f'<div class="arlab-branch">{look.safe(say("labs.alarm.truth.title"))}</div>'
        return title + table(head, rows_shown)

    def _kind_said(self, kind: str) -> str:
        if kind in ("failing", "unknown", "later"):
            return self.words.say(f"labs.alarm.truth.{kind}")
        return self.words.say("labs.alarm.truth.sound", archetype=self.words.say(f"archetype.{kind}.name"))

    # controls ---------------------------------------------------------------------------------------------------

    def _make_controls(self) -> None:
        say = self.words.say
        self._threshold = slider(3, 1, MOST_POINTS + 1)
        self._cost = slider(2_000, 0, 20_000, 500)
        self._saved = slider(50, 0, 100, 10)
        options = [(say("labs.alarm.company.all"), ALL)]
        options += [(say("labs.alarm.company.one", number=n + 1), n) for n in range(COMPANIES)]
        self._company = widgets.Dropdown(options=options, value=ALL)
        self._rows = [
            row(say("labs.alarm.threshold"), self._threshold),
            row(say("labs.alarm.cost"), self._cost, mark="A"),
            row(say("labs.alarm.saved"), self._saved, mark="A"),
            row(say("labs.alarm.company"), self._company),
        ]
        if self._debrief:
            self._rows = [self._rows[0], self._rows[3]]
        for name in ("threshold", "cost", "saved"):
            getattr(self, f"_{name}").add_class(f"arlab-alarm-{name}")
        self._head = look.html(look.safe(say("labs.alarm.signals")), "arlab-branch")
        self._ticks = {
            name: widgets.Checkbox(
                value=True,
                indent=False,
                description=say("labs.alarm.signal", name=say(f"labs.alarm.signal.{name}"), points=points),
                layout=widgets.Layout(width="auto"),
            )
            for name, points in SIGNALS.items()
        }

    def _make_picture(self) -> None:
        say = self.words.say
        named = [
            Named(say("labs.alarm.curve.total"), COLOURS[0]),
            Named(say("labs.alarm.curve.lost"), COLOURS[4], "dashed"),
        ]
        mark = Named(say("labs.alarm.curve.yours"), COLOURS[1])
        self._curve = Picture(say("labs.alarm.curve.axis"), "", height="260px")
        self._lines = self._curve.lines(*named)
        self._mark = self._curve.dots(mark, "diamond")
        self._legend = look.html(legend([*named, mark]), "arlab-legend")
        self._finding = look.html("", "arlab-finding")
        self._progress = look.html("", "arlab-note", "arlab-progress")
        self._table = look.html("", "arlab-differences")
        self._truth = look.html("", "arlab-differences")


def really(rows: Looked, lived: LivedCompany) -> list[str]:
    """What was each row's customer really: about to fail, failing later, or sound and of which kind? Debriefs only."""
    day = lived.first + np.array(LOOKS)[rows.look]
    true_day = lived.failed_on[rows.customer].astype(np.int64)
    kinds = lived.archetypes[rows.customer].astype(object)
    kinds[(true_day != NEVER) & (true_day > day + WATCHED_DAYS)] = "later"
    kinds[(true_day != NEVER) & (true_day <= day + WATCHED_DAYS)] = "unknown"
    kinds[rows.failed] = "failing"
    return [str(kind) for kind in kinds]


def alarm_threshold(lang: Language = "en") -> AlarmThreshold:
    """Signals and a threshold; hits, false alarms and what both cost."""
    return AlarmThreshold(lang)


def alarm_debrief(lang: Language = "en") -> AlarmThreshold:
    """For the debrief: who were the alarmed really?"""
    return AlarmThreshold(lang, debrief=True)
