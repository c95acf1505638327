"""Can a talk on screen be led, taken back, played again and brought back, and does nothing get lost on the way?"""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
import yaml

from sim.base.errors import BadInput
from sim.panels.talks.curves import LABEL_HEIGHT, state_curves
from sim.panels.talks.keeping import read
from sim.panels.talks.stage import RolePlays
from sim.roleplay.players import PLAYERS
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.rubric import score
from sim.roleplay.talk import begin
from sim.roleplay.transcript import transcript_of
from sim.words import LANGUAGES, Words


def name_of(number: str) -> str:
    return next(name for name in scenario_files() if load_scenario_named(name).number == number)


def opened(number: str = "R04", lang: str = "en") -> RolePlays:
    """The panel with this case chosen and its talk begun."""
    panel = RolePlays(lang)
    panel.choice.which.value = name_of(number)
    panel._start()
    return panel


def lead(panel: RolePlays, player: str = "negotiator") -> None:
    """Press the buttons that this player would press, to the end."""
    luck = random.Random(1)
    while panel.talk.ending is None:
        move = PLAYERS[player](panel.talk, luck)
        panel._moves[[each.id for each in panel.talk.offered].index(move.id)].click()


def is_shown(part) -> bool:
    return part.layout.display != "none"


def kept(panel: RolePlays, name: str) -> bytes:
    return yaml.safe_dump(transcript_of(panel.talk, name).model_dump(mode="json")).encode()


def bring(panel: RolePlays, content: bytes) -> str:
    """Hand over a file; what is said to it?"""
    bringing = panel.choice.bringing
    bringing._brought({"new": ({"name": "talk.yaml", "content": memoryview(content)},)})
    return bringing._trouble.value


def test_the_choice_makes_room_for_the_talk_and_comes_back():
    panel = RolePlays("en")
    assert is_shown(panel.choice.widget)
    assert not is_shown(panel._talking)
    panel._start()
    assert not is_shown(panel.choice.widget)
    assert is_shown(panel._talking)
    panel._to_cases()
    assert is_shown(panel.choice.widget)
    assert panel.talk is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_can_be_said_stands_on_the_buttons_with_its_number(lang: str):
    panel = opened(lang=lang)
    offered = panel.talk.offered
    for at, made in enumerate(panel._moves):
        assert is_shown(made) == (at < len(offered))
        if at < len(offered):
            assert made.description.startswith(f"{at + 1}.")


def test_a_chosen_move_and_its_answer_are_seen_and_heard():
    panel = opened()
    assert panel._chat.value.count("arlab-line ") == 1
    panel._moves[1].click()
    assert len(panel.talk.turns) == 1
    assert panel._chat.value.count("arlab-line ") == 3
    heard = panel._heard.value.split(": ", 1)[1]
    assert heard in panel._chat.value


def test_a_digit_says_the_move_of_its_number_and_nothing_else_does():
    panel = opened()
    second = panel.talk.offered[1].id
    for typed in ("x", "0", " "):
        panel._number.value = typed
        panel._number.value = ""
    panel._number.value = "2"
    assert panel.talk.said[-1] == second
    assert panel._number.value == ""


def test_a_number_that_nobody_offers_says_nothing():
    panel = opened()
    panel._number.value = "9"
    assert panel.talk.turns == ()


def test_taking_back_leads_to_where_one_was():
    panel = opened()
    panel._moves[0].click()
    before = panel.talk
    panel._moves[0].click()
    panel._back.click()
    assert panel.talk == before
    panel._back.click()
    assert panel.talk.turns == ()
    assert panel._back.disabled


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("number", "player"), [("R08", "negotiator"), ("R02", "bully"), ("R04", "greedy")])
def test_an_ended_talk_is_scored_and_told(lang: str, number: str, player: str):
    panel = opened(number, lang)
    lead(panel, player)
    total = Words(lang).number(score(panel.talk).total, 0)
    assert total in panel._ended.value
    assert is_shown(panel._after.widget)
    assert panel._after._scored.value.count("<tr>") == 8
    assert not is_shown(panel._turn)
    assert not is_shown(panel._number)
    assert is_shown(panel._other)


def test_a_moment_can_be_played_again_and_otherwise():
    panel = opened()
    lead(panel, "greedy")
    ended = panel.talk
    moment = panel._after._told.moments[0]
    panel._after._again_from(0)
    assert panel.talk.said == ended.said[:moment]
    assert not is_shown(panel._after.widget)
    other = next(at for at, move in enumerate(panel.talk.offered) if move.id != ended.said[moment])
    panel._moves[other].click()
    assert panel.talk.said != ended.said[: moment + 1]


def test_another_customer_has_the_next_number():
    panel = opened()
    lead(panel)
    panel._other.click()
    assert panel.talk.seed == 2
    assert panel.talk.turns == ()


def test_a_kept_talk_comes_back_word_for_word():
    first = opened("R02")
    lead(first)
    panel = RolePlays("zh")
    assert bring(panel, kept(first, name_of("R02"))) == ""
    assert panel.talk.said == first.talk.said
    assert panel.talk.ending == first.talk.ending
    assert panel.choice.name == name_of("R02")
    assert panel.choice.seed == first.talk.seed


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a: [", b"[1, 2]", b"", b"roleplay: R99", b"roleplay: R04\nseed: one\nmoves: none\n"],
)
def test_a_file_that_is_none_gives_a_message_and_loses_nothing(content: bytes):
    panel = opened()
    panel._moves[0].click()
    before = panel.talk
    assert bring(panel, content) != ""
    assert panel.talk == before
    assert bring(panel, kept(panel, name_of("R04"))) == ""


def test_a_talk_kept_from_another_edition_of_the_case_is_refused():
    panel = opened()
    panel._moves[0].click()
    tree = yaml.safe_load(kept(panel, name_of("R04")))
    tree["scenario_sha256"] = "0" * 64
    with pytest.raises(BadInput) as caught:
        read(yaml.safe_dump(tree).encode(), "talk.yaml")
    assert [problem.rule for problem in caught.value.problems] == ["roleplay.scenario_changed"]
    assert bring(panel, yaml.safe_dump(tree).encode()) != ""


def test_names_at_the_ends_of_lines_never_cover_each_other():
    for lang in LANGUAGES:
        for number in ("R01", "R02", "R04", "R08"):
            for player in PLAYERS.values():
                talk, luck = begin(load_scenario_named(number), 1), random.Random(2)
                while talk.ending is None:
                    talk = talk.choose(player(talk, luck).id)
                drawn = state_curves(talk, Words(lang))
                ys = sorted(float(y) for y in re.findall(r'<text x="[^"]+" y="([^"]+)" fill=', drawn))
                assert len(ys) == 4
                assert min(b - a for a, b in pairwise(ys)) >= LABEL_HEIGHT - 0.1
