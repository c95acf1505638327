"""What do all tests share?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.findings", "tests.browser.chromium")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"

# The same examples everywhere: a failure on one machine is a failure on all of them.
# `--hypothesis-profile=search` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile("ci")


@pytest.fixture(scope="module", autouse=True)
def forget(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a module has remembered of its worlds is not carried through the modules after it."""
    yield
    for value in vars(request.module).values():
        if callable(getattr(value, "cache_clear", None)):
            value.cache_clear()
    gc.collect()


@pytest.fixture(scope="session")
def root() -> Path:
    """Where is the checkout?"""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Where is a real data set, or why is the test skipped?

    The data sets are not part of the project: they lie beside the checkout, where there are any.
    """

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"no real data here: {name} is not in ../shared/data")
        return path

    return find
