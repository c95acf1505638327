"""Floor 5: pictures that stand still. Measures in, axes out; the only importer of matplotlib and seaborn.

Importing it is light: the plotting libraries are fetched when the first picture is drawn.
"""

from sim.plots.frame import FORMATS, Format, figure_of, look, render
from sim.plots.plot import Argument, Plot, Told
from sim.plots.registry import PLOTS, plot_named
from sim.plots.scene import Scene, Still, measured, scene, still

__all__ = [
    "FORMATS", "PLOTS", "Argument", "Format", "Plot", "Scene", "Still", "Told", "figure_of", "look", "measured",
    "plot_named", "render", "scene", "still",
]  # fmt: skip
