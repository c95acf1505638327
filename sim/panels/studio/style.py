"""How does the studio look beyond what all panels share?"""

from __future__ import annotations

from importlib.resources import files

import ipywidgets as widgets


def style_sheet() -> widgets.HTML:
    """The studio's own style sheet as a widget."""
    css = files("sim.panels.studio").joinpath("studio.css").read_text(encoding="utf-8")
    return widgets.HTML(f"<style>{css}</style>", layout=widgets.Layout(height="0", margin="0"))
