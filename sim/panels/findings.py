"""What does a comparison say in words: one sentence on top, one table below?"""

from __future__ import annotations

import numpy as np

from sim.panels.compute import CONFIDENCE, Answer, Difference
from sim.panels.look import safe
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
    if not np.isfinite(gap.low) or not gap.is_clear:
        return words.say(f"panel.finding.{metric}.unclear")
    low, high = sorted((abs(gap.low), abs(gap.high)))
    amount = words.money(abs(gap.difference), found.currency)
    between = words.interval(low, high, "fen", currency=found.currency)
    way = falls if gap.difference < 0 else rises
    return words.say(f"panel.finding.{metric}.{way}", amount=amount, between=between)


def table(words: Words, found: Answer) -> str:
    """Every figure under both policies, the difference run by run, how sure it is, and whether it is good."""
    heads = "".join(f"<th>{safe(head)}</th>" for head in headings(words))
    widths = "".join(f'<col style="width:{width}">' for width in WIDTHS)
    rows = "".join(row(words, gap, found.currency) for gap in found.differences.values())
    return f'<table class="arlab-table"><colgroup>{widths}</colgroup><tr>{heads}</tr>{rows}</table>'


def headings(words: Words) -> list[str]:
    """The names of the columns."""
    return [words.say(f"panel.table.{column}", percent=f"{CONFIDENCE:.0%}") for column in COLUMNS]


def row(words: Words, gap: Difference, currency: str) -> str:
    """One figure's row."""
    name, about = (safe(words.say(f"metric.{gap.metric}.{part}")) for part in ("name", "help"))
    cells = [
        f'<span title="{about}">{name}</span>',
        words.value(gap.baseline, gap.unit, currency=currency),
        words.value(gap.alternative, gap.unit, currency=currency),
        words.value(gap.difference, gap.unit, currency=currency, signed=True),
        interval(words, gap, currency),
        words.percent(gap.agree, 0) if gap.difference else "–",
        verdict(words, gap),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def interval(words: Words, gap: Difference, currency: str) -> str:
    """Where the difference lies, or a dash when one run cannot tell."""
    if not np.isfinite(gap.low):
        return "–"
    return words.interval(gap.low, gap.high, gap.unit, currency=currency, signed=True)


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
