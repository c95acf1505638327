"""What does half a day, a day, two days with the labs look like? Declared in `exercises/timetables.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import EXERCISES
from sim.model.settings import Settings
from sim.panels.labs.declared import Name, Some, Text
from sim.panels.labs.loading import ORDER, located
from sim.panels.labs.opening import entry_of, titled
from sim.panels.labs.page import Page, styled
from sim.panels.labs.told import prose
from sim.panels.parts.look import safe
from sim.words import Words

TIMETABLES = EXERCISES / "timetables.toml"
MINUTES_OF_AN_HOUR = 60


class Block(Settings):
    """A stretch of time: a lab, or something else."""

    minutes: int = Field(ge=5, le=180)
    lab: str = ""
    what: Text | None = None  # what is done; of a lab, what to watch


class Day(Settings):
    """One day, or half of one."""

    start: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    total: int  # minutes, breaks included
    blocks: Some[Block]


class Timetable(Settings):
    """A course."""

    id: Name
    title: Text
    suits: Text
    days: Some[Day]


class Timetables(Settings):
    """All courses."""

    timetable: Some[Timetable]


@cache
def load_timetables(path: Path = TIMETABLES) -> tuple[Timetable, ...]:
    """The courses of this file. Raises BadInput naming every field that is wrong."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("not_toml", path.name, str(error))]) from error
    try:
        found = Timetables.checked(tree).timetable
        note_sums(found)
    except BadInput as bad:
        raise BadInput(located(bad.problems, path.name, tree)) from bad
    return found


def note_sums(timetables: tuple[Timetable, ...]) -> None:
    """Do the blocks fill their day, and is every lab one that there is? Raises BadInput."""
    problems = Problems()
    for number, course in enumerate(timetables):
        for count, day in enumerate(course.days):
            at = f"timetable.{number}.days.{count}"
            if (summed := sum(block.minutes for block in day.blocks)) != day.total:
                problems.add("lab.minutes_do_not_add_up", f"{at}.total", day.total, summed=summed)
            for place, block in enumerate(day.blocks):
                if block.lab and block.lab not in ORDER:
                    problems.add("lab.no_such", f"{at}.blocks.{place}.lab", block.lab, known=", ".join(ORDER))
                if not block.lab and block.what is None:
                    problems.add("missing", f"{at}.blocks.{place}.what")
    problems.stop_if_any()


def shown(words: Words) -> Page:
    """Every course, one of them open."""
    said = []
    for number, course in enumerate(load_timetables()):
        days = "".join(
            day_table(words, day, place, len(course.days)) for place, day in enumerate(course.days, 1)
        )
        suits = prose(course.suits, words.lang)
        said.append(
            f"<details {'' if number else 'open'}><summary><strong>{prose(course.title, words.lang)}</strong> "
            f"· {suits}</summary>{days}</details>"
        )
    return styled("".join(said))


def day_table(words: Words, day: Day, number: int, days: int) -> str:
    """One day with the clock's times."""
    head = safe(words.say("lab.room.day", number=number)) if days > 1 else ""
    hour, minute = map(int, day.start.split(":"))
    clock, rows = hour * MINUTES_OF_AN_HOUR + minute, []
    for block in day.blocks:
        when = f"{clock_time(clock)}–{clock_time(clock + block.minutes)}"
        rows.append(f"<tr><td>{when}</td><td>{block.minutes}</td><td>{block_told(words, block)}</td></tr>")
        clock += block.minutes
    heads = "".join(f"<th>{safe(words.say(f'lab.room.{name}'))}</th>" for name in ("when", "minutes", "what"))
    title = f'<div class="arlab-subtitle">{head}</div>' if head else ""
    return f'{title}<table class="arlab-table arlab-room"><tr>{heads}</tr>{"".join(rows)}</table>'


def clock_time(minutes: int) -> str:
    """09:05."""
    return f"{minutes // MINUTES_OF_AN_HOUR:02d}:{minutes % MINUTES_OF_AN_HOUR:02d}"


def block_told(words: Words, block: Block) -> str:
    """A lab by its title, leading there; whatever else as it is declared."""
    told = prose(block.what, words.lang) if block.what is not None else ""
    entry = entry_of(block.lab) if block.lab else None
    if entry is None:
        return told
    link = f'<a href="{safe(block.lab)}.ipynb">{safe(titled(entry, words.lang))}</a>'
    return f"{link}{f'<br>{told}' if told else ''}"
