"""How is something slow worked out beside the page, without ever freezing it?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from sim.panels.live.refine import running_loop

LOG = logging.getLogger(__name__)
Found = TypeVar("Found")
_ONE_AT_A_TIME = threading.Lock()


def beside(
    work: Callable[[], Found], done: Callable[[Found], None], failed: Callable[[Exception], None]
) -> None:
    """Work it out in a thread, then call `done` or `failed` in the kernel's own; at once where there is no loop."""
    loop = running_loop()

    def receive(act: Callable[[], None]) -> None:
        if loop is None:
            act()
        elif not loop.is_closed():
            loop.call_soon_threadsafe(act)

    def run() -> None:
        try:
            with _ONE_AT_A_TIME:
                found = work()
        except Exception as error:  # whatever it is, a person must see it
            LOG.error("a lab could not work out a figure", exc_info=error)
            receive(lambda error=error: failed(error))  # type: ignore[misc]
            return
        receive(lambda: done(found))

    if loop is None:
        run()
    else:
        threading.Thread(target=run, name="lab", daemon=True).start()
