"""Why do customers pay late? An export cannot say. These shares are assumed, the lateness is not.

How a customer answers to our moves depends on its archetype, which no ledger shows. The mix is the one assumed for
trade between manufacturers; "prompt" goes to the groups that pay earliest, the others in proportion to the rest.
"""

import numpy as np
from numpy.typing import NDArray

from sim.calibrate.lateness import LatenessFit
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, LAST_LATENESS, Behaviour, Lateness
from sim.model.moves import Archetype

Floats = NDArray[np.float64]

ASSUMED_MIX: dict[Archetype, float] = {
    "prompt": 0.40, "forgetful": 0.15, "strapped": 0.15, "disputing": 0.10, "process": 0.15, "strategic": 0.05,
}  # fmt: skip
_OTHERS = {name: share for name, share in ASSUMED_MIX.items() if name != "prompt"}
_DIGITS = 7


def behaviours_of(fitted: LatenessFit) -> tuple[tuple[Behaviour, ...], Floats]:
    """One behaviour per group and archetype, and each customer's mix of them, shape (customers, behaviours)."""
    takers = {kind.archetype: kind.takes_discount for kind in ARCHETYPE_BEHAVIOURS}
    prompt = prompt_shares(fitted)
    behaviours, columns = [], []
    for group, curve in enumerate(curves(fitted)):
        left = 1.0 - prompt[group]
        shares: dict[Archetype, float] = {
            name: left * s / sum(_OTHERS.values()) for name, s in _OTHERS.items()
        }
        shares["prompt"] = float(prompt[group])
        for archetype in ASSUMED_MIX:
            if shares[archetype] > 0:
                name = f"group{group + 1}_{archetype}"
                behaviours.append(
                    Behaviour(
                        name=name, archetype=archetype, lateness=curve, takes_discount=takers[archetype]
                    )
                )
                columns.append(fitted.mix[:, group] * shares[archetype])
    mix = np.column_stack(columns)
    return tuple(behaviours), mix / mix.sum(axis=1, keepdims=True)


def curves(fitted: LatenessFit) -> list[Lateness]:
    """Each group's share still unpaid by days past due, as a table; beyond its end the hazard goes on as on average."""
    found = []
    for unpaid in fitted.unpaid():
        length = max(int(np.searchsorted(-unpaid, -(10.0**-_DIGITS))), 2)
        table = tuple(
            float(x) for x in np.round(unpaid[: min(length, LAST_LATENESS - fitted.first)], _DIGITS)
        )
        found.append(Lateness(kind="table", start=int(fitted.first), unpaid=table))
    return found


def middle_days(fitted: LatenessFit) -> NDArray[np.int64]:
    """By which day past due has half of each group's money come?"""
    return fitted.first + np.argmax(fitted.unpaid() <= 0.5, axis=1)


def prompt_shares(fitted: LatenessFit) -> Floats:
    """Which share of each group is prompt: all of the earliest, until the assumed share of customers is reached."""
    weight = fitted.mix.mean(axis=0)
    left, shares = ASSUMED_MIX["prompt"], np.zeros(len(weight))
    for group in np.argsort(middle_days(fitted), kind="stable"):
        shares[group] = min(1.0, left / weight[group]) if weight[group] > 0 else 0.0
        left = max(0.0, left - float(weight[group]))
    return shares
