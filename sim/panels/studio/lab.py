"""How does the studio stand in its lab: veiled until predicted, judged by the tasks, its steps ticked off?"""

from __future__ import annotations

from typing import cast

import ipywidgets as widgets

from sim.panels.labs.lab import Lab
from sim.panels.live.what_if import WhatIf
from sim.panels.studio.panel import Studio
from sim.panels.studio.steps import Steps


def studio_in(lab: Lab) -> widgets.Widget:
    """The policy studio as this lab's panel, with the list of what was tried in it and the predictions below."""
    made = Studio(lab.words.lang)
    steps = Steps(made)
    lab.panels[""] = cast("WhatIf", made)  # a goal asks for `current` only
    box = widgets.VBox(
        [made.widget, steps.widget, lab.compare()], layout=widgets.Layout(width="100%", overflow="visible")
    )
    return lab.veiled(box)
