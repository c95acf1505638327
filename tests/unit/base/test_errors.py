"""Are all problems told at once, and is a file written whole or not at all?"""

from __future__ import annotations

import pytest

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import atomic_file, write_text


def test_all_problems_are_raised_together():
    problems = Problems()
    problems.add("at_least", "runs", 0, limit=1)
    problems.add("missing", "name")
    with pytest.raises(BadInput) as caught:
        problems.stop_if_any()
    assert [problem.rule for problem in caught.value.problems] == ["at_least", "missing"]
    assert caught.value.problems[0].placeholders == {"field": "runs", "value": 0, "limit": 1}


def test_no_problem_stops_nothing():
    Problems().stop_if_any()


def test_a_problem_knows_where_its_words_stand():
    assert Problem("at_least", "runs", 0).key == "problem.at_least"


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path):
    target = tmp_path / "policy.toml"
    write_text(target, "old\n")

    def fail_half_way():
        with atomic_file(target) as draft:
            draft.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["policy.toml"]
