"""What does each piece of training material say on paper? Guides, plans, cases with worksheets, quizzes with keys."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from sim.base.errors import BadInput, Problem
from sim.panels.labs.loading import lab_names
from sim.reports.handout import Block, blank, grid, head, points, text
from sim.reports.labsheets import for_learners, for_trainers
from sim.roleplay.reading import load_scenario_named
from sim.roleplay.scenario import Text
from sim.training import cases as parts
from sim.training import guides
from sim.training import quiz as tests
from sim.training.plans import timed
from sim.training.reading import SESSIONS, cases, lab_title, quizzes, sessions
from sim.training.reading import guides as all_guides
from sim.words import Words

LETTERS = "ABCDEFGH"
SEED = 1  # the order of options on paper


def handout_names() -> tuple[str, ...]:
    """Everything that can be handed out: guides, session plans, labs, cases by number, quizzes by topic."""
    return (*all_guides(), SESSIONS, *lab_names(), *cases(), *quizzes())


def handout(name: str, words: Words, *, answers: bool = False) -> tuple[str, list[Block]]:
    """Title and blocks of this material; with the answers, if so wished. Raises BadInput for an unknown name."""
    write = Handout(words)
    if name in all_guides():
        guide = all_guides()[name]
        return write.said(guide.title), list(write.guide(guide))
    if name == SESSIONS:
        return write.said(sessions().title), list(write.sessions(sessions()))
    if name in lab_names():
        sheet = [*for_learners(name, words), *(for_trainers(name, words) if answers else ())]
        return write.own("material.lab", name=lab_title(name, words.lang)), sheet
    if name.upper() in cases():
        case = cases()[name.upper()]
        told = [*write.case(case), *(write.case_answers(case) if answers else ())]
        return f"{case.number} {write.said(case.title)}", told
    if name in quizzes():
        asked = quizzes()[name]
        told = [*write.quiz(asked), *(write.quiz_key(asked) if answers else ())]
        return write.said(asked.title), told
    raise BadInput([Problem("handout.unknown", "NAME", name, {"known": ", ".join(handout_names())})])


def workbook(name: str, words: Words) -> bytes:
    """A case's spreadsheet as a workbook whose formulas work, errors and all. Raises BadInput where there is none."""
    from openpyxl import Workbook

    case = cases().get(name.upper())
    sheets = [each for each in case.exhibits if isinstance(each, parts.SheetExhibit)] if case else []
    if case is None or not sheets:
        raise BadInput([Problem("handout.no_sheet", "NAME", name)])
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = case.number
    page.append([sheets[0].title.said(words.lang)])
    for row in sheets[0].rows:
        at = int(row.row)
        page.cell(at, 1, row.label.said(words.lang))
        for column, cell in ((2, row.now), (3, row.plan)):
            typed = cell.formula
            page.cell(at, column, typed if typed.startswith("=") else float(typed))
    page.column_dimensions["A"].width = 58
    for letter in "BC":
        page.column_dimensions[letter].width = 16
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


class Handout:
    """Writes material as blocks, in one language."""

    def __init__(self, words: Words):
        self.words = words

    def said(self, told: Text | guides.Head | str) -> str:
        """A text, or a plain string that both languages print."""
        return told if isinstance(told, str) else told.said(self.words.lang)

    def own(self, key: str, **values: object) -> str:
        """The kit's own words for handouts."""
        return self.words.say(f"handout.{key}", **values)

    # guides -----------------------------------------------------------------------------------------------------

    def guide(self, guide: guides.Guide) -> Iterator[Block]:
        """A guide, section by section."""
        yield head(self.said(guide.title))
        for section in guide.sections:
            yield head(self.said(section.title), 2)
            for part in section.parts:
                yield self.piece(part)

    def piece(self, part: guides.Paragraph | guides.Points | guides.Grid) -> Block:
        """One piece of a guide."""
        if isinstance(part, guides.Paragraph):
            return text(self.said(part.text))
        if isinstance(part, guides.Points):
            return points([self.said(item) for item in part.items], numbered=part.kind == "steps")
        return self.table(part.columns, part.rows)

    def table(self, columns: tuple[guides.Head, ...], rows: tuple[guides.Row, ...]) -> Block:
        """A table; long columns get more room."""
        told = [[self.said(cell) for cell in row.cells] for row in rows]
        wide = [min(max(max(len(row[at]) for row in told), 6), 90) ** 0.6 for at in range(len(columns))]
        return grid([self.said(column) for column in columns], told, wide)

    def sessions(self, plans: guides.Sessions) -> Iterator[Block]:
        """The ready session plans, one page or more each."""
        for at, plan in enumerate(plans.sessions):
            yield from self.plan(plan, fresh_page=at > 0)

    def plan(self, plan: guides.Session, *, fresh_page: bool = False) -> Iterator[Block]:
        """One session plan."""
        yield head(self.said(plan.title), fresh_page=fresh_page)
        least, best, most = plan.group.least, plan.group.best, plan.group.most
        yield text(self.own("suits", who=self.said(plan.suits), least=least, best=best, most=most), "soft")
        for number, day in enumerate(plan.days, start=1):
            if len(plan.days) > 1:
                yield head(self.own("day", number=number), 2, fresh_page=number > 1)
            yield self.day(day)

    def day(self, day: guides.DayPlan) -> Block:
        """A day's rows with the time at which each begins."""
        rows = []
        for begins, _, step in timed(day):
            needed = self.words.listed(self.material(each) for each in step.material)
            what = self.said(step.what) + (f"\n{needed}" if needed else "")
            rows.append([begins, str(step.minutes), what, self.said(step.method), self.said(step.outcome)])
        heads = [self.own(f"plan.{name}") for name in ("time", "minutes", "what", "method", "outcome")]
        return grid(heads, rows, (0, 0, 1.2, 1.3, 1.1))

    def material(self, each: guides.Material) -> str:
        """What is needed, as people look for it."""
        name = each.id
        if each.kind == "lab":
            name = lab_title(each.id, self.words.lang)
        elif each.kind == "quiz":
            name = self.said(quizzes()[each.id].title)
        elif each.kind == "case":
            name = f"{each.id} {self.said(cases()[each.id].title)}"
        elif each.kind == "roleplay":
            name = f"{each.id} {self.said(load_scenario_named(each.id).title)}"
        return self.own(f"material.{each.kind}", name=name)

    # cases ------------------------------------------------------------------------------------------------------

    def case(self, case: parts.Case) -> Iterator[Block]:
        """What participants get: goals, story, exhibits, questions, worksheet."""
        yield head(f"{case.number} {self.said(case.title)}")
        yield text(self.own("case.about", minutes=case.minutes, who=self.said(case.suits)), "soft")
        yield points([self.said(goal) for goal in case.goals])
        for paragraph in case.story:
            yield text(self.said(paragraph))
        for exhibit in case.exhibits:
            yield from self.exhibit(exhibit)
        yield head(self.own("case.questions"), 2)
        yield points([self.said(each.text) for each in case.questions], numbered=True)
        yield head(self.own("case.worksheet"), fresh_page=True)
        for number, asked in enumerate(case.questions, start=1):
            blanks = [each for each in case.worksheet if each.question == asked.id]
            if blanks:
                yield head(self.own("case.question", number=number), 2)
            for each in blanks:
                unit = self.said(each.unit) if each.unit else ""
                yield blank(self.said(each.label), unit, 0 if each.kind == "number" else each.lines)

    def exhibit(self, exhibit: parts.TableExhibit | parts.SheetExhibit) -> Iterator[Block]:
        """An exhibit with its unit and note."""
        yield head(f"{exhibit.id}  {self.said(exhibit.title)}", 2)
        if exhibit.unit is not None:
            yield text(self.said(exhibit.unit), "soft")
        if isinstance(exhibit, parts.TableExhibit):
            yield self.table(exhibit.columns, exhibit.rows)
        else:
            heads = ["", "A", "B", "", "C", ""]
            rows = [
                [
                    each.row,
                    self.said(each.label),
                    each.now.value,
                    each.now.formula,
                    each.plan.value,
                    each.plan.formula,
                ]
                for each in exhibit.rows
            ]
            yield grid(heads, rows, (0, 1.4, 0, 1.1, 0, 1.1))
        if exhibit.note is not None:
            yield text(self.said(exhibit.note), "soft")

    def case_answers(self, case: parts.Case) -> Iterator[Block]:
        """What the trainer has: answers worked out, common wrong ones, timing, sources."""
        yield head(self.own("case.answers", title=self.said(case.title)), fresh_page=True)
        labels = {each.id: each for each in case.worksheet}
        for number, answer in enumerate(case.answers, start=1):
            yield head(self.own("case.question", number=number), 2)
            yield text(self.said(answer.text))
            if answer.computed:
                rows = [
                    [
                        self.said(labels[each.field].label),
                        each.value,
                        self.unit_of(labels[each.field]),
                        each.arithmetic,
                    ]
                    for each in answer.computed
                ]
                heads = [self.own(f"case.{name}") for name in ("field", "value", "unit", "arithmetic")]
                yield grid(heads, rows, (1.3, 0, 0, 1.7))
            for mistake in answer.wrong:
                yield text(f"✗ {self.said(mistake.says)} {self.said(mistake.reply)}", "soft")
        for error in case.planted:
            repairs = "".join(f"\n{each.at}: {each.formula} → {each.value}" for each in error.repaired)
            yield text(f"{error.cells} ({self.own(f'sort.{error.sort}')}): {self.said(error.text)}{repairs}")
        yield head(self.own("case.teaching"), 2)
        yield grid(
            [self.own("plan.minutes"), self.own("plan.what")],
            [[str(each.minutes), self.said(each.what)] for each in case.teaching.timing],
            (0, 1),
        )
        yield points([self.said(note) for note in case.teaching.notes])
        yield text(self.said(case.teaching.board), "box")
        yield head(self.own("sources"), 2)
        yield points([self.sourced(each) for each in case.sources])

    def unit_of(self, field: parts.Blank) -> str:
        """The unit of a worksheet's field."""
        return self.said(field.unit) if field.unit else ""

    def sourced(self, source: parts.Source) -> str:
        """A source with its label."""
        return f"{self.said(source.text)} ({self.words.say(f'basis.{source.basis}')})"

    # quizzes ----------------------------------------------------------------------------------------------------

    def quiz(self, asked: tests.Quiz) -> Iterator[Block]:
        """The questions, with room to answer."""
        yield head(self.said(asked.title))
        for number, question in enumerate(asked.questions, start=1):
            hint = "" if question.kind in ("one", "number") else f" ({self.own(f'quiz.{question.kind}')})"
            yield text(f"{number}  {self.said(question.text)}{hint}", "strong")
            if isinstance(question, tests.Figure):
                yield blank("", self.said(question.unit))
            else:
                yield text("\n".join(self.lettered(question)))

    def lettered(self, question: tests.Choice | tests.Order) -> list[str]:
        """Options or items with their letters, in the order on paper."""
        told = (
            question.items if isinstance(question, tests.Order) else [each.text for each in question.options]
        )
        places = tests.shuffled(question, SEED)
        return [f"{LETTERS[at]}  {self.said(told[place])}" for at, place in enumerate(places)]

    def quiz_key(self, asked: tests.Quiz) -> Iterator[Block]:
        """The right answers with their explanations and sources."""
        yield head(self.own("quiz.key", title=self.said(asked.title)), fresh_page=True)
        for number, question in enumerate(asked.questions, start=1):
            right = self.right(question)
            told = f"{number}  {right}  {self.said(question.explanation)}"
            yield text(f"{told}\n{self.sourced(question.source)}")

    def right(self, question: tests.Choice | tests.Figure | tests.Order) -> str:
        """The right answer as it is marked."""
        if isinstance(question, tests.Figure):
            return f"{question.value} {self.said(question.unit)} (± {question.tolerance:g}): {question.arithmetic}"
        places = tests.shuffled(question, SEED)
        if isinstance(question, tests.Order):
            return " ".join(LETTERS[places.index(at)] for at in range(len(places)))
        return " ".join(LETTERS[at] for at, place in enumerate(places) if question.options[place].right)
