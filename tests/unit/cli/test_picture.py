"""Does `arlab picture` draw into a file, and say what it found?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import arlab
from sim.commands.picture import pairs, plain

FEW = ("--portfolio", "exporter", "--days", "62", "--runs", "2")


def run(*arguments: object, lang: str = "en") -> Result:
    return CliRunner(env={"ARLAB_LANG": lang}).invoke(arlab, ["picture", *map(str, arguments)])


@pytest.mark.parametrize(("name", "begin"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xm"), ("a.pdf", b"%PDF")])
def test_a_picture_is_written_in_the_format_of_its_name(tmp_path: Path, name: str, begin: bytes):
    done = run("ageing", *FEW, "--with", "as=share", "--out", tmp_path / name)
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / name).read_bytes()[:4] == begin
    assert "past due" in done.stdout


def test_it_speaks_the_language_of_the_command(tmp_path: Path):
    done = run("ageing", *FEW, "--out", tmp_path / "a.png", lang="zh")
    assert "应收账款" in done.stdout


def test_a_file_that_is_there_is_replaced_only_when_told_so(tmp_path: Path):
    out = tmp_path / "a.png"
    out.write_bytes(b"mine")
    refused = run("ageing", *FEW, "--out", out)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert out.read_bytes() == b"mine"
    assert run("ageing", *FEW, "--out", out, "--force").exit_code == 0
    assert out.read_bytes() != b"mine"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path):
    done = run("frog", "--portfolio", "nowhere", "--with", "x", "--out", tmp_path / "a.txt")
    assert done.exit_code == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "--out",
        "plot",
        "portfolio",
        "--with",
    ]


def test_what_the_picture_does_not_take_is_refused(tmp_path: Path):
    done = run("ageing", *FEW, "--with", "frog=1", "--out", tmp_path / "a.png")
    assert done.exit_code == 2
    assert "frog" in done.stderr
    assert not (tmp_path / "a.png").exists()


def test_values_are_read_as_what_they_are():
    assert pairs(("a=1", "b=0.5", "c=true", "d=30,60", "e=text", "terms.net_days=45")) == {
        "a": 1, "b": 0.5, "c": True, "d": [30, 60], "e": "text", "terms.net_days": 45,
    }  # fmt: skip
    assert plain("finance.insurance=whole") == "finance.insurance=whole"


def test_a_single_value_is_a_list_where_one_is_wanted(tmp_path: Path):
    done = run("layers", *FEW, "--with", "layers=finance.insurance=whole", "--out", tmp_path / "a.png")
    assert done.exit_code == 0, done.stderr
