"""How does a talk read on paper? Line by line, with its end and its score."""

from __future__ import annotations

from sim.roleplay.facts import Facts
from sim.roleplay.rubric import DIMENSIONS, score
from sim.roleplay.talk import Talk
from sim.words import Words


def talk_as_text(talk: Talk, facts: Facts, words: Words) -> str:
    """The whole talk as plain text."""
    scenario, lang = talk.scenario, words.lang
    said, say = facts.said, words.say
    other = said(scenario.other.name, lang)
    lines = [
        f"{scenario.number} {said(scenario.title, lang)}",
        say("talk.paper.head", date=words.date(facts.today), seed=talk.seed),
        "",
        said(scenario.setting, lang),
        "",
        say("talk.paper.line", who=other, line=said(scenario.begins, lang)),
    ]
    for number, turn in enumerate(talk.turns, start=1):
        you = say("talk.you", number=number)
        lines.append(say("talk.paper.line", who=you, line=said(turn.move.says, lang)))
        lines.append(say("talk.paper.line", who=other, line=said(turn.reply.says, lang)))
    if talk.ending is not None:
        lines += ["", f"{said(talk.ending.title, lang)} {said(talk.ending.says, lang)}", ""]
        result = score(talk)
        lines.append(say("talk.paper.score", score=words.number(result.total, 0)))
        lines += [
            say("talk.paper.level", name=say(f"roleplay.dimension.{name}"), level=result.levels[name])
            for name in DIMENSIONS
        ]
    return "\n".join(lines) + "\n"
