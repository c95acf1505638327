"""How is something long done beside the panel, told of while it goes on, and stopped?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from sim.panels.live.refine import running_loop

Result = TypeVar("Result")
Tell = Callable[[int, int], None]
IsStopped = Callable[[], bool]


class JobStopped(Exception):
    """The work was stopped and has nothing to show."""


class Job(Generic[Result]):
    """One piece of work at a time, in a thread of its own; everything is told in the kernel's thread.

    `work(tell, is_stopped)` gives the result, or raises; `JobStopped` is no failure. Without a running loop (a script,
    a test) the work is done at once.
    """

    def __init__(
        self,
        show: Callable[[Result], None],
        failed: Callable[[Exception], None],
        told: Callable[[int, int], None],
        ended: Callable[[], None],
    ):
        self._show, self._failed, self._told, self._ended = show, failed, told, ended
        self._loop = running_loop()
        self._stop = threading.Event()
        self.is_running = False

    def start(self, work: Callable[[Tell, IsStopped], Result]) -> None:
        """Begin, unless something is being done already."""
        if self.is_running:
            return
        self.is_running = True
        self._stop = threading.Event()
        if self._loop is None:
            self._do(work, self._stop)
        else:
            threading.Thread(target=self._do, args=(work, self._stop), name="studio", daemon=True).start()

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop.set()

    def _do(self, work: Callable[[Tell, IsStopped], Result], stop: threading.Event) -> None:
        def tell(done: int, total: int) -> None:
            self._in_turn(self._told, done, total)

        try:
            found = work(tell, stop.is_set)
        except JobStopped:
            self._in_turn(self._end)
        except Exception as error:  # whatever it is, a person must see it
            self._in_turn(self._end)
            self._in_turn(self._failed, error)
        else:
            self._in_turn(self._end)
            self._in_turn(self._show, found)

    def _end(self) -> None:
        self.is_running = False
        self._ended()

    def _in_turn(self, act: Callable[..., None], *values: object) -> None:
        if self._loop is None or self._loop is running_loop():
            act(*values)
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, *values)
