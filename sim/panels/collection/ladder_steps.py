"""What does the kit's dunning ladder do on which day, in which words, and what does each step cost?

To be unfolded by those who have built a ladder of their own first.
"""

from __future__ import annotations

import ipywidgets as widgets

from sim.model.moves import MOVE_INDEX, MOVES
from sim.model.policy import STANDARD_LADDER, LadderStep
from sim.panels.contests.style import contest_style
from sim.panels.live.compute import portfolio_of
from sim.panels.parts.look import html, safe
from sim.words import Language, Words

COLUMNS = ("day", "step", "says", "reach", "minutes", "cost")
WIDTHS = ("13%", "16%", "40%", "10%", "11%", "10%")
COMPANIES = ("manufacturer", "projects", "distributor")


def ladder_steps(lang: Language = "en") -> widgets.Widget:
    """The ladder that the companies of the labs climb, step by step."""
    words = Words(lang)
    head = f"<summary>{safe(words.say('labs.ladder.open'))}</summary>"
    shown = html(f"<details>{head}{steps_table(words)}</details>", "arlab-ladder")
    panel = widgets.VBox([contest_style(), shown], layout=widgets.Layout(width="100%", overflow="visible"))
    panel.add_class("arlab-panel")
    return panel


def steps_table(words: Words) -> str:
    """One row a step, and how much later the companies take them."""
    heads = "".join(f"<th>{safe(words.say(f'labs.ladder.column.{name}'))}</th>" for name in COLUMNS)
    widths = "".join(f'<col style="width:{width}">' for width in WIDTHS)
    rows = "".join(row(words, at, step) for at, step in enumerate(STANDARD_LADDER))
    later = words.listed(words.say("labs.ladder.later", **told) for told in delays(words))
    note = f'<p class="arlab-note">{safe(words.say("labs.ladder.note", later=later))}</p>'
    return f'<table class="arlab-table"><colgroup>{widths}</colgroup><tr>{heads}</tr>{rows}</table>{note}'


def row(words: Words, at: int, step: LadderStep) -> str:
    """When, by which channel, in which words, whom it reaches and what it takes."""
    move = MOVES[MOVE_INDEX[step.move]]
    name = f"<b>{safe(words.say(f'move.{step.move}'))}</b>"
    if step.min_fen:
        least = words.say("labs.ladder.from", amount=in_yuan(words, step.min_fen))
        name += f'<br><span class="arlab-unit">{safe(least)}</span>'
    minutes = words.value(move.minutes, "min") if move.minutes else words.say("labs.ladder.by_itself")
    cells = (
        safe(day_said(words, step.days)),
        name,
        safe(words.say(f"labs.ladder.says.{at}")),
        safe(words.percent(move.reach, 0)),
        safe(minutes),
        safe(in_yuan(words, move.cost_fen)),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def in_yuan(words: Words, fen: int) -> str:
    """A price in whole yuan."""
    return words.money(fen, exact=True).removesuffix(".00")


def day_said(words: Words, days: int) -> str:
    """A step's day, seen from the due date."""
    return words.say(f"labs.ladder.{'before' if days < 0 else 'after'}", days=words.days(abs(days)))


def delays(words: Words) -> list[dict[str, str]]:
    """How many days later than the ladder do the companies take its steps?"""
    found = []
    for company in COMPANIES:
        customers = portfolio_of(company)
        shift = customers.policy_in_force.collection.ladder_shift_days
        name = customers.name_zh if words.lang == "zh" else customers.name_en
        found.append({"company": name, "days": words.days(shift)})
    return found
