"""What did the fit find, what did it assume, and what can no ledger of this kind tell? Statements as data."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

About = Literal["fitted", "assumed", "unknown"]


@dataclass(frozen=True)
class Finding:
    """One statement: a words key `fit.<fitted|assumed|unknown>.<name>` and the figures it names."""

    key: str
    about: About
    values: Mapping[str, object] = field(default_factory=dict)


def findings_of(
    coverage: frozenset[str], facts: Mapping[str, object], only_settled: bool
) -> tuple[Finding, ...]:
    """All statements, what was fitted first."""
    names = [*_fitted(facts), *_assumed(coverage, facts), *_unknown(coverage, only_settled)]
    return tuple(Finding(f"fit.{about}.{name}", about, facts) for about, name in names)


def _fitted(facts: Mapping[str, object]) -> Iterator[tuple[About, str]]:
    yield "fitted", "data"
    yield "fitted", "orders"
    yield "fitted", "lateness" if facts["groups"] != 1 else "lateness_one"
    yield "fitted", "check"
    yield "fitted", "pay_days" if facts["pay_rules"] else "no_pay_days"
    yield "fitted", "every_day" if facts["every_day"] else "workdays"
    habit = facts["habit"]
    yield "fitted", "no_habit" if isinstance(habit, float) and math.isnan(habit) else "habit"
    if facts["few"]:
        yield "fitted", "few"
    yield "fitted", "opening"


def _assumed(coverage: frozenset[str], facts: Mapping[str, object]) -> Iterator[tuple[About, str]]:
    yield ("fitted", "terms") if "invoice_dates" in coverage else ("assumed", "terms")
    yield "assumed", "archetypes"
    yield "assumed", "effort"
    flagged = facts["disputed"] and coverage & {"dispute_flags", "disputes"}
    yield "assumed", "disputes_flagged" if flagged else "disputes"
    yield "assumed", "defaults"
    yield "assumed", "demand"
    yield "assumed", "company"
    yield "assumed", "steady"


def _unknown(coverage: frozenset[str], only_settled: bool) -> Iterator[tuple[About, str]]:
    yield "unknown", "why"
    if only_settled:
        yield "unknown", "only_settled"
    if "write_off" not in coverage:
        yield "unknown", "write_offs"
    if "orders" not in coverage:
        yield "unknown", "orders"
