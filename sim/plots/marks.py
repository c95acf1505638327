"""How are lines, bands, axes and labels put on a plot, the same way everywhere?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import category

import numpy as np

from sim.base import palette
from sim.plots.spread import Spread
from sim.plots.units import Unit, axis_unit, month_names
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND_OPACITY = 0.16
NUMBER_UNITS = "\u4e07\u4ebf\u5929\u6b21\u5bb6\u4e2a\u5143\u6708\u5e74\u65e5"  # 10,000s, days, times ...
CLOSING = ("Po", "Pe", "Pf")  # kinds of signs that never begin a line: stops, closing brackets and quotes
WIDE = 0x2E80  # Chinese begins here
LABEL_INCHES = 0.155  # between two labels below each other


def value_axis(axes: Axes, words: Words, unit: str, currency: str, values: Any) -> Unit:
    """Which unit shall the upright axis have for such values? Its marks get groups of thousands."""
    known = np.abs(np.asarray(values, dtype=np.float64))
    largest = float(known[np.isfinite(known)].max(initial=0.0))
    found = axis_unit(words, unit, currency, largest)
    group_marks(axes.yaxis, words)
    return found


def group_marks(axis: Any, words: Words) -> None:
    """Write an axis's numbers with groups of thousands, and as many decimals as its marks need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))

    def written(value: float, _place: int | None = None) -> str:
        marks = np.asarray(axis.get_majorticklocs())
        step = float(np.min(np.diff(marks))) if len(marks) > 1 else 1.0
        digits = next((n for n in range(4) if abs(round(step, n) - step) < 1e-6 * step), 4)
        return words.number(value + 0.0, digits)

    axis.set_major_formatter(FuncFormatter(written))


def entitle(axes: Axes, words: Words, name: str, unit: str = "", size: float = 9.5) -> None:
    """Name what an axes shows, with its unit, flush left above it."""
    axes.set_title(in_unit(words, name, unit), fontsize=size, loc="left", pad=6)


def in_unit(words: Words, name: str, unit: str) -> str:
    """A name with its unit in brackets."""
    return words.say("plot.in_unit", name=name, unit=unit) if unit else name


def month_axis(axes: Axes, words: Words, labels: Sequence[str], every: int = 1) -> None:
    """Months along the bottom, at places 0, 1, 2 ..."""
    places = np.arange(len(labels))
    step = max(every, -(-len(labels) // 13))
    names = month_names(words, labels)
    axes.set_xticks(places[::step], [names[at] for at in places[::step]])


def band(
    axes: Axes, x: Any, found: Spread, factor: float, colour: str, dashes: Any = "solid", **values: Any
) -> None:
    """The middle of the runs as a line, and their band around it when there is more than one run."""
    axes.plot(x, found.middle / factor, color=colour, linestyle=dashes, zorder=3, **values)
    if found.has_band:
        axes.fill_between(
            x,
            found.low / factor,
            found.high / factor,
            color=colour,
            alpha=BAND_OPACITY,
            linewidth=0,
            zorder=2,
        )


def label_ends(axes: Axes, marks: Sequence[tuple[float, str, str]], height: float, x: float = 1.01) -> None:
    """Write labels right of the axes at these heights (value, text, colour), none over another.

    `height`: about how many inches high the axes is.
    """
    low, high = axes.get_ylim()
    gap = LABEL_INCHES / height * (high - low)
    known = [mark for mark in marks if np.isfinite(mark[0])]
    order = sorted(known, key=lambda mark: mark[0])
    for (_, text, colour), at in zip(order, apart([mark[0] for mark in order], gap, low, high), strict=True):
        axes.text(
            x, at, text, color=colour, fontsize=8.5, va="center", ha="left", transform=axes.get_yaxis_transform(),
            clip_on=False,
        )  # fmt: skip


def apart(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The same rising heights, moved as little as needed so that none is nearer than the gap to the next."""
    if not heights:
        return []
    heaps = [(height, 1) for height in heights]  # middle and number of labels of each heap
    while True:
        heaps = [(_inside(middle, n, gap, low, high), n) for middle, n in heaps]
        at = next((at for at in range(len(heaps) - 1) if _touch(heaps[at], heaps[at + 1], gap)), None)
        if at is None:
            break
        (one, n), (two, m) = heaps[at : at + 2]
        heaps[at : at + 2] = [((one * n + two * m) / (n + m), n + m)]
    return [middle + gap * (place - (n - 1) / 2) for middle, n in heaps for place in range(n)]


def _inside(middle: float, count: int, gap: float, low: float, high: float) -> float:
    """The middle of a heap of labels, moved so that the heap stays within the axes as far as it fits."""
    half = gap * (count - 1) / 2
    return max(min(middle, high - half), low + half) if 2 * half <= high - low else (low + high) / 2


def _touch(one: tuple[float, int], two: tuple[float, int], gap: float) -> bool:
    return two[0] - one[0] < gap * (one[1] + two[1]) / 2 - 1e-9 * abs(gap)


def folded(name: str, inches: float) -> str:
    """A name in lines that fit beside each other: about so many inches for each."""
    lines, used = [""], 0.0
    for piece in pieces(name):
        width = sum(0.12 if ord(letter) >= WIDE else 0.068 for letter in piece)
        if lines[-1] and used + width > inches:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += width
    return "\n".join(line.strip() for line in lines)


def headroom(axes: Axes, share: float = 0.06) -> None:
    """Leave a little room above the highest value."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + (high - low) * share)


def from_zero(axes: Axes) -> None:
    """Keep zero in sight: a height is a size."""
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.0) if low < 0 else 0.0, high)
    if low < 0:
        axes.axhline(0, color=palette.FAINT, linewidth=0.8, zorder=1)


def pieces(text: str) -> list[str]:
    """Where may a line end? After a space, beside a Chinese character; never before a closing mark or a unit."""
    pieces: list[str] = []
    for letter in text:
        is_unit = letter in NUMBER_UNITS and pieces and pieces[-1][-1].isdigit()
        glued = (
            category(letter) in CLOSING
            or is_unit
            or (pieces and ord(letter) < WIDE and not pieces[-1].endswith(" ") and ord(pieces[-1][-1]) < WIDE)
        )
        if pieces and (glued or letter == " "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
