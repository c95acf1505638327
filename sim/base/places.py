"""Where do the kit's own files lie, and how is a file written safely?"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "datasets"
NOTEBOOKS = ROOT / "notebooks"
EXERCISES = ROOT / "exercises"


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
