"""What is said to an answer, and at the end of a round? As HTML, signs and words beside every colour."""

from __future__ import annotations

from sim.panels.labs.opening import entry_of, titled
from sim.panels.parts.look import safe
from sim.panels.quiz.rounds import AnyQuestion, Given, Posed, Round
from sim.training.quiz import Figure, Order, Quiz, is_right, slip
from sim.words import Words

ROLE_PLAYS = "role_plays"
READ_AGAIN = {
    "measures": ("02_dso",),
    "credit_decision": ("03_who_gets_credit",),
    "terms": ("04_terms",),
    "collection": ("05_why_they_do_not_pay", "06_dunning_ladder", ROLE_PLAYS),
    "law": ("07_pressure_and_relationship", ROLE_PLAYS),
    "cash": ("08_cash",),
    "risk_transfer": ("09_money_from_receivables",),
    "people": ("10_people",),
    "early_warning": ("11_early_warning",),
}
"""Where a topic is taught."""


class Told:
    """The sentences of the quiz in one language."""

    def __init__(self, words: Words):
        self.words, self.say, self.lang = words, words.say, words.lang

    def head(self, played: Round, title: str) -> str:
        """How far are we, which topic, how hard?"""
        at = len(played.given)
        posed = played.posed[at]
        place = self.say("quiz.place", number=at + 1, total=len(played.posed))
        level = self.say(f"quiz.level.{posed.question.level}")
        return (
            f'<p class="arlab-place"><b>{safe(place)}</b> <span>{safe(title)} · {safe(level)}</span></p>'
            f"{self.marks(played)}"
        )

    def marks(self, played: Round) -> str:
        """One sign for each question: right, wrong, still to come."""
        signs = ["right" if is_so else "wrong" for is_so in played.marks]
        signs += ["open"] * (len(played.posed) - len(signs))
        if not played.is_over:
            signs[len(played.given)] = "now"
        shown = {"right": "✓", "wrong": "✗", "now": "●", "open": "○"}
        items = "".join(f'<span class="arlab-mark-{sign}">{shown[sign]}</span>' for sign in signs)
        return f'<p class="arlab-marks" aria-hidden="true">{items}</p>'

    def question(self, question: AnyQuestion) -> str:
        """What is asked, and how it is answered."""
        how = safe(self.say(f"quiz.how.{question.kind}"))
        return (
            f'<p class="arlab-text">{safe(question.text.said(self.lang))}</p><p class="arlab-facts">{how}</p>'
        )

    def note(self, key: str) -> str:
        """What is missing before an answer can be checked."""
        return f'<div class="arlab-said-note">{safe(self.say(key))}</div>'

    def verdict(self, question: AnyQuestion, given: Given) -> str:
        """Right or not, why, and on what it rests."""
        kind = "right" if is_right(question, given) else "wrong"
        head = f"<strong>{safe(self.say(f'quiz.said.{kind}'))}</strong>"
        replies = "".join(f"<p>{reply}</p>" for reply in self.replies(question, given))
        answer = "" if kind == "right" and not isinstance(question, Figure) else self.answer(question)
        return f'<div class="arlab-said-{kind}">{head}{replies}</div>{answer}{self.why(question)}'

    def replies(self, question: AnyQuestion, given: Given) -> list[str]:
        """What is to be said of the mistakes in this answer."""
        if isinstance(question, Figure):
            assert isinstance(given, float)
            found = None if is_right(question, given) else slip(question, given)
            return [safe(found.reply.said(self.lang))] if found else []
        assert not isinstance(given, float)
        if isinstance(question, Order):
            fit = sum(item == place for place, item in enumerate(given))
            total = len(question.items)
            return [] if fit == total else [safe(self.say("lab.order.fit", number=fit, total=total))]
        told = []
        for at in given:
            option = question.options[at]
            if option.reply is not None:
                quoted = f"<em>{safe(option.text.said(self.lang))}</em> " if question.kind == "many" else ""
                told.append(quoted + safe(option.reply.said(self.lang)))
        missing = sum(option.right and at not in given for at, option in enumerate(question.options))
        if missing and question.kind == "many":
            told.append(safe(self.say("lab.task.more_right", number=missing)))
        return told

    def answer(self, question: AnyQuestion) -> str:
        """The right answer."""
        head = f'<span class="arlab-subtitle">{safe(self.say("quiz.said.answer"))}</span>'
        if isinstance(question, Figure):
            unit = question.unit.said(self.lang)
            value = self.words.number(float(question.value), decimals(question.value))
            gap = "" if self.lang == "zh" or unit == "%" else " "
            said = self.say("lab.task.formula", formula=by_hand(question), value=f"{value}{gap}{unit}")
            return f"<div>{head}<p>{safe(said)}</p></div>"
        if isinstance(question, Order):
            items = "".join(f"<li>{safe(item.said(self.lang))}</li>" for item in question.items)
            return f"<div>{head}<ol>{items}</ol></div>"
        right = [safe(option.text.said(self.lang)) for option in question.options if option.right]
        if len(right) == 1:
            return f"<div>{head}<p>{right[0]}</p></div>"
        return f"<div>{head}<ul>{''.join(f'<li>{text}</li>' for text in right)}</ul></div>"

    def why(self, question: AnyQuestion) -> str:
        """The explanation and its source."""
        source = f"{question.source.text.said(self.lang)} · {self.say(f'basis.{question.source.basis}')}"
        return (
            f'<div><span class="arlab-subtitle">{safe(self.say("quiz.said.why"))}</span>'
            f"<p>{safe(question.explanation.said(self.lang))}</p></div>"
            f'<p class="arlab-facts">{safe(self.say("quiz.said.source", source=source))}</p>'
        )

    # the end ----------------------------------------------------------------------------------------------------

    def result(self, played: Round, quizzes: dict[str, Quiz]) -> str:
        """How many were right, by topic, where to read again, and what was wrong."""
        total = self.say("quiz.result.total", right=played.right, total=len(played.posed))
        heads = "".join(
            f"<th>{safe(self.say(f'quiz.result.{name}'))}</th>" for name in ("topic", "right", "read")
        )
        found = played.by_topic()
        rows = "".join(
            self._row(topic, *found[topic], quiz.title.said(self.lang))
            for topic, quiz in quizzes.items()
            if topic in found
        )
        wrong = "".join(self._wrong(posed) for posed in played.wrong)
        again = f"<h4>{safe(self.say('quiz.result.wrong'))}</h4>{wrong}" if wrong else ""
        return (
            f'<p class="arlab-total">{safe(total)}</p>{self.marks(played)}'
            f'<table class="arlab-table arlab-by-topic"><tr>{heads}</tr>{rows}</table>{again}'
        )

    def _row(self, topic: str, right: int, asked: int, title: str) -> str:
        of = self.say("quiz.result.of", right=right, asked=asked)
        read = "" if right == asked else self.reading(topic)
        return f"<tr><td>{safe(title)}</td><td>{safe(of)}</td><td>{read}</td></tr>"

    def reading(self, topic: str) -> str:
        """Links to the labs of this topic."""
        links = []
        for name in READ_AGAIN.get(topic, ()):
            entry = entry_of(name)
            said = titled(entry, self.lang) if entry else self.say("quiz.result.role_plays")
            links.append(f'<a href="{name}.ipynb" target="_blank" rel="noopener">{safe(said)}</a>')
        return "<br>".join(links)

    def _wrong(self, posed: Posed) -> str:
        question = posed.question
        return (
            f"<details><summary>{safe(question.text.said(self.lang))}</summary>"
            f"{self.answer(question)}{self.why(question)}</details>"
        )


def decimals(value: str) -> int:
    """How many decimals are written?"""
    return len(value.partition(".")[2])


def by_hand(question: Figure) -> str:
    """The arithmetic as it is written by hand."""
    return question.arithmetic.replace("*", "×").replace("/", "÷").replace("-", "−")
