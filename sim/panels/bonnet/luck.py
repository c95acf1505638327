"""What is the same luck worth? Differences run by run, with the same luck on both sides and with another on each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.measure import METRICS
from sim.panels.bonnet.small import POLICIES, core_policy, core_world, small
from sim.panels.parts import drawing, look
from sim.plots.units import axis_unit
from sim.study.compare import interval, outcome
from sim.words import Language, Words

Floats = NDArray[np.float64]
CUSTOMERS, DAYS, MOST_RUNS = 60, 180, 40
FIGURES = ("economic_profit", "credit_sales", "ar", "dso")
WAYS = ("same", "other")


@dataclass(frozen=True, eq=False)
class Differences:
    """Alternative minus baseline in each run, with the same luck, and with another luck on each side."""

    same: Floats
    other: Floats

    def half_width(self, way: str) -> float:
        """Half of the interval of the mean."""
        low, high = interval(getattr(self, way))
        return (high - low) / 2


@lru_cache(maxsize=24)
def outcomes(policy: str, seed: int) -> dict[str, Floats]:
    """Every figure under this policy, run by run."""
    world = core_world(CUSTOMERS, DAYS, seed, MOST_RUNS)
    return outcome(world, core_policy(policy, CUSTOMERS), FIGURES).values


def differences(policy: str, metric: str, runs: int) -> Differences:
    """The same question asked with coupled luck, and without."""
    before, after = outcomes("as_is", 1)[metric][:runs], outcomes(policy, 1)[metric][:runs]
    elsewhere = outcomes(policy, 2)[metric][:runs]
    return Differences(after - before, elsewhere - before)


def same_luck(lang: Language = "en") -> widgets.Widget:
    """Two rows of dots: each is a run. Same luck draws them together."""
    return SameLuck(Words(lang)).widget


class SameLuck:
    """Controls, two rows of dots with their intervals, and what they say."""

    def __init__(self, words: Words):
        self._words = words
        named = [(words.say(f"metric.{name}.name"), name) for name in FIGURES]
        self.metric = widgets.Dropdown(options=named)
        offered = [(words.say(f"policy.{name}.name"), name) for name in POLICIES if name != "as_is"]
        self.policy = widgets.Dropdown(options=offered)
        self.runs = drawing.slider(MOST_RUNS, 4, MOST_RUNS, 4)
        self._looks = [
            drawing.Named(words.say(f"bonnet.luck.{way}"), drawing.COLOURS[at], drawing.DASHES[at])
            for at, way in enumerate(WAYS)
        ]
        self._picture = drawing.Picture("", "", height="210px", zero=False)
        self._dots = [
            self._picture.dots(named, marker)
            for named, marker in zip(self._looks, ("circle", "diamond"), strict=True)
        ]
        self._lines = self._picture.lines(*self._looks)
        self._picture.y.visible = False
        self._said = look.html("", "arlab-said-luck")
        rows = [
            drawing.row(words.say(f"bonnet.luck.{key}"), control)
            for key, control in (("metric", self.metric), ("policy", self.policy), ("runs", self.runs))
        ]
        small_note = words.say(
            "bonnet.luck.small", customers=words.number(CUSTOMERS), days=words.number(DAYS)
        )
        left = [*rows, look.html(look.safe(small_note), "arlab-note")]
        right = [look.html(drawing.legend(self._looks), "arlab-legend"), self._picture.widget, self._said]
        self.widget = drawing.panel(drawing.beside(left, right))
        drawing.follow([self.metric, self.policy, self.runs], self.draw)

    def draw(self) -> None:
        """Draw the dots of both ways and their intervals."""
        metric, runs = str(self.metric.value), int(self.runs.value)
        found = differences(str(self.policy.value), metric, runs)
        currency = small(CUSTOMERS).currency
        every = np.concatenate([found.same, found.other])
        unit = axis_unit(self._words, METRICS[metric].unit, currency, float(np.nanmax(np.abs(every))))
        self._picture.fit(np.append(every, 0.0) / unit.factor, np.array([0.0, 3.0]))
        self._picture.x.label = self._words.say("bonnet.luck.axis", unit=unit.label)
        for at, way in enumerate(WAYS):
            values, height = getattr(found, way) / unit.factor, 2.0 - at
            drawing.put(self._dots[at], values, np.full(len(values), height))
            low, high = (end / unit.factor for end in interval(getattr(found, way)))
            drawing.put(self._lines[at], [low, high], [height - 0.45] * 2)
        self._tell(found, metric, currency)

    def _tell(self, found: Differences, metric: str, currency: str) -> None:
        words, unit = self._words, METRICS[metric].unit
        said = {way: self._interval(getattr(found, way), unit, currency) for way in WAYS}
        self._picture.entitle(words.say("bonnet.luck.title"), "", "")
        line = words.say("bonnet.luck.said", **said)
        same, other = found.half_width("same"), found.half_width("other")
        if same > 0:
            ratio = other / same
            more = words.say(
                "bonnet.luck.wider", times=words.number(ratio, 1), runs=words.number(ratio**2, 0)
            )
            line = words.say("bonnet.luck.joined", first=line, then=more)
        self._said.value = look.safe(line)

    def _interval(self, values: Floats, unit: str, currency: str) -> str:
        amount = self._words.value(float(values.mean()), unit, currency=currency, signed=True)
        between = self._words.interval(*interval(values), unit, currency=currency, signed=True)
        return self._words.say("studio.assumed.difference", amount=amount, between=between)
