"""Measure the speed and write the table of docs/benchmarks.md.

uv run python tools/benchmarks.py
"""

import json
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Benchmarks

Measured by `uv run python tools/benchmarks.py` (`tests/benchmarks`, pytest-benchmark): medians of one session on one
machine, {machine}.
Absolute times differ from machine to machine by a factor of two and more; ratios hold better. Nothing here is a pass
or a fail: the targets say what we design for.

| what | measured | target |
|---|---|---|
"""
TAIL = """
## How cost grows with the number of invoices

One run of a year; copies of the manufacturer's customers (200 each). Each size runs in a process of its own; memory is
the peak of the whole process less what it held before the simulation. At most 20 collectors work for all copies.

| copies | invoices | seconds | invoices per second | microseconds per invoice | peak memory | bytes per invoice |
|---|---|---|---|---|---|---|
"""

LATENCY = "test_slider_release_to_the_first_new_picture"
OPENING = "test_a_lesson_opens"


def main() -> None:
    """Run the benchmarks, then write the document."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "benchmarks.json"
        command = [sys.executable, "-m", "pytest", "tests/benchmarks", "-q", f"--benchmark-json={report}"]
        subprocess.run(command, check=True, cwd=ROOT)
        found = json.loads(report.read_text(encoding="utf-8"))["benchmarks"]
    median = {bench["name"]: bench["stats"]["median"] for bench in found}
    waited = {bench["name"]: bench["extra_info"] for bench in found}
    sizes = [bench["extra_info"] | bench["params"] for bench in found if "invoices" in bench["extra_info"]]
    text = (
        HEAD.format(machine=_machine())
        + _table(median, sizes, waited)
        + TAIL
        + "".join(map(_size_row, sizes))
    )
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8", newline="\n")


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "simpy"))
    python = platform.python_version()
    today = datetime.now(tz=UTC).date()
    return f"{today}, {platform.system()} {platform.machine()}, two cores, Python {python}, {libraries}"


def _table(median: dict[str, float], sizes: list[dict[str, Any]], waited: dict[str, dict[str, Any]]) -> str:
    one, hundred = "one_run_of_200_customers_for_a_year_with_headline_measures", "a_hundred_runs_of_the_same"
    twin, engine = median["test_the_twin_tells_one_run"], median["test_the_engine_computes_the_same_run"]
    per_run = median[f"test_{hundred}[core]"] / 100
    largest = max(sizes, key=lambda size: int(size["invoices"]))
    rows = [
        (
            "slider release to the first new picture in the browser (the first months; the rest turns pale)",
            _in_browser(waited, LATENCY, "median_ms"),
            "250 ms",
        ),
        (
            "slider release to the first whole year in the browser (one run, then refined)",
            _in_browser(waited, LATENCY, "whole_ms"),
            "-",
        ),
        (
            "the same, computing only",
            _seconds(median["test_the_panel_answers_a_moved_slider"]),
            "-",
        ),
        (
            "opening a lesson to its first words: start page",
            _in_browser(waited, OPENING, "01_start_here_ms"),
            "-",
        ),
        (
            "opening a lesson to its first words: policy studio",
            _in_browser(waited, OPENING, "12_policy_studio_ms"),
            "-",
        ),
        (
            "one run of 200 customers for a year, headline measures included: core, everything",
            _both(median, f"test_{one}"),
            "0.25 s",
        ),
        ("100 runs of the same, one core: core, everything", _both(median, f"test_{hundred}"), "4 s"),
        ("the twin, one run", _seconds(twin), "-"),
        ("twin / engine, one run each", f"{twin / engine:.0f} times", "-"),
        (
            "twin / engine, per run of a hundred, measures included",
            f"{twin / per_run:.0f} times",
            "at least 10 times",
        ),
        ("drawing 100 worlds", _seconds(median["test_drawing_a_hundred_lives"]), "-"),
        (
            f"{largest['invoices']:,} invoices in one run",
            f"{largest['seconds']:.1f} s, {_bytes(largest):,} bytes each",
            "20 s and 4 GiB for 1,000,000",
        ),
        ("import of a 150,000-row export", _seconds(median["test_import_of_a_150000_row_export"]), "5 s"),
        ("`import sim` (whole process)", _seconds(median["test_import[sim]"]), "1 s"),
    ]
    return "".join(f"| {what} | {measured} | {target} |\n" for what, measured, target in rows)


def _both(median: dict[str, float], name: str) -> str:
    return ", ".join(_seconds(median[f"{name}[{scenario}]"]) for scenario in ("core", "normal"))


def _in_browser(waited: dict[str, dict[str, Any]], test: str, what: str) -> str:
    found = {
        place: waited.get(f"{test}[{command}]", {}).get(what)
        for place, command in (("page", "show"), ("JupyterLab", "lab"))
    }
    known = [f"{place} {ms} ms" for place, ms in found.items() if ms is not None]
    return ", ".join(known) or "not measured: no Chromium here"


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def _bytes(size: dict[str, Any]) -> int:
    return round((size["peak_bytes"] - size["before_bytes"]) / size["invoices"])


def _size_row(size: dict[str, Any]) -> str:
    invoices, seconds = size["invoices"], size["seconds"]
    peak = (size["peak_bytes"] - size["before_bytes"]) / 2**20
    rate = f"{invoices / seconds:,.0f} | {seconds / invoices * 1e6:.1f}"
    return (
        f"| {size['copies']} | {invoices:,} | {seconds:.2f} | {rate} | {peak:,.0f} MiB | {_bytes(size)} |\n"
    )


if __name__ == "__main__":
    main()
