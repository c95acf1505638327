"""How does an invoice come to be paid? Its hazard day by day, what is still unpaid, and where this one's luck lies."""

from __future__ import annotations

from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, FIRST_LATENESS, hazard_table
from sim.model.moves import ARCHETYPES, EFFECT_CAP, MOVES
from sim.panels.parts import drawing, look
from sim.words import Language, Words

Floats = NDArray[np.float64]
FIRST, LAST = -30, 120  # days past due that are drawn
EFFECT_DAYS = 14  # ten working days
NOTHING = ""


@dataclass(frozen=True, eq=False)
class Clock:
    """An invoice's hazard on each day past due from FIRST_LATENESS on, by itself and with our move."""

    alone: Floats
    moved: Floats

    def ready(self, way: str, paid_sooner: float) -> int | None:
        """On which day past due has its clock run as far as its luck asks? None: never in the time known."""
        run = np.cumsum(getattr(self, way))
        reached = np.flatnonzero(run >= -np.log1p(-paid_sooner))
        return int(reached[0]) + FIRST_LATENESS if len(reached) else None

    def unpaid(self, way: str) -> Floats:
        """The share still unpaid at the end of each day drawn."""
        share: Floats = np.exp(-np.cumsum(getattr(self, way)))[drawn()]
        return share

    def paid_on(self, way: str) -> Floats:
        """Of those still unpaid in the morning, the share paid on each day drawn."""
        share: Floats = -np.expm1(-getattr(self, way))[drawn()]
        return share


def drawn() -> slice:
    """Which days of the table are drawn?"""
    return slice(FIRST - FIRST_LATENESS, LAST - FIRST_LATENESS + 1)


def clock(kind: str, move: str, day: int) -> Clock:
    """The clock of a payer of this kind, and with this move arriving on this day past due."""
    table = hazard_table(ARCHETYPE_BEHAVIOURS)
    names: list[str] = [behaviour.archetype for behaviour in ARCHETYPE_BEHAVIOURS]
    alone = table[names.index(kind)]
    moved = alone.copy()
    if move:
        found = next(one for one in MOVES if one.name == move)
        start = day + 1 - FIRST_LATENESS  # what arrives today works from tomorrow morning on
        moved[start : start + EFFECT_DAYS] *= min(
            found.effects[list[str](ARCHETYPES).index(kind)], EFFECT_CAP
        )
    return Clock(alone, moved)


def payment_clock(lang: Language = "en") -> widgets.Widget:
    """The live picture: hazard above, what is still unpaid below."""
    return PaymentClock(Words(lang)).widget


class PaymentClock:
    """Controls, two pictures, one sentence."""

    def __init__(self, words: Words):
        self._words = words
        kinds = [(words.say(f"archetype.{kind}.name"), kind) for kind in ARCHETYPES]
        moves = [(words.say("bonnet.clock.nothing"), NOTHING)]
        moves += [(words.say(f"move.{move.name}"), move.name) for move in MOVES]
        self.kind = widgets.Dropdown(options=kinds, value="forgetful")
        self.move = widgets.Dropdown(options=moves, value="phone")
        self.day, self.luck = drawing.slider(7, -14, 90), drawing.slider(80, 1, 99)
        say = words.say
        self._looks = [
            drawing.Named(say("bonnet.clock.alone"), look.BASELINE, "dashed"),
            drawing.Named(say("bonnet.clock.moved"), look.ALTERNATIVE),
        ]
        axes = say("bonnet.clock.axis.day"), say("bonnet.clock.axis.share")
        self._hazard, self._unpaid = (drawing.Picture(*axes, height="200px") for _ in range(2))
        self._lines = [*self._hazard.lines(*self._looks), *self._unpaid.lines(*self._looks)]
        self._dots = self._unpaid.dots(drawing.Named(say("bonnet.clock.this"), "#b35806"), "diamond")
        self._said = look.html("", "arlab-said-clock")
        controls = (("kind", self.kind), ("move", self.move), ("day", self.day), ("luck", self.luck))
        rows = [drawing.row(say(f"bonnet.clock.{key}"), control) for key, control in controls]
        right = [
            look.html(drawing.legend(self._looks), "arlab-legend"), self._hazard.widget, self._unpaid.widget,
            self._said,
        ]  # fmt: skip
        self.widget = drawing.panel(drawing.beside(rows, right))
        drawing.follow([self.kind, self.move, self.day, self.luck], self.draw)

    def draw(self) -> None:
        """Draw both pictures."""
        found = clock(str(self.kind.value), str(self.move.value), int(self.day.value))
        sooner = self.luck.value / 100
        days = np.arange(FIRST, LAST + 1)
        series = [
            values * 100
            for values in (
                *(found.paid_on(way) for way in ("alone", "moved")),
                *(found.unpaid(way) for way in ("alone", "moved")),
            )
        ]
        self._hazard.fit(days, *series[:2])
        self._unpaid.fit(days, *series[2:])
        for line, values in zip(self._lines, series, strict=True):
            drawing.put(line, days, values)
        ready = {way: found.ready(way, sooner) for way in ("alone", "moved")}
        seen = [day for day in ready.values() if day is not None and FIRST <= day <= LAST]
        drawing.put(self._dots, seen, [100 * (1 - sooner)] * len(seen))
        self._tell(ready)

    def _tell(self, ready: dict[str, int | None]) -> None:
        say = self._words.say
        said = {
            way: say("bonnet.clock.never") if day is None else say("bonnet.clock.on_day", day=day)
            for way, day in ready.items()
        }
        note = say("bonnet.clock.said.hazard") if self.move.value else ""
        self._hazard.entitle(say("bonnet.clock.hazard"), "", note)
        self._unpaid.entitle(say("bonnet.clock.unpaid"), "", "")
        self._said.value = look.safe(say("bonnet.clock.said", **said))
