"""How do automatic players fare in a scenario? They find lines that nobody can reach, and rubrics that pay bullies."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean
from typing import get_args

from sim.roleplay.rubric import score
from sim.roleplay.scenario import Move, Scenario, Way
from sim.roleplay.talk import Talk, begin

Choose = Callable[[Talk, random.Random], Move]
HARSHNESS = {"warm": -20, "plain": 0, "firm": 10, "harsh": 30}


def at_random(talk: Talk, luck: random.Random) -> Move:
    """Any move, also an unlawful one."""
    return luck.choice(talk.offered)


def greedy(talk: Talk, luck: random.Random) -> Move:
    """What brings most commitment and peace at once, within the law."""
    return max(
        lawful(talk),
        key=lambda move: (
            move.effect.commitment + 0.5 * move.effect.trust - 20 * talk.said.count(move.id),
            luck.random(),
        ),
    )


def bully(talk: Talk, luck: random.Random) -> Move:
    """What hurts most."""
    return max(
        talk.offered,
        key=lambda move: (
            HARSHNESS[move.tone] + move.effect.pressure - move.effect.trust - 10 * talk.said.count(move.id),
            luck.random(),
        ),
    )


def negotiator(talk: Talk, luck: random.Random) -> Move:
    """The scenario's own model talk; where its next move is not offered, another good one."""
    offered = {move.id: move for move in talk.offered if talk.said.count(move.id) == 0}
    for name in talk.scenario.model:
        if name in offered:
            return offered[name]
    good = [move for move in offered.values() if move.kind == "good"]
    return luck.choice(good or list(lawful(talk)))


def strategist(way: Way) -> Choose:
    """A lawful player who knows how to do one thing well, in every case: its good moves first, else any other."""

    def choose(talk: Talk, luck: random.Random) -> Move:
        fresh = [move for move in lawful(talk) if move.id not in talk.said] or list(lawful(talk))
        own = [move for move in fresh if move.way == way and move.kind == "good"]
        return luck.choice(own or fresh)

    return choose


def lawful(talk: Talk) -> tuple[Move, ...]:
    """The moves offered that are not unlawful; all where there are no others."""
    return tuple(move for move in talk.offered if move.kind != "unlawful") or talk.offered


PLAYERS: dict[str, Choose] = {
    "negotiator": negotiator, "greedy": greedy, "random": at_random, "bully": bully,
}  # fmt: skip
WAYS: tuple[Way, ...] = get_args(Way)
REMEDIES: tuple[Way, ...] = ("serve", "settle", "plan", "press")
"""What can be done about a cause once it is known."""


@dataclass(frozen=True)
class Played:
    """How a player fared over many talks of one scenario."""

    player: str
    talks: int
    score: float
    least: float
    most: float
    won: float  # share of talks
    failed: float
    moves: float  # per talk
    endings: dict[str, int]


def play(scenario: Scenario, choose: Choose, seed: int, character: str | None = None) -> Talk:
    """One talk led by this player to its end."""
    talk, luck = begin(scenario, seed, character), random.Random(f"player:{seed}")
    while talk.ending is None:
        talk = talk.choose(choose(talk, luck).id)
    return talk


def play_many(scenario: Scenario, player: str, talks: int) -> Played:
    """How this player fares in so many talks, one seed each."""
    done = [play(scenario, PLAYERS[player], seed) for seed in range(talks)]
    scores = [score(talk) for talk in done]
    totals = [each.total for each in scores]
    return Played(
        player, talks, fmean(totals), min(totals), max(totals),
        fmean(each.won for each in scores), fmean(each.failed for each in scores),
        fmean(len(talk.turns) for talk in done),
        dict(Counter(talk.ending.id for talk in done if talk.ending)),
    )  # fmt: skip


def remedy_scores(scenario: Scenario, talks: int) -> dict[Way, float]:
    """The mean score of players who know one remedy each."""
    return {
        way: fmean(score(play(scenario, strategist(way), seed)).total for seed in range(talks))
        for way in REMEDIES
    }


def never_reached(scenario: Scenario, talks: int) -> tuple[str, ...]:
    """Which replies and endings did no talk of an explorer, who prefers what was said least, ever reach?

    A reply is named `MOVE[number]`, counted from 1.
    """
    replies = {
        f"{move.id}[{number}]": reply
        for move in scenario.move.values()
        for number, reply in enumerate(move.replies, start=1)
    }
    names = {id(reply): name for name, reply in replies.items()}
    open_ = set(replies) | set(scenario.ending)
    times: Counter[str] = Counter()

    def explorer(talk: Talk, luck: random.Random) -> Move:
        """Where something is still open, there; else anything, and often what was said least."""
        if luck.random() < 0.3:
            return luck.choice(lawful(talk))
        calm = [move for move in talk.offered if move.kind != "unlawful" or luck.random() < 0.15]
        fresh = [move for move in calm if any(names[id(reply)] in open_ for reply in move.replies)]
        if fresh and luck.random() < 0.7:
            return luck.choice(fresh)
        return min(calm or talk.offered, key=lambda move: (times[move.id], luck.random()))

    choosers = (explorer, at_random, greedy, bully, negotiator, *(strategist(way) for way in WAYS))
    for seed in range(talks):
        chooser = choosers[seed % len(choosers)] if seed % 3 == 0 else explorer
        talk = play(scenario, chooser, seed)
        times.update(talk.said)
        open_ -= {names[id(turn.reply)] for turn in talk.turns}
        if talk.ending is not None:
            open_.discard(talk.ending.id)
        if not open_:
            break
    return tuple(name for name in (*replies, *scenario.ending) if name in open_)
