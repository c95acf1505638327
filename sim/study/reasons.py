"""Which group of levers brought a difference about?

The groups are the branches of the policy in which the two differ (terms, credit ...). Each group's part is its
Shapley value, run by run: what it adds when it is changed, averaged over the orders in which the groups can be changed.
So the parts add up to the whole difference in every run. With more than four groups not every order is lived through,
only one and its reverse; the parts still add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from sim.model.policy import Policy
from sim.study.compare import Outcome

Group = frozenset[str]
Floats = NDArray[np.float64]
MOST_FOR_ALL_ORDERS = 4


@dataclass(frozen=True)
class Reasons:
    """`parts[metric][group]`: what the group adds to the difference, shape (runs,), NaN where a run does not know it.

    `is_exact`: were all orders taken into account?
    """

    groups: tuple[str, ...]
    parts: Mapping[str, Mapping[str, Floats]]
    is_exact: bool


def changed_groups(baseline: Policy, alternative: Policy) -> tuple[str, ...]:
    """In which branches do the policies differ, in the order of the policy?"""
    return tuple(
        name for name in Policy.model_fields if getattr(baseline, name) != getattr(alternative, name)
    )


def orders(groups: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """In which orders are the groups changed?"""
    if len(groups) <= MOST_FOR_ALL_ORDERS:
        return tuple(permutations(groups))
    return groups, groups[::-1]


def steps_between(groups: tuple[str, ...]) -> tuple[Group, ...]:
    """Which mixtures of the two policies must be lived through, besides the two themselves?"""
    seen = {frozenset(order[:upto]) for order in orders(groups) for upto in range(1, len(groups))}
    return tuple(
        sorted(seen, key=lambda chosen: (len(chosen), [groups.index(one) for one in sorted(chosen)]))
    )


def mixed(baseline: Policy, alternative: Policy, chosen: Group) -> Policy:
    """The baseline with these groups of levers as the alternative has them."""
    return baseline.model_copy(update={name: getattr(alternative, name) for name in chosen})


def reasons(
    baseline: Policy,
    alternative: Policy,
    metrics: tuple[str, ...],
    live: Callable[[Policy], Outcome],
    *,
    groups: tuple[str, ...] | None = None,
    mix: Callable[[Policy, Policy, Group], Policy] = mixed,
) -> Reasons:
    """Which group did what to these figures? `live` says what a policy leads to, always on the same worlds.

    The groups are the branches, unless others are given together with how a mixture of them is made.
    """
    groups = changed_groups(baseline, alternative) if groups is None else groups
    lived = {frozenset[str](): live(baseline), frozenset(groups): live(alternative)}
    for chosen in steps_between(groups):
        lived[chosen] = live(mix(baseline, alternative, chosen))
    parts = {metric: _parts(groups, metric, lived) for metric in metrics}
    return Reasons(groups, parts, len(groups) <= MOST_FOR_ALL_ORDERS)


def _parts(groups: tuple[str, ...], metric: str, lived: Mapping[Group, Outcome]) -> dict[str, Floats]:
    added: dict[str, list[Floats]] = {name: [] for name in groups}
    for name, before, after in _moves(groups):
        added[name].append(lived[after].values[metric] - lived[before].values[metric])
    return {name: np.mean(np.stack(found), axis=0) for name, found in added.items()}


def _moves(groups: tuple[str, ...]) -> Iterator[tuple[str, Group, Group]]:
    for order in orders(groups):
        for at, name in enumerate(order):
            yield name, frozenset(order[:at]), frozenset(order[: at + 1])
