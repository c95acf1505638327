"""What have we worked out before?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

Known = ParamSpec("Known")
Found = TypeVar("Found")


class Remembered(Generic[Known, Found]):
    """A pure function that remembers its last answers, and can say which it has."""

    def __init__(self, function: Callable[Known, Found], most: int):
        self._function, self._most = function, most
        self._answers: OrderedDict[object, Found] = OrderedDict()

    def __call__(self, *asked: Known.args, **named: Known.kwargs) -> Found:
        """The answer, worked out at most once while it is remembered."""
        key = (asked, tuple(named.items()))
        if key not in self._answers:
            self._answers[key] = self._function(*asked, **named)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return self._answers[key]

    def knows(self, *asked: Known.args, **named: Known.kwargs) -> bool:
        """Is the answer remembered?"""
        return (asked, tuple(named.items())) in self._answers


def remembered(most: int) -> Callable[[Callable[Known, Found]], Remembered[Known, Found]]:
    """Let a pure function remember so many answers."""
    return lambda function: Remembered(function, most)
