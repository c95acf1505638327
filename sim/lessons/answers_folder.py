"""Where do the kernels of one running server leave what they have worked out? (`sim.base.shared_answers`)"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.base.shared_answers import VARIABLE

PREFIX = "arlab-answers-"
LEFT_OVER_SECONDS = 7 * 86_400  # a folder in which nothing happened for so long: its server was killed


@contextmanager
def answers_folder() -> Iterator[Mapping[str, str]]:
    """While a server runs: what its environment says of a new private folder, which is gone afterwards."""
    remove_left_over()
    try:
        folder = tempfile.mkdtemp(prefix=PREFIX)
    except OSError:
        yield {VARIABLE: ""}
        return
    try:
        yield {VARIABLE: folder}
    finally:
        for _ in range(5):  # a kernel may be about to leave something still
            shutil.rmtree(folder, ignore_errors=True)
            if not Path(folder).exists():
                break
            time.sleep(0.2)


def remove_left_over() -> None:
    """A server that was killed could not remove its folder: the next one does, a week later.

    By then no course sleeps over it any more.
    """
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > LEFT_OVER_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)
