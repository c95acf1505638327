"""Does a scenario whose fields are well formed hang together? Every rule between fields, all problems at once."""

from __future__ import annotations

import csv
import string
from collections.abc import Iterable, Iterator
from functools import cache
from typing import get_args

from pydantic import BaseModel

from sim.base.errors import Problem
from sim.base.places import DATASETS, EXERCISES
from sim.model.portfolio_files import portfolio_names
from sim.roleplay.conditions import is_out_of_scale, understood
from sim.roleplay.facts import ROUND_TO, Facts
from sim.roleplay.scenario import RESERVED, Fact, Kind, Move, Reply, Scenario, Text, Then

KINDS: tuple[Kind, ...] = get_args(Kind)
LEAST_LINES = 25
LEAST_ENDING_KINDS = 4
BELONGS_TO = {"percent": ("limit", "guarantee", "dispute_settled"), "instalments": ("plan",)}
"""Which `do` of an ending each further field goes with; `to` and hand_over need each other."""


def broken_rules(scenario: Scenario) -> list[Problem]:
    """Everything in this scenario that does not fit together; fields are dotted paths."""
    return [
        *_people(scenario), *_account(scenario), *_facts(scenario), *_texts(scenario), *_talk(scenario),
        *_sums_agreed(scenario), *_endings(scenario), *_names(scenario), *_amount_of_work(scenario),
    ]  # fmt: skip


@cache
def law_keys() -> frozenset[str]:
    """The keys of the law register."""
    import yaml

    path = EXERCISES / "roleplays" / "law.yaml"
    tree = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader) if path.is_file() else {}
    return frozenset(
        key for key, entry in (tree or {}).items() if isinstance(entry, dict) and "says" in entry
    )


def _people(scenario: Scenario) -> Iterator[Problem]:
    for side in ("ours", "theirs"):
        players = [role.id for role in scenario.roles if role.side == side and role.plays]
        if len(players) != 1:
            yield Problem("roleplay.one_player", "roles", ", ".join(players) or "-", {"side": side})
    if not any(role.side == "observer" for role in scenario.roles):
        yield Problem("roleplay.no_observer", "roles")
    for at, role in enumerate(scenario.roles):
        if role.side == "theirs" and role.plays and role.hidden is None:
            yield Problem("missing", f"roles.{at}.hidden")
    group = scenario.group
    if not group.least <= group.best <= group.most:
        yield Problem("roleplay.group_order", "group", f"{group.least}, {group.best}, {group.most}")
    if scenario.today.weekday() >= 5:
        yield Problem("roleplay.weekend", "today", str(scenario.today))
    yield from _twice((f"characters.{at}", each.id) for at, each in enumerate(scenario.characters))
    yield from _twice((f"roles.{at}", role.id) for at, role in enumerate(scenario.roles))


def _twice(named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Every further one that bears a name already given, told at its own place."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Problem("duplicate", f"{path}.id", name)
        seen.add(name)


def _account(scenario: Scenario) -> Iterator[Problem]:
    """A built-in portfolio, and a segment of it: somebody must stand in."""
    account, names = scenario.account, portfolio_names()
    if account.portfolio not in names:
        known = {"known": ", ".join(names)}
        yield Problem("roleplay.unknown_portfolio", "account.portfolio", account.portfolio, known)
    elif account.segment not in segments(account.portfolio):
        known = {"known": ", ".join(segments(account.portfolio)), "portfolio": account.portfolio}
        yield Problem("roleplay.unknown_segment", "account.segment", account.segment, known)


@cache
def segments(portfolio: str) -> tuple[str, ...]:
    """The segments of a built-in portfolio's customers."""
    with (DATASETS / portfolio / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(sorted({row["segment"] for row in csv.DictReader(file)}))


def _facts(scenario: Scenario) -> Iterator[Problem]:
    owed = scenario.facts.get("owed")
    if owed is None or owed.kind != "money":
        yield Problem("roleplay.no_owed", "facts")
    for name, fact in scenario.facts.items():
        if not _is_whole(fact):
            yield Problem("roleplay.fact_not_given", f"facts.{name}", fact.kind)
        if fact.share_of is not None:
            base = scenario.facts.get(fact.share_of)
            if base is None or base.kind != "money" or base.share_of is not None or fact.kind != "money":
                yield Problem("roleplay.share_of_what", f"facts.{name}.share_of", fact.share_of)


def _is_whole(fact: Fact) -> bool:
    """Is it given in exactly the one way of its kind?"""
    ways = (fact.value is not None, fact.share_of is not None, fact.date_ is not None)
    if sum(ways) != 1 or (fact.percent is not None) != (fact.share_of is not None):
        return False
    return (fact.kind == "day") == (fact.date_ is not None)


def _texts(scenario: Scenario) -> Iterator[Problem]:
    """Placeholders name facts, the same ones in both languages."""
    for path, text in texts_of(scenario):
        try:
            named = {lang: placeholders(text.said(lang)) for lang in ("en", "zh")}
        except ValueError:
            yield Problem("roleplay.braces", path, "{ }")
            continue
        for lang, names in named.items():
            for name in sorted(names - scenario.facts.keys()):
                yield Problem(
                    "roleplay.unknown_fact", f"{path}.{lang}", name, {"known": ", ".join(scenario.facts)}
                )
        if named["en"] != named["zh"]:
            differing = ", ".join(sorted(named["en"] ^ named["zh"]))
            yield Problem("roleplay.facts_differ", path, differing)


def placeholders(text: str) -> frozenset[str]:
    """The facts that this text names. Raises ValueError where braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def texts_of(part: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of a scenario or a part of it, with its path."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, BaseModel):
        for name, value in part:
            yield from texts_of(value, f"{path}.{name}" if path else name)
    elif isinstance(part, (tuple, list)):
        for at, item in enumerate(part):
            yield from texts_of(item, f"{path}.{at}")


def moves_of(scenario: Scenario) -> Iterator[tuple[str, Move]]:
    """Every move with its path."""
    for at, point in enumerate(scenario.points):
        for number, move in enumerate(point.moves):
            yield f"points.{at}.moves.{number}", move


def replies_of(scenario: Scenario) -> Iterator[tuple[str, Move, Reply]]:
    """Every reply with its path and its move."""
    for path, move in moves_of(scenario):
        for number, reply in enumerate(move.replies):
            yield f"{path}.replies.{number}", move, reply


def _talk(scenario: Scenario) -> Iterator[Problem]:
    yield from _twice((f"points.{at}", point.id) for at, point in enumerate(scenario.points))
    yield from _twice((path, move.id) for path, move in moves_of(scenario))
    if scenario.first in scenario.ending:
        yield Problem("roleplay.first_is_ending", "first", scenario.first)
    elif scenario.first not in scenario.point:
        yield Problem("roleplay.unknown_point", "first", scenario.first, {"known": ", ".join(scenario.point)})
    for at, point in enumerate(scenario.points):
        missing = [kind for kind in KINDS if kind not in {move.kind for move in point.moves}]
        if missing:
            yield Problem(
                "roleplay.kinds_missing", f"points.{at}.moves", point.id, {"kinds": ", ".join(missing)}
            )
        if not any(move.kind == "good" and not move.needs for move in point.moves):
            yield Problem("roleplay.no_open_good", f"points.{at}.moves", point.id)
    for path, move in moves_of(scenario):
        yield from _move(scenario, path, move)
    for path, move, reply in replies_of(scenario):
        yield from _conditions(scenario, f"{path}.when", reply.when)
        if reply.go is not None and reply.go not in scenario.point and reply.go not in scenario.ending:
            yield Problem("roleplay.unknown_place", f"{path}.go", reply.go)
        if reply.go in RESERVED and reply.go != "unlawful":
            yield Problem("roleplay.reserved", f"{path}.go", reply.go)
        if reply.go == "unlawful" and move.kind != "unlawful":
            yield Problem("roleplay.reserved", f"{path}.go", reply.go)
    yield from _leads_to_an_end(scenario)


def _move(scenario: Scenario, path: str, move: Move) -> Iterator[Problem]:
    yield from _conditions(scenario, f"{path}.needs", move.needs)
    *early, last = move.replies
    if last.when:
        yield Problem("roleplay.last_reply", f"{path}.replies", move.id)
    for number, reply in enumerate(early):
        if not reply.when:
            yield Problem("roleplay.reply_hidden", f"{path}.replies.{number}", move.id)
    if move.kind != "good":
        if move.why is None:
            yield Problem("missing", f"{path}.why")
        if move.better is None:
            yield Problem("missing", f"{path}.better")
        elif (
            move.better not in scenario.move
            or scenario.move[move.better].kind != "good"
            or scenario.place_of[move.better] != scenario.place_of[move.id]
        ):
            yield Problem("roleplay.better_what", f"{path}.better", move.better)
    if move.kind == "unlawful" and not move.law:
        yield Problem("missing", f"{path}.law")
    for key in move.law:
        if law_keys() and key not in law_keys():
            yield Problem("roleplay.unknown_law", f"{path}.law", key)


def _conditions(scenario: Scenario, path: str, texts: tuple[str, ...]) -> Iterator[Problem]:
    for text in texts:
        condition = understood(text)
        if condition is None:
            rule = "roleplay.out_of_scale" if is_out_of_scale(text) else "roleplay.no_condition"
            yield Problem(rule, path, text)
        elif condition.move and condition.move not in scenario.move:
            yield Problem("roleplay.unknown_move", path, condition.move)
        elif condition.character and condition.character not in scenario.character:
            yield Problem(
                "roleplay.unknown_character",
                path,
                condition.character,
                {"known": ", ".join(scenario.character)},
            )
        elif condition.archetype and condition.archetype not in {
            each.archetype for each in scenario.characters
        }:
            yield Problem("roleplay.nobody_is", path, condition.archetype)


def _sums_agreed(scenario: Scenario) -> Iterator[Problem]:
    """Sums and days have a meaning; all sums of one agreement are together no more than what is owed."""
    unclear = [problem for path, _, reply in replies_of(scenario) for problem in _sums(scenario, path, reply)]
    yield from unclear
    if unclear or any(_facts(scenario)):
        return
    facts = Facts(scenario)
    for path, _, reply in replies_of(scenario):
        parts = facts.instalments(reply.agrees) if reply.agrees is not None else ()
        total, owed = sum(part.amount for part in parts), facts.values["owed"]
        if isinstance(owed, float) and total > owed + len(parts) * ROUND_TO / 2:
            told = {"owed": f"{owed:,.0f}"}
            yield Problem("roleplay.more_than_owed", f"{path}.agrees.pay", f"{total:,.0f}", told)


def _sums(scenario: Scenario, path: str, reply: Reply) -> Iterator[Problem]:
    for number, each in enumerate((reply.agrees.pay or ()) if reply.agrees else ()):
        fact = scenario.facts.get(each.amount)
        if not each.amount.isdigit() and (fact is None or fact.kind != "money"):
            yield Problem("roleplay.no_amount", f"{path}.agrees.pay.{number}.amount", each.amount)
        fact = scenario.facts.get(each.on)
        if not each.on.isdigit() and (fact is None or fact.kind not in ("day", "days")):
            yield Problem("roleplay.no_day", f"{path}.agrees.pay.{number}.on", each.on)


def _leads_to_an_end(scenario: Scenario) -> Iterator[Problem]:
    """From every point a talk can reach an ending by replies, and every point is reached from the first."""
    ways: dict[str, set[str]] = {point.id: set() for point in scenario.points}
    for point in scenario.points:
        for move in point.moves:
            ways[point.id] |= {reply.go for reply in move.replies if reply.go and move.kind != "unlawful"}
    ends = {ending.id for ending in scenario.endings}
    seen, edge = {scenario.first}, [scenario.first]
    while edge:
        for place in ways.get(edge.pop(), set()) & ways.keys():
            if place not in seen:
                seen.add(place)
                edge.append(place)
    closing = {place for place, onward in ways.items() if onward & ends}
    growing = True
    while growing:
        more = {place for place, onward in ways.items() if onward & closing} - closing
        closing |= more
        growing = bool(more)
    for at, point in enumerate(scenario.points):
        if scenario.first in ways and point.id not in seen:
            yield Problem("roleplay.nowhere", f"points.{at}", point.id)
        if point.id not in closing:
            yield Problem("roleplay.no_way_out", f"points.{at}", point.id)


def _endings(scenario: Scenario) -> Iterator[Problem]:
    yield from _twice((f"endings.{at}", ending.id) for at, ending in enumerate(scenario.endings))
    for name in RESERVED:
        ending = scenario.ending.get(name)
        if ending is None:
            yield Problem("roleplay.ending_missing", "endings", name)
        elif ending.kind != name:
            yield Problem(
                "roleplay.ending_kind", f"endings.{scenario.endings.index(ending)}.kind", ending.kind
            )
    kinds = {ending.kind for ending in scenario.endings}
    if len(kinds) < LEAST_ENDING_KINDS:
        yield Problem("too_few", "endings.kind", len(kinds), {"limit": LEAST_ENDING_KINDS})
    own = [ending for ending in scenario.endings if ending.id not in RESERVED]
    if len(own) < 2:
        yield Problem("roleplay.own_endings", "endings", len(own))
    for at, ending in enumerate(scenario.endings):
        if ending.id in scenario.point:
            yield Problem("duplicate", f"endings.{at}.id", ending.id)
        for number, then in enumerate(ending.then):
            yield from _then(f"endings.{at}.then.{number}", then)


def _then(path: str, then: Then) -> Iterator[Problem]:
    if (then.do == "hand_over") != (then.to is not None):
        yield Problem("roleplay.hand_over_to", f"{path}.to", then.do)
    if then.do == "limit" and then.percent is None:
        yield Problem("missing", f"{path}.percent")
    for name, owners in BELONGS_TO.items():
        if getattr(then, name) is not None and then.do not in owners:
            yield Problem("roleplay.not_with", f"{path}.{name}", then.do, {"known": ", ".join(owners)})


def _names(scenario: Scenario) -> Iterator[Problem]:
    for at, name in enumerate(scenario.model):
        if name not in scenario.move or scenario.move[name].kind != "good":
            yield Problem("roleplay.model_what", f"model.{at}", name)
    for at, ground in enumerate(scenario.grounds):
        if (ground.law is None) == (ground.text is None) or (ground.text is None) != (ground.basis is None):
            yield Problem("roleplay.ground", f"grounds.{at}")
        elif ground.law is not None and law_keys() and ground.law not in law_keys():
            yield Problem("roleplay.unknown_law", f"grounds.{at}.law", ground.law)


def _amount_of_work(scenario: Scenario) -> Iterator[Problem]:
    lines = {scenario.begins.zh, *(reply.says.zh for _, _, reply in replies_of(scenario))}
    if len(lines) < LEAST_LINES:
        yield Problem("roleplay.few_lines", "points", len(lines), {"limit": LEAST_LINES})
