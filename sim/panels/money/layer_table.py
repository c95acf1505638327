"""How is protection told: its yearly cost, and the loss that is left, in normal times and in a slump?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.panels.parts.look import safe
from sim.words import Words

if TYPE_CHECKING:
    from sim.panels.contests.contest import Standing
    from sim.panels.money.layers import Protected

BARE, LAID = 0, 1
BAR = 130.0
YEARS = 2

Told = Callable[["Standing"], float]
LINES: tuple[tuple[str, str, Told], ...] = (
    ("cost", "cost", lambda found: found.mean(LAID, "layer_cost") / YEARS),
    ("loss_bare", "loss", lambda found: found.mean(BARE, "loss_left") / YEARS),
    ("loss_mean", "loss", lambda found: found.mean(LAID, "loss_left") / YEARS),
    ("bad_bare", "loss", lambda found: found.bad_runs(BARE, "loss_left") / YEARS),
    ("loss_bad", "loss", lambda found: found.bad_runs(LAID, "loss_left") / YEARS),
)
"""Rows drawn as bars: the key of the words, the colour, the figure a year."""


def layer_table(words: Words, found: Protected) -> str:
    """Two columns, a normal time and a slump; rows for cost, losses left, lowest cash and profit."""
    times = found.times
    heads = "".join(f"<th>{safe(words.say(f'scenario.{name}.name'))}</th>" for name in times)
    most = max(max(told(standing) for standing in times.values()) for _, _, told in LINES) or 1.0
    rows = [
        f"<tr><td>{name_of(words, key)}</td>"
        + "".join(
            f"<td>{bar(words, told(standing), most, colour, standing.currency)}</td>"
            for standing in times.values()
        )
        + "</tr>"
        for key, colour, told in LINES
    ]
    rows.append(gap_row(words, found, "cash_low", 1))
    rows.append(gap_row(words, found, "economic_profit", YEARS))
    widths = '<col style="width:38%"><col style="width:31%"><col style="width:31%">'
    return (
        f'<table class="arlab-table arlab-contest arlab-layers-table"><colgroup>{widths}</colgroup>'
        f"<tr><th>{safe(words.say('labs.layer.row'))}</th>{heads}</tr>{''.join(rows)}</table>"
    )


def name_of(words: Words, key: str) -> str:
    """A row's name, with what it means when the pointer rests on it."""
    about = safe(words.say(f"labs.layer.row.{key}.help"))
    return f'<span title="{about}">{safe(words.say(f"labs.layer.row.{key}"))}</span>'


def bar(words: Words, fen: float, most: float, colour: str, currency: str) -> str:
    """An amount, and a bar as long as it is large."""
    width = max(fen, 0.0) / most * BAR
    return (
        f"{safe(words.money(round(fen), currency))} "
        f'<span class="arlab-layer-bar arlab-layer-{colour}" style="width:{width:.0f}px" aria-hidden="true"></span>'
    )


def gap_row(words: Words, found: Protected, figure: str, years: int) -> str:
    """What the layers change in a figure, with its interval."""
    cells = []
    for standing in found.times.values():
        gap = standing.gaps(LAID)[figure]
        said = words.money(round(gap.difference / years), standing.currency, signed=True)
        if not standing.is_rough and gap.difference:
            ends = gap.low / years, gap.high / years
            between = words.interval(*ends, "fen", currency=standing.currency, signed=True)
            said = f'{safe(said)}<span class="arlab-said">{safe(between)}</span>'
        cells.append(f"<td>{said}</td>")
    return f"<tr><td>{name_of(words, figure)}</td>{''.join(cells)}</tr>"


def verdict(words: Words, found: Protected) -> str:
    """Is there zero risk? One sentence with what is left in a slump's worst runs."""
    slump = found.times["slump"]
    if slump.is_rough:
        return words.say("labs.contest.wait")
    if not found.asked.layers.laid:
        bare = slump.bad_runs(BARE, "loss_left") / YEARS
        return words.say("labs.layer.none_laid", loss=words.money(round(bare), slump.currency))
    bare, left = (slump.bad_runs(plan, "loss_left") for plan in (BARE, LAID))
    cost = found.times["normal"].mean(LAID, "layer_cost") / YEARS
    told = {
        "layers": words.listed(words.say(f"labs.layer.name.{name}") for name in found.asked.layers.laid),
        "cost": words.money(round(cost), slump.currency),
        "left": words.money(round(left / YEARS), slump.currency),
        "share": words.percent(left / bare if bare > 0 else float("nan"), 0),
    }
    return words.say("labs.layer.verdict", **told)
