"""Is every role-play whole: valid, reachable to its last line, alike in both languages, and fair in what it rewards?"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

import pytest

from sim.roleplay.law import law_register
from sim.roleplay.players import PLAYERS, REMEDIES, never_reached, play, play_many, remedy_scores
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.rubric import PASS, score
from sim.roleplay.rules import replies_of, texts_of
from sim.roleplay.scenario import Scenario

NAMES = tuple(scenario_files())
TALKS = 1_000
CLEARLY = 20.0
ANSWER = {"process": "serve", "strapped": "plan", "disputing": "settle", "strategic": "press"}
ALL_NUMBERS = {*(f"R{number:02d}" for number in range(1, 17)), "S1", "S2"}


@pytest.fixture(params=NAMES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario_named(request.param)


def test_all_eighteen_are_there():
    assert {load_scenario_named(name).number for name in NAMES} == ALL_NUMBERS


def test_every_line_can_be_heard_and_every_ending_reached(scenario: Scenario):
    assert never_reached(scenario, 4_000) == ()


@pytest.mark.slow(reason="four thousand talks")
def test_the_model_negotiator_wins_and_the_bully_never_does(scenario: Scenario):
    played = {name: play_many(scenario, name, TALKS) for name in PLAYERS}
    others = max(played[name].score for name in PLAYERS if name != "negotiator")
    assert played["negotiator"].score >= others + CLEARLY
    assert played["negotiator"].least >= PASS
    assert played["negotiator"].failed == 0
    assert played["bully"].won == 0
    assert played["bully"].most < PASS


def test_no_talk_goes_on_for_ever_and_the_same_moves_give_the_same_talk(scenario: Scenario):
    for seed in range(40):
        talk = play(scenario, PLAYERS["random"], seed)
        assert len(talk.turns) <= scenario.patience
        again = play(scenario, PLAYERS["random"], seed)
        assert (again.said, again.state, again.ending) == (talk.said, talk.state, talk.ending)


def test_every_temperament_comes_up_and_makes_a_difference(scenario: Scenario):
    met = {play(scenario, PLAYERS["greedy"], seed).character.id for seed in range(60)}
    assert met == set(scenario.character)
    told = {
        name: tuple(turn.reply.says.zh for turn in play(scenario, PLAYERS["negotiator"], 1, name).turns)
        for name in scenario.character
    }
    states = {
        tuple(play(scenario, PLAYERS["negotiator"], 1, name).state.values()) for name in scenario.character
    }
    assert len(set(told.values())) > 1 or len(states) > 1


def test_the_same_sentence_is_answered_differently(scenario: Scenario):
    """Replies look at the state, at what was said, and at whom it is."""
    conditional = [reply for _, _, reply in replies_of(scenario) if reply.when]
    assert len(conditional) >= 10


def test_an_unlawful_move_ends_the_talk_as_a_fail_whatever_was_agreed(scenario: Scenario):
    seen = 0
    for seed in range(200):
        talk = play(scenario, PLAYERS["random"], seed)
        if talk.turns[-1].move.kind == "unlawful":
            seen += 1
            assert talk.ending is not None
            assert talk.ending.id == "unlawful"
            assert score(talk).total == 0
        assert all(turn.move.kind != "unlawful" for turn in talk.turns[:-1])
    assert seen > 20


def test_every_unlawful_move_names_the_law(scenario: Scenario):
    register = law_register()
    for move in scenario.move.values():
        if move.kind == "unlawful":
            assert [key for key in move.law if key not in register] == []


def test_no_text_of_one_language_stands_in_the_other(scenario: Scenario):
    for path, text in texts_of(scenario):
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), path
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), path


def test_the_cause_decides_which_remedy_is_rewarded():
    """Averaged over the cases of a cause, the remedy that fits the cause scores best."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for name in NAMES:
        scenario = load_scenario_named(name)
        for way, value in remedy_scores(scenario, 200).items():
            scores[scenario.cause][way].append(value)
    best = {
        cause: max(REMEDIES, key=lambda way: fmean(scores[cause][way])) for cause in ANSWER if cause in scores
    }
    assert best == ANSWER
