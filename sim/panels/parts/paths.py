"""Which file or folder is meant by what a person typed, and how is it shown without the machine's own folders?"""

from __future__ import annotations

import os
from pathlib import Path

from sim.base.places import ROOT

MY_POLICIES = "my_policies"  # in the working folder


def typed_path(typed: str) -> Path:
    """A path as a person typed or pasted it; a relative one lies in the working folder."""
    return ROOT / Path(typed.strip().strip("\"'")).expanduser()


def portfolio_folder(typed: str) -> Path:
    """Which portfolio folder is meant? Its portfolio.toml will do too."""
    path = typed_path(typed)
    return path.parent if path.name == "portfolio.toml" else path


def policy_file(typed: str) -> Path:
    """Which file is meant? A bare name lies among my policies."""
    path = typed_path(typed)
    return ROOT / MY_POLICIES / path.name if path.parent == ROOT else path


def shown(path: Path) -> str:
    """A path without what a machine's own folders are called."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def without_root(said: str) -> str:
    """A message without the path of the working folder."""
    return said.replace(f"{ROOT}{os.sep}", "")
