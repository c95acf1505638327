"""What will happen to each order on its way to the posted payment, as our house works under this policy?

Nature's draws and the policy decide it together; columns of all documents, made anew when the policy changes
(mechanism fulfilment).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.draws import Purpose
from sim.model.order_to_cash import FULFILMENT, between, cancelled_share, entry_days, way_days
from sim.model.policy import Policy
from sim.world import Lives, World

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Days = NDArray[np.int16]

_TURN = 1 << 42  # beyond all numbers of documents


def luck_of(world: World, lives: Lives, rows: Rows, purpose: Purpose, turn: int = 0) -> Floats:
    """One draw of this purpose for each document; another one for each turn."""
    return world.luck_at(purpose, lives.cell[rows], lives.number[rows] + turn * _TURN)


def error_chance(policy: Policy) -> float:
    """How often is an invoice wrong?"""
    return between(FULFILMENT.error_manual, FULFILMENT.error_automatic, policy.operations.automation_pct)


@dataclass(frozen=True, eq=False)
class OrderFates:
    """Columns (documents,). Days of 0 mean that it does not happen, except those of entry and way."""

    changed: Mask  # by the customer, after it was placed
    cancelled: Mask
    entry_days: Days  # working days until it is entered
    way_days: Days  # from release to the invoice
    wrong_after: Days  # the invoice is wrong, and the customer says so after these days
    disputed: Mask  # if it is wrong: it is disputed, not just sent back
    returned_after: Days


def fates_of(world: World, lives: Lives, policy: Policy) -> OrderFates:
    """What will happen to each document under this policy?"""

    def luck(purpose: Purpose, turn: int = 0) -> Floats:
        return world.luck_at(purpose, lives.cell, lives.number + turn * _TURN if turn else lives.number)

    changed = luck(Purpose.CHANGED) < FULFILMENT.changed
    entry = entry_days(policy.operations, luck(Purpose.PROCESS), changed)
    wrong = error_chance(policy) * np.where(changed, FULFILMENT.error_if_changed, 1.0)
    return OrderFates(
        changed=changed,
        cancelled=luck(Purpose.CANCELLED) < cancelled_share(entry),
        entry_days=entry,
        way_days=way_days(policy.operations, luck(Purpose.PROCESS, 1), luck(Purpose.SHIPMENT)),
        wrong_after=_days_if(
            luck(Purpose.INVOICE_ERROR), wrong, FULFILMENT.error_found_first, FULFILMENT.error_found_last
        ),
        disputed=luck(Purpose.INVOICE_ERROR, 1) < FULFILMENT.error_disputed,
        returned_after=_days_if(
            luck(Purpose.RETURNS), FULFILMENT.returned, FULFILMENT.return_first, FULFILMENT.return_last
        ),
    )


def going_astray(world: World, lives: Lives, policy: Policy) -> Mask:
    """Whose payment is posted to another invoice?"""
    automation = policy.operations.automation_pct
    chance = between(FULFILMENT.misposted_manual, FULFILMENT.misposted_automatic, automation)
    return world.luck_at(Purpose.POSTING, lives.cell, lives.number) < chance


def _days_if(luck: Floats, chance: float | Floats, first: int, last: int) -> Days:
    """Some day from first to last for those that luck strikes, else 0."""
    place = luck / np.maximum(chance, 1e-12)
    days = first + np.floor(place * (last - first + 1))
    return np.where(place < 1.0, days, 0).astype(np.int16)
