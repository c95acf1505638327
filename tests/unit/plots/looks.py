"""What would an eye find wrong with a picture? Words that are cut off, or that stand on each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from matplotlib.text import Text


def texts_of(figure: Any) -> list[tuple[str, Any]]:
    """Every text that shows, with the box it takes, once the figure is laid out and drawn."""
    figure.canvas.draw()
    pen = figure.canvas.get_renderer()
    hidden = set(_beyond(figure))
    shown = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [(text.get_text(), text.get_window_extent(pen)) for text in shown if id(text) not in hidden]


def _beyond(figure: Any) -> Iterator[int]:
    """The marks of axes that lie beyond their ends: they are there but not drawn."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            room = 1e-6 * (high - low)
            for tick in axis.get_major_ticks():
                if not low - room <= tick.get_loc() <= high + room:
                    yield from (id(tick.label1), id(tick.label2))


def cut_off(figure: Any) -> list[str]:
    """The texts that reach beyond the figure."""
    width, height = figure.canvas.get_width_height()
    return [
        text
        for text, box in texts_of(figure)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]


def overlapping(figure: Any, allowed: float = 3.0) -> list[tuple[str, str]]:
    """Pairs of texts that stand on each other by more than some pixels in both directions."""
    found = []
    for (one, a), (two, b) in combinations(texts_of(figure), 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        upright = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > allowed and upright > allowed:
            found.append((one, two))
    return found
