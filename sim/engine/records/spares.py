"""Which rows stand ready for documents that an order may need besides its first invoice?

An instalment, retention money or the new invoice for a wrong one is a document with a due date of its own, so it is
a row of its own. All rows that can be needed under any policy of the timeline are set apart before the first day,
behind those of the world: nothing else in the company need know of them. Without such terms there are none.
"""

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine.selling.order_fates import error_chance, luck_of
from sim.model.order_to_cash import FULFILMENT
from sim.model.timeline import Timeline
from sim.world import Lives, World

Rows = NDArray[np.intp]

DOCUMENT_STEP = 10**10
"""Documents of the n-th block are numbered from n times this: invoice 7's second part is 10,000,000,007."""
RETENTION, REBILLED = 12, 13
"""The blocks behind those of the second to twelfth instalment (1 to 11)."""
_FARTHEST = 8.0  # standard deviations of luck


class Spares:
    """The lives with the spare rows behind them, and which spare belongs to which row."""

    def __init__(self, world: World, timeline: Timeline):
        self._sources: dict[int, Rows] = {}
        self._starts: dict[int, int] = {}
        self.lives = world.lives
        wanted = dict(_wanted(world, timeline))
        if wanted:
            self.lives = self._lengthened(world, wanted)

    def of(self, rows: Rows, block: int) -> Rows:
        """The spare rows of this block that belong to these rows; each must have one."""
        found: Rows = self._starts[block] + np.searchsorted(self._sources[block], rows)
        return found

    def _lengthened(self, world: World, wanted: dict[int, Rows]) -> Lives:
        lives = world.lives
        start = len(lives.run)
        for block, sources in wanted.items():
            self._sources[block], self._starts[block] = sources, start
            start += len(sources)
        every = np.concatenate([np.arange(len(lives.run)), *wanted.values()])
        spare = np.arange(len(every)) >= len(lives.run)
        columns: dict[str, Any] = {
            field.name: column[every] if (column := getattr(lives, field.name)).ndim == 1 else column
            for field in fields(Lives)
        }
        block_of = np.repeat([0, *wanted], [len(lives.run), *map(len, wanted.values())])
        columns["number"] = columns["number"] + block_of * DOCUMENT_STEP
        columns["wanted_on"][spare] = NEVER  # never ordered by themselves
        columns["on_hand_until"][spare] = NEVER
        columns["dispute_after"][spare] = NEVER  # goods are disputed on the first document
        columns["funds_cost"][spare] = np.inf  # the discount is offered on it too
        columns["mark"][spare] = np.inf
        longer = replace(lives, **columns)
        self._hand_on_luck(world, longer)
        return longer

    def _hand_on_luck(self, world: World, longer: Lives) -> None:
        """The parts of one order are paid alike, as a customer's neighbouring invoices are (Gaussian copula)."""
        habit = world.scenario.habit
        fresh = np.sqrt(1.0 - habit * habit)
        parts = [0, *(block for block in self._sources if block <= RETENTION)]
        for before, block in pairwise(parts):
            sources = self._sources[block]
            rows = self.of(sources, block)
            from_rows = sources if before == 0 else self.of(sources, before)
            z = np.clip(-ndtri(np.exp(-longer.luck[from_rows])), -_FARTHEST, _FARTHEST)
            cells = longer.run[rows] * len(world.portfolio) + longer.customer[rows]
            luck = world.luck_at(Purpose.PARTS, cells, longer.number[rows])
            own = np.clip(ndtri(luck), -_FARTHEST, _FARTHEST)
            longer.luck[rows] = -log_ndtr(-(habit * z + fresh * own))


def _wanted(world: World, timeline: Timeline) -> list[tuple[int, Rows]]:
    """Which blocks of spare rows are needed, each for which rows?"""
    lives, policies = world.lives, timeline.policies
    parts = max(policy.terms.instalments for policy in policies)
    blocks = list(range(1, parts))
    if any(policy.terms.retention_bp for policy in policies):
        blocks.append(RETENTION)
    orders = np.flatnonzero(lives.opening_due_on == NEVER)
    found = [(block, orders) for block in blocks]
    if world.scenario.mechanisms.fulfilment:
        chance = max(error_chance(policy) for policy in policies) * FULFILMENT.error_if_changed
        found.append((REBILLED, orders[luck_of(world, lives, orders, Purpose.INVOICE_ERROR) < chance]))
    return found
