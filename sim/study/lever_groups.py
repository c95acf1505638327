"""Which levers were moved between two policies, one by one, and how are some of the moves made without the others?

What means nothing by itself is moved together: an alarm and what it brings about, a bonus and its rate.
"""

from __future__ import annotations

from sim.model.policy import LEVERS, Policy
from sim.study.reasons import Group

LADDER = "collection.ladder"
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("terms.discount_bp", "terms.discount_days"),
    ("terms.deposit_bp", "terms.deposit_or_nothing"),
    ("terms.bill_share_bp", "terms.commercial_bill_bp", "finance.discount_bills"),
    ("terms.days_a", "terms.days_b", "terms.days_c", "terms.days_d", "terms.days_e"),
    ("credit.hold_when_overdue", "credit.hold_overdue_days", "credit.hold_overdue_fen"),
    ("credit.limit_pct", "credit.limit_enforcement", "credit.limit_rule"),
    ("credit.review_days", "credit.information"),
    ("credit.approval_fen", "credit.approval_days"),
    ("credit.alerts", "credit.alert_action"),
    (LADDER, "collection.ladder_shift_days"),
    ("collection.collectors", "collection.minutes_per_day"),
    ("collection.agency_days", "collection.agency_checked"),
    ("collection.court_days", "collection.payment_order", "collection.preservation"),
    ("collection.bonus_kind", "collection.bonus_bp"),
    ("finance.insurance", "finance.insurance_cover_bp", "finance.insurance_process"),
    ("finance.factoring", "finance.factoring_share_bp"),
    ("people.commission_kind", "people.commission_bp"),
)
DISCOUNT_AND_TERM = (
    "terms.net_days",
    "terms.discount_bp",
    "terms.discount_days",
)  # it must end before the due date
MOST_BUNDLES = 12  # more than that are looked at by branch


def changed_levers(baseline: Policy, alternative: Policy) -> tuple[str, ...]:
    """The paths of all levers that differ, and of the ladder."""
    return tuple(path for path in (*LEVERS, LADDER) if baseline.value_of(path) != alternative.value_of(path))


def bundles(baseline: Policy, alternative: Policy) -> dict[str, tuple[str, ...]]:
    """The moves that can be made one without the other, each under the path of its first lever."""
    moved = changed_levers(baseline, alternative)
    offers_discount = max(baseline.terms.discount_bp, alternative.terms.discount_bp) > 0
    families = (DISCOUNT_AND_TERM, *FAMILIES[1:]) if offers_discount else FAMILIES
    found: dict[str, tuple[str, ...]] = {}
    for path in moved:
        family = next((family for family in families if path in family), (path,))
        members = tuple(member for member in family if member in moved)
        found[members[0]] = members
    return found


def mixture(baseline: Policy, alternative: Policy, chosen: Group) -> Policy:
    """The baseline with these bundles of levers as the alternative has them."""
    found = bundles(baseline, alternative)
    return baseline.with_levers({path: alternative.value_of(path) for name in chosen for path in found[name]})
