"""What is the question, and what is the answer in one paragraph? Every number and every "clear" is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measure import METRICS
from sim.reports.gather import Findings
from sim.reports.inputs import Inputs, policy_title, portfolio_title
from sim.reports.paper import Block, Points, Section, Text, sentences_joined
from sim.words import Words

TOLD = ("economic_profit", "credit_sales", "ar", "dso", "cash_low", "churned")
FEW_RUNS = 20


@dataclass(frozen=True)
class Gap:
    """One row of the comparison, and what may be said of it."""

    metric: str
    unit: str
    baseline: float
    alternative: float
    difference: float
    low: float
    high: float
    agree: float
    runs: int

    @property
    def is_known(self) -> bool:
        """Is there a difference at all that is known?"""
        return bool(np.isfinite(self.difference))

    @property
    def has_interval(self) -> bool:
        """Are there runs enough for an interval?"""
        return bool(np.isfinite(self.low))

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0

    @property
    def verdict(self) -> str:
        """Good, bad, up or down where it is clear; same, unclear or unknown where it is not."""
        if not self.is_known:
            return "unknown"
        if self.difference == 0:
            return "same"
        if not self.is_clear:
            return "unclear"
        better = METRICS[self.metric].better
        if better == "none":
            return "up" if self.difference > 0 else "down"
        return "good" if (self.difference > 0) == (better == "high") else "bad"


def gaps(findings: Findings) -> dict[str, Gap]:
    """The comparison, row by row."""
    records = findings.table.to_dict("records")
    found = [Gap(**{str(name): value for name, value in record.items()}) for record in records]
    return {gap.metric: gap for gap in found}


def between(words: Words, gap: Gap, currency: str) -> str:
    """The interval of a difference."""
    return words.interval(gap.low, gap.high, gap.unit, currency=currency, signed=True)


def question(words: Words, inputs: Inputs) -> Section:
    """The question, and how it was put to the model."""
    names = {side: policy_title(words, name) for side, name, _ in inputs.policies()}
    scenario = f"scenario.{inputs.scenario}"
    days = words.days(inputs.times.days)
    if inputs.runs == 1:
        method = words.say("paper.question.method_one", days=days)
    else:
        method = words.say("paper.question.method", runs=words.number(inputs.runs), days=days)
    told = words.say(
        "paper.question.scenario", scenario=words.say(f"{scenario}.name"), help=words.say(f"{scenario}.help")
    )
    return Section(
        "question",
        words.say("paper.question.head"),
        (
            Text(words.say("paper.question.text", **names), "lead"),
            Text(method),
            Points((*(_about(words, inputs, side) for side in ("baseline", "alternative")), told)),
        ),
    )


def _about(words: Words, inputs: Inputs, side: str) -> str:
    (name, policy) = next((name, policy) for which, name, policy in inputs.policies() if which == side)
    known = inputs.is_ready_made(name, policy)
    why = words.say(f"policy.{name}.why") if known else words.say("paper.question.own")
    side_name = words.say(f"panel.side.{side}")
    return words.say("paper.question.policy", side=side_name, name=policy_title(words, name), why=why)


def answer(words: Words, findings: Findings) -> Section:
    """The answer: one paragraph, then what speaks for it, against it, and what stays open."""
    head = words.say("paper.answer.head")
    if findings.inputs.is_idle:
        return Section("answer", head, (Text(words.say("paper.answer.idle"), "lead"),))
    found = gaps(findings)
    text = sentences_joined(words, sentences(words, findings, found))
    blocks: list[Block] = [Text(text, "lead")]
    if findings.inputs.runs > 1:
        blocks += _lists(words, findings, found)
    blocks.append(Text(_caution(words, findings.inputs.runs), "note"))
    return Section("answer", head, tuple(blocks))


def sentences(words: Words, findings: Findings, found: dict[str, Gap]) -> list[str]:
    """The paragraph, sentence by sentence."""
    told = [said for metric in TOLD if (said := sentence(words, findings, found[metric]))]
    ruin = found["ruin"]
    if ruin.baseline > 0 or ruin.alternative > 0:
        names = {f"{side}_name": policy_title(words, name) for side, name, _ in findings.inputs.policies()}
        shares = {side: words.percent(getattr(ruin, side)) for side in ("baseline", "alternative")}
        told.append(words.say("paper.says.ruin.either", **names, **shares))
    if findings.inputs.runs > 1:
        told.append(_count(words, found))
    return told


def sentence(words: Words, findings: Findings, gap: Gap) -> str:
    """What may be said of one figure; nothing of one that is not known."""
    if not gap.is_known:
        return ""
    currency, key = findings.inputs.portfolio.currency, f"paper.says.{gap.metric}"
    if gap.difference == 0:
        return words.say(f"{key}.same")
    values: dict[str, Any] = {"alternative": policy_title(words, findings.inputs.alternative_name)}
    way = "up" if gap.difference > 0 else "down"
    amount = words.value(abs(gap.difference), gap.unit, currency=currency)
    if not gap.has_interval:
        return words.say(f"{key}.{way}", amount=words.say("paper.answer.single", amount=amount), **values)
    span = between(words, gap, currency)
    if not gap.is_clear:
        return words.say(f"{key}.unclear", between=span, **values)
    low, high = sorted((abs(gap.low), abs(gap.high)))
    span = words.interval(low, high, gap.unit, currency=currency)
    agree = words.percent(gap.agree, 0)
    sure = words.say("paper.answer.sure", amount=amount, between=span, agree=agree)
    return words.say(f"{key}.{way}", amount=sure, **values)


def _count(words: Words, found: dict[str, Gap]) -> str:
    judged = [gap for gap in found.values() if METRICS[gap.metric].better != "none"]
    good, bad = (sum(gap.verdict == verdict for gap in judged) for verdict in ("good", "bad"))
    numbers = {"total": len(judged), "better": good, "worse": bad, "open": len(judged) - good - bad}
    return words.say("paper.answer.count", **{name: words.number(value) for name, value in numbers.items()})


def _lists(words: Words, findings: Findings, found: dict[str, Gap]) -> list[Block]:
    currency = findings.inputs.portfolio.currency
    judged = [gap for gap in found.values() if METRICS[gap.metric].better != "none"]
    lists: list[Block] = []
    for key, verdict, tone in (
        ("for", "good", "good"),
        ("against", "bad", "bad"),
        ("open", "unclear", "soft"),
    ):
        items = tuple(_item(words, gap, currency) for gap in judged if gap.verdict == verdict)
        items = items or (words.say("paper.answer.nothing"),)
        lists.append(Points(items, words.say(f"paper.answer.{key}"), tone))  # type: ignore[arg-type]
    return lists


def _item(words: Words, gap: Gap, currency: str) -> str:
    figure = words.say(f"metric.{gap.metric}.name")
    amount = words.value(gap.difference, gap.unit, currency=currency, signed=True)
    if gap.is_clear:  # its interval stands in the table of figures
        return words.say("paper.answer.item_alone", figure=figure, amount=amount)
    return words.say("paper.answer.item", figure=figure, amount=amount, between=between(words, gap, currency))


def _caution(words: Words, runs: int) -> str:
    if runs == 1:
        return words.say("paper.answer.one_run")
    told = [words.say("paper.answer.few_runs")] if runs < FEW_RUNS else []
    return sentences_joined(
        words, [words.say("paper.answer.brackets"), *told, words.say("paper.answer.luck_only")]
    )


def facts(words: Words, inputs: Inputs) -> tuple[tuple[str, str], ...]:
    """The frame of the comparison, for the head of the first page."""
    customers, times = inputs.portfolio, inputs.times
    owed = words.money(int(customers.opening["amount_fen"].sum()), customers.currency)
    said = {
        "customers": words.say(
            "paper.fact.customers_value",
            portfolio=portfolio_title(words, customers),
            count=words.number(len(customers)),
        ),
        "opening": words.say("paper.fact.opening_value", amount=owed, date=words.date(customers.as_of)),
        "scenario": words.say(f"scenario.{inputs.scenario}.name"),
        "time": words.say(
            "paper.fact.time_value", first=words.date(times.first), last=words.date(times.last)
        ),
        "runs": words.say("paper.fact.runs_value", runs=words.number(inputs.runs), seed=inputs.seed),
    }
    return tuple((words.say(f"paper.fact.{name}"), text) for name, text in said.items())
