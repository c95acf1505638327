"""Which figures do cards and lines name, and how are they said? The scenario's own, or dealt from a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sim.roleplay.scenario import Agreed, Fact, Scenario, Sum, Text
from sim.words import Language, formats

ROUND_TO = 1_000
"""Shares of a sum are rounded to whole thousands, as people say them."""
_CURRENCY = {"CNY": ("CNY ", "元"), "USD": ("USD ", "美元"), "EUR": ("EUR ", "欧元")}
Value = float | date


@dataclass(frozen=True)
class Dealt:
    """Figures of a real row of a ledger, by the source they stand for; what the ledger does not tell is not there."""

    customer: str
    today: date
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Instalment:
    """One agreed sum: which share of what is owed, how much, so many days after the talk."""

    amount: float
    share: float
    days: int


class Facts:
    """The figures of one playing of a scenario."""

    def __init__(self, scenario: Scenario, dealt: Dealt | None = None):
        self.scenario, self.dealt = scenario, dealt

    @property
    def today(self) -> date:
        """The day of the talk."""
        return self.dealt.today if self.dealt else self.scenario.today

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every fact's value: money in whole units of the currency, days and counts as numbers, days as dates."""
        return {name: self._value(fact) for name, fact in self.scenario.facts.items()}

    @property
    def not_dealt(self) -> tuple[str, ...]:
        """Which facts ask for a figure that the ledger does not tell? They keep the scenario's own."""
        if self.dealt is None:
            return ()
        facts = self.scenario.facts.items()
        return tuple(name for name, fact in facts if fact.source and fact.source not in self.dealt.figures)

    def _value(self, fact: Fact) -> Value:
        if fact.date_ is not None:
            return fact.date_ + (self.today - self.scenario.today)
        if fact.share_of is not None:
            base = self._value(self.scenario.facts[fact.share_of])
            assert isinstance(base, float)
            assert fact.percent is not None
            return float(round(base * fact.percent / 100 / ROUND_TO) * ROUND_TO)
        if self.dealt is not None and fact.source and fact.source in self.dealt.figures:
            return float(self.dealt.figures[fact.source])
        assert fact.value is not None
        return fact.value

    def said(self, text: Text, lang: Language) -> str:
        """The text in this language with all its figures."""
        template = text.said(lang)
        if "{" not in template:
            return template
        words = {name: self.worded(name, lang) for name in self.values}
        return template.format(**words)

    def worded(self, name: str, lang: Language) -> str:
        """One figure as people say it."""
        value, kind = self.values[name], self.scenario.facts[name].kind
        if isinstance(value, date):
            return formats.spoken_day(lang, value)
        if kind == "money":
            return money_said(value, lang, self.scenario.currency)
        if kind == "days":
            return f"{value:.0f}天" if lang == "zh" else f"{value:.0f} {'day' if value == 1 else 'days'}"
        return f"{value:g}%" if kind == "percent" else f"{value:.0f}"

    def instalments(self, agreed: Agreed) -> tuple[Instalment, ...]:
        """What was agreed, sum by sum, in the order of their days."""
        sums = [self._instalment(each) for each in agreed.pay or ()]
        return tuple(sorted(sums, key=lambda each: each.days))

    def _instalment(self, each: Sum) -> Instalment:
        value = float(each.amount) if each.amount.isdigit() else self.values[each.amount]
        owed = self.values["owed"]
        assert isinstance(value, float)
        assert isinstance(owed, float)
        return Instalment(value, value / owed if owed else 0.0, self._days(each.on))

    def _days(self, on: str) -> int:
        """Days from today until what is named here."""
        if on.isdigit():
            return int(on)
        value = self.values[on]
        return max((value - self.today).days, 0) if isinstance(value, date) else int(value)

    def date_of(self, days: int) -> date:
        """The day so many days after the talk."""
        return self.today + timedelta(days=days)


def money_said(amount: float, lang: Language, currency: str = "CNY") -> str:
    """A whole amount as people say it: CNY 460,000, CNY 2.25 million; 46万元, 37.14万元, 1.2亿元."""
    before, after = _CURRENCY[currency]
    if lang == "zh":
        for size, name in ((10**8, "亿"), (10**4, "万")):
            if abs(amount) >= size and (amount * 100) % size == 0:
                return f"{amount / size:g}{name}{after}"
        return f"{amount:,.0f}{after}"
    if abs(amount) >= 10**6 and amount % 10**4 == 0:
        return f"{before}{amount / 10**6:g} million"
    return f"{before}{amount:,.0f}"
