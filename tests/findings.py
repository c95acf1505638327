"""What did the validation tests find? Their figures, kept for docs/validation.md.

    def test_a_customer_pays_after_a_while(finding):
        finding.mean("O3", "mean days an invoice is open", days, expected=44.6, unit="d")

Only `pytest --findings FILE` writes something: one line of JSON per test, with its outcome and its figures. Tests that
record nothing are told by their names; where pytest is run with `enable_assertion_pass_hook`, the figures that they
compared with `pytest.approx` are kept as well.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
_FIGURES, _COMPARED = "findings", "compared"


class Interval(NamedTuple):
    """A mean over runs, and where it lies with some confidence."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Finding:
    """One figure of a test: what was expected, what was found, how sure that is."""

    key: str
    statement: str
    found: float
    expected: float | str = ""
    low: float | None = None
    high: float | None = None
    runs: int | None = None
    unit: str = ""


def interval(values: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval:
    """Student's t interval of the mean of these values, one per run. Unknown is refused, never left out."""
    values = np.asarray(values, dtype=float)
    assert len(values) > 1, "an interval needs two runs"
    assert np.isfinite(values).all(), f"unknown in {int((~np.isfinite(values)).sum())} of {len(values)} runs"
    mean, width = float(values.mean()), float(stats.sem(values))
    half = float(stats.t.ppf(0.5 + confidence / 2, len(values) - 1)) * width
    return Interval(mean, mean - half, mean + half)


@dataclass
class Findings:
    """The figures of one test."""

    kept: list[Finding] = field(default_factory=list)

    def __call__(
        self,
        key: str,
        statement: str,
        found: float,
        *,
        expected: float | str = "",
        low: float | None = None,
        high: float | None = None,
        runs: int | None = None,
        unit: str = "",
    ) -> None:
        """Keep one figure that has no runs, or an interval of its own. `expected` is a figure or a claim (`> 0`)."""
        self.kept.append(Finding(key, statement, float(found), expected, low, high, runs, unit))

    def mean(
        self,
        key: str,
        statement: str,
        values: NDArray[np.float64],
        *,
        expected: float | str = "",
        unit: str = "",
        confidence: float = CONFIDENCE,
    ) -> Interval:
        """Keep the mean over runs and its interval, and give both back: what is asserted is what is told."""
        found = interval(values, confidence)
        self(key, statement, found.mean, expected=expected, low=found.low, high=found.high,
             runs=len(values), unit=unit)  # fmt: skip
        return found

    def share(
        self, key: str, statement: str, happened: NDArray[np.bool_], *, expected: float | str = ""
    ) -> Interval:
        """Keep the share of runs in which something happened, with Wilson's interval (Student's has no width at 0)."""
        count, runs = int(np.sum(happened)), len(happened)
        bounds = stats.binomtest(count, runs).proportion_ci(CONFIDENCE, method="wilson")
        found = Interval(count / runs, float(bounds.low), float(bounds.high))
        self(key, statement, found.mean, expected=expected, low=found.low, high=found.high, runs=runs,
             unit="share")  # fmt: skip
        return found


@pytest.fixture
def finding(request: pytest.FixtureRequest) -> Findings:
    """Where does a test leave its figures?"""
    found = Findings()
    request.node.stash[_KEPT] = found
    return found


_KEPT = pytest.StashKey[Findings]()
_PASSED = pytest.StashKey[list[dict[str, float]]]()
_FIGURE = r"(?:np\.float64\()?([-+.\de]+)\)?"
_OBTAINED = re.compile(rf"^ *Obtained: {_FIGURE}$", re.MULTILINE)
_EXPECTED = re.compile(rf"^ *Expected: {_FIGURE} ± ([-+.\de]+)$", re.MULTILINE)


def comparison(told: str) -> dict[str, float] | None:
    """Which figures did a passed assertion with `approx` compare? None for other assertions."""
    obtained, expected = _OBTAINED.search(told), _EXPECTED.search(told)
    if obtained is None or expected is None:
        return None
    try:
        figures = {
            "found": float(obtained[1]), "expected": float(expected[1]), "allowed": float(expected[2]),
        }  # fmt: skip
    except ValueError:
        return None
    return figures if all(map(math.isfinite, figures.values())) else None


class Writer:
    """Gathers what the tests found and writes it when the session ends. Works with xdist as well."""

    def __init__(self, path: Path, *, writes: bool):
        self.path, self.writes = path, writes
        self.lines: dict[str, dict[str, Any]] = {}

    def pytest_assertion_pass(self, item: pytest.Item, expl: str) -> None:
        """A comparison that held."""
        compared = comparison(expl)
        if compared:
            item.stash.setdefault(_PASSED, []).append(compared)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Hang the figures on the report: with xdist only reports come back."""
        report = yield
        if report.when == "call":
            kept = item.stash.get(_KEPT, Findings()).kept
            report.user_properties.append((_FIGURES, [asdict(each) for each in kept]))
            report.user_properties.append((_COMPARED, item.stash.get(_PASSED, [])))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One line per test; a test that broke before or after its call failed."""
        properties = dict(report.user_properties)
        if report.when == "call" or report.outcome != "passed":
            self.lines[report.nodeid] = {
                "test": report.nodeid,
                "outcome": outcome(report),
                "reason": reason(report),
                "findings": properties.get(_FIGURES, []),
                "compared": properties.get(_COMPARED, []),
            }

    def pytest_sessionfinish(self) -> None:
        """Write the lines, in the order of the tests."""
        if self.writes:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines.values())
            self.path.write_text(text, encoding="utf-8", newline="\n")


def outcome(report: pytest.TestReport) -> str:
    """passed, failed, skipped, or absent: expected to fail, and it did."""
    if hasattr(report, "wasxfail"):
        return "absent" if report.outcome == "skipped" else "passed"
    return report.outcome


def reason(report: pytest.TestReport) -> str:
    """Why was a test skipped, why did it fail, or why was it expected to?"""
    if hasattr(report, "wasxfail"):
        return str(report.wasxfail).removeprefix("reason: ")
    if report.outcome == "skipped" and isinstance(report.longrepr, Sequence):
        return str(report.longrepr[-1]).removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message).splitlines()[0] if crash else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--findings FILE`."""
    parser.addoption("--findings", type=Path, help="write the figures of the validation tests to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Listen only when asked to."""
    path: Path | None = config.getoption("--findings")
    if path is not None:
        config.pluginmanager.register(Writer(path, writes=not hasattr(config, "workerinput")), "findings")
