"""Does a talk follow its rules: effects, repeats, temperaments, endings, taking back, keeping?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.roleplay.consequences import StandIn, actions_of
from sim.roleplay.facts import Dealt, Facts, money_said
from sim.roleplay.players import PLAYERS, play
from sim.roleplay.promise import chance_kept, is_complete
from sim.roleplay.rubric import DIMENSIONS, better, moments, score
from sim.roleplay.scenario import Agreed, EndingKind, Scenario, Sum
from sim.roleplay.talk import Talk, begin, replayed
from sim.roleplay.transcript import read_transcript, write_transcript


def test_the_seed_draws_the_temperament_and_nothing_else_changes_it(delinquent: Scenario):
    drawn = {begin(delinquent, seed).character.id for seed in range(30)}
    assert drawn == set(delinquent.character)
    assert begin(delinquent, 5).character == begin(delinquent, 5).character
    with pytest.raises(BadInput):
        begin(delinquent, 1, "nobody")


def test_a_temperament_feels_the_same_words_differently(delinquent: Scenario):
    after = {
        name: begin(delinquent, 1, name).choose("front_shout").state["trust"] - each.start.trust
        for name, each in delinquent.character.items()
    }
    assert len(set(after.values())) > 1
    assert all(change < 0 for change in after.values())


def test_the_same_words_again_count_half_and_earn_nothing_more(delinquent: Scenario):
    once = begin(delinquent, 1, "cold").choose("front_shout")
    twice = once.choose("front_shout")
    first = once.turns[0].before["trust"] - once.turns[0].after["trust"]
    reply = twice.turns[1].reply.effect.trust - once.turns[0].reply.effect.trust
    second = twice.turns[1].before["trust"] - twice.turns[1].after["trust"] + 0.5 * reply
    assert second == pytest.approx(first / 2, abs=0.01)
    assert twice.turns[1].repeats == 1
    assert score(twice).levels == score(once).levels


def test_what_is_not_offered_cannot_be_said(delinquent: Scenario):
    with pytest.raises(BadInput) as caught:
        begin(delinquent, 1).choose("no_such_move")
    assert caught.value.problems[0].rule == "roleplay.not_offered"


def test_a_talk_can_be_taken_back_move_by_move_and_led_on_otherwise(delinquent: Scenario):
    talk = play(delinquent, PLAYERS["negotiator"], 3)
    for count in range(len(talk.turns) + 1):
        before = talk.until(count)
        assert before.said == talk.said[:count]
        assert before.state == (talk.turns[count - 1].after if count else begin(delinquent, 3).state)
    assert replayed(delinquent, talk.character.id, 3, talk.said) == talk


def test_a_kept_talk_comes_back_whole(delinquent: Scenario, tmp_path: Path):
    talk = play(delinquent, PLAYERS["greedy"], 2)
    path = tmp_path / "talk.yaml"
    write_transcript(talk, "R04", path)
    assert read_transcript(path) == talk


@pytest.mark.parametrize("named", ["/etc/x.yaml", "../R04.yml", "//192.0.2.9/share/x.yaml"])
def test_a_kept_talk_cannot_have_another_file_read(
    named: str, delinquent: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "talk.yaml"
    write_transcript(play(delinquent, PLAYERS["greedy"], 2), "R04", path)
    kept = path.read_text(encoding="utf-8").replace("roleplay: R04", f"roleplay: {named}")
    path.write_text(kept, encoding="utf-8")
    monkeypatch.setattr("sim.roleplay.transcript.load_scenario_named", lambda _: pytest.fail("looked"))
    with pytest.raises(BadInput) as caught:
        read_transcript(path)
    assert [problem.rule for problem in caught.value.problems] == ["roleplay.unknown"]


def test_a_kept_talk_of_a_changed_scenario_is_refused(delinquent: Scenario, tmp_path: Path):
    path = tmp_path / "talk.yaml"
    write_transcript(play(delinquent, PLAYERS["greedy"], 2), "R04", path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("scenario_sha256: ", "scenario_sha256: x"), encoding="utf-8"
    )
    with pytest.raises(BadInput) as caught:
        read_transcript(path)
    assert caught.value.problems[0].rule == "roleplay.scenario_changed"


@pytest.mark.parametrize("name", ["trust", "commitment"])
def test_a_firmer_state_makes_a_promise_likelier(name: str):
    state = {"trust": 40.0, "pressure": 30.0, "commitment": 40.0, "insight": 0.0}
    agreed = Agreed(pay=(Sum(amount="100", on="3"),))
    assert chance_kept({**state, name: 80.0}, agreed) > chance_kept(state, agreed)


def test_pressure_helps_until_it_hurts():
    agreed = Agreed(pay=(Sum(amount="100", on="3"),))
    chances = [
        chance_kept({"trust": 50, "pressure": p, "commitment": 50, "insight": 0}, agreed)
        for p in (0, 60, 75, 100)
    ]
    assert chances[0] < chances[1] == chances[2] > chances[3]


def test_a_whole_agreement_is_worth_more_than_a_word():
    state = {"trust": 50.0, "pressure": 30.0, "commitment": 50.0, "insight": 0.0}
    word = Agreed(pay=(Sum(amount="100", on="3"),))
    whole = word.model_copy(update={"how": "transfer", "written": True})
    assert is_complete(whole)
    assert chance_kept(state, whole) - chance_kept(state, word) == pytest.approx(0.15)


@pytest.mark.parametrize(("name", "more"), [("fallback", 0.03), ("secured", 0.05)])
def test_a_fallback_and_a_security_make_it_a_little_likelier(name: str, more: float):
    state = {"trust": 50.0, "pressure": 30.0, "commitment": 50.0, "insight": 0.0}
    word = Agreed(pay=(Sum(amount="100", on="3"),))
    with_it = chance_kept(state, word.model_copy(update={name: True}))
    assert with_it - chance_kept(state, word) == pytest.approx(more)
    assert chance_kept(state, word.model_copy(update={name: False})) == chance_kept(state, word)


def test_no_agreement_makes_a_promise_certain():
    state = {"trust": 100.0, "pressure": 60.0, "commitment": 100.0, "insight": 0.0}
    whole = Agreed(
        pay=(Sum(amount="100", on="3"),), how="transfer", written=True, fallback=True, secured=True
    )
    assert chance_kept(state, whole) == 0.95


@pytest.fixture
def talk_ending(delinquent: Scenario) -> Callable[[EndingKind], Talk]:
    """A talk that agrees on a sum and then ends in this way."""

    def led(kind: EndingKind) -> Talk:
        for seed in range(400):
            talk = play(delinquent, PLAYERS["random"], seed)
            paid = any(turn.reply.agrees and turn.reply.agrees.pay for turn in talk.turns)
            if paid and talk.ending is not None and talk.ending.kind == "part":
                tree = delinquent.model_dump(by_alias=True, exclude_none=True)
                next(each for each in tree["endings"] if each["id"] == talk.ending.id)["kind"] = kind
                return replayed(Scenario.checked(tree), talk.character.id, seed, talk.said)
        raise LookupError(kind)

    return led


@pytest.mark.parametrize("kind", ["handed_over", "refused"])
def test_nothing_agreed_survives_a_refusal_or_a_lawsuit(
    talk_ending: Callable[[EndingKind], Talk], kind: EndingKind
):
    talk = talk_ending(kind)
    stand_in = StandIn("C1", 0, 20_000, 1_000_000, 500_000, 2_000_000)
    actions = list(actions_of(talk, Facts(talk.scenario), stand_in))
    assert talk.agreed == Agreed()
    assert "promise" not in {action.kind for action in actions}
    assert "contact" in {action.kind for action in actions}


@pytest.mark.parametrize("kind", ["part", "given_away", "soft"])
def test_what_was_agreed_too_dearly_or_in_part_is_still_agreed(
    talk_ending: Callable[[EndingKind], Talk], kind: EndingKind
):
    talk = talk_ending(kind)
    stand_in = StandIn("C1", 0, 20_000, 1_000_000, 500_000, 2_000_000)
    assert talk.agreed.pay
    assert "promise" in {action.kind for action in actions_of(talk, Facts(talk.scenario), stand_in)}


def test_the_debrief_names_the_end_and_a_better_line(delinquent: Scenario):
    talk = play(delinquent, PLAYERS["bully"], 1)
    shown = moments(talk)
    assert shown == tuple(sorted(shown))
    assert len(talk.turns) - 1 in shown
    for number in shown:
        turn = talk.turns[number]
        line = better(talk, turn)
        assert (line is None) == (turn.move.kind == "good")
        assert line is None or line.kind == "good"


def test_levels_stay_between_one_and_five(delinquent: Scenario):
    for player in PLAYERS.values():
        for seed in range(20):
            levels = score(play(delinquent, player, seed)).levels
            assert set(levels) == set(DIMENSIONS)
            assert all(1 <= level <= 5 for level in levels.values())


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (460_000, "CNY 460,000", "46万元"), (371_400, "CNY 371,400", "37.14万元"), (9_600, "CNY 9,600", "9,600元"),
        (2_250_000, "CNY 2.25 million", "225万元"),
        (120_000_000, "CNY 120 million", "1.2亿元"), (12_345, "CNY 12,345", "12,345元"),
    ],
)  # fmt: skip
def test_money_is_said_as_people_say_it(amount: float, en: str, zh: str):
    assert (money_said(amount, "en"), money_said(amount, "zh")) == (en, zh)


def test_dealt_figures_stand_in_the_texts_and_shares_follow(delinquent: Scenario):
    from datetime import date

    dealt = Dealt("C1", date(2026, 12, 14), {"overdue": 100_000.0})
    facts = Facts(delinquent, dealt)
    assert facts.worded("owed", "zh") == "10万元"
    assert facts.worded("tenth", "zh") == "1万元"
    assert facts.values["deadline"] - facts.today == Facts(delinquent).values["deadline"] - delinquent.today
    assert set(facts.not_dealt) == {
        name for name, fact in delinquent.facts.items() if fact.source and fact.source != "overdue"
    }
    assert "10万元" in facts.said(delinquent.setting, "zh")
