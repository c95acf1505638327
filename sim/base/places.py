"""Where do the kit's own files lie, and how is a file written safely?"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sim.base.shared_answers import shared_folder

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "datasets"
NOTEBOOKS = ROOT / "notebooks"
EXERCISES = ROOT / "exercises"
IN_CLASS = "ARLAB_CLASS"  # set in the environment of pages that are open to a class


def in_class() -> bool:
    """Is this page open to a class, so that its reader is not the owner of this machine?"""
    return IN_CLASS in os.environ


def readers_folder() -> Path:
    """Where does a reader keep things? In the working folder; in a class, in one that goes with the page."""
    return Path(_page_folder().name) if in_class() else ROOT


@cache
def _page_folder() -> tempfile.TemporaryDirectory[str]:
    """In the server's folder where there is one: it goes with the server, however a page's kernel ended."""
    place = shared_folder()
    return tempfile.TemporaryDirectory(prefix="arlab-page-", dir=place, ignore_cleanup_errors=True)


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; it replaces `path` only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a whole text file as UTF-8 with \\n ends, or leave what was there."""
    with atomic_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
