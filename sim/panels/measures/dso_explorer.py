"""How do the DSO formulas move when sales move and no customer behaves differently?"""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from sim.measure.periods import Every
from sim.panels.measures.dso_company import FAMILY, Read, Steady, read, span
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.drawing import (
    COLOURS,
    DASHES,
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
from sim.words import Language, Words

FIRST_SHOWN = ("dso", "dso_countback", "days_to_pay")
PERIODS: tuple[Every, ...] = ("month", "quarter", "year")
ROOM = 10.0  # days that are always in sight above and below the true one, so that a ripple looks like one
NAMES = (*FAMILY, "turnover", "turnover_year", "ar", "credit_sales")


class DsoExplorer(widgets.VBox):
    """Sliders of a company whose customers never change, and what each formula makes of it."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        self._make_controls()
        self._make_pictures()
        left = [
            *self._rows,
            look.html(look.safe(self.words.say("labs.dso.shown")), "arlab-branch"),
            *self._ticks.values(),
        ]
        right = [self._sales.widget, self._family.widget, self._legend]
        made = panel(self._finding, beside(left, right), self._table)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-dso-explorer")
        follow([*self._sliders.values(), self._every, *self._ticks.values()], self.draw)

    @property
    def company(self) -> Steady:
        """The company that the sliders show."""
        return Steady(**{name: int(control.value) for name, control in self._sliders.items()})

    def draw(self) -> None:
        """Draw what the formulas say of this company."""
        found = read(self.company, self._every.value, NAMES)
        x = np.arange(len(found.labels))
        ticks = x[:: max(1, len(x) // 4)]  # a label needs its room, also on a narrow page
        labels = [self.words.period(found.labels[at]) for at in ticks]
        margin = 0.5 if len(x) < 3 else 0.1
        self._draw_sales(found, x, ticks, labels, margin)
        self._draw_family(found, x, ticks, labels, margin)
        self._finding.value = look.safe(self._said(found))
        self._table.value = self._tabled(found)

    def _draw_sales(
        self, found: Read, x: np.ndarray, ticks: np.ndarray, labels: list[str], margin: float
    ) -> None:
        amounts = {name: found.values[name] for name in ("credit_sales", "ar")}
        unit = axis_unit(self.words, "fen", "CNY", max(float(each.max()) for each in amounts.values()))
        for mark, values in zip(self._sales_lines, amounts.values(), strict=True):
            put(mark, x, values / unit.factor)
        self._sales.fit(
            x,
            *(each / unit.factor for each in amounts.values()),
            x_ticks=ticks,
            x_labels=labels,
            margin=margin,
        )
        self._sales.entitle(self.words.say("labs.dso.sales_title"), unit.label)

    def _draw_family(
        self, found: Read, x: np.ndarray, ticks: np.ndarray, labels: list[str], margin: float
    ) -> None:
        shown = []
        for name, mark in self._family_lines.items():
            is_ticked = bool(self._ticks[name].value)
            put(mark, x, found.values[name], shown=is_ticked)
            if is_ticked:
                shown.append(found.values[name])
        around = np.maximum(self.company.paid_after_days + np.array([-ROOM, ROOM]), 0.0)
        self._family.fit(x, around, *shown, x_ticks=ticks, x_labels=labels, margin=margin)
        self._family.entitle(
            self.words.say("labs.dso.family_title"),
            self.words.say("panel.unit.d"),
            self.words.say("labs.dso.reminder"),
        )
        self._legend.value = legend([each for name, each in self._named.items() if self._ticks[name].value])

    def _said(self, found: Read) -> str:
        days = self.words.days(self.company.paid_after_days)
        if not (self.company.growth_pct or self.company.season_pct):
            return self.words.say("labs.dso.still", days=days)
        ends = (np.round(span(found.values[name]), 1) for name in ("dso", "dso_countback"))
        end, back = (self.words.interval(low, high, "d", digits=1) for low, high in ends)
        return self.words.say("labs.dso.moved", days=days, end=end, back=back)

    def _tabled(self, found: Read) -> str:
        say = self.words.say
        head = [say(f"labs.dso.table.{name}") for name in ("figure", "lowest", "highest", "last")]
        rows = []
        for name in (*FAMILY, "turnover_year"):
            values, unit = found.values[name], "times" if name == "turnover_year" else "d"
            shown = (*span(values), float(values[-1]))
            digits = 2 if unit == "times" else 1
            rows.append(
                [say(f"metric.{name}.name"), *(self.words.value(each, unit, digits=digits) for each in shown)]
            )
        turnover, average = (float(found.values[name][-1]) for name in ("turnover", "dso_average"))
        product = f"{self.words.number(turnover, 3)} × {self.words.number(average, 1)} = "
        product += self.words.days(turnover * average, 0)
        rows.append([say("labs.dso.table.product"), "", "", product])
        return table(head, rows)

    def _make_controls(self) -> None:
        say = self.words.say
        self._sliders = {
            "growth_pct": slider(0, -30, 60, 5),
            "season_pct": slider(0, 0, 60, 5),
            "net_days": slider(30, 0, 90, 5),
            "paid_after_days": slider(45, 5, 150, 5),
        }
        self._every = widgets.ToggleButtons(
            options=[(say(f"labs.dso.every.{name}"), name) for name in PERIODS],
            value="quarter",
            style={"button_width": "90px"},
        )
        pct, days = say("panel.unit.share"), say("panel.unit.d")
        names = {
            "growth_pct": ("growth", pct),
            "season_pct": ("season", pct),
            "net_days": ("terms", days),
            "paid_after_days": ("paid_after", days),
        }
        self._rows = []
        for name, control in self._sliders.items():
            short, unit = names[name]
            hint = say(f"labs.dso.hint.{short}") if self.words.has(f"labs.dso.hint.{short}") else ""
            self._rows.append(
                row(say("labs.with_unit", name=say(f"labs.dso.{short}"), unit=unit), control, hint)
            )
            control.add_class(f"arlab-dso-{name.replace('_', '-')}")
        self._rows.append(row(say("labs.dso.every"), self._every))
        self._ticks = {
            name: widgets.Checkbox(
                value=name in FIRST_SHOWN,
                description=say(f"metric.{name}.name"),
                indent=False,
                tooltip=say(f"metric.{name}.help"),
                layout=widgets.Layout(width="auto"),
            )
            for name in FAMILY
        }

    def _make_pictures(self) -> None:
        say = self.words.say
        self._named = {
            name: Named(say(f"metric.{name}.name"), COLOURS[at], DASHES[at]) for at, name in enumerate(FAMILY)
        }
        self._sales = Picture("", "", height="180px")
        pair = [
            Named(say("metric.credit_sales.name"), COLOURS[2], "dashed"),
            Named(say("metric.ar.name"), COLOURS[0]),
        ]
        self._sales_lines = self._sales.lines(*pair)
        self._family = Picture("", "", height="300px", zero=False)
        marks = self._family.lines(*self._named.values())
        self._family_lines = dict(zip(FAMILY, marks, strict=True))
        self._finding = look.html("", "arlab-finding")
        self._legend = look.html("", "arlab-legend")
        self._table = look.html("", "arlab-differences")
        self._sales.widget.children = [*self._sales.widget.children, look.html(legend(pair), "arlab-legend")]


def dso_explorer(lang: Language = "en") -> DsoExplorer:
    """A company whose customers never change: move its sales, and watch what the DSO formulas do."""
    return DsoExplorer(lang)
