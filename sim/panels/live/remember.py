"""What have we worked out before, here or on another page of the same server?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

from sim.base.shared_answers import NOTHING, found, name_for, publish

Known = ParamSpec("Known")
Found = TypeVar("Found")


class Remembered(Generic[Known, Found]):
    """A pure function that remembers its last answers, and can say which it has.

    A shared one also has what other kernels of this server have worked out. Its arguments must say all that its
    answer depends on: files that a person may change come with their edition.
    """

    def __init__(self, function: Callable[Known, Found], most: int, shared: bool = False):
        self.__wrapped__, self._most = function, most
        has_name = "<" not in function.__qualname__  # what is made inside another function may share its name
        self._name = f"{function.__module__}.{function.__qualname__}" if shared and has_name else ""
        self._answers: OrderedDict[object, Found] = OrderedDict()

    def __call__(self, *asked: Known.args, **named: Known.kwargs) -> Found:
        """The answer, worked out at most once while it is remembered."""
        key = (asked, tuple(named.items()))
        answer = self._looked_up(key)
        if answer is NOTHING:
            answer = self.__wrapped__(*asked, **named)
            self._keep(key, answer)
            if self._name:
                publish(name_for(self._name, *key), answer)
        known: Found = answer
        return known

    def knows(self, *asked: Known.args, **named: Known.kwargs) -> bool:
        """Is the answer remembered? Then it is at hand: what another kernel found is fetched now."""
        return self._looked_up((asked, tuple(named.items()))) is not NOTHING

    def cache_clear(self) -> None:
        """Forget everything that is remembered here."""
        self._answers.clear()

    def _looked_up(self, key: tuple[Any, Any]) -> Any:
        """The remembered answer, as the newest from now on; NOTHING when there is none."""
        answer: Any = self._answers.get(key, NOTHING)
        if answer is NOTHING and self._name:
            answer = found(name_for(self._name, *key))
        if answer is not NOTHING:
            self._keep(key, answer)
        return answer

    def _keep(self, key: object, answer: Found) -> None:
        self._answers.pop(key, None)  # as the newest, whatever another thread does to it meanwhile
        self._answers[key] = answer
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)


def remembered(
    most: int, *, shared: bool = False
) -> Callable[[Callable[Known, Found]], Remembered[Known, Found]]:
    """Let a pure function remember so many answers, and share them with the other kernels of a server."""
    return lambda function: Remembered(function, most, shared)
