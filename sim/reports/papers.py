"""What has to be printed for a planned day? One folder: for everybody, for each group, for the trainer.

The files differ by who gets them and how often, so that each is printed once with its own number of copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.reports.handout import Block, grid, handout_pdf, head, text
from sim.reports.labsheets import LabSheets, Worked, for_learners, for_trainers
from sim.reports.pack import Part, Size, pack_pdf
from sim.reports.training import Handout, workbook
from sim.roleplay.facts import Facts
from sim.roleplay.reading import load_scenario_named
from sim.training.cases import SheetExhibit
from sim.training.guides import Session
from sim.training.plans import needed, timed
from sim.training.reading import cases, quizzes
from sim.words import Words

TRAINER, EVERYBODY = "1-trainer.pdf", "2-everybody.pdf"
CARDS, KEYS = "3-cards.pdf", "4-cards-trainer.pdf"
FOR_PLAYERS: tuple[Part, ...] = ("cards", "observer")
Told = Callable[[int, int], None]


class Papers:
    """Writes all papers of one plan, in one language."""

    def __init__(self, plan: Session, words: Words, worked: Worked | None = None):
        self.plan, self.words, self.worked = plan, words, worked
        self.write = Handout(words)
        self.material = tuple(
            dict.fromkeys(
                (each.kind, each.id) for day in plan.days for step in day.rows for each in step.material
            )
        )

    def own(self, key: str, **values: object) -> str:
        """The kit's own words for a day's papers."""
        return self.words.say(f"papers.{key}", **values)

    def files(self, size: Size = "a4") -> dict[str, bytes]:
        """Every file by its name."""
        title = self.write.said(self.plan.title)
        everybody = self.own("title_everybody", title=title)
        trainer = self.own("title_trainer", title=title)
        made = {
            TRAINER: handout_pdf(trainer, list(self.for_trainer()), self.words, size),
            EVERYBODY: handout_pdf(everybody, list(self.for_everybody()), self.words, size),
        }
        played = [Facts(load_scenario_named(number)) for number in needed(self.plan, "roleplay")]
        if played:
            made[CARDS] = pack_pdf(played, self.words, size, FOR_PLAYERS)
            made[KEYS] = pack_pdf(played, self.words, size, ("trainer",))
        for number in self.sheets():
            made[f"{number}.xlsx"] = workbook(number, self.words)
        return made

    def sheets(self) -> list[str]:
        """The cases whose spreadsheet goes with them."""
        return [
            number
            for number in needed(self.plan, "case")
            if any(isinstance(each, SheetExhibit) for each in cases()[number].exhibits)
        ]

    # for everybody ----------------------------------------------------------------------------------------------

    def for_everybody(self) -> Iterator[Block]:
        """The day, then each paper in the order in which it is needed."""
        yield from self.programme()
        for kind, name in self.material:
            if kind == "lab":
                yield from for_learners(name, self.words)
            elif kind == "case":
                yield from afresh(self.write.case(cases()[name]))
            elif kind == "quiz":
                title, *asked = self.write.quiz(quizzes()[name])
                yield from afresh(iter([title, text(self.own("name_line"), "soft"), *asked]))

    def programme(self) -> Iterator[Block]:
        """When what is done, without how it is taught."""
        yield head(self.write.said(self.plan.title))
        for number, day in enumerate(self.plan.days, 1):
            if len(self.plan.days) > 1:
                yield head(self.write.own("day", number=number), 2)
            rows = [[f"{begins}–{ends}", self.write.said(step.what)] for begins, ends, step in timed(day)]
            yield grid([self.own("time"), self.own("what")], rows, (0, 1))

    # for the trainer --------------------------------------------------------------------------------------------

    def for_trainer(self) -> Iterator[Block]:
        """The plan, what to print how often, then sheets, hands counted and keys in the order of the day."""
        yield from self.write.plan(self.plan)
        yield head(self.own("copies"), 2)
        yield grid(
            [self.own(f"copies_{name}") for name in ("file", "what", "often")],
            list(self.copies()),
            (0, 1.5, 1),
        )
        if self.worked is None and needed(self.plan, "lab"):
            yield text(self.words.say("cli.papers.figures_told"), "soft")
        for kind, name in self.material:
            if kind == "lab":
                yield from for_trainers(name, self.words, self.worked)
            elif kind == "case":
                yield from self.write.case_answers(cases()[name])
            elif kind == "quiz":
                yield from self.write.quiz_key(quizzes()[name])

    def copies(self) -> Iterator[list[str]]:
        """Which file is for whom, and how many copies of it."""
        names = {TRAINER: "trainer", EVERYBODY: "everybody"}
        if needed(self.plan, "roleplay"):
            names |= {CARDS: "cards", KEYS: "keys"}
        for file, key in names.items():
            yield [file, self.own(f"file_{key}"), self.own(f"often_{key}")]
        for number in self.sheets():
            yield [f"{number}.xlsx", self.own("file_sheet"), self.own("often_sheet")]


def afresh(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same blocks, the first of them on a new page."""
    first = next(blocks)
    yield {**first, "fresh": True}
    yield from blocks


def figures_in(plan: Session, words: Words) -> int:
    """How many figures of the labs does the simulator have to work out?"""
    asked: list[Callable[[], str]] = []

    def count(work: Callable[[], str]) -> str:
        asked.append(work)
        return ""

    for name in needed(plan, "lab"):
        list(LabSheets(name, words, count).trainer())
    return len(asked)


def working(plan: Session, words: Words, tell: Told | None) -> Worked:
    """Works every figure out, and says how far it is."""
    total, done = figures_in(plan, words), 0

    def work(find: Callable[[], str]) -> str:
        nonlocal done
        found = find()
        done += 1
        if tell is not None:
            tell(done, total)
        return found

    return work


def papers(
    plan: Session, words: Words, size: Size = "a4", *, with_figures: bool = False, tell: Told | None = None
) -> dict[str, bytes]:
    """Every paper of this plan, file by file. With figures: a minute or two a lab, told to `tell(done, total)`."""
    worked = working(plan, words, tell) if with_figures else None
    return Papers(plan, words, worked).files(size)
