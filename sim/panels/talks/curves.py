"""How did the hidden state move, and what became of the account? Two small drawings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.panels.parts.look import safe
from sim.roleplay.conditions import QUANTITIES
from sim.roleplay.consequences import Aftermath
from sim.roleplay.talk import Talk
from sim.words import Words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 560, 220, 64, 96, 12, 26
LABEL_HEIGHT = 16.0
LEAST_APART = 0.1  # of the height: names on the axis that stand closer would cover each other
COLOURS = dict(zip(QUANTITIES, palette.SERIES, strict=False))
DASHED = {"trust": "", "pressure": "6 3", "commitment": "2 2", "insight": "9 3 2 3"}


def state_curves(talk: Talk, words: Words) -> str:
    """Trust, pressure, commitment and insight after each move, 0 to 100."""
    states = [talk.turns[0].before if talk.turns else talk.state, *(turn.after for turn in talk.turns)]
    xs = np.linspace(LEFT, WIDTH - RIGHT, max(len(states), 2))
    parts = [_grid([0, 25, 50, 75, 100], [str(level) for level in (0, 25, 50, 75, 100)], 0, 100)]
    ends = []
    for name in QUANTITIES:
        ys = [_y(state[name], 0, 100) for state in states]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=False))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2.2" '
            f'stroke-dasharray="{DASHED[name]}"/>'
        )
        ends.append((ys[-1], words.say(f"roleplay.state.{name}"), COLOURS[name]))
    parts += _labels(ends, xs[len(states) - 1])
    parts += [_x_label(x, str(at)) for at, x in enumerate(xs[: len(states)])]
    return _svg(parts, words.say("talk.state.alt"))


def account_curves(told: Aftermath, words: Words, currency: str) -> str:
    """What the account owes over 90 days, with the talk and without it."""
    return _pair(told.days, told.owed_with, told.owed_without, words, currency, "talk.after.owed")


def cash_curves(told: Aftermath, words: Words, currency: str) -> str:
    """How much more is in the till, day by day, than without the talk."""
    more = told.cash_with - told.cash_without
    return _pair(told.days, more, np.zeros_like(more), words, currency, "talk.after.cash")


def _pair(
    days: NDArray[np.int64],
    with_talk: NDArray[np.int64],
    without: NDArray[np.int64],
    words: Words,
    currency: str,
    alt: str,
) -> str:
    low = float(min(with_talk.min(), without.min(), 0))
    high = float(max(with_talk.max(), without.max(), low + 100_00))
    span = high - low
    ticks = [low + span * part for part in (0.0, 0.5, 1.0)]
    if low < 0 < high:
        ticks = [tick for tick in (low, 0.0, high) if tick == 0 or abs(tick) > span * LEAST_APART]
    parts = [_grid(ticks, [words.money(tick, currency) for tick in ticks], low, high)]
    xs = np.linspace(LEFT, WIDTH - RIGHT, len(days))
    ends = []
    for name, values, colour, dash, width in (
        ("without", without, palette.BASELINE, "6 3", 3.2),  # still seen where both run together
        ("with", with_talk, palette.ALTERNATIVE, "", 2.0),
    ):
        points = " ".join(f"{x:.1f},{_y(value, low, high):.1f}" for x, value in zip(xs, values, strict=True))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-dasharray="{dash}"/>'
        )
        ends.append((_y(float(values[-1]), low, high), words.say(f"talk.after.{name}"), colour))
    parts += _labels(ends, float(xs[-1]))
    for ahead in (0, 30, 60, 90):
        parts.append(_x_label(float(xs[min(ahead + 1, len(xs) - 1)]), words.say("talk.after.day", day=ahead)))
    return _svg(parts, words.say(alt))


def _y(value: float, low: float, high: float) -> float:
    return TOP + (HEIGHT - TOP - FOOT) * (1 - (float(value) - low) / (high - low or 1))


def _grid(levels: Sequence[float], names: Sequence[str], low: float, high: float) -> str:
    drawn = []
    for level, name in zip(levels, names, strict=True):
        y = _y(level, low, high)
        drawn.append(f'<path d="M{LEFT},{y:.1f} H{WIDTH - RIGHT}" stroke="{palette.GRID}"/>')
        drawn.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{safe(name)}</text>')
    return "".join(drawn)


def _labels(ends: Sequence[tuple[float, str, str]], x: float) -> list[str]:
    """Names at the lines' ends; where they would cover each other they make room, first downwards, then up again."""
    named = sorted(ends)
    ys = [y for y, _, _ in named]
    for at in range(1, len(ys)):
        ys[at] = max(ys[at], ys[at - 1] + LABEL_HEIGHT)
    lowest = float(HEIGHT - FOOT)
    for at in reversed(range(len(ys))):
        ys[at] = min(ys[at], lowest)
        lowest = ys[at] - LABEL_HEIGHT
    return [
        f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{colour}">{safe(name)}</text>'
        for y, (_, name, colour) in zip(ys, named, strict=True)
    ]


def _x_label(x: float, name: str) -> str:
    return f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{safe(name)}</text>'


def _svg(parts: Sequence[str], alt: str) -> str:
    return (
        f'<svg class="arlab-curves" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{safe(alt)}">'
        f"{''.join(parts)}</svg>"
    )
