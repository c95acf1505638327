"""How does a still look? Fonts, colours, the finding as title, a note below; nothing global stays changed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from sim.base import palette
from sim.plots.marks import pieces
from sim.plots.plot import Plot
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "Receivables Sans SC"
FONT_FILE = "ReceivablesSansSC-Regular.otf"
Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
DPI = 100  # pixels an inch on a page
SHARPNESS = 1.6  # pixels of a PNG for each pixel on the page
PAD = 0.12  # inches around
TITLE, SHOWS, NOTE = 12.5, 9.5, 8.0
NO_BREAK = "\u00a0"


@cache
def add_font() -> None:
    """Make the kit's own font known, so that Chinese shows on any machine."""
    from matplotlib import font_manager

    with as_file(files("sim.words").joinpath("fonts", FONT_FILE)) as path:
        font_manager.fontManager.addfont(str(path))


@contextmanager
def look() -> Iterator[None]:
    """Within this block everything drawn looks like the kit; afterwards matplotlib is as it was."""
    import matplotlib as mpl

    add_font()
    with mpl.rc_context(_settings()):
        yield


def _settings() -> dict[Any, Any]:
    return {
        "font.family": [FONT, "DejaVu Sans"],
        "font.size": 9.5,
        "text.color": palette.INK,
        "text.parse_math": False,  # a dollar is a dollar
        "axes.unicode_minus": True,
        "axes.edgecolor": palette.FAINT,
        "axes.labelcolor": palette.SOFT,
        "axes.labelsize": 9.0,
        "axes.titlesize": 10.0,
        "axes.titlelocation": "left",
        "axes.titlecolor": palette.INK,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.xmargin": 0.02,
        "grid.color": palette.GRID,
        "grid.linewidth": 0.8,
        "xtick.color": palette.FAINT,
        "ytick.color": palette.FAINT,
        "xtick.labelcolor": palette.SOFT,
        "ytick.labelcolor": palette.SOFT,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "xtick.major.size": 3.0,
        "ytick.major.size": 0.0,
        "lines.linewidth": 1.9,
        "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "figure.facecolor": palette.PAPER,
        "savefig.facecolor": palette.PAPER,
        "svg.fonttype": "path",
        "svg.hashsalt": "arlab",  # the same picture is the same file
        "pdf.fonttype": 3,  # outlines: viewers fail on this font embedded as TrueType
    }


def figure_of(plot: Plot, data: Any, words: Words, note: str = "") -> tuple[Figure, Sequence[Axes]]:
    """The whole picture: finding, what is shown, the plot, a note. To be called (and drawn) within `look()`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    told = plot.describe(data, words)
    figure = Figure(figsize=plot.size, dpi=DPI)
    FigureCanvasAgg(figure)
    above = _write_above(figure, told.finding, told.shows)
    below = _write_below(figure, note)
    width, height = plot.size
    figure.set_layout_engine(
        "constrained",
        rect=(PAD / width, below / height, 1 - 2 * PAD / width, 1 - (above + below) / height),
        w_pad=0.03,
        h_pad=0.03,
    )
    return figure, plot.draw(data, words, figure)


def render(plot: Plot, data: Any, words: Words, form: Format = "png", note: str = "") -> bytes:
    """The picture as a file. Raises a warning as an error when a glyph is missing: no square ever stands for a word."""
    with look(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from font")
        figure, _ = figure_of(plot, data, words, note)
        file = BytesIO()
        metadata = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[form]
        figure.savefig(file, format=form, dpi=DPI * SHARPNESS, metadata=metadata)
    return file.getvalue()


def _write_above(figure: Figure, finding: str, shows: str) -> float:
    """Write the finding and what is shown; how many inches do they take?"""
    at = PAD
    for text, size, colour in ((finding, TITLE, palette.INK), (shows, SHOWS, palette.SOFT)):
        at += _write(figure, text, size, colour, at)
    return at + 0.06


def _write_below(figure: Figure, note: str) -> float:
    if not note:
        return PAD
    lines = wrapped(figure, note, NOTE)
    height = len(lines) * NOTE * 1.35 / 72
    figure.text(
        PAD / figure.get_figwidth(), 0.07 / figure.get_figheight(), "\n".join(lines), fontsize=NOTE,
        color=palette.SOFT, va="bottom", linespacing=1.25,
    )  # fmt: skip
    return height + 0.14


def _write(figure: Figure, text: str, size: float, colour: str, at: float) -> float:
    if not text:
        return 0.0
    lines = _balanced(figure, text, size)
    width, height = figure.get_size_inches()
    figure.text(
        PAD / width, 1 - at / height, "\n".join(lines), fontsize=size, color=colour, va="top", linespacing=1.3
    )
    return len(lines) * size * 1.42 / 72


def wrapped(figure: Figure, text: str, size: float, share: float = 1.0) -> list[str]:
    """The text in lines that fit the figure: English between words, Chinese between any two characters."""
    from matplotlib.font_manager import FontProperties

    canvas: Any = figure.canvas
    pen, font = canvas.get_renderer(), FontProperties(family=[FONT, "DejaVu Sans"], size=size)
    room = (figure.get_figwidth() - 2 * PAD) * figure.dpi * share

    def fits(line: str) -> bool:
        return bool(pen.get_text_width_height_descent(line, font, ismath=False)[0] <= room)

    lines, line = [], ""
    for piece in pieces(_glued(text)):
        if line and not fits((line + piece).rstrip()):
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _balanced(figure: Figure, text: str, size: float) -> list[str]:
    """The same number of lines, but no line with a single word left over: as narrow as it goes."""
    lines = wrapped(figure, text, size)
    for share in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        narrower = wrapped(figure, text, size, share)
        if len(lines) == 1 or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _glued(text: str) -> str:
    """The text with its quoted names kept together: a name is not torn at a line's end."""
    return re.sub(r'"[^"]*"', lambda found: found[0].replace(" ", NO_BREAK), text)
