"""Who will pay late? Choose what the scorecard may look at, and see whether it still holds on invoices it never saw."""

from __future__ import annotations

from collections.abc import Sequence

import bqplot as bq
import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.measure.cycle import wilson_interval
from sim.panels.live.remember import remembered
from sim.panels.parts import look
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
from sim.panels.warning.late_score import (
    BANDS,
    FEATURES,
    LEVELS,
    WEIGHT,
    Invoices,
    Part,
    Scorecard,
    invoices_of,
    scorecard,
)
from sim.words import Language, Words

Floats = NDArray[np.float64]
FIRST_CHOSEN = ("past", "overdue")
CALLED = 0.2
MONTH_DAYS = 30.4
STEPS = np.linspace(0.0, 1.0, 41)


@remembered(COMPANIES, shared=True)
def known_invoices(number: int) -> Invoices:
    """The invoices of one company with what was known of them, worked out once."""
    return invoices_of(company(number).books)


class LateScorecard(widgets.VBox):
    """A scorecard for late payment, its points, and its test on later invoices."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        self._make_controls()
        self._make_pictures()
        self._finding, self._counts = look.html("", "arlab-finding"), look.html("", "arlab-note")
        self._points = look.html("", "arlab-differences")
        pictures = widgets.GridBox(
            [self._calibration.widget, self._gains.widget],
            layout=widgets.Layout(
                grid_template_columns="repeat(2, minmax(0, 1fr))", width="100%", grid_gap="6px"
            ),
        )
        note = look.html(
            look.safe(self.words.say("labs.late.note", weight=self.words.number(WEIGHT))), "arlab-note"
        )
        right = [pictures, self._legend, self._points]
        made = panel(self._finding, self._counts, beside([*self._rows, *self._ticks.values()], right), note)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-late")
        follow([*self._controls, *self._ticks.values()], self.draw)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What the scorecard may look at."""
        return tuple(name for name in FEATURES if self._ticks[name].value)

    def learn(self) -> Scorecard:
        """The scorecard that the controls ask for."""
        lived = company(int(self._company.value))
        return scorecard(
            known_invoices(int(self._company.value)),
            self.chosen,
            first=lived.first,
            cutoff=lived.first + round(MONTH_DAYS * int(self._cutoff.value)),
            last=lived.last,
            late_days=int(self._days.value),
        )

    def draw(self) -> None:
        """Learn anew and show how good it is."""
        if not self.chosen:
            self._finding.value = look.safe(self.words.say("labs.late.nothing"))
            return
        found = self.learn()
        say, words = self.words.say, self.words
        self._finding.value = look.safe(
            say(
                "labs.late.finding",
                learned=words.number(found.history.auc, 2),
                later=words.number(found.later.auc, 2),
                caught=words.percent(found.later.found_in(CALLED), 0),
            )
        )
        self._counts.value = look.safe(
            say(
                "labs.late.counts",
                learned=words.number(len(found.history.late)),
                share=words.percent(found.history.share, 0),
                later=words.number(len(found.later.late)),
                share_later=words.percent(found.later.share, 0),
                skill=words.number(found.later.skill, 2),
            )
        )
        self._draw_calibration(found)
        self._draw_gains(found)
        self._points.value = self._tabled(found)

    def _draw_calibration(self, found: Scorecard) -> None:
        for mark, part in ((self._history_dots, found.history), (self._later_dots, found.later)):
            bands = part.bands()
            across, reached = ([100 * band[at] for band in bands] for at in (0, 1))
            put(mark, filled(across, BANDS), filled(reached, BANDS))
        put(self._whiskers, *(filled(each, 3 * BANDS) for each in intervals(found.later)))
        hundred = np.array([0.0, 100.0])
        put(self._diagonal, hundred, hundred)
        self._calibration.fit(hundred, hundred)
        self._calibration.entitle(self.words.say("labs.late.calibration"), "")

    def _draw_gains(self, found: Scorecard) -> None:
        hundred = np.array([0.0, 100.0])
        for mark, part in zip(self._gain_lines, (found.history, found.later), strict=True):
            put(mark, 100 * STEPS, 100 * np.array([part.found_in(float(step)) for step in STEPS]))
        put(self._chance, hundred, hundred)
        self._gains.fit(hundred, hundred)
        self._gains.entitle(self.words.say("labs.late.gains"), "")

    def _tabled(self, found: Scorecard) -> str:
        say, words = self.words.say, self.words
        head = [say(f"labs.late.table.{name}") for name in ("level", "points", "share", "invoices")]
        rows: list[list[str]] = []
        for name in found.chosen:
            points = found.points[name]
            if name not in LEVELS:
                seen = points[found.counts[name] > 0]
                ends = (int(seen.min()), int(seen.max())) if len(seen) else (0, 0)
                low, high = (words.number(end, 0, signed=True) for end in ends)
                said = say("labs.late.table.customers", count=len(seen), low=low, high=high)
                rows.append([self._of(name, said), "", "", ""])
                continue
            for at, level in enumerate(LEVELS[name]):
                if found.counts[name][at]:
                    title = self._of(name, say(f"labs.late.level.{name}.{level}"))
                    share, count = found.shares[name][at], found.counts[name][at]
                    points_said = words.number(points[at], 0, signed=True)
                    rows.append([title, points_said, words.percent(share, 0), words.number(count)])
        return table(head, rows)

    def _of(self, name: str, level: str) -> str:
        feature = self.words.say(f"labs.late.feature.{name}")
        return self.words.say("labs.late.table.of", feature=feature, level=level)

    def _make_controls(self) -> None:
        say = self.words.say
        self._cutoff, self._days = slider(12, 6, 18), slider(30, 0, 45, 5)
        options = [(say("labs.late.company.one", number=n + 1), n) for n in range(COMPANIES)]
        self._company = widgets.Dropdown(options=options, value=0)
        self._controls = [self._cutoff, self._days, self._company]
        self._cutoff.add_class("arlab-late-cutoff")
        self._days.add_class("arlab-late-days")
        self._rows: list[widgets.Widget] = [
            row(say("labs.late.cutoff"), self._cutoff),
            row(say("labs.late.days"), self._days),
            row(say("labs.late.company"), self._company),
            look.html(look.safe(say("labs.late.features")), "arlab-branch"),
        ]
        self._ticks = {
            name: widgets.Checkbox(
                value=name in FIRST_CHOSEN,
                indent=False,
                description=say(f"labs.late.feature.{name}"),
                layout=widgets.Layout(width="auto"),
            )
            for name in FEATURES
        }

    def _make_pictures(self) -> None:
        say = self.words.say
        history = Named(say("labs.late.learned"), COLOURS[4], "dashed")
        later = Named(say("labs.late.later"), COLOURS[0])
        plain = Named(f"{say('labs.late.diagonal')} / {say('labs.late.chance')}", "#9aa5b1", "dotted")
        whisker = Named(say("labs.late.interval"), COLOURS[0])
        self._calibration = Picture(say("labs.late.calibration.x"), say("labs.late.calibration.y"))
        (self._diagonal,) = self._calibration.lines(plain)
        self._whiskers: bq.Lines = self._calibration.lines(whisker)[0]
        self._whiskers.stroke_width = 1.2
        self._history_dots = self._calibration.dots(history, "square", BANDS)
        self._later_dots = self._calibration.dots(later, count=BANDS)
        self._history_dots.default_size = 36
        self._gains = Picture(say("labs.late.gains.x"), say("labs.late.gains.y"))
        (self._chance,) = self._gains.lines(plain)
        self._gain_lines = self._gains.lines(history, later)
        self._legend = look.html(legend([later, history, plain]), "arlab-legend")


def filled(values: Sequence[float] | Floats, length: int) -> Floats:
    """So many values, the last one repeated: the browser draws dots wrongly when their number changes."""
    known = np.asarray(values, dtype=np.float64)
    return np.append(known, np.full(length - len(known), known[-1] if len(known) else np.nan))


def intervals(part: Part) -> tuple[Floats, Floats]:
    """The 95 % interval of each band's share, in percent, as one line with gaps: down, up, nothing."""
    across, reach = [], []
    for forecast, _, late, count in part.bands():
        low, high = wilson_interval(late, count)
        across += [100 * forecast] * 3
        reach += [100 * low, 100 * high, np.nan]
    return np.array(across), np.array(reach)


def late_scorecard(lang: Language = "en") -> LateScorecard:
    """A scorecard for late payment, learned on the history and tested on later invoices."""
    return LateScorecard(lang)
