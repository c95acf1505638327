"""Are the moves between two policies taken apart so that each can be made alone, and together make the whole?"""

from __future__ import annotations

from itertools import combinations

import pytest

from sim.model.policy import LEVERS, Policy
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy, policy_names
from sim.study.lever_groups import FAMILIES, LADDER, bundles, changed_levers, mixture

IN_FORCE = load_portfolio("manufacturer").policy_in_force


def test_families_name_levers_and_none_twice():
    paths = [path for family in FAMILIES for path in family]
    assert set(paths) <= {*LEVERS, LADDER}
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("name", policy_names())
def test_every_mixture_of_ready_made_moves_is_a_policy_and_all_of_them_are_the_whole(name):
    other = load_policy(name, base=IN_FORCE)
    found = bundles(IN_FORCE, other)
    assert sorted(path for paths in found.values() for path in paths) == sorted(
        changed_levers(IN_FORCE, other)
    )
    assert mixture(IN_FORCE, other, frozenset()) == IN_FORCE
    assert mixture(IN_FORCE, other, frozenset(found)) == other
    for pair in combinations(found, 2):
        mixture(IN_FORCE, other, frozenset(pair))  # raises nothing


def test_a_discount_and_the_term_it_must_end_before_move_together():
    long = Policy().with_levers({"terms.net_days": 60})
    short = Policy().with_levers({"terms.net_days": 20, "terms.discount_bp": 200, "terms.discount_days": 15})
    assert bundles(long, short) == {
        "terms.net_days": ("terms.net_days", "terms.discount_bp", "terms.discount_days")
    }
    assert bundles(long, long.with_levers({"terms.net_days": 20})) == {"terms.net_days": ("terms.net_days",)}


def test_an_alarm_and_what_it_brings_about_move_together():
    other = Policy().with_levers({"credit.alerts": True, "credit.alert_action": "stop"})
    assert bundles(Policy(), other) == {"credit.alerts": ("credit.alerts", "credit.alert_action")}
