"""What does it cost a buyer a year not to take the discount? A calculator for any terms."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from sim.measure.formulas import cost_of_forgone_discount
from sim.panels.parts import look
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, follow, legend, panel, put, row, table
from sim.words import Language, Words

LATEST_DAY = 120
MOST_SHOWN = 1.2  # a yearly rate beyond this is not drawn


class DiscountCost(widgets.VBox):
    """Sliders: discount, its days, the day the buyer pays otherwise, what money costs; the yearly rate, drawn."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._sliders = {
            "discount": widgets.FloatSlider(value=2.0, min=0.25, max=5.0, step=0.25, readout_format=".2f"),
            "early": widgets.IntSlider(value=10, min=0, max=30, step=1),
            "paid": widgets.IntSlider(value=30, min=5, max=LATEST_DAY, step=1),
            "funds": widgets.FloatSlider(value=8.0, min=1.0, max=30.0, step=0.5, readout_format=".1f"),
        }
        rows = []
        for name, control in self._sliders.items():
            control.continuous_update = False
            control.add_class(f"arlab-discount-{name}")
            rows.append(row(say(f"labs.credit.discount.{name}"), control))
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-differences")
        self._picture = Picture(say("labs.credit.discount.axis"), "", height="260px")
        curve = Named(say("labs.credit.discount.curve"), COLOURS[0])
        funds = Named(say("labs.credit.discount.funds_line"), COLOURS[1], "dashed")
        self._curve, self._funds = self._picture.lines(curve, funds)
        self._dot = self._picture.dots(Named(say("labs.credit.discount.here"), COLOURS[4]))
        self._picture.entitle(say("labs.credit.discount.title"), "%")
        right = [self._picture.widget, look.html(legend([curve, funds]), "arlab-legend")]
        made = panel(self._finding, beside([*rows, self._table], right))
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-discount-cost")
        follow(list(self._sliders.values()), self.draw)

    def draw(self) -> None:
        """Work the terms out anew."""
        discount, funds = self._sliders["discount"].value / 100, self._sliders["funds"].value / 100
        early, paid = int(self._sliders["early"].value), int(self._sliders["paid"].value)
        simple, effective = (
            cost_of_forgone_discount(discount, early, paid, effective=compound) for compound in (False, True)
        )
        self._finding.value = look.safe(self._said(simple, effective, funds))
        self._table.value = self._tabled(discount, early, paid, simple, effective)
        days = np.arange(early + 1, LATEST_DAY + 1)
        rates = np.array(
            [cost_of_forgone_discount(discount, early, int(day), effective=True) for day in days]
        )
        rates = np.where(rates <= MOST_SHOWN, rates, np.nan)
        put(self._curve, days, rates * 100)
        put(self._funds, [days[0], LATEST_DAY], [funds * 100] * 2)
        inside = np.isfinite(effective) and effective <= MOST_SHOWN
        put(self._dot, [paid], [effective * 100 if inside else np.nan])
        self._picture.fit(
            np.array([0, LATEST_DAY]), rates * 100, [funds * 100], x_ticks=np.arange(0, 121, 20)
        )

    def _said(self, simple: float, effective: float, funds: float) -> str:
        say = self.words.say
        if not np.isfinite(effective):
            return say("labs.credit.discount.said.none")
        values = {"simple": self.words.percent(simple, 2), "effective": self.words.percent(effective, 2)}
        way = "take" if effective > funds else "leave"
        return say(f"labs.credit.discount.said.{way}", funds=self.words.percent(funds, 1), **values)

    def _tabled(self, discount: float, early: int, paid: int, simple: float, effective: float) -> str:
        say, words = self.words.say, self.words
        rows = [
            [say("labs.credit.discount.row.price"), words.percent(discount / (1 - discount), 3)],
            [say("labs.credit.discount.row.days"), words.days(max(paid - early, 0))],
            [
                say("labs.credit.discount.row.times"),
                words.number(365 / (paid - early), 2) if paid > early else "–",
            ],
            [say("labs.credit.discount.row.simple"), words.percent(simple, 2)],
            [say("labs.credit.discount.row.effective"), words.percent(effective, 2)],
        ]
        head = [say("labs.credit.discount.column.step"), say("labs.credit.discount.column.value")]
        return table(head, rows, strong=4)


def discount_cost(lang: Language = "en") -> DiscountCost:
    """What not taking a discount costs a year, for any terms."""
    return DiscountCost(lang)
