"""What do harder means do to the payment clock: stop of supply, an agency, a court? Rows by ARCHETYPES.

Assumptions, like the moves (`sim/model/moves.py`): multipliers of the daily payment hazard while the means lasts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.figures import figure
from sim.model.moves import EFFECT_CAP

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """Effects by archetype (prompt, forgetful, strapped, disputing, process, strategic, chain) and periods."""

    # Stop of supply, to a buyer who depends on us wholly, and to one who has other suppliers.
    stop_bound: tuple[float, ...] = figure(
        (1.0, 3.0, 1.6, 0.8, 1.3, 2.8, 1.5), basis="A",
        low=(1.0, 2.0, 1.2, 0.6, 1.1, 1.8, 1.2), high=(1.0, 4.0, 2.2, 1.0, 1.6, 4.0, 2.0),
    )  # fmt: skip
    stop_free: tuple[float, ...] = figure(
        (1.0, 1.5, 1.0, 0.7, 1.0, 1.1, 1.0), basis="A",
        low=(1.0, 1.1, 0.9, 0.5, 0.9, 1.0, 0.9), high=(1.0, 2.0, 1.1, 0.9, 1.1, 1.4, 1.1),
    )  # fmt: skip
    # A claim in the hands of an agency to which the debtor reacts at all.
    agency: tuple[float, ...] = figure(
        (1.0, 3.0, 1.5, 0.9, 1.1, 2.2, 1.3), basis="A",
        low=(1.0, 2.0, 1.2, 0.7, 1.0, 1.5, 1.1), high=(1.0, 4.0, 2.0, 1.0, 1.3, 3.0, 1.6),
    )  # fmt: skip
    agency_days: int = figure(180, basis="R", unit="d", low=90, high=365)
    # A suit with preserved assets; without, and in a payment order, half of the excess over 1.
    suit: tuple[float, ...] = figure(
        (1.0, 2.0, 1.2, 1.2, 1.0, 3.0, 1.3), basis="A",
        low=(1.0, 1.4, 1.0, 1.0, 1.0, 2.0, 1.1), high=(1.0, 3.0, 1.5, 1.5, 1.2, 4.0, 1.6),
    )  # fmt: skip
    unsecured_share: float = figure(0.5, basis="A", unit="share", low=0.25, high=0.75)
    suit_danger: float = figure(1.5, basis="A", low=1.0, high=2.5)  # of failure, for the cash-strapped
    # What we can show, where the contract is not clear: so often the delivery note only is missing.
    note_missing: float = figure(0.8, basis="A", unit="share", low=0.6, high=1.0)
    # A claim this old goes to court along with an older one of the same customer.
    joined_days: int = figure(30, basis="A", unit="d", low=0, high=60)


ESCALATION = Escalation()


def stop_effect(archetype: Ints, dependence: Floats, figures: Escalation = ESCALATION) -> Floats:
    """How much faster does a customer pay whom we no longer supply? Between the two tables, by its dependence (0-1)."""
    bound, free = np.array(figures.stop_bound)[archetype], np.array(figures.stop_free)[archetype]
    effects: Floats = free + dependence * (bound - free)
    return effects


def agency_effect(archetype: Ints, figures: Escalation = ESCALATION) -> Floats:
    """How much faster does the clock of a claim run whose debtor reacts to the agency?"""
    effects: Floats = np.array(figures.agency)[archetype]
    return effects


def court_effect(archetype: Ints, preserved: bool, figures: Escalation = ESCALATION) -> Floats:
    """How much faster does the clock run while the court is at work? Preserved assets make it earnest."""
    whole = np.array(figures.suit)[archetype]
    return np.minimum(EFFECT_CAP, whole if preserved else 1.0 + (whole - 1.0) * figures.unsecured_share)
