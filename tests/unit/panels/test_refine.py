"""Does the newest question win, at once, and does nothing stale get drawn?"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress

from sim.panels.live.refine import Refiner, Superseded


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(100))


async def until(condition, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.01)


def test_a_question_is_answered_in_steps():
    async def go() -> list[object]:
        shown: list[object] = []
        refiner = Refiner(
            lambda question, step: question * step, lambda a, _: shown.append(a), shown.append, steps=3
        )
        refiner.ask(7)
        await until(lambda: len(shown) == 3)
        return shown

    assert asyncio.run(go()) == [7, 14, 21]


def test_a_newer_question_ends_the_older_one_in_the_middle_of_its_work():
    async def go() -> tuple[list[object], float]:
        shown: list[object] = []
        work = {"slow": 30.0, "quick": 0.0}

        def answer(question: str, step: int) -> str:
            busy(work[question])
            return question

        refiner = Refiner(answer, lambda a, _: shown.append(a), shown.append, steps=1)
        refiner.ask("slow")
        await asyncio.sleep(0.1)
        began = time.monotonic()
        refiner.ask("quick")
        await until(lambda: shown)
        return shown, time.monotonic() - began

    shown, seconds = asyncio.run(go())
    assert shown == ["quick"]
    assert seconds < 5


def test_many_questions_in_a_row_end_with_the_last():
    async def go() -> list[object]:
        shown: list[object] = []

        def answer(question: int, step: int) -> int:
            busy(0.003)
            return question

        refiner = Refiner(answer, lambda a, _: shown.append(a), shown.append, steps=2)
        for number in range(200):
            refiner.ask(number)
            await asyncio.sleep(0.001)
        await until(lambda: shown[-2:] == [199, 199])
        return shown

    shown = asyncio.run(go())
    assert shown == sorted(shown)


def test_an_error_is_handed_over_and_the_next_question_is_answered():
    async def go() -> list[object]:
        shown: list[object] = []

        def answer(question: int, step: int) -> float:
            return 1 / question

        refiner = Refiner(answer, lambda a, _: shown.append(a), shown.append, steps=1)
        refiner.ask(0)
        await until(lambda: shown)
        refiner.ask(2)
        await until(lambda: len(shown) == 2)
        return shown

    error, answer = asyncio.run(go())
    assert isinstance(error, ZeroDivisionError)
    assert answer == 0.5


def test_an_error_while_drawing_is_handed_over_too():
    async def go() -> list[object]:
        failed: list[object] = []

        def draw(found: int, step: int) -> None:
            raise KeyError("no word for it")

        refiner = Refiner(lambda question, step: question, draw, failed.append, steps=5)
        refiner.ask(1)
        await until(lambda: failed)
        await asyncio.sleep(0.3)
        return failed

    assert len(asyncio.run(go())) == 1


def test_stopping_leaves_the_answer_as_it_is():
    async def go() -> list[object]:
        shown: list[object] = []

        def answer(question: int, step: int) -> int:
            busy(0.05)
            return step

        refiner = Refiner(answer, lambda a, _: shown.append(a), shown.append, steps=100)
        refiner.ask(1)
        await until(lambda: shown)
        refiner.stop()
        seen = len(shown)
        await asyncio.sleep(0.4)
        return shown[seen:]

    assert asyncio.run(go()) == []


def test_what_a_person_does_in_another_thread_is_done_where_answers_are_shown():
    async def go() -> list[object]:
        done: list[object] = []
        refiner = Refiner(lambda question, step: question, lambda a, _: None, done.append, steps=1)

        def act(what: str) -> None:
            done.append((what, threading.current_thread() is threading.main_thread()))

        refiner.in_turn(act, "here")
        assert len(done) == 1
        threading.Thread(target=refiner.in_turn, args=(act, "from elsewhere")).start()
        await until(lambda: len(done) == 2)
        return done

    assert asyncio.run(go()) == [("here", True), ("from elsewhere", True)]


def test_without_a_loop_the_first_answer_comes_at_once():
    shown: list[object] = []
    Refiner(lambda question, step: question + step, lambda a, _: shown.append(a), shown.append, steps=9).ask(
        1
    )
    assert shown == [2]


def test_a_glance_comes_first_and_nothing_is_shown_where_there_is_none():
    async def go(glance: int | None) -> list[object]:
        shown: list[object] = []
        refiner = Refiner(
            lambda question, step: step if step else glance, lambda a, step: shown.append((a, step)), shown.append,
            steps=2, glances=True,
        )  # fmt: skip
        refiner.ask(1)
        await until(lambda: (2, 2) in shown)
        return shown

    assert asyncio.run(go(9)) == [(9, 0), (1, 1), (2, 2)]
    assert asyncio.run(go(None)) == [(1, 1), (2, 2)]


def test_an_interruption_that_is_swallowed_stops_nothing():
    """As in `__del__` or a weak reference's callback, where Python prints an exception and goes on."""

    async def go() -> list[object]:
        shown: list[object] = []

        def answer(question: str, step: int) -> str:
            if question == "deaf":
                with suppress(Superseded):
                    busy(30.0)
            return question

        refiner = Refiner(answer, lambda a, _: shown.append(a), shown.append, steps=2)
        refiner.ask("deaf")
        await asyncio.sleep(0.1)
        refiner.ask("heard")
        await until(lambda: len(shown) == 2)
        return shown

    assert asyncio.run(go()) == ["heard", "heard"]
