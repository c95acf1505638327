"""Do a day's papers hold what each person needs, and nothing that gives the answers away?"""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from sim.panels.credit.applicants_desk import SEEDS
from sim.panels.credit.applicants_year import Decided, Decision, Desk, year_of
from sim.panels.labs.declared import NumberPrediction
from sim.panels.labs.loading import lab_names, load_lab
from sim.panels.labs.told import plain as without_marks
from sim.reports.applicants import RULES_CHOICE, ApplicantsSheet
from sim.reports.handout import Block, handout_pages, handout_pdf
from sim.reports.labsheets import LabSheets
from sim.reports.papers import CARDS, EVERYBODY, KEYS, TRAINER, Papers, figures_in, papers
from sim.roleplay.facts import Facts
from sim.roleplay.reading import load_scenario_named
from sim.training.plans import needed, plan_named, sound_plans
from sim.words import LANGUAGES, Language, Words

PLANS = [plan.id for plan in sound_plans().sessions]
TOFU = "\ufffd\u25a1\x00"


def bare(text: str) -> str:
    """Letters and figures only: line breaks and hyphens of the setting do not count."""
    return re.sub(r"[\W_]+", "", text)


def printed(pdf: bytes) -> list[str]:
    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def told(blocks: list[Block]) -> str:
    return bare(str(blocks))


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_can_be_printed(name: str):
    """In Chinese, whose signs a font may lack; English is set in the tests below."""
    plan = plan_named(name)
    files = papers(plan, Words("zh"))
    assert set(files) - {"C4.xlsx"} == {TRAINER, EVERYBODY, CARDS, KEYS}
    assert ("C4.xlsx" in files) == ("C4" in needed(plan, "case"))
    for file, image in files.items():
        if file.endswith(".pdf"):
            pages = printed(image)
            assert all(pages), f"an empty page in {file}"
            assert not any(sign in page for page in pages for sign in TOFU)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_are_for_players_and_keys_are_not(lang: Language):
    files = papers(plan_named("half_day_labs"), Words(lang))
    scenario = load_scenario_named("R08")
    ideal = bare(Facts(scenario).said(scenario.ideal, lang))
    cards, keys = "".join(printed(files[CARDS])), "".join(printed(files[KEYS]))
    assert ideal not in cards
    assert ideal in keys
    assert all(bare(role.title.said(lang)) in cards for role in scenario.roles)
    assert len(PdfReader(io.BytesIO(files[CARDS])).pages) == len(scenario.roles) + 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_a_learners_sheet_asks_everything_and_answers_nothing(name: str, lang: Language):
    lab, sheets = load_lab(name), LabSheets(name, Words(lang))
    learner, trainer, hands = (told(list(each())) for each in (sheets.learner, sheets.trainer, sheets.hands))
    for item in (*lab.predictions, *lab.tasks):
        assert bare(without_marks(item.text, lang)) in learner
    for task in lab.tasks:
        answer = bare(without_marks(task.explanation, lang))
        assert answer not in learner
        assert answer in trainer
    assert bare(without_marks(lab.trainer.solution, lang)) not in learner
    assert bare(without_marks(lab.trainer.solution, lang)) in trainer
    for item in lab.predictions:
        assert bare(without_marks(item.text, lang)) in hands
        if isinstance(item, NumberPrediction):
            assert bare(Words(lang).say("papers.said_middle")) in hands


def test_every_lab_begins_on_a_page_of_its_own():
    words = Words("en")
    pages = printed(papers(plan_named("half_day_labs"), words)[EVERYBODY])
    for name in needed(plan_named("half_day_labs"), "lab"):
        title = bare(LabSheets(name, words).title)
        assert len([page for page in pages if page.startswith(title)]) == 1


def test_figures_are_worked_out_only_if_wanted_and_each_is_counted():
    words, plan = Words("en"), plan_named("half_day_labs")
    quiet = LabSheets("01_start_here", words)
    assert words.say("papers.later") in str(list(quiet.trainer()))
    asked = []
    loud = LabSheets("01_start_here", words, lambda work: asked.append(work) or "12 days")
    blocks = str(list(loud.trainer()))
    assert words.say("papers.later") not in blocks
    assert words.say("papers.expected") in blocks
    assert 0 < len(asked) < figures_in(plan, words)
    assert "--figures" in str(list(Papers(plan, words).for_trainer()))
    assert "--figures" not in str(list(Papers(plan, words, lambda _: "1").for_trainer()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_eight_applicants_fit_on_one_page_and_their_answers_on_the_next(number: int, lang: Language):
    words = Words(lang)
    sheet = ApplicantsSheet(number, words)
    blocks, answers = list(sheet.sheet()), list(sheet.answers())
    pages = handout_pages("x", [*blocks, *answers], words, ppi=20)
    assert len(pages) == 2
    assert all(letter in printed(handout_pdf("x", blocks, words))[0] for letter in "ABCDEFGH")
    truth = bare(words.say("papers.applicants.truth"))
    assert truth not in told(blocks)
    assert truth in told(answers)


@pytest.mark.parametrize("seed", SEEDS)
def test_added_up_by_hand_a_line_is_near_what_the_model_gives(seed: int):
    """Nearer than the 30,000 yuan that the answers call level, in the mean year."""
    desk = Desk(seed)
    mixed: tuple[Decision, ...] = ("small", "accept", "limit", "prepay", "refuse", "limit", "accept", "small")
    alike = {name: year_of(desk, (Decided(name, RULES_CHOICE),) * desk.count) for name in set(mixed)}
    added = sum(alike[name].earned[:, at].mean() for at, name in enumerate(mixed))
    lived = year_of(desk, tuple(Decided(name, RULES_CHOICE) for name in mixed)).earned.sum(axis=1).mean()
    assert lived == pytest.approx(added, abs=3_000_000)
