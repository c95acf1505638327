"""How are several plans told apart at a glance? A table of dots and intervals, one column per figure.

The first plan is the yardstick and shows its own figures; the others show how far they are from it, run by run.
"""

from __future__ import annotations

import re

import numpy as np

from sim.panels.contests import contest
from sim.panels.contests.contest import Standing
from sim.panels.live.compute import Difference
from sim.panels.parts import look
from sim.words import Words

WIDTH, HEIGHT, EDGE = 116.0, 18.0, 6.0
SIGNED = re.compile(r"[+-][^\d\s]*[\d.,]+\w?")


def figure_name(words: Words, figure: str) -> str:
    """What is a figure called here?"""
    return words.say(f"labs.figure.{figure}.name" if figure in contest.SUMS else f"metric.{figure}.name")


def figure_help(words: Words, figure: str) -> str:
    """What does a figure say?"""
    return words.say(f"labs.figure.{figure}.help" if figure in contest.SUMS else f"metric.{figure}.help")


def table(words: Words, found: Standing, names: list[str], abouts: list[str]) -> str:
    """Every plan's row: its name, what it does, and each figure against the yardstick's."""
    gaps = [found.gaps(plan) for plan in range(len(names))]
    figures = found.contest.figures
    reaches = {name: reach([gap[name] for gap in gaps[1:]], found.is_rough) for name in figures}
    heads = "".join(
        f'<th title="{look.safe(figure_help(words, name))}">{look.safe(figure_name(words, name))}</th>'
        for name in figures
    )
    first = look.safe(words.say("labs.contest.plan"))
    rows = [yardstick_row(words, found, names[0], abouts[0])]
    for plan in range(1, len(names)):
        cells = "".join(
            f"<td>{cell(words, gaps[plan][name], reaches[name], found.currency, found.is_rough)}</td>"
            for name in figures
        )
        rows.append(f"<tr><td>{plan_name(names[plan], abouts[plan])}</td>{cells}</tr>")
    share = f"{76 / len(figures):.2f}%"
    widths = '<col style="width:24%">' + f'<col style="width:{share}">' * len(figures)
    return (
        f'<table class="arlab-table arlab-contest"><colgroup>{widths}</colgroup>'
        f"<tr><th>{first}</th>{heads}</tr>{''.join(rows)}</table>"
    )


def yardstick_row(words: Words, found: Standing, name: str, about: str) -> str:
    """The first plan's own figures."""
    cells = "".join(
        f"<td>{look.safe(words.value(found.mean(0, figure), contest.unit(figure), currency=found.currency))}</td>"
        for figure in found.contest.figures
    )
    return f'<tr class="arlab-yardstick"><td>{plan_name(name, about)}</td>{cells}</tr>'


def plan_name(name: str, about: str) -> str:
    """A plan's name with what it does below."""
    small = f'<span class="arlab-said">{look.safe(about)}</span>' if about else ""
    return f"<b>{look.safe(name)}</b>{small}"


def cell(words: Words, gap: Difference, most: float, currency: str, rough: bool) -> str:
    """One difference: the number, whether it is good, and the interval as a line with a dot."""
    if not np.isfinite(gap.difference):
        return look.safe(words.say("labs.contest.unknown"))
    amount = look.safe(
        words.beside(gap.difference, gap.low, gap.high, gap.unit, currency=currency, signed=True)
    )
    if gap.difference == 0 and (gap.low == gap.high or rough):
        return f'<span class="arlab-unit">{look.safe(words.say("panel.verdict.same"))}</span>'
    if rough or not np.isfinite(gap.low):
        return f"{amount}{drawn(gap, most, words.say('labs.contest.rough'), 'rough')}"
    said = words.interval(gap.low, gap.high, gap.unit, currency=currency, signed=True)
    sign, kind = mark(gap)
    return (
        f'<span class="arlab-{kind}">{sign}{amount}</span>{drawn(gap, most, said, kind)}'
        f'<span class="arlab-said">{unbroken(look.safe(said))}</span>'
    )


def unbroken(said: str) -> str:
    """A narrow column breaks a line between numbers, never between a sign and its number."""
    return SIGNED.sub(r'<span class="arlab-end">\g<0></span>', said)


def mark(gap: Difference) -> tuple[str, str]:
    """Which sign and which colour has a difference? Better ▲ or ▼, worse, or not clear."""
    if not gap.is_clear:
        return "", "unclear"
    arrow = "▲ " if gap.difference > 0 else "▼ "
    if gap.is_better is None:
        return arrow, "other"
    return arrow, "good" if gap.is_better else "bad"


def reach(gaps: list[Difference], rough: bool) -> float:
    """How far does a column's scale reach to either side of zero? Wide intervals of few runs do not count."""
    ends = [abs(gap.difference) for gap in gaps if np.isfinite(gap.difference)]
    if not rough:
        ends += [abs(end) for gap in gaps for end in (gap.low, gap.high) if np.isfinite(end)]
    return max(ends, default=0.0) or 1.0


def drawn(gap: Difference, most: float, said: str, kind: str) -> str:
    """Zero as a thin line, the interval as a thick one, the mean as a dot: filled when it is clear."""
    middle = WIDTH / 2

    def at(value: float) -> float:
        clipped = min(max(value / most, -1.0), 1.0)
        return round(middle + clipped * (middle - EDGE), 1)

    known = np.isfinite(gap.low) and kind != "rough"
    ends = (gap.low, gap.high) if known else (gap.difference, gap.difference)
    line = f'<line class="arlab-range" x1="{at(ends[0])}" x2="{at(ends[1])}" y1="{HEIGHT / 2}" y2="{HEIGHT / 2}"/>'
    dot = f'<circle cx="{at(gap.difference)}" cy="{HEIGHT / 2}" r="4"/>'
    zero = f'<line class="arlab-zero" x1="{middle}" x2="{middle}" y1="1" y2="{HEIGHT - 1}"/>'
    return (
        f'<svg class="arlab-dot arlab-dot-{kind}" width="{WIDTH:g}" height="{HEIGHT:g}" role="img" '
        f'aria-label="{look.safe(said)}">{zero}{line}{dot}</svg>'
    )


def best(words: Words, found: Standing, names: list[str], figure: str) -> str:
    """Which plan is ahead in this figure, and is that sure?"""
    if found.is_rough:
        return words.say("labs.contest.wait")
    gaps = [found.gaps(plan)[figure] for plan in range(len(names))]
    known = [plan for plan in range(1, len(names)) if np.isfinite(gaps[plan].difference)]
    if not known:
        return ""
    way = 1.0 if contest.better(figure) == "high" else -1.0
    ahead = max(known, key=lambda plan: way * gaps[plan].difference)
    gap = gaps[ahead]
    told = {"figure": figure_name(words, figure), "plan": names[ahead], "yardstick": names[0]}
    told["gap"] = words.beside(
        gap.difference, gap.low, gap.high, gap.unit, currency=found.currency, signed=True
    )
    told["between"] = words.interval(gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    if way * gap.difference <= 0:
        clear = all(gaps[plan].is_clear for plan in known)
        return words.say("labs.contest.none" if clear else "labs.contest.none_clear", **told)
    return words.say("labs.contest.best" if gap.is_clear else "labs.contest.maybe", **told)
