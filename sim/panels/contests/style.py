"""How do the labs' tables of plans and layers look? A sheet beside the panels' own."""

from __future__ import annotations

from importlib.resources import files

import ipywidgets as widgets


def contest_style() -> widgets.HTML:
    """The sheet as a widget, so that a panel looks the same wherever it is opened."""
    css = files("sim.panels.contests").joinpath("contest.css").read_text(encoding="utf-8")
    return widgets.HTML(f"<style>{css}</style>", layout=widgets.Layout(height="0", margin="0"))
