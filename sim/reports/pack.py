"""What lies on the table when a case is played by people? Role cards, observer's sheet, trainer's sheet, as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sim.reports.pdf import PPI, Form, fine, typeset
from sim.roleplay.facts import Facts
from sim.roleplay.law import law_register
from sim.roleplay.rubric import DIMENSIONS, STANDARD_QUESTIONS
from sim.roleplay.scenario import Ground, Move, Role, Text
from sim.words import Words

Size = Literal["a4", "letter"]
Part = Literal["cards", "observer", "trainer"]
PARTS: tuple[Part, ...] = ("cards", "observer", "trainer")
SIZES: dict[Size, str] = {"a4": "a4", "letter": "us-letter"}
CARD = ("knows", "wants", "hidden", "acts")


def pack_pdf(facts: Sequence[Facts], words: Words, size: Size = "a4", parts: Sequence[Part] = PARTS) -> bytes:
    """The sheets of these scenarios as one PDF, or only the cards, the observer's or the trainer's sheets."""
    return _compiled(facts, words, size, "pdf", parts=parts)[0]


def pack_pages(facts: Sequence[Facts], words: Words, size: Size = "a4", ppi: float = PPI) -> list[bytes]:
    """Each page as a PNG, to be looked at."""
    return _compiled(facts, words, size, "png", ppi)


def _compiled(
    facts: Sequence[Facts],
    words: Words,
    size: Size,
    form: Form,
    ppi: float = PPI,
    parts: Sequence[Part] = PARTS,
) -> list[bytes]:
    told = {**pack(facts, words, size), "parts": list(parts)}
    return typeset("pack", "pack", told, form, ppi)


def pack(facts: Sequence[Facts], words: Words, size: Size = "a4") -> dict[str, Any]:
    """Everything the template shows, as plain values."""
    labels = {name: words.say(f"pack.{name}") for name in LABELS}
    return {
        "lang": words.lang, "paper": SIZES[size], "title": words.say("pack.title"), "labels": labels,
        "scenarios": [_Sheets(each, words).all() for each in facts],
    }  # fmt: skip


LABELS = (
    "kit", "cut", "objective", "observer", "trainer", "rubric", "low", "high", "level", "twice", "sentences",
    "rule_broken", "timing", "minutes", "what", "temperaments", "ideal", "traps", "questions", "look_for", "key",
    "grounds", "not_for_players", "vow",
)  # fmt: skip


class _Sheets:
    """The sheets of one scenario."""

    def __init__(self, facts: Facts, words: Words):
        self.facts, self.scenario, self.words = facts, facts.scenario, words

    def said(self, text: Text) -> str:
        return fine(self.facts.said(text, self.words.lang))

    def all(self) -> dict[str, Any]:
        scenario = self.scenario
        return {
            "number": scenario.number, "title": self.said(scenario.title), "facts": self._facts_line(),
            "setting": self.said(scenario.setting), "objective": self.said(scenario.objective),
            "cards": [self._card(role) for role in scenario.roles], "rubric": self._rubric(),
            "trainer": self._trainer(), "dealt": self._dealt(),
        }  # fmt: skip

    def _facts_line(self) -> str:
        say = self.words.say
        channels = self.words.listed(say(f"roleplay.channel.{name}") for name in self.scenario.channel)
        return f"{self.words.date(self.facts.today)} · {channels}"

    def _dealt(self) -> str:
        """Whose figures are on the cards, and which of them the ledger does not tell."""
        if self.facts.dealt is None:
            return ""
        told = self.words.say("pack.dealt", customer=self.facts.dealt.customer)
        if self.facts.not_dealt:
            told += self.words.say("pack.not_dealt", names=self.words.listed(self.facts.not_dealt))
        return told

    def _card(self, role: Role) -> dict[str, Any]:
        parts = [(name, getattr(role, name)) for name in CARD]
        return {
            "title": self.said(role.title), "name": self.said(role.name),
            "aim": self.said(self.scenario.objective) if role.side == "ours" and role.plays else "",
            "parts": [
                {"head": self.words.say(f"roleplay.card.{name}"), "text": self.said(text)}
                for name, text in parts
                if text is not None
            ],
        }  # fmt: skip

    def _rubric(self) -> list[dict[str, Any]]:
        say = self.words.say
        return [
            {
                "name": say(f"roleplay.dimension.{name}"), "twice": name in self.scenario.decisive,
                "low": say(f"roleplay.anchor.{name}.low"), "high": say(f"roleplay.anchor.{name}.high"),
            }
            for name in DIMENSIONS
        ]  # fmt: skip

    def _trainer(self) -> dict[str, Any]:
        scenario, say = self.scenario, self.words.say
        minutes = scenario.minutes
        group = scenario.group
        return {
            "timing": [
                [str(minutes.read), say("pack.read")], [str(minutes.talk), say("pack.talk")],
                [str(minutes.debrief), say("pack.debrief")],
            ],
            "people": say("pack.people_told", least=group.least, best=group.best, most=group.most),
            "temperaments": [[self.said(each.title), self.said(each.told)] for each in scenario.characters],
            "ideal": self.said(scenario.ideal), "traps": [self.said(trap) for trap in scenario.traps],
            "questions": [
                *([say(f"talk.question.{name}"), ""] for name in STANDARD_QUESTIONS),
                *([self.said(each.ask), self.said(each.look_for)] for each in scenario.debrief),
            ],
            "key": [self._point(point.id) for point in scenario.points],
            "grounds": [self._ground(ground) for ground in scenario.grounds],
        }  # fmt: skip

    def _point(self, name: str) -> dict[str, Any]:
        point = self.scenario.point[name]
        return {"aim": self.said(point.aim), "moves": [self._move(move) for move in point.moves]}

    def _move(self, move: Move) -> dict[str, str]:
        better = (
            f"{self.words.say('pack.better')} {self.said(self.scenario.move[move.better].says)}"
            if move.better
            else ""
        )
        law = self.words.listed(law_register()[key].title.said(self.words.lang) for key in move.law)
        return {
            "kind": move.kind, "label": self.words.say(f"roleplay.kind.{move.kind}"), "says": self.said(move.says),
            "why": self.said(move.why) if move.why else "", "better": better, "law": law,
            "reply": self.said(move.replies[-1].says),
        }  # fmt: skip

    def _ground(self, ground: Ground) -> str:
        lang = self.words.lang
        if ground.law is not None:
            rule = law_register()[ground.law]
            basis = self.words.say(f"basis.{rule.basis}")
            return f"{rule.title.said(lang)} {rule.says.said(lang)} ({rule.source.said(lang)}; {basis})"
        assert ground.text is not None
        return f"{self.said(ground.text)} ({self.words.say(f'basis.{ground.basis}')})"
