"""Are answers left for other kernels whole or not at all, under names that say what they answer?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from sim.base.shared_answers import NOTHING, NotShared, found, name_for, publish, text_of
from tests.unit.answers import policies, servers_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return servers_folder(tmp_path, monkeypatch)


class Interrupted(BaseException):
    """Strikes anywhere."""


class Endless:
    """Is interrupted while it is written down."""

    def __reduce__(self):
        raise Interrupted


def test_an_interrupted_answer_is_not_seen_and_leaves_nothing(folder, monkeypatch):
    with pytest.raises(Interrupted):
        publish("0" * 64, Endless())
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(Interrupted))
    with pytest.raises(Interrupted):
        publish("0" * 64, "whole")
    assert found("0" * 64) is NOTHING
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="who may write where is told so on POSIX only")
def test_a_folder_that_others_can_write_to_is_not_used(folder):
    publish("0" * 64, "whole")
    assert found("0" * 64) == "whole"
    folder.chmod(0o770)
    assert found("0" * 64) is NOTHING


@dataclass(frozen=True)
class Place:
    """Two words."""

    one: str
    other: str


@dataclass(frozen=True)
class OtherPlace(Place):
    """Two words of another kind."""


@dataclass(frozen=True, eq=False)
class Itself:
    """Equal to nothing else."""

    number: int


@dataclass
class Movable:
    """May change."""

    number: int


def test_different_arguments_have_different_texts():
    base, later = policies()
    told = [
        1, True, 1.0, "1", b"1", None, "None", (1,), ((1,),), (1, 2), ("1, 2",), ("a", "b"), ("a','b",), frozenset("a"),
        Place("a", "b"), OtherPlace("a", "b"), Place("a', other='b", "b"), Place("b", "a"), base, later,
        base.with_levers({"terms.net_days": 61}), base.with_levers({"collection.stop_supply_days": 30}),
    ]  # fmt: skip
    assert len({text_of(value) for value in told}) == len(told)
    assert text_of(Place("a", "b")) == text_of(Place("".join("a"), "b"))


@pytest.mark.parametrize(
    "value", [np.arange(2), Itself(1), Movable(1), lambda: 1, object(), [1], {"a": 1}, {1}]
)
def test_what_cannot_be_told_faithfully_is_not_shared(value, folder):
    with pytest.raises(NotShared):
        text_of((1, value))
    assert name_for("f", (value,), ()) == ""
