"""Does the page of validation tell what the tests found, and nothing else?"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.findings import Findings, comparison, interval
from tools import validation as tool

ROOT = Path(__file__).resolve().parents[2]

pytest_plugins = ("pytester",)


def line(test: str, outcome: str = "passed", **more: Any) -> dict[str, Any]:
    return {"test": test, "outcome": outcome, "reason": "", "findings": [], "compared": []} | more


def found(key: str, figure: float, **more: Any) -> dict[str, Any]:
    kept = Findings()
    kept(key, "a statement", figure, **more)
    return vars(kept.kept[0])


def test_the_interval_is_student_s():
    mean, low, high = interval(np.array([1.0, 2.0, 3.0]), 0.95)
    assert mean == 2.0
    assert high - mean == pytest.approx(mean - low) == pytest.approx(4.303 / math.sqrt(3), rel=1e-3)


def test_an_unknown_figure_is_refused_and_not_left_out():
    with pytest.raises(AssertionError, match="unknown in 1 of 3"):
        interval(np.array([1.0, np.nan, 3.0]))


@pytest.mark.parametrize(
    ("told", "figures"),
    [
        (
            "3....5 == 37.24 ± 0.005\n  \n  Obtained: 37.245\n  Expected: 37.24 ± 0.005",
            (37.245, 37.24, 0.005),
        ),
        ("x\n  Obtained: np.float64(1.5)\n  Expected: 1.5 ± 1.0e-06", (1.5, 1.5, 1e-6)),
        ("[1, 2] == approx([1 ± 1e-6])\n  Index | Obtained | Expected", None),
        ("3 == 3", None),
        ("x\n  Obtained: nan\n  Expected: nan ± 1.0e-06", None),
    ],
)
def test_passed_comparisons_are_read(told: str, figures: tuple[float, float, float] | None):
    read = comparison(told)
    assert (tuple(read.values()) if read else None) == figures


def test_a_failure_shows_as_a_failure():
    lines = [
        line("tests/effects/test_x.py::test_a", findings=[found("effect-1", 2.0, expected="> 0")]),
        line("tests/effects/test_x.py::test_b", "failed", findings=[found("effect-2", -2.0, expected="> 0")]),
        line(
            "tests/effects/test_x.py::test_c", "absent", reason="no banks", findings=[found("effect-10", 0.0)]
        ),
        line("tests/laws/test_y.py::test_money_stays[1]"),
        line("tests/laws/test_y.py::test_money_stays[2]", "skipped", reason="no data"),
    ]
    page = tool.document(lines)
    assert "2 tests hold, 1 **failed**, 1 expected and **absent**, 1 skipped." in page
    rows = [row for row in page.splitlines() if row.startswith("| effect")]
    assert [row.split(" | ")[0] for row in rows] == ["| effect-1", "| effect-2", "| effect-10"]
    assert [row.split(" | ")[-1] for row in rows] == ["holds |", "**failed** |", "**absent**: no banks |"]
    assert "| money stays | 2 | **skipped** in 1 of 2: no data |" in page


def test_every_validation_test_stands_on_a_rung():
    places = [ROOT / place for place in tool.PLACES]
    files = [file for place in places for file in (place.glob("test_*.py") if place.is_dir() else [place])]
    assert all(place.exists() for place in places)
    assert files
    rungs = [tool.rung_of(path.relative_to(ROOT).as_posix()) for path in files]
    assert None not in rungs
    assert {rung.key for rung in rungs if rung} == set(tool.ORDER)


def test_figures_are_written_in_their_unit():
    shown = {
        ("share", 0.00892): "0.892 %",
        ("fen", 5.2e8): "5.2 million yuan",
        ("fen", 123_400.0): "1,234 yuan",
        ("d", 44.59912): "44.599 d",
        ("", 1_244_327_702.0): "1,244,327,702",
    }
    for (unit, figure), text in shown.items():
        assert tool._shower(found("O1", figure, unit=unit))(figure) == text


def test_tests_leave_their_figures_in_a_file(pytester: pytest.Pytester):
    pytester.makeconftest((ROOT / "tests" / "findings.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import pytest

        def test_mean(finding):
            finding.mean("O1", "a mean", [1.0, 2.0, 3.0], expected=2, unit="d")

        @pytest.mark.xfail(reason="not there")
        def test_absent(finding):
            finding("effect-3", "a figure", 1.0)
            assert False

        def test_wrong():
            assert False
        """
    )
    pytester.runpytest_inprocess("--findings", "found.jsonl", "-p", "no:cacheprovider")
    lines = [json.loads(each) for each in (pytester.path / "found.jsonl").read_text().splitlines()]
    assert [(each["outcome"], each["reason"]) for each in lines] == [
        ("passed", ""), ("absent", "not there"), ("failed", "assert False"),
    ]  # fmt: skip
    assert lines[0]["findings"][0]["found"] == 2.0
    assert lines[1]["findings"][0]["key"] == "effect-3"


@pytest.mark.parametrize(
    "key",
    [
        *(f"T{number:02d}" for number in range(1, 30)),
        *(f"O{number}" for number in (1, 2, 3, 4, 5, 6, 7, 11, 14)),
        *(f"effect-{number}" for number in range(1, 11)),
    ],
)
def test_the_page_tells_every_case(key: str):
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{key}\b", page), f"{key} is not told: run tools/validation.py as a whole"


def test_the_page_was_written_by_a_whole_run_without_a_failure():
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    told = re.search(r"(\d+) tests hold", page)
    assert told
    assert int(told[1]) > 500
    assert "**failed**" not in page.lower()
