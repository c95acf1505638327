"""What belongs to the core that the twin carries out? Its levers are those of `docs/rules.md`."""

from sim.base.errors import Problems
from sim.model.policy import LEVERS, Policy
from sim.model.scenario import Scenario
from sim.model.timeline import Timeline

CORE_LEVERS = frozenset(
    f"{branch}.{name}"
    for branch, names in {
        "terms": ("net_days", "discount_bp", "discount_days"),
        "credit": ("limit_enforcement", "limit_pct", "hold_when_overdue", "hold_overdue_days", "hold_overdue_fen"),
        "collection": (
            "ladder_shift_days", "worklist", "collectors", "minutes_per_day", "promise_in_writing", "write_off_days",
        ),
        "operations": ("dispute_desk",),
        "finance": ("supplier_days", "overdraft_days"),
    }.items()
    for name in names
)  # fmt: skip
"""All other levers must stand where they do nothing."""


def check_core(scenario: Scenario, timeline: Timeline) -> None:
    """Can the twin tell this? Raises BadInput with every mechanism and lever that goes beyond the core."""
    problems = Problems()
    for name, on in scenario.mechanisms.model_dump().items():
        if on:
            problems.add("outside_core", f"mechanisms.{name}", on)
    for policy in timeline.policies:
        for path in sorted(set(LEVERS) - CORE_LEVERS):
            if policy.value_of(path) != LEVERS[path].default:
                problems.add("outside_core", path, policy.value_of(path))
    problems.stop_if_any()


def core_of(policy: Policy) -> Policy:
    """The part of a policy that belongs to the core; the rest stands where it does nothing."""
    levers = {path: policy.value_of(path) for path in CORE_LEVERS}
    return Policy().with_levers({**levers, "collection.ladder": policy.collection.ladder})
