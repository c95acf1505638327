"""Is nothing a person made ever lost, and is what is unknown null?"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.commands.output import check_target, new_folder, plain_value, show_json


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("kept", encoding="utf-8")
    return folder


def refused(folder: Path, force: bool) -> str:
    with pytest.raises(BadInput) as bad:
        check_target(folder, "ledger", force)
    return bad.value.problems[0].rule


def test_a_new_or_empty_folder_may_be_written(tmp_path: Path):
    check_target(tmp_path / "new", "ledger", force=False)
    check_target(write(tmp_path / "empty"), "ledger", force=False)


def test_an_old_ledger_is_replaced_only_when_asked(tmp_path: Path):
    old = write(tmp_path / "ledger", "manifest.toml", "entries.parquet")
    assert refused(old, force=False) == "cli.target_exists"
    check_target(old, "ledger", force=True)


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_with_anything_else_is_never_touched(tmp_path: Path, force: bool):
    mixed = write(tmp_path / "mixed", "manifest.toml", "my notes.docx")
    other = write(tmp_path / "portfolio", "portfolio.toml", "customers.csv")
    assert refused(mixed, force) == refused(other, force) == "cli.target_has_others"
    assert refused(write(tmp_path / "dir", "file") / "file", force) == "cli.target_is_file"


def test_a_failed_write_leaves_what_was_there(tmp_path: Path):
    old = write(tmp_path / "ledger", "manifest.toml")

    def fail_half_way() -> None:
        with new_folder(old) as draft:
            write(draft, "half.parquet")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert [path.name for path in tmp_path.rglob("*")] == ["ledger", "manifest.toml"]


def test_a_good_write_replaces_the_whole_folder(tmp_path: Path):
    old = write(tmp_path / "ledger", "manifest.toml", "stale.parquet")
    with new_folder(old) as draft:
        write(draft, "manifest.toml", "fresh.parquet")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["fresh.parquet", "ledger", "manifest.toml"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path):
    blocked = write(tmp_path, "file") / "file" / "ledger"
    with pytest.raises(BadInput) as bad, new_folder(blocked) as draft:
        draft.mkdir()
    assert bad.value.problems[0].rule == "cli.cannot_write"


def test_unknown_is_null_and_whole_amounts_are_whole(capsys: pytest.CaptureFixture[str]):
    show_json([{"value": math.nan, "name": "应收"}, {"value": np.float64(3), "list": (1, True, None)}])
    text = capsys.readouterr().out
    assert json.loads(text) == [{"value": None, "name": "应收"}, {"value": 3, "list": [1, True, None]}]
    assert "应收" in text
    assert [plain_value(x) for x in (math.inf, np.int64(2), 0.5, np.bool_(True))] == [None, 2, 0.5, True]
