"""How does a piece of HTML stand on a lesson's page, so that its links lead to other lessons in both places?"""

from __future__ import annotations

import json
from html import escape

from sim.panels.parts.look import css
from sim.words import Words
from sim.words.catalogue import catalogue

EVERYDAY = {"run", "hit", "fen"}  # also words of every day, which a tooltip would explain wrongly


class Page:
    """HTML that a notebook shows as the result of a cell."""

    def __init__(self, html: str):
        self.html = html

    def _repr_html_(self) -> str:
        return self.html


def styled(html: str) -> Page:
    """This HTML with the labs' style sheet."""
    return Page(f'<style>{css()}</style><div class="arlab-panel arlab-sheet">{html}</div>')


def glossary(words: Words) -> str:
    """The glossary as data in the page; site.js makes tooltips of it."""
    terms = {}
    for key in catalogue():
        name = key.removeprefix("glossary.").removesuffix(".term")
        if f"glossary.{name}.term" == key and name not in EVERYDAY:
            terms[words.say(key)] = words.say(f"glossary.{name}.definition")
    data = json.dumps(terms, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" class="arlab-glossary" data-lang="{escape(words.lang)}">{data}</script>'
