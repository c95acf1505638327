"""Is what the documents say true, and the same in both languages?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENGLISH, CHINESE = README.split("\n## English\n")[1].split("\n## 简体中文\n")


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    return [line for block in blocks(text) for line in block.splitlines()]


def arlab(line: str) -> tuple[click.Command, list[str]]:
    """Which command does a line call, and with which options?"""
    from sim.cli import arlab as group

    command: click.Command = group
    words = line.split()[1:]
    while words and isinstance(command, click.Group):
        name = words.pop(0)
        assert name in command.commands, f"arlab has no command {name}"
        command = command.commands[name]
    return command, words


def test_both_languages_give_the_same_commands():
    assert [line.replace("--lang zh", "--lang en") for line in commands(CHINESE)] == commands(ENGLISH)


def test_both_languages_have_the_same_parts():
    def parts(text: str) -> list[str]:
        return re.findall(r"^(###|- \*\*|\| `)", text, flags=re.MULTILINE)

    assert parts(ENGLISH) == parts(CHINESE)


def test_the_two_commands_of_a_fresh_machine_are_there():
    assert commands(ENGLISH)[:2] == ["python start.py", "python start.py test"]


@pytest.mark.parametrize("line", [line for line in commands(ENGLISH) if line.startswith("arlab ")])
def test_a_command_of_the_readme_exists_with_its_options(line: str):
    command, words = arlab(line)
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_command_is_in_the_readme():
    from sim.cli import arlab as group

    shown = {line.split()[1] for line in commands(ENGLISH) if line.startswith("arlab ")}
    assert shown == set(group.commands)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert all((ROOT / target).exists() for target in targets)


def test_the_folders_the_readme_names_are_there():
    rows = re.findall(r"^\| (`.*?) \|", ENGLISH, re.MULTILINE)
    folders = {name for row in rows for name in row.split("`")[1::2]}
    assert folders
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_the_citation_is_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
