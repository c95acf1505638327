"""How do the panels look? One palette, readable in grey and by colour-blind people; one style sheet."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

import ipywidgets as widgets

from sim.base import palette

INK, SOFT, GRID = palette.INK, palette.SOFT, palette.GRID
BASELINE, ALTERNATIVE, DASHES = palette.BASELINE, palette.ALTERNATIVE, palette.DASHES


def style_sheet() -> widgets.HTML:
    """The panels' style sheet as a widget, so that a panel looks the same wherever it is opened."""
    return widgets.HTML(f"<style>{css()}</style>", layout=widgets.Layout(height="0", margin="0"))


@cache
def css() -> str:
    """The style sheets of the panels and of the labs."""
    folder = files("sim.panels")
    parts = (folder.joinpath("parts", "panel.css"), folder.joinpath("labs", "labs.css"))
    return "".join(part.read_text(encoding="utf-8") for part in parts)


def html(text: str, *classes: str, hint: str = "") -> widgets.HTML:
    """A line of HTML with our classes; `hint` is shown when the pointer rests on it."""
    found = widgets.HTML(text, tooltip=hint or None)
    for name in ("arlab-html", *classes):
        found.add_class(name)
    return found


def safe(text: object) -> str:
    """Any text, fit to stand in HTML."""
    return escape(str(text))
