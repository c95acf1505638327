"""What do the role-play tests share? One finished scenario, and the way to write a changed one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.scenario import Scenario

NUMBER = "R04"


@pytest.fixture
def delinquent() -> Scenario:
    """The customer who will not pay."""
    return load_scenario_named(NUMBER)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Writes the scenario with some pieces of its text replaced, as an author's slip would leave it."""

    def write(*swaps: tuple[str, str]) -> Path:
        source = next(path for path in scenario_files().values() if path.stem.startswith("04_"))
        text = source.read_text(encoding="utf-8")
        for old, new in swaps:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
