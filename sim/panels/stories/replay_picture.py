"""How does the whole year look behind the day that is shown? Drawn once; only a veil over the rest of it moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.base.days import date_of
from sim.panels.parts.charts import axis_unit, nice_ticks, tick_format
from sim.panels.parts.look import safe
from sim.panels.stories.replay_life import Life
from sim.words import Words

Floats = NDArray[np.float64]
WIDTH, HEIGHT = 1000, 100
LINES = ("ar", "overdue", "till")


def picture(words: Words, life: Life) -> str:
    """Receivables and what of them is overdue as areas, cash as a line, over the whole year."""
    story = life.story
    series = {name: np.asarray(getattr(story, name), dtype=np.float64) for name in LINES}
    low = min(0.0, *(float(values.min()) for values in series.values()))
    high = max(float(values.max()) for values in series.values())
    unit = axis_unit(words, "fen", life.currency, max(abs(low), high))
    ticks = nice_ticks(low / unit.factor, high / unit.factor) * unit.factor
    bottom, top = float(ticks[0]), float(ticks[-1])
    scaled = {name: _heights(values, bottom, top) for name, values in series.items()}
    floor = _heights(np.zeros(1), bottom, top)[0]
    grid = "".join(_grid_line(float(_heights(np.array([tick]), bottom, top)[0])) for tick in ticks)
    drawn = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">{grid}'
        f'<path class="arlab-area-ar" d="{_area(scaled["ar"], floor)}"/>'
        f'<path class="arlab-area-overdue" d="{_area(scaled["overdue"], floor)}"/>'
        f'<path class="arlab-line-till" d="{_line(scaled["till"])}"/></svg>'
    )
    labels = _tick_labels(ticks, unit.factor, bottom, top)
    return (
        f'<div class="arlab-year-legend">{_legend(words, unit.label)}</div>'
        f'<div class="arlab-year">{labels}{drawn}</div><div class="arlab-months">{_months(words, life)}</div>'
    )


def veil(words: Words, life: Life, day: int) -> str:
    """What covers the days still to come, its edge on the day shown."""
    share = (day + 0.5) / life.story.days * 100
    said = safe(words.say("replay.chart.veil")) if share < 85 else ""
    return f'<div class="arlab-curtain" style="left:{share:.2f}%"><span>{said}</span></div>'


def _heights(values: Floats, bottom: float, top: float) -> Floats:
    return HEIGHT * (1.0 - (values - bottom) / (top - bottom))


def _line(heights: Floats) -> str:
    across = (np.arange(len(heights)) + 0.5) / len(heights) * WIDTH
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, heights, strict=True))
    return f"M{points}"


def _area(heights: Floats, floor: float) -> str:
    return f"{_line(heights)} L{WIDTH},{floor:.1f} L0,{floor:.1f} Z"


def _grid_line(height: float) -> str:
    return f'<path class="arlab-gridline" d="M0,{height:.1f} L{WIDTH},{height:.1f}"/>'


def _tick_labels(ticks: Floats, factor: float, bottom: float, top: float) -> str:
    style = tick_format(ticks / factor)
    return "".join(
        f'<span class="arlab-tick" style="top:{_heights(np.array([tick]), bottom, top)[0] / HEIGHT * 100:.1f}%">'
        f"{format(tick / factor, style)}</span>"
        for tick in ticks
    )


def _legend(words: Words, unit: str) -> str:
    keys = "".join(
        f'<span><i class="arlab-swatch-{name}"></i>{safe(words.say(f"replay.level.{name}"))}</span>'
        for name in LINES
    )
    return f'{keys}<span class="arlab-unit">({safe(unit)})</span>'


def _months(words: Words, life: Life) -> str:
    """The name of each month under its first day."""
    story, said = life.story, []
    for day in range(story.days):
        date = date_of(story.first + day)
        if date.day == 1:
            left = day / story.days * 100
            said.append(
                f'<span style="left:{left:.2f}%">{safe(words.period(f"{date.year}-{date.month:02d}"))}</span>'
            )
    return "".join(said)
