"""What does a comparison say in words: one sentence on top, one table below?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.panels.live.compute import Answer, Difference
from sim.panels.live.question import TABLED
from sim.panels.parts.look import safe
from sim.study.compare import CONFIDENCE
from sim.words import Words

COLUMNS = ("figure", "baseline", "alternative", "difference", "interval", "agree", "verdict")
WIDTHS = ("21%", "14%", "14%", "14%", "19%", "9%", "9%")


def headline(words: Words, found: Answer) -> str:
    """What does the alternative do to the cash tied up, and to economic profit?"""
    if found.question.is_idle:
        return words.say("panel.finding.idle")
    first = sentence(words, found, "ar", "frees", "ties_up")
    second = sentence(words, found, "economic_profit", "costs", "earns")
    return words.say("panel.finding.joint", first=first, second=second)


def sentence(words: Words, found: Answer, metric: str, falls: str, rises: str) -> str:
    """One half of the headline: so much, from here to there; or that these runs do not show it."""
    gap = found.differences[metric]
    if not gap.difference:
        return words.say(f"panel.finding.{metric}.same")
    way = falls if gap.difference < 0 else rises
    if found.is_rough:
        about = words.say("panel.finding.about", amount=words.money(abs(gap.difference), found.currency))
        return words.say(f"panel.finding.{metric}.{way}", amount=about)
    if not gap.is_clear:
        return words.say(f"panel.finding.{metric}.unclear")
    low, high = sorted((abs(gap.low), abs(gap.high)))
    amount = words.money(abs(gap.difference), found.currency)
    between = words.interval(low, high, "fen", currency=found.currency)
    sure = words.say("panel.finding.clear", amount=amount, between=between)
    return words.say(f"panel.finding.{metric}.{way}", amount=sure)


def table(words: Words, found: Answer, names: Iterable[str] = TABLED) -> str:
    """Each figure under both policies, the difference run by run, how sure it is, and whether it is good."""
    heads = "".join(f"<th>{safe(head)}</th>" for head in headings(words))
    widths = "".join(f'<col style="width:{width}">' for width in WIDTHS)
    rows = "".join(row(words, gap, found) for gap in map(found.differences.__getitem__, names))
    return f'<table class="arlab-table"><colgroup>{widths}</colgroup><tr>{heads}</tr>{rows}</table>'


def headings(words: Words) -> list[str]:
    """The names of the columns."""
    return [words.say(f"panel.table.{column}", percent=f"{CONFIDENCE:.0%}") for column in COLUMNS]


def row(words: Words, gap: Difference, found: Answer) -> str:
    """One figure's row; while there are few runs, without a word on how sure it is."""
    currency = found.currency
    name, about = (safe(words.say(f"metric.{gap.metric}.{part}")) for part in ("name", "help"))
    cells = [
        f'<span title="{about}">{name}</span>',
        words.value(gap.baseline, gap.unit, currency=currency),
        words.value(gap.alternative, gap.unit, currency=currency),
        words.beside(gap.difference, gap.low, gap.high, gap.unit, currency=currency, signed=True),
        *(["…"] * 3 if found.is_rough else certainty(words, gap, currency)),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def certainty(words: Words, gap: Difference, currency: str) -> list[str]:
    """Where the difference lies, how many runs agree, and whether that is good."""
    if not np.isfinite(gap.low):
        return ["–", "–", verdict(words, gap)]
    between = words.interval(gap.low, gap.high, gap.unit, currency=currency, signed=True)
    return [between, words.percent(gap.agree, 0) if gap.difference else "–", verdict(words, gap)]


def verdict(words: Words, gap: Difference) -> str:
    """Better, worse, other, or not clear; as a sign and a word, never as colour alone."""
    if gap.difference == 0:
        return f'<span class="arlab-unit">{safe(words.say("panel.verdict.same"))}</span>'
    if not np.isfinite(gap.difference) or not gap.is_clear:
        return f'<span class="arlab-unit">{safe(words.say("panel.verdict.unclear"))}</span>'
    up = "▲" if gap.difference > 0 else "▼"
    if gap.is_better is None:
        return f"{up} {safe(words.say('panel.verdict.up' if gap.difference > 0 else 'panel.verdict.down'))}"
    kind = "good" if gap.is_better else "bad"
    return f'<span class="arlab-{kind}">{up} {safe(words.say(f"panel.verdict.{kind}"))}</span>'


def said_difference(words: Words, found: Answer, metric: str) -> str:
    """A difference as the finding of a chart's title: how much, how sure; or that nothing is shown yet."""
    gap = found.differences[metric]
    if not np.isfinite(gap.difference):
        return words.say("panel.finding.unknown")
    if gap.difference == 0:
        return words.say("panel.finding.same")
    amount = words.beside(gap.difference, gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    if found.is_rough or not np.isfinite(gap.low):
        return words.say("panel.finding.about", amount=amount)
    between = words.interval(gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    sure = "clear" if gap.is_clear else "unclear"
    return words.say(f"panel.finding.{sure}", amount=amount, between=between)
