"""Floor 6: what can a learner do with the simulator without writing code?

A panel is four parts: controls -> settings -> compute -> draw. Compute is pure, cached by its frozen inputs, and
knows no widgets; a panel keeps it off the kernel's own thread, so that nothing ever freezes.
"""

from sim.panels.labs.lab import Lab
from sim.panels.predict import predict
from sim.panels.what_if import what_if

__all__ = ["Lab", "predict", "what_if"]
