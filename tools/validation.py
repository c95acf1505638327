"""Run the validation tests and write what they found to docs/validation.md.

    python tools/validation.py               # runs them all, slow ones too: a quarter of an hour
    python tools/validation.py -- -n 2 --dist loadfile   # the same on two cores; more words for pytest
    python tools/validation.py --from FILE   # only writes the document, from a file of `pytest --findings FILE`

Nothing in the document is typed by hand: statements are the tests' names or what they record, figures their results.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLACES = (
    "tests/laws", "tests/extremes", "tests/known", "tests/twin", "tests/effects",
    "tests/unit/model/test_law.py", "tests/unit/model/test_insurance.py", "tests/unit/model/test_products.py",
)  # fmt: skip
"""The last three hold textbook cases as well, beside what they belong to."""


@dataclass(frozen=True)
class Rung:
    """One step of the validation ladder: which tests belong to it, and what they are worth."""

    key: str
    title: str
    about: str
    paths: tuple[str, ...]


# The first rung whose path a test's file begins with is its rung.
RUNGS = (
    Rung("6", "Coupling: same customers, same luck",
         "Two policies on one world differ only by what the policy did. Tested row by row where it is a theorem, by "
         "paired intervals where it is none.", ("tests/laws/test_engine_coupling",)),
    Rung("1", "Laws", "Whatever hypothesis draws, these hold on every ledger.", ("tests/laws/",)),
    Rung("2", "Extremes", "At the ends of what is possible the answer is known without a formula.",
         ("tests/extremes/",)),
    Rung("4", "The whole simulator against mathematics",
         "Closed forms and exact chains for a company simple enough to have one. The expected figure lies in the "
         "interval over runs, or the row says that it does not.", ("tests/known/test_simulator",)),
    Rung("7", "Calibration",
         "Does a normal year of a built-in portfolio look like the firm its data card promises?",
         ("tests/known/test_default_portfolio", "tests/known/test_calibration", "tests/known/test_profiles")),
    Rung("8", "Real ledgers", "Figures against independent pandas code, and forecasts against what happened.",
         ("tests/known/test_real_ledgers",)),
    Rung("3", "Formulas: textbook cases",
         "The formulas that the figures are made of, given a textbook's inputs, give its answer.",
         ("tests/known/", "tests/unit/model/")),
    Rung("5", "Twin equals engine",
         "Two programs, written apart from one page of rules, write the same ledger row by row.", ("tests/twin/",)),
    Rung("effects", "Ten effects of a credit manager's experience",
         "Each on the simulator, with the same customers and the same luck on both sides. An effect that is not there "
         "is said to be absent, with the figure that was found.", ("tests/effects/",)),
)  # fmt: skip
ORDER = ("1", "2", "3", "4", "5", "6", "7", "8", "effects")


@dataclass
class Line:
    """What is told of one test, all its cases together."""

    name: str
    cases: int = 0
    outcomes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    compared: list[dict[str, float]] = field(default_factory=list)

    @property
    def result(self) -> str:
        """The worst of its cases, in how many, and why."""
        for worst in ("failed", "absent", "skipped"):
            if worst in self.outcomes:
                count = self.outcomes.count(worst)
                where = f" in {count} of {self.cases}" if count < self.cases else ""
                why = sorted({reason for reason in self.reasons if reason})
                more = f" (and {len(why) - 1} more)" if len(why) > 1 else ""
                return f"**{worst}**{where}" + (f": {why[0]}{more}" if why else "")
        return "holds"


def main(words: list[str]) -> int:
    """Run the tests unless their findings are given, then write the document."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--from", dest="source", type=Path, help="findings of an earlier run")
    options.add_argument("pytest", nargs="*", help="more words for pytest, after --")
    chosen = options.parse_args(words)
    if chosen.source:
        code, lines = 0, read(chosen.source)
    else:
        code, lines = run_tests(chosen.pytest)
    if not lines:
        sys.exit("no test has told anything: see the output above")
    (ROOT / "docs" / "validation.md").write_text(document(lines), encoding="utf-8", newline="\n")
    return code


def run_tests(more: list[str]) -> tuple[int, list[dict[str, Any]]]:
    """Run the validation tests; their exit code and what they found."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "findings.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", *PLACES, f"--findings={found}"]
        command += ["-o", "enable_assertion_pass_hook=true", "-p", "no:cacheprovider", *more]
        # Compiled tests know whether passed assertions are told: they may not meet those of other runs.
        env = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        code = subprocess.call(command, cwd=ROOT, env=env)
        return code, read(found) if found.exists() else []


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of findings, file of tests by file of tests."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(lines, key=lambda line: str(line["test"]).split("::", 1)[0])


# --- the document -------------------------------------------------------------------------------------------------


def document(lines: list[dict[str, Any]]) -> str:
    """The whole page."""
    rungs: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        rung = rung_of(line["test"])
        if rung is not None:
            rungs.setdefault(rung.key, []).append(line)
    known = {rung.key: rung for rung in RUNGS}
    return _head(lines) + "".join(_section(known[key], rungs[key]) for key in ORDER if key in rungs)


def rung_of(test: str) -> Rung | None:
    """To which rung does a test belong? None: it is no test of validation."""
    return next((rung for rung in RUNGS if test.startswith(rung.paths)), None)


def _head(lines: list[dict[str, Any]]) -> str:
    counts = [(name, sum(line["outcome"] == name for line in lines)) for name in _NAMES]
    told = ", ".join(f"{count} {_NAMES[name]}" for name, count in counts if count)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "scipy", "simpy"))
    today = datetime.now(tz=UTC).date()
    return (
        "# Validation\n\n"
        "Written by `python tools/validation.py` from the results of the tests; nothing here is typed by hand.\n"
        "Intervals are Student's t over runs, 95 % unless the statement says otherwise. A frozen number is a\n"
        f"regression test and is not here.\n\n{today}, {libraries}: {told}.\n"
    )


_NAMES = {
    "passed": "tests hold",
    "failed": "**failed**",
    "absent": "expected and **absent**",
    "skipped": "skipped",
}


def _section(rung: Rung, lines: list[dict[str, Any]]) -> str:
    title = rung.title if rung.key == "effects" else f"{rung.key}. {rung.title}"
    tests = grouped(lines)
    figures = [test for test in tests if test.findings]
    compared = [test for test in tests if test.compared and not test.findings]
    plain = [test for test in tests if not test.compared and not test.findings]
    parts = (_figures(figures), _compared(compared), _plain(plain))
    return f"\n## {title}\n\n{rung.about}\n" + "".join(f"\n{part}" for part in parts if part)


def grouped(lines: Iterable[dict[str, Any]]) -> list[Line]:
    """One line per test function, its cases together."""
    tests: dict[str, Line] = {}
    for line in lines:
        name = line["test"].split("[", 1)[0]
        test = tests.setdefault(name, Line(name))
        test.cases += 1
        test.outcomes.append(line["outcome"])
        test.reasons.append(line["reason"])
        test.findings += [{**found, "outcome": line["outcome"]} for found in line["findings"]]
        test.compared += line["compared"]
    return list(tests.values())


def _figures(tests: list[Line]) -> str:
    rows = list(dict.fromkeys(_finding(found, test) for test in tests for found in test.findings))
    rows.sort(key=lambda row: _natural(row[0]))
    return _table(("", "what", "expected", "found", "interval", "runs", "result"), rows)


def _finding(found: dict[str, Any], test: Line) -> tuple[str, ...]:
    show = _shower(found)
    expected = found["expected"]
    bounds = (found["low"], found["high"])
    return (
        found["key"],
        found["statement"],
        expected if isinstance(expected, str) else show(expected),
        show(found["found"]),
        "" if None in bounds else f"{show(found['low'])} .. {show(found['high'])}",
        "" if found["runs"] is None else f"{found['runs']:,}",
        "holds" if found["outcome"] == "passed" else test.result,
    )


def _shower(found: dict[str, Any]) -> Callable[[float], str]:
    """How are the figures of this finding written, all in one unit?"""
    unit = found["unit"]
    if unit == "share":
        return lambda value: f"{100 * value:.4g} %"
    if unit == "fen":
        numbers = [found[name] for name in ("found", "expected", "low", "high")]
        largest = max(abs(number) for number in numbers if isinstance(number, int | float))
        size, word = (1e8, "million yuan") if largest >= 1e8 else (100.0, "yuan")
        return lambda value: f"{number(value / size)} {word}"
    return lambda value: f"{number(value)} {unit}".strip()


def number(value: float) -> str:
    """A figure with five digits that count."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.5g}"


MOST_SHOWN = 4


def _compared(tests: list[Line]) -> str:
    rows = [(*_named(test.name), *_numbers(test), test.result) for test in tests]
    rows.sort(key=lambda row: _natural(row[0]))
    return _table(("", "what", "expected", "found", "comparisons", "result"), rows)


def _numbers(test: Line) -> tuple[str, str, str]:
    """What was expected and found, the first few of them, and how many there are."""
    first, count = test.compared[:MOST_SHOWN], len(test.compared)
    more = ", ..." if count > MOST_SHOWN else ""
    expected = ", ".join(number(each["expected"]) for each in first) + more
    found = ", ".join(number(each["found"]) for each in first) + more
    return expected, found, str(count)


def _plain(tests: list[Line]) -> str:
    rows = [(*_named(test.name), str(test.cases), test.result) for test in tests]
    rows.sort(key=lambda row: _natural(row[0]))
    named = any(row[0] for row in rows)
    head = ("", "what", "cases", "result")
    return _table(head, rows) if named else _table(head[1:], [row[1:] for row in rows])


def _named(name: str) -> tuple[str, str]:
    """A test's case (T05, O3) and its sentence, from its name."""
    words = name.rsplit("::", 1)[1].removeprefix("test_").replace("_", " ")
    match = re.match(r"([to]\d+) ", words)
    if match is None:
        return "", words
    return match[1].upper(), words[match.end() :]


def _natural(key: str) -> tuple[str, int, str]:
    """T5 before T11; what has no key comes last."""
    match = re.match(r"(\D*)(\d+)(.*)", key)
    return (match[1], int(match[2]), match[3]) if match else ("~", 0, key)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(row) for row in rows]
    return "".join([_row(head), "|" + "---|" * len(head) + "\n", *lines]) if lines else ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
