"""Do kernels of one server have each other's answers, and is that the same as working alone?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sim.base import shared_answers
from sim.base.shared_answers import VARIABLE, name_for
from sim.panels.live.compute import batch, edition_of, lived, world
from sim.panels.live.question import Question
from sim.panels.live.remember import remembered
from tests.unit.answers import policies, servers_folder

ROOT = Path(__file__).resolve().parents[3]
PLACE = ("manufacturer", "core", 1, 0, 1)

ANOTHER_KERNEL = """
import sys
from tests.unit.answers import policies
from tests.unit.panels.test_remember import PLACE, counted
from sim.panels.live.compute import lived
from sim.base.shared_answers import name_for
print(name_for("f", (policies(), frozenset("abcdef"), 0.1), ()))
print(counted(sys.argv[1], 7))
print(lived(*PLACE, policies()[0]).whole.values["ar"].tobytes().hex())
"""


@remembered(4, shared=True)
def counted(path: str, number: int) -> tuple[int, float]:
    """Leaves a line in a file each time it is worked out."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("worked\n")
    return number, number / 3


@remembered(4, shared=True)
def unspeakable(number: int) -> object:
    """Nothing that can be written down."""
    return threading.Lock() if number else (lambda: None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return servers_folder(tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def _fresh_kernel():
    for function in (counted, lived):
        function.cache_clear()
    world.cache_clear()


def another_kernel(path: Path, hash_seed: str) -> list[str]:
    told = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", ANOTHER_KERNEL, str(path)]
    return subprocess.run(words, env=told, check=True, capture_output=True, text=True).stdout.split("\n")


def test_what_one_kernel_has_worked_out_another_one_has_bit_for_bit(folder, tmp_path):
    path = tmp_path / "worked"
    first, second = another_kernel(path, "1"), another_kernel(path, "2")
    assert first == second
    assert path.read_text() == "worked\n"
    assert counted(str(path), 7) == (7, 7 / 3)
    assert path.read_text() == "worked\n"
    assert name_for("f", (policies(), frozenset("fedcba"), 0.1), ()) == first[0]
    here = lived.__wrapped__(*PLACE, policies()[0])
    assert here.whole.values["ar"].tobytes().hex() == first[2]


def test_a_fetched_answer_is_the_one_that_was_worked_out(folder):
    question = Question("manufacturer", "core", *[policies()[0]] * 2)
    asked = batch(question, question.baseline, 0)
    alone = lived.__wrapped__(*asked)
    lived(*asked)
    lived.cache_clear()
    assert lived.knows(*asked)
    fetched = lived(*asked)
    assert fetched is not alone
    assert fetched.months == alone.months
    for one, other in ((fetched.monthly, alone.monthly), (fetched.whole.values, alone.whole.values)):
        assert list(one) == list(other)
        assert all(one[name].tobytes() == other[name].tobytes() for name in one)


def test_without_a_server_nothing_is_shared(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / "worked"
    for _ in range(2):
        counted.cache_clear()
        assert not counted.knows(str(path), 7)
        counted(str(path), 7)
        assert counted.knows(str(path), 7)
    assert path.read_text() == "worked\n" * 2


def test_a_torn_answer_is_worked_out_anew_and_mended(folder, tmp_path):
    path = tmp_path / "worked"
    counted(str(path), 7)
    (answer,) = folder.iterdir()
    whole = answer.read_bytes()
    for torn in (b"", whole[:10], whole[:-1], whole[:40] + b"?" + whole[41:]):
        answer.write_bytes(torn)
        counted.cache_clear()
        assert not counted.knows(str(path), 7)
        assert counted(str(path), 7) == (7, 7 / 3)
        assert answer.read_bytes() == whole


def test_whatever_goes_wrong_the_answer_is_worked_out_here(folder, tmp_path, monkeypatch):
    assert unspeakable(1) is unspeakable(1)
    assert unspeakable(0) is not None
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError))  # as Windows may
    path = tmp_path / "worked"
    assert counted(str(path), 1) == (1, 1 / 3)
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    assert counted(str(path), 2) == (2, 2 / 3)
    assert not (tmp_path / "gone").exists()


def test_a_full_disk_is_left_alone(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(shared_answers, "LEAST_FREE", 2**62)
    counted(str(tmp_path / "worked"), 7)
    assert list(folder.iterdir()) == []


def test_functions_made_on_the_way_share_nothing(folder):
    """Two of them may have one name."""
    doubled, tripled = (
        remembered(1, shared=True)(lambda number, times=times: times * number) for times in (2, 3)
    )
    assert (doubled(1), tripled(1)) == (2, 3)


def test_own_data_that_was_changed_is_another_question(tmp_path, monkeypatch):
    for name in ("here", "there"):
        (tmp_path / name / "own").mkdir(parents=True)
        for file in ("portfolio.toml", "customers.csv"):
            (tmp_path / name / "own" / file).write_text("a")
            os.utime(tmp_path / name / "own" / file, ns=(10, 10))
    monkeypatch.chdir(tmp_path / "here")
    first = edition_of("own")
    assert first == edition_of("own") == edition_of(str(tmp_path / "here" / "own"))
    os.utime(Path("own", "customers.csv"), ns=(5, 5))  # put back: older than the other
    assert edition_of("own") != first
    os.utime(Path("own", "customers.csv"), ns=(10, 10))
    assert edition_of("own") == first
    monkeypatch.chdir(tmp_path / "there")
    assert edition_of("own") != first
    assert edition_of("manufacturer") == edition_of("nowhere") == 0
