"""Which number did a person type, in the unit that the question asks for?"""

from __future__ import annotations

import re

from sim.panels.labs.told import read_number
from sim.training.quiz import Figure

SIZES = {"thousand": 1e3, "million": 1e6}
"""What the first word of a unit makes of it."""


def typed_number(question: Figure, typed: str, lang: str) -> float | None:
    """The number typed, in the question's unit; None when it is none. The unit itself may be typed behind it."""
    bare = typed.strip().lower()
    unit = question.unit.said(lang).lower()
    for part in (unit, unit.removesuffix("元"), *unit.split()):
        bare = bare.removesuffix(part).strip() if part else bare
    found = read_number(bare, "count", lang)
    if found is None:
        return None
    is_sized = re.search(r"[km万亿]\W*$", bare) is not None
    return found / SIZES.get(question.unit.en.split()[0], 1.0) if is_sized else found
