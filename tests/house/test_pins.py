"""Does everybody get the same versions, from whichever registry is near?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


PINS = read("uv.toml")
PYPROJECT = read("pyproject.toml")


def direct() -> list[str]:
    groups = PYPROJECT["dependency-groups"].values()
    listed = [line for group in groups for line in group if isinstance(line, str)]
    return sorted([*PYPROJECT["project"]["dependencies"], *listed])


def pinned(key: str) -> dict[str, list[Requirement]]:
    by_name: dict[str, list[Requirement]] = {}
    for line in PINS[key]:
        wanted = Requirement(line)
        by_name.setdefault(canonicalize_name(wanted.name), []).append(wanted)
    return by_name


def version(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "==", f"{pin} is not exact"
    return specifier.version


@pytest.mark.parametrize("line", direct())
def test_a_direct_dependency_is_pinned_within_its_bounds(line: str):
    wanted = Requirement(line)
    pins = pinned("constraint-dependencies").get(canonicalize_name(wanted.name), [])
    assert pins, f"{wanted.name} has no pin: run tools/pins.py"
    assert all(wanted.specifier.contains(version(pin)) for pin in pins)


@pytest.mark.parametrize("key", ["constraint-dependencies", "build-constraint-dependencies"])
def test_every_pin_is_exact_and_unambiguous(key: str):
    for pins in pinned(key).values():
        assert all(version(pin) for pin in pins)
        markers = [str(pin.marker) for pin in pins]
        assert len(set(markers)) == len(pins)
        assert len(pins) == 1 or all(pin.marker for pin in pins)


def test_the_build_backend_is_pinned():
    names = {canonicalize_name(Requirement(line).name) for line in PYPROJECT["build-system"]["requires"]}
    assert names <= pinned("build-constraint-dependencies").keys()


@pytest.mark.parametrize("name", ["uv.toml", "pyproject.toml", "environment.yml", ".pre-commit-config.yaml"])
def test_no_registry_is_named(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|\bindex\b|find-links|/simple", text)


def test_pyproject_has_no_settings_that_uv_would_ignore():
    assert "uv" not in PYPROJECT.get("tool", {}), "uv reads uv.toml and then ignores [tool.uv]"


def test_the_lock_with_its_hosts_is_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "uv.lock" in ignored
