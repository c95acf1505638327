"""What do tests of shared answers need: deep arguments, and a folder like that of a server?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.base.shared_answers import VARIABLE
from sim.model.policy import Policy
from sim.model.portfolio_files import load_portfolio
from sim.model.timeline import Timeline


def policies() -> tuple[Policy, Timeline]:
    """Two of the deepest arguments there are."""
    policy = load_portfolio("manufacturer").policy_in_force
    return policy, Timeline.of(policy).then(20_000, policy.with_levers({"terms.net_days": 30}))


def servers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private folder of a server, told to this process."""
    made = tmp_path / "answers"
    made.mkdir(mode=0o700)
    monkeypatch.setenv(VARIABLE, str(made))
    return made
