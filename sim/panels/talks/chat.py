"""What has been said so far? The talk as a chat, and the cards that are read before it."""

from __future__ import annotations

from sim.panels.parts.look import safe
from sim.roleplay.facts import Facts
from sim.roleplay.scenario import Role, Scenario, Text
from sim.roleplay.talk import Talk
from sim.words import Language, Words


class Sayings:
    """Everything of one playing that is shown as text, in one language."""

    def __init__(self, words: Words, facts: Facts):
        self.words, self.facts = words, facts

    @property
    def lang(self) -> Language:
        """The language spoken."""
        return self.words.lang

    def said(self, text: Text) -> str:
        """A text with its figures, fit to stand in HTML."""
        return safe(self.facts.said(text, self.lang))

    def titled(self, scenario: Scenario) -> str:
        """Number and title of a case."""
        return f"{safe(scenario.number)} · {self.said(scenario.title)}"

    def chat(self, talk: Talk) -> str:
        """The talk so far, the newest line last on the page and first in the text, so that it stays in sight."""
        other = self.said(talk.scenario.other.name)
        lines = [bubble("theirs", other, self.said(talk.scenario.begins))]
        for number, turn in enumerate(talk.turns, start=1):
            lines.append(bubble("ours", self._numbered(number), self.said(turn.move.says)))
            lines.append(bubble("theirs", other, self.said(turn.reply.says)))
        return f'<div class="arlab-chat" role="log">{"".join(reversed(lines))}</div>'

    def newest(self, talk: Talk) -> str:
        """What was heard last, for those who hear the page."""
        heard = talk.turns[-1].reply.says if talk.turns else talk.scenario.begins
        return f"{self.said(talk.scenario.other.name)}: {self.said(heard)}"

    def ended(self, talk: Talk, score: str) -> str:
        """How the talk ended, and what it was worth."""
        if talk.ending is None:
            return ""
        return (
            f'<div class="arlab-ended"><b>{self.said(talk.ending.title)}</b><p>{self.said(talk.ending.says)}</p></div>'
            f'{score}<p class="arlab-facts">{safe(self.words.say("talk.below"))}</p>'
        )

    def _numbered(self, number: int) -> str:
        return safe(self.words.say("talk.you", number=number))

    def case(self, scenario: Scenario) -> str:
        """What everybody knows: where we are, and what the learner wants."""
        say = self.words.say
        channels = self.words.listed([say(f"roleplay.channel.{name}") for name in scenario.channel])
        minutes = say("talk.minutes", minutes=scenario.minutes.total)
        facts = f"{self.words.date(self.facts.today)} · {channels} · {minutes} · {difficulty(scenario, self.words)}"
        return (
            f'<p class="arlab-facts">{safe(facts)}</p><p>{self.said(scenario.setting)}</p>'
            f'<p class="arlab-objective"><span class="arlab-subtitle">{safe(say("talk.objective"))}</span> '
            f"{self.said(scenario.objective)}</p>"
        )

    def card(self, role: Role) -> str:
        """One person's card."""
        rows = [("knows", role.knows), ("wants", role.wants), ("hidden", role.hidden), ("acts", role.acts)]
        told = "".join(
            f"<h4>{safe(self.words.say(f'roleplay.card.{name}'))}</h4><p>{self.said(text)}</p>"
            for name, text in rows
            if text is not None
        )
        return (
            f'<div class="arlab-card"><div class="arlab-card-head"><b>{self.said(role.title)}</b>'
            f"<span>{self.said(role.name)}</span></div>{told}</div>"
        )


def bubble(side: str, who: str, line: str) -> str:
    """One line of the talk."""
    return f'<div class="arlab-line arlab-line-{side}"><span>{who}</span><p>{line}</p></div>'


def difficulty(scenario: Scenario, words: Words) -> str:
    """How hard is it? In dots, and in a word for those who hear the page."""
    dots = "●" * scenario.difficulty + "○" * (3 - scenario.difficulty)
    return words.say(
        "talk.difficulty", dots=dots, word=words.say(f"roleplay.difficulty.{scenario.difficulty}")
    )
