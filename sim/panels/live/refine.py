"""How does a picture come at once and get sharper afterwards, without ever freezing the notebook?

One thread works at the newest question, batch after batch; a newer question interrupts the older one at once,
mid-batch. Answers are handed to the kernel's own thread, the only one that touches widgets, and the next batch
waits until the answer is drawn: the two threads share one interpreter, and the picture comes first. What a person
does is brought to the same thread: JupyterLab's messages arrive in one of their own (a "subshell").
"""

from __future__ import annotations

import asyncio
import ctypes
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


SECONDS_TO_DRAW = 2.0
SECONDS_TO_SEND = 0.02  # after a glance, whose rest is waited for
SECONDS_ON_ITS_WAY = 0.1  # an interruption strikes within a few bytecodes
SECONDS_TO_BREATHE = 0.12  # between batches, so that the browser gets its picture before the next one starts


class Superseded(BaseException):
    """Raised inside the worker's batch when nobody waits for its answer any more."""


class KernelsThread:
    """The thread in which this was made: the only one that touches widgets."""

    def __init__(self) -> None:
        self._loop = running_loop()

    def in_turn(self, act: Callable[..., None], *values: object) -> None:
        """Do this in the kernel's own thread, where answers are shown: at once when we are there."""
        if self._loop is None or self._loop is running_loop():
            act(*values)
        else:
            self._loop.call_soon_threadsafe(act, *values)


class Refiner(KernelsThread, Generic[Asked, Answered]):
    """Works at one question at a time, in steps 1 to `steps`; with `glances`, step 0 comes first.

    `work(question, step)` is called in the thread; `show(answer, step)` and `failed(error)` in the kernel's own. An
    answer of None is not shown.
    """

    def __init__(
        self,
        work: Callable[[Asked, int], Answered],
        show: Callable[[Answered, int], None],
        failed: Callable[[Exception], None],
        *,
        steps: int,
        glances: bool = False,
    ):
        super().__init__()
        self._work, self._show, self._failed, self._steps = work, show, failed, steps
        self._first_step = 0 if glances else 1
        self._lock = threading.Lock()  # a bare lock: an interruption can never leave it held
        self._asked = threading.Event()
        self._question: Asked | None = None
        self._number = 0  # of the newest question; anything older is stale
        self._at_work = False  # only then may the thread be interrupted
        self._thread: threading.Thread | None = None

    def ask(self, question: Asked) -> None:
        """Put this question in place of any other."""
        if self._loop is None:
            self._answer_here(question)
            return
        with self._lock:
            self._put_aside()
            self._question = question
        self._asked.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="what-if", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Leave the answer as rough as it is."""
        with self._lock:
            self._put_aside()
            self._question = None

    def _put_aside(self) -> None:
        """Whatever is being worked at is stale from here on. Called with the lock held."""
        self._number += 1
        if self._at_work and self._thread is not None and self._thread.ident is not None:
            self._at_work = False
            # The one way to end a computation in a thread; it is raised between two bytecodes of `_worked`.
            target = ctypes.c_ulong(self._thread.ident)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(Superseded))

    def _run(self) -> None:
        while True:
            self._asked.wait()
            with self._lock:
                self._asked.clear()
                question, number = self._question, self._number
                self._question = None
            if question is not None:
                self._refine(question, number)

    def _refine(self, question: Asked, number: int) -> None:
        for step in range(self._first_step, self._steps + 1):
            try:
                answer = self._worked(question, number, step)
            except Superseded:
                return
            except Exception as error:  # whatever it is, a person must see it and the thread must live on
                self._hand_over(number, self._failed, error)
                return
            if answer is not None:
                self._hand_over(number, self._show, answer, step)
                time.sleep(SECONDS_TO_BREATHE if step else SECONDS_TO_SEND)

    def _worked(self, question: Asked, number: int, step: int) -> Answered:
        """One batch. Raises Superseded when a newer question came; that exception never lands outside."""
        with self._lock:
            if number != self._number:
                raise Superseded
            self._at_work = True
        landed = False
        try:
            return self._work(question, step)
        except Superseded:
            landed = True
            raise
        finally:
            if not landed:
                self._rest()

    def _rest(self) -> None:
        """Be at work no longer. An interruption that is already on its way is awaited here.

        Not for ever: one that struck while Python tidied up (`__del__`, a weak reference) was swallowed there.
        """
        with self._lock:
            on_its_way = not self._at_work
            self._at_work = False
        latest = time.monotonic() + SECONDS_ON_ITS_WAY
        while on_its_way and time.monotonic() < latest:
            time.sleep(0.001)

    def _hand_over(self, number: int, receive: Callable[..., None], *values: object) -> None:
        drawn = threading.Event()

        def deliver() -> None:
            try:
                if number == self._number:
                    receive(*values)
            except Exception as error:  # nobody else would hear of it
                self.stop()
                self._failed(error)
            finally:
                drawn.set()

        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(deliver)
            drawn.wait(SECONDS_TO_DRAW)

    def _answer_here(self, question: Asked) -> None:
        """Without a running loop (a script, a test) there is nothing to keep free: answer at once, one step."""
        try:
            self._show(self._work(question, 1), 1)
        except Exception as error:
            self._failed(error)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """The kernel's loop, when we are in one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
