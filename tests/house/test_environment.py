"""Does environment.yml say what pyproject.toml says?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import environment

FIXED = {"jupyterlab", "ipywidgets", "simpy", "pandas", "seaborn", "nbval"}


def test_environment_yml_is_made_from_pyproject():
    written = environment.TARGET.read_text(encoding="utf-8")
    assert written == environment.text(), "run tools/environment.py"


def test_the_packages_everyone_counts_on_are_there():
    names = {re.split(r"[<>=!~]", spec)[0] for spec in environment.specs()}
    assert names >= FIXED


@pytest.mark.parametrize("spec", environment.specs())
def test_conda_understands(spec: str):
    rattler = pytest.importorskip("rattler", reason="py-rattler is only in uv's environment")
    assert rattler.MatchSpec(spec, strict=True).version is not None


def test_the_kit_itself_is_installed_in_place(root: Path):
    lines = (root / "environment.yml").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["  - pip:", "      - --editable ."]
