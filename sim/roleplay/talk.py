"""How does a talk go? Moves in, replies out: the same scenario, temperament, seed and moves give the same talk.

A talk is never changed: `choose` gives the next one, `until` an earlier one, so all can be taken back and replayed.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from sim.base.errors import BadInput, Problem
from sim.roleplay.conditions import QUANTITIES, Facing, all_hold
from sim.roleplay.scenario import UNBINDING, Agreed, Character, Effect, Ending, Move, Reply, Scenario

BREAKS_OFF_ABOVE_PRESSURE = 85.0
BREAKS_OFF_BELOW_TRUST = 10.0
REPEAT_COUNTS = 0.5
"""How much of its effect keeps a move that is made once more? All three are assumptions."""

State = dict[str, float]


@dataclass(frozen=True)
class Turn:
    """One move and its answer, with the hidden state before and after."""

    point: str
    move: Move
    reply: Reply
    before: State
    after: State
    repeats: int


@dataclass(frozen=True)
class Talk:
    """A talk so far."""

    scenario: Scenario
    character: Character
    seed: int
    turns: tuple[Turn, ...] = ()
    place: str = ""
    ending: Ending | None = None
    agreed: Agreed = field(default_factory=Agreed)

    @cached_property
    def state(self) -> State:
        """Trust, pressure, commitment and insight now, each 0 to 100."""
        if self.turns:
            return self.turns[-1].after
        start = self.character.start
        return {
            "trust": start.trust,
            "pressure": start.pressure,
            "commitment": start.commitment,
            "insight": 0.0,
        }

    @property
    def said(self) -> tuple[str, ...]:
        """The moves so far, in their order."""
        return tuple(turn.move.id for turn in self.turns)

    @property
    def offered(self) -> tuple[Move, ...]:
        """What can be said now, in an order that tells nothing and stays the same for this seed."""
        if self.ending is not None:
            return ()
        facing = self._facing(self.state, self.said)
        moves = [move for move in self.scenario.point[self.place].moves if all_hold(move.needs, facing)]
        random.Random(f"{self.scenario.number}:{self.seed}:{self.place}").shuffle(moves)
        return tuple(moves)

    def choose(self, move_id: str) -> Talk:
        """The talk after this move and its answer. Raises BadInput when it cannot be said now."""
        move = next((move for move in self.offered if move.id == move_id), None)
        if move is None:
            known = ", ".join(each.id for each in self.offered)
            raise BadInput([Problem("roleplay.not_offered", "move", move_id, {"known": known or "-"})])
        repeats = self.said.count(move_id)
        weight = REPEAT_COUNTS**repeats
        heard = self._moved(self.state, move.effect, weight)
        facing = self._facing(heard, (*self.said, move_id), repeated=repeats > 0)
        reply = next(reply for reply in move.replies if all_hold(reply.when, facing))
        after = self._moved(heard, reply.effect, weight)
        turn = Turn(self.place, move, reply, self.state, after, repeats)
        return self._after(turn)

    def until(self, moves: int) -> Talk:
        """The talk as it was after so many moves."""
        return replayed(self.scenario, self.character.id, self.seed, self.said[:moves])

    def _after(self, turn: Turn) -> Talk:
        agreed = self.agreed
        if turn.reply.agrees is not None:
            news = {name: value for name, value in turn.reply.agrees if value is not None}
            agreed = agreed.model_copy(update=news)
        turns = (*self.turns, turn)
        ending = self._ending_of(turn, len(turns))
        if ending is not None and ending.kind in UNBINDING:
            agreed = Agreed()
        place = turn.reply.go if turn.reply.go in self.scenario.point else self.place
        return replace(self, turns=turns, place=str(place), ending=ending, agreed=agreed)

    def _ending_of(self, turn: Turn, moves: int) -> Ending | None:
        """An unlawful move, an end reached by the reply, a state nobody stays in, or no more time: in this order."""
        endings = self.scenario.ending
        if turn.move.kind == "unlawful":
            return endings["unlawful"]
        if turn.reply.go in endings:
            return endings[turn.reply.go]
        if turn.after["pressure"] > BREAKS_OFF_ABOVE_PRESSURE or turn.after["trust"] < BREAKS_OFF_BELOW_TRUST:
            return endings["broke_off"]
        return endings["out_of_time"] if moves >= self.scenario.patience else None

    def _moved(self, state: State, effect: Effect, weight: float) -> State:
        """The state after this effect as this temperament feels it, kept within 0 to 100."""
        feels = self.character.feels
        after = {}
        for name in QUANTITIES:
            change = getattr(effect, name) * weight
            felt = change * feels.factor(name, change > 0)
            after[name] = min(max(state[name] + felt, 0.0), 100.0)
        return after

    def _facing(self, state: State, said: tuple[str, ...], repeated: bool = False) -> Facing:
        tones: Counter[str] = Counter(self.scenario.move[move].tone for move in said)
        return Facing(state, self.character.id, self.character.archetype, Counter(said), tones, repeated)


def begin(scenario: Scenario, seed: int, character: str | None = None) -> Talk:
    """A new talk; the seed draws the temperament unless one is named. Raises BadInput for a name nobody has."""
    if character is None:
        drawn = random.Random(f"{scenario.number}:{seed}").choice(scenario.characters)
    elif character in scenario.character:
        drawn = scenario.character[character]
    else:
        known = {"known": ", ".join(scenario.character)}
        raise BadInput([Problem("roleplay.unknown_character", "character", character, known)])
    return Talk(scenario, drawn, seed, place=scenario.first)


def replayed(scenario: Scenario, character: str | None, seed: int, moves: tuple[str, ...]) -> Talk:
    """The talk that these moves make. Raises BadInput at the first move that cannot be said where it stands."""
    talk = begin(scenario, seed, character)
    for move in moves:
        talk = talk.choose(move)
    return talk
