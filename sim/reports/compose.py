"""How do the findings become a report in one language? Section after section; no number is typed here."""

from __future__ import annotations

from sim.reports.answer import answer, facts, question
from sim.reports.changes import figures, levers, why
from sim.reports.gather import Findings
from sim.reports.grounds import assumed, limits, repeat
from sim.reports.inputs import policy_title
from sim.reports.paper import Block, Paper, Section
from sim.reports.pictures import pictures
from sim.words import Words

SECTIONS = ("question", "answer", "levers", "figures", "pictures", "why", "assumptions", "limits", "repeat")
IN_WHY = ("waterfall", "why_ar", "groups")


def compose(findings: Findings, words: Words) -> Paper:
    """The whole report. Sections that would be empty for two equal policies are left out."""
    inputs = findings.inputs
    names = {side: policy_title(words, name) for side, name, _ in inputs.policies()}
    drawn = pictures(findings, words)
    sections = [question(words, inputs), answer(words, findings), levers(words, inputs)]
    if not inputs.is_idle:
        shown: tuple[Block, ...] = tuple(block for name, block in drawn.items() if name not in IN_WHY)
        sections.append(figures(words, findings))
        if shown:
            sections.append(Section("pictures", words.say("paper.pictures.head"), shown))
        sections.append(why(words, findings, drawn))
    sections += [assumed(words, inputs), limits(words, inputs), repeat(words, inputs)]
    return Paper(
        lang=words.lang,
        kit=words.say("paper.kit"),
        title=words.say("paper.title", **names),
        subtitle=words.say("paper.subtitle"),
        facts=facts(words, inputs),
        sections=tuple(sections),
        page=words.say("paper.page", page="{page}", pages="{pages}"),
    )
