"""Does the tree keep the rules of the house?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
MODULES = sorted((ROOT / "sim").rglob("*.py"))
# Where a package is imported under another name than it is installed by.
IMPORT_NAMES = {"scikit-learn": "sklearn", "pyyaml": "yaml", "fonttools": "fontTools"}
# Brought by a declared package, and only used together with it.
BROUGHT = {
    "jupyterlab": {"IPython", "jinja2", "jupyter_client", "jupyter_core", "jupyter_server", "nbformat"},
    "voila": {"tornado", "traitlets"},
    "seaborn": {"matplotlib"},
}
LONGEST_MODULE = 400
HEAVY = {"IPython", "bqplot", "ipywidgets", "jupyterlab", "matplotlib", "seaborn", "voila"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Which top-level packages does a module import?"""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def test_imports_go_down_the_floors_only():
    pytest.importorskip("importlinter", reason="import-linter is only in uv's environment")
    lint = "from importlinter.cli import lint_imports_command as run; run()"
    words = [sys.executable, "-c", lint, "--no-logo"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_kit_imports_is_declared():
    declared = {Requirement(line).name for line in PYPROJECT["project"]["dependencies"]}
    known = {IMPORT_NAMES.get(name, name) for name in declared}.union(*BROUGHT.values())
    used = {name for path in MODULES for name in imported(path)} - sys.stdlib_module_names - {"sim"}
    assert used <= known


def test_what_is_declared_is_imported_or_run():
    started = {"jupyterlab", "jupyterlab-language-pack-zh-CN", "voila", "pyarrow", "openpyxl"}
    declared = {Requirement(line).name for line in PYPROJECT["project"]["dependencies"]}
    used = {name for path in MODULES for name in imported(path)}
    assert {IMPORT_NAMES.get(name, name) for name in declared} - started <= used


@pytest.mark.parametrize("path", named(MODULES))
def test_a_module_is_one_room(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) < LONGEST_MODULE
    assert not lines or ast.get_docstring(tree(path)), "a module says what question it answers"


@pytest.mark.parametrize("path", named(MODULES))
def test_public_functions_name_what_they_take(path: Path):
    # `**values` fills the placeholders of a message, which only the words know; a decorator hands on what its
    # function takes, by name and type (`Known.kwargs`).
    loose = [
        function.name
        for function in functions(path)
        if (rest := function.args.kwarg) and rest.arg != "values" and not function.name.startswith("_")
        if not (isinstance(rest.annotation, ast.Attribute) and rest.annotation.attr == "kwargs")
    ]
    assert not loose


@pytest.mark.parametrize("path", named(MODULES))
def test_public_functions_say_what_question_they_answer(path: Path):
    def public(nodes: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield node

    silent = [node.name for node in public(tree(path).body) if not ast.get_docstring(node)]
    assert not silent


def test_importing_the_kit_is_light():
    words = [sys.executable, "-c", "import sim, sys; print(*{name.split('.')[0] for name in sys.modules})"]
    loaded = set(subprocess.check_output(words, cwd=ROOT, text=True).split())
    assert not loaded & HEAVY


def test_the_kit_exports_a_handful_of_names_that_work():
    import sim

    assert 10 <= len(sim.__all__) <= 25
    assert all(getattr(sim, name).__doc__ for name in sim.__all__ if callable(getattr(sim, name)))


def test_the_contracts_cover_every_room():
    inside = {path.relative_to(ROOT).parts[1].removesuffix(".py") for path in MODULES}
    rooms = {f"sim.{name}" for name in inside - {"__init__"}}
    named = {contract["name"]: set(contract.get("source_modules", ())) for contract in CONTRACTS}
    assert named["Only plots know matplotlib and seaborn"] == rooms - {"sim.plots"}
    blind = {"sim.calibrate", "sim.measure", "sim.model", "sim.panels", "sim.plots"}
    assert named["Nothing that decides, measures or shows reads the truth"] == rooms & blind


def test_architecture_has_the_floors_that_are_checked():
    floors = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|\s*(\d)\s*\|([^|]*)\|", text, re.MULTILINE)
    told = {int(floor): set(re.findall(r"sim/(\w+)", rooms)) for floor, rooms in rows}
    assert told == {floor: set(re.findall(r"\w+", layer)) for floor, layer in enumerate(reversed(floors))}
