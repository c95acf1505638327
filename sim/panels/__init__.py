"""Floor 6: what can a learner do with the simulator without writing code?

A panel is four parts: controls -> settings -> compute -> draw. Compute is pure, cached by its frozen inputs, and
knows no widgets; a panel keeps it off the kernel's own thread, so that nothing ever freezes.
"""

from sim.panels.busy_desk import busy_desk
from sim.panels.dunning import capacity, same_money
from sim.panels.labs.lab import Lab
from sim.panels.layers import layers
from sim.panels.one_claim import one_claim
from sim.panels.pay_plans import bonus_plans, commission_plans
from sim.panels.predict import predict
from sim.panels.pressure import hand_over, pressure
from sim.panels.what_if import what_if

__all__ = [
    "Lab",
    "bonus_plans",
    "busy_desk",
    "capacity",
    "commission_plans",
    "hand_over",
    "layers",
    "one_claim",
    "predict",
    "pressure",
    "same_money",
    "what_if",
]
