"""What do half a day, a day, two days look like? The plans of `exercises/guides/sessions.yaml`, with their times."""

from __future__ import annotations

from sim.panels.labs.opening import entry_of, titled
from sim.panels.labs.page import Page, styled
from sim.panels.labs.told import prose
from sim.panels.parts.look import safe
from sim.training.guides import DayPlan, Material, Session, Step
from sim.training.plans import sound_plans, timed
from sim.training.reading import quizzes
from sim.words import Words

PAGES = {"roleplay": "role_plays", "quiz": "quiz"}
"""The page on which such material is played."""


def shown(words: Words) -> Page:
    """Every plan, one of them open, each with the command that prints it."""
    plans = sound_plans().sessions
    return styled("".join(plan_told(words, plan, is_open=at == 0) for at, plan in enumerate(plans)))


def plan_told(words: Words, plan: Session, *, is_open: bool) -> str:
    """One plan, to be opened and closed."""
    lang = words.lang
    days = "".join(day_table(words, day, at, len(plan.days)) for at, day in enumerate(plan.days, 1))
    command = safe(f"arlab papers {plan.id} --lang {lang} --out {plan.id}")
    printed = safe(words.say("lab.room.to_print"))
    return (
        f"<details {'open' if is_open else ''}><summary><strong>{prose(plan.title.said(lang), lang)}</strong> "
        f"· {prose(plan.suits.said(lang), lang)}</summary>{days}<p>{printed} <code>{command}</code></p></details>"
    )


def day_table(words: Words, day: DayPlan, number: int, days: int) -> str:
    """One day with the clock's times."""
    head = safe(words.say("lab.room.day", number=number)) if days > 1 else ""
    rows = "".join(
        f"<tr><td>{begins}–{ends}</td><td>{step.minutes}</td><td>{step_told(words, step)}</td>"
        f"<td>{prose(step.method.said(words.lang), words.lang)}</td></tr>"
        for begins, ends, step in timed(day)
    )
    names = ("when", "minutes", "what", "how")
    heads = "".join(f"<th>{safe(words.say(f'lab.room.{name}'))}</th>" for name in names)
    title = f'<div class="arlab-subtitle">{head}</div>' if head else ""
    return f'{title}<table class="arlab-table arlab-room"><tr>{heads}</tr>{rows}</table>'


def step_told(words: Words, step: Step) -> str:
    """What is done, and below it the labs, role-plays, cases and quizzes it needs."""
    told = prose(step.what.said(words.lang), words.lang)
    return "<br>".join([told, *(material_told(words, each) for each in step.material)])


def material_told(words: Words, each: Material) -> str:
    """A lab by its title, leading there; other material by its name, leading to where it is played."""
    entry = entry_of(each.id) if each.kind == "lab" else None
    name = titled(entry, words.lang) if entry is not None else each.id
    if each.kind == "quiz":
        name = quizzes()[each.id].title.said(words.lang)
    said = safe(words.say(f"handout.material.{each.kind}", name=name))
    page = each.id if each.kind == "lab" else PAGES.get(each.kind)
    return f'<a href="{safe(page)}.ipynb">{said}</a>' if page else said
