"""How is one claim's worth told: a row for each way, with its range, and one sentence?"""

from __future__ import annotations

from collections.abc import Sequence

from sim.panels.parts.look import safe
from sim.study.one_claim import Worth
from sim.words import Words

COLUMNS = ("way", "chance", "days", "cash", "costs", "goodwill", "net", "range")
WIDTHS = ("22%", "9%", "9%", "11%", "11%", "11%", "12%", "15%")
BAR = 150.0


def claim_table(words: Words, found: Sequence[Worth]) -> str:
    """Every way, the best one first."""
    best_first = sorted(found, key=lambda value: -value.net)
    heads = "".join(head(words, name) for name in COLUMNS)
    widths = "".join(f'<col style="width:{width}">' for width in WIDTHS)
    ends = min(value.low for value in found), max(max(value.high for value in found), 1.0)
    rows = "".join(row(words, value, ends, value is best_first[0]) for value in best_first)
    return f'<table class="arlab-table arlab-contest"><colgroup>{widths}</colgroup><tr>{heads}</tr>{rows}</table>'


def head(words: Words, column: str) -> str:
    """A column's name, and what it means when the pointer rests on it."""
    said, about = (words.say(f"labs.claim.column.{column}{part}") for part in ("", ".help"))
    return f'<th title="{safe(about)}">{safe(said)}</th>'


def row(words: Words, value: Worth, ends: tuple[float, float], is_best: bool) -> str:
    """One way."""
    money = [words.money(round(amount)) for amount in (value.cash, value.costs, value.goodwill, value.net)]
    days = words.value(value.days, "d", digits=0) if value.chance > 0 else words.say("labs.claim.no_days")
    net = f"<b>{safe(money[3])}</b>"
    star = '<span class="arlab-good">★</span> ' if is_best else ""
    name = f"{star}<b>{safe(words.say(f'labs.claim.way.{value.way}'))}</b>"
    cells = [name, safe(words.percent(value.chance, 0)), safe(days), *map(safe, money[:3]), net]
    cells.append(bar(words, value, ends))
    shade = ' class="arlab-chosen"' if is_best else ""
    return f"<tr{shade}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def bar(words: Words, value: Worth, ends: tuple[float, float]) -> str:
    """The range from all assumptions bad to all good, with the middle as a dot."""
    low, high = ends
    room = (high - low) or 1.0

    def at(amount: float) -> float:
        return round(5 + (amount - low) / room * (BAR - 10), 1)

    said = words.interval(round(value.low), round(value.high), "fen")
    return (
        f'<svg class="arlab-dot arlab-dot-other" width="{BAR:g}" height="18" role="img" aria-label="{safe(said)}">'
        f'<line class="arlab-zero" x1="{at(0.0)}" x2="{at(0.0)}" y1="1" y2="17"/>'
        f'<line class="arlab-range" x1="{at(value.low)}" x2="{at(value.high)}" y1="9" y2="9"/>'
        f'<circle cx="{at(value.net)}" cy="9" r="4"/></svg><span class="arlab-said">{safe(said)}</span>'
    )


def verdict(words: Words, found: Sequence[Worth]) -> str:
    """Which way is worth most, and is it clearly so?"""
    first, second = sorted(found, key=lambda value: -value.net)[:2]
    told = {
        "way": words.say(f"labs.claim.way.{first.way}"),
        "second": words.say(f"labs.claim.way.{second.way}"),
        "net": words.money(round(first.net)),
        "gap": words.money(round(first.net - second.net)),
    }
    if first.way == "write_off":
        return words.say("labs.claim.stop", **told)
    return words.say("labs.claim.clear" if second.high < first.low else "labs.claim.close", **told)
