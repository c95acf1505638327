"""What was the talk worth, which moments mattered, and what became of the account?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model.timeline import Action
from sim.panels.parts.look import safe
from sim.panels.talks.chat import Sayings
from sim.panels.talks.curves import account_curves, cash_curves, state_curves
from sim.roleplay.consequences import Aftermath
from sim.roleplay.law import law_register
from sim.roleplay.promise import chance_kept
from sim.roleplay.rubric import DIMENSIONS, MOST, STANDARD_QUESTIONS, Score, better, moments, score
from sim.roleplay.scenario import Ground
from sim.roleplay.talk import Talk, Turn

LEAST_DAYS = 1.0
"""What is settled less than a day earlier or later is told as the same."""


class Debrief:
    """The parts of the debrief, as HTML."""

    def __init__(self, sayings: Sayings, talk: Talk):
        self.sayings, self.talk = sayings, talk
        self.say, self.words = sayings.words.say, sayings.words

    def total(self) -> str:
        """The score in one sentence."""
        result = score(self.talk)
        key = "failed" if result.failed else "won" if result.won else "not_yet"
        said = self.say(f"talk.score.{key}", score=self.words.number(result.total, 0))
        return f'<p class="arlab-total arlab-total-{key}">{safe(said)}</p>'

    def scored(self) -> str:
        """The score, dimension by dimension, and how the hidden state moved."""
        result = score(self.talk)
        rows = "".join(self._row(name, result) for name in DIMENSIONS)
        return (
            f'<div class="arlab-scored"><div class="arlab-two"><table class="arlab-table arlab-rubric">{rows}</table>'
            f"<figure><figcaption>{safe(self.say('talk.state.alt'))}</figcaption>"
            f"{state_curves(self.talk, self.words)}{self._hidden()}</figure></div></div>"
        )

    def _row(self, name: str, result: Score) -> str:
        level = result.levels[name]  # type: ignore[index]
        dots = "●" * level + "○" * (MOST - level)
        twice = f" <i>{safe(self.say('talk.score.twice'))}</i>" if name in result.decisive else ""
        said = safe(self.say(f"roleplay.level.{level}"))
        return (
            f"<tr><td>{safe(self.say(f'roleplay.dimension.{name}'))}{twice}</td>"
            f'<td class="arlab-dots">{dots}</td><td>{said}</td></tr>'
        )

    def _hidden(self) -> str:
        """Whom did we talk to, and how firm was what was agreed?"""
        character = self.talk.character
        title = self.say("talk.person", title=character.title.said(self.words.lang))
        told = f"<b>{safe(title)}</b> {self.sayings.said(character.told)}"
        if self.talk.agreed.pay and self.talk.ending is not None and self.talk.ending.kind != "unlawful":
            chance = self.words.percent(chance_kept(self.talk.state, self.talk.agreed), 0)
            told += f" {safe(self.say('talk.chance', chance=chance))}"
        return f'<p class="arlab-told">{told}</p>'

    def moment(self, number: int) -> str:
        """One moment that mattered: what was said, what it did, and what would have been better."""
        turn = self.talk.turns[number]
        said = self.say("talk.moment.said", number=number + 1)
        kind = safe(self.say(f"roleplay.kind.{turn.move.kind}"))
        did = f"<b>{kind}</b> {self._why(turn)} {self._change(turn)}"
        parts = [
            f'<p class="arlab-moment-said">{safe(said)} “{self.sayings.said(turn.move.says)}”</p>',
            f'<p class="arlab-moment-did arlab-kind-{turn.move.kind}">{did}</p>',
        ]
        line = better(self.talk, turn)
        if line is not None:
            parts.append(
                f'<p class="arlab-moment-better"><b>{safe(self.say("talk.moment.better"))}</b> '
                f"“{self.sayings.said(line.says)}”</p>"
            )
        parts += [f'<p class="arlab-law">{self._law(key)}</p>' for key in turn.move.law]
        return f'<div class="arlab-moment">{"".join(parts)}</div>'

    def _why(self, turn: Turn) -> str:
        return self.sayings.said(turn.move.why) if turn.move.why is not None else ""

    def _change(self, turn: Turn) -> str:
        """What did it do to the hidden state?"""
        told = []
        for name in ("trust", "pressure", "commitment", "insight"):
            change = round(turn.after[name] - turn.before[name])
            if change:
                told.append(
                    f"{self.say(f'roleplay.state.{name}')} {self.words.number(change, 0, signed=True)}"
                )
        if not told:
            return ""
        return f"<span>{safe(self.say('talk.moment.change', change=self.words.listed(told)))}</span>"

    def _law(self, key: str) -> str:
        rule = law_register()[key]
        lang = self.words.lang
        basis = self.say(f"basis.{rule.basis}")
        return (
            f"<b>{safe(rule.title.said(lang))}</b> {safe(rule.says.said(lang))} "
            f"<i>{safe(rule.source.said(lang))} · {safe(basis)}</i>"
        )

    @property
    def moments(self) -> tuple[int, ...]:
        """The numbers of the moves that mattered."""
        return moments(self.talk)

    def after(self, told: Aftermath) -> str:
        """The next 90 days of the account and of the till, with and without the talk."""
        currency = "CNY"
        stand_in = told.stand_in
        earlier = told.days_earlier
        way = "same" if abs(earlier) < LEAST_DAYS else "earlier" if earlier > 0 else "later"
        finding = self.say(f"talk.after.{way}", days=self.words.days(abs(earlier), 0))
        sold = self.say(
            "talk.after.sold",
            with_talk=self.words.money(told.sold_with, currency),
            without=self.words.money(told.sold_without, currency),
        )
        about = self.say(
            "talk.after.about",
            customer=stand_in.customer,
            owed=self.words.money(stand_in.owed_fen, currency),
            overdue=self.words.money(stand_in.overdue_fen, currency),
            date=self.words.date(stand_in.day),
        )
        return (
            f'<p class="arlab-finding-line">{safe(finding)}</p><div class="arlab-two">'
            f"<figure><figcaption>{safe(self.say('talk.after.owed'))}</figcaption>"
            f"{account_curves(told, self.words, currency)}</figure>"
            f"<figure><figcaption>{safe(self.say('talk.after.cash'))}</figcaption>"
            f"{cash_curves(told, self.words, currency)}</figure></div>"
            f'<p>{safe(sold)}</p><p class="arlab-facts">{safe(about)}</p>{self._acts(told)}'
        )

    def _acts(self, told: Aftermath) -> str:
        """What the talk sent into the ledger."""
        rows = "".join(
            f"<tr><td>{safe(self.words.date(action.day))}</td>"
            f"<td>{safe(self.say(f'dated_action.{action.kind}'))}</td><td>{safe(self._details(action))}</td></tr>"
            for action in told.actions
        )
        head = f"<summary>{safe(self.say('talk.after.sent'))}</summary>"
        return f'<details class="arlab-sent">{head}<table class="arlab-table">{rows}</table></details>'

    def _details(self, action: Action) -> str:
        """The fields of a dated action in words."""
        words, say = self.words, self.say
        spoken: dict[str, Callable[[Any], str]] = {
            "move": lambda move: say(f"move.{move}"),
            "until": words.date,
            "amount_fen": words.money,
            "chance_pct": lambda chance: say("talk.after.chance", chance=words.percent(chance / 100, 0)),
            "points": lambda points: words.number(points, 0, signed=True),
            "cover_bp": lambda share: words.percent(share / 10_000, 0),
            "credited_bp": lambda share: words.percent(share / 10_000, 0),
            "to": lambda whom: say(f"outcome.{whom}"),
            "instalments": words.number,
        }
        values = {name: getattr(action, name) for name in spoken}
        return words.listed(spoken[name](value) for name, value in values.items() if value is not None)

    def questions(self) -> str:
        """What to talk about now, the sources, and the sentence to take home."""
        scenario = self.talk.scenario
        standard = [safe(self.say(f"talk.question.{name}")) for name in STANDARD_QUESTIONS]
        own = [
            f"{self.sayings.said(each.ask)} <details><summary>{safe(self.say('talk.look_for'))}</summary>"
            f"{self.sayings.said(each.look_for)}</details>"
            for each in scenario.debrief
        ]
        items = "".join(f"<li>{each}</li>" for each in (*standard, *own))
        grounds = "".join(f"<li>{self._ground(each)}</li>" for each in scenario.grounds)
        return (
            f"<ol>{items}</ol><details><summary>{safe(self.say('talk.ideal'))}</summary>"
            f"<p>{self.sayings.said(scenario.ideal)}</p></details>"
            f"<details><summary>{safe(self.say('talk.grounds'))}</summary><ul>{grounds}"
            f"<li>{safe(self.say('talk.assumed'))}</li></ul></details>"
        )

    def _ground(self, ground: Ground) -> str:
        if ground.law is not None:
            return self._law(ground.law)
        assert ground.text is not None
        return f"{self.sayings.said(ground.text)} <i>{safe(self.say(f'basis.{ground.basis}'))}</i>"
