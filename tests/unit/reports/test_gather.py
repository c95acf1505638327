"""Are the figures of a report those of the comparison, and do their parts add up?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from sim.base.errors import BadInput
from sim.measure import METRICS
from sim.reports import Findings, Inputs, Stopped, gather
from sim.study import compare
from sim.study.reasons import changed_groups, mixed, orders, steps_between
from sim.world import draw


def test_every_figure_is_that_of_the_comparison(findings: Findings, inputs: Inputs):
    world = draw(inputs.portfolio, inputs.times, seed=inputs.seed, runs=inputs.runs)
    expected = compare(world, inputs.baseline, inputs.alternative).table
    pd.testing.assert_frame_equal(findings.table, expected, check_exact=True)


def test_the_parts_of_profit_add_up_in_every_run(findings: Findings):
    for side in (findings.baseline, findings.alternative):
        together = np.sum(list(side.parts.values()), axis=0)
        np.testing.assert_allclose(together, side.whole.values["economic_profit"], rtol=0, atol=1)  # fen


def test_what_the_groups_of_levers_did_adds_up_to_the_difference_in_every_run(findings: Findings):
    assert findings.reasons is not None
    for metric, parts in findings.reasons.parts.items():
        whole = findings.alternative.whole.values[metric] - findings.baseline.whole.values[metric]
        np.testing.assert_allclose(np.sum(list(parts.values()), axis=0), whole, rtol=0, atol=1)


def test_a_group_alone_did_everything(inputs: Inputs):
    longer = inputs.baseline.with_levers({"terms.net_days": 120})
    found = gather(dataclasses.replace(inputs, alternative=longer, days=60)).reasons
    assert found is not None
    assert found.groups == ("terms",)


def test_monthly_sums_are_those_of_the_whole_time(findings: Findings):
    for side in (findings.baseline, findings.alternative):
        for name in ("credit_sales", "receipts", "bad_debt"):
            assert METRICS[name].unit == "fen"
            np.testing.assert_allclose(side.monthly[name].sum(axis=1), side.whole.values[name])
        np.testing.assert_allclose(side.monthly["ar"][:, -1], side.whole.values["ar"])


def test_progress_ends_at_the_whole_and_a_stop_is_heeded(inputs: Inputs):
    seen: list[tuple[int, int]] = []
    quick = dataclasses.replace(inputs, days=60, why=False)
    gather(quick, progress=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1] == (120, 120)
    assert seen == sorted(seen)
    with pytest.raises(Stopped):
        gather(quick, stop=lambda: len(seen) > 1)


def test_all_that_is_wrong_is_told_at_once(inputs: Inputs):
    with pytest.raises(BadInput) as bad:
        dataclasses.replace(inputs, runs=0, seed=-1, scenario="boom")
    assert [problem.field for problem in bad.value.problems] == ["runs", "seed", "scenario"]


def test_no_folder_of_the_machine_is_kept(inputs: Inputs):
    found = dataclasses.replace(
        inputs, portfolio_name="/home/me/books/ours", alternative_name=r"C:\Users\me\harder.toml"
    )
    assert (found.portfolio_name, found.alternative_name) == ("ours", "harder.toml")


@pytest.mark.parametrize("title", ["Strict", "从严", "strict"])
def test_a_ready_made_policy_may_be_called_by_its_title(inputs: Inputs, title: str):
    assert dataclasses.replace(inputs, alternative_name=title).alternative_name == "strict"
    moved = inputs.alternative.with_levers({"terms.net_days": 10})
    assert dataclasses.replace(inputs, alternative=moved, alternative_name=title).alternative_name == title


def test_the_fingerprint_changes_with_whatever_the_figures_depend_on(inputs: Inputs):
    others = [
        dataclasses.replace(inputs, seed=8),
        dataclasses.replace(inputs, runs=4),
        dataclasses.replace(inputs, days=151),
        dataclasses.replace(inputs, scenario="normal"),
        dataclasses.replace(inputs, alternative=inputs.alternative.with_levers({"terms.net_days": 44})),
        dataclasses.replace(inputs, portfolio=dataclasses.replace(inputs.portfolio, seasonal=False)),
    ]
    assert len({inputs.digest(), *(other.digest() for other in others)}) == len(others) + 1
    assert dataclasses.replace(inputs, alternative_name="another").digest() == inputs.digest()


def test_mixtures_hold_what_the_chosen_groups_say(inputs: Inputs):
    groups = changed_groups(inputs.baseline, inputs.alternative)
    assert len(groups) >= 3
    for chosen in steps_between(groups):
        policy = mixed(inputs.baseline, inputs.alternative, chosen)
        assert changed_groups(inputs.baseline, policy) == tuple(name for name in groups if name in chosen)


def test_many_groups_are_changed_in_one_order_and_its_reverse():
    groups = ("terms", "credit", "collection", "operations", "finance")
    assert orders(groups) == (groups, groups[::-1])
    assert len(steps_between(groups)) == 8
    assert len(steps_between(groups[:3])) == 6
