"""What does a conda user install?

Writes `environment.yml` from pyproject.toml: the dependencies and the group "test" under their conda-forge
names, with the lower bounds of pyproject (conda solves its own versions; the exact pins are uv's).

    uv run --no-sync tools/environment.py
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "environment.yml"
# Where conda-forge has another name than PyPI.
CONDA_NAMES = {"pandera[pandas]": "pandera-pandas", "typst": "typst-py"}
HEAD = """\
# Made by tools/environment.py from pyproject.toml; not edited by hand.
#     conda env create -f environment.yml
#     conda activate receivables-lab
#     arlab lab
name: receivables-lab
channels:
  - conda-forge
  - nodefaults
dependencies:
"""
TAIL = """\
  - pip
  - pip:
      - --editable .
"""


def conda_spec(line: str) -> str:
    """How does conda write a requirement?"""
    wanted = Requirement(line)
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    return CONDA_NAMES.get(wanted.name + extras, wanted.name) + str(wanted.specifier)


def specs() -> list[str]:
    """Which packages does conda install, Python first?"""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    lines = [*project["dependencies"], *pyproject["dependency-groups"]["test"]]
    return ["python" + project["requires-python"], *sorted(map(conda_spec, lines))]


def text() -> str:
    """What should environment.yml say now?"""
    return HEAD + "".join(f"  - {spec}\n" for spec in specs()) + TAIL


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
