"""Where am I, what is this lab about, and which way is on? And the list of all labs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from sim.base.places import NOTEBOOKS
from sim.panels.labs.declared import Declared
from sim.panels.labs.loading import LABS, ORDER
from sim.panels.labs.page import Page, glossary, styled
from sim.panels.labs.told import prose
from sim.panels.parts.look import safe
from sim.words import Words

HOME = "01_start_here"
OTHER = {"en": "zh", "zh": "en"}
CODES = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True)
class Entry:
    """What the list of labs says of one: its title, how long it takes, and the question it asks, by language."""

    name: str
    title: dict[str, str]
    question: dict[str, str]
    minutes: int

    @property
    def number(self) -> str:
        """The number in front of its name; empty for a lab beside the way."""
        return number_of(self.name)


def number_of(name: str) -> str:
    """The number in front of a lab's name; empty for one beside the way."""
    head = name.split("_", 1)[0]
    return head.lstrip("0") if head.isdigit() else ""


@cache
def entry_of(name: str) -> Entry | None:
    """What the list says of this lab; None while its file is missing or cannot be read: its own page will say why."""
    try:
        tree = tomllib.loads((LABS / f"{name}.toml").read_text(encoding="utf-8-sig"))
        return Entry(name, dict(tree["title"]), dict(tree["question"]), int(tree["minutes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def listed(lang: str) -> list[Entry]:
    """The labs that can be opened in this language, in the order in which one takes them."""
    there = {path.stem for path in (NOTEBOOKS / lang).glob("*.ipynb")}
    return [entry for name in ORDER if name in there and (entry := entry_of(name)) is not None]


def opening(name: str, lab: Declared, words: Words) -> Page:
    """The head of a lab: the way, the question, what one will be able to do."""
    lang = words.lang
    goals = "".join(f"<li>{prose(goal, lang)}</li>" for goal in lab.goals)
    minutes = safe(words.say("lab.open.minutes", minutes=lab.minutes))
    html = (
        f"{way(name, words)}"
        f'<div class="arlab-open"><div class="arlab-question"><span class="arlab-subtitle">'
        f"{safe(words.say('lab.open.question'))}</span><p>{prose(lab.question, lang)}</p></div>"
        f'<div class="arlab-goals-list"><span class="arlab-subtitle">{safe(words.say("lab.open.goals"))}</span>'
        f"<ul>{goals}</ul></div></div>"
        f'<p class="arlab-facts">{minutes} · {safe(words.say("lab.open.how"))}</p>{glossary(words)}'
    )
    return styled(html)


def way(name: str, words: Words) -> str:
    """You are here: the lab before, the list, the lab after, and the same lab in the other language."""
    names = [entry.name for entry in listed(words.lang)]
    before, after = neighbours(name, words.lang)
    number, total = number_of(name), sum(1 for other in ORDER if number_of(other))
    key = "lab.open.place" if number else "lab.open.beside"
    place = words.say(key, number=number, total=total)
    parts = [f'<span class="arlab-place">{safe(place)}</span>']
    if name != HOME and HOME in names:
        parts.append(link(f"{HOME}.ipynb", words.say("lab.open.all"), "arlab-all"))
    if before is not None:
        parts.append(link(f"{before.name}.ipynb", f"← {titled(before, words.lang)}", "arlab-before"))
    if after is not None:
        parts.append(link(f"{after.name}.ipynb", f"{titled(after, words.lang)} →", "arlab-after"))
    parts.append(other_language(name, words))
    said = safe(words.say("lab.open.way"))
    return f'<nav class="arlab-way" aria-label="{said}">{"".join(parts)}</nav>'


def neighbours(name: str, lang: str) -> tuple[Entry | None, Entry | None]:
    """The lab before this one and the lab after it."""
    entries = listed(lang)
    names = [entry.name for entry in entries]
    at = names.index(name) if name in names else -1
    before = entries[at - 1] if at > 0 else None
    after = entries[at + 1] if 0 <= at < len(entries) - 1 else None
    return before, after


def onward(name: str, words: Words) -> str:
    """The way on at a lab's end, in a tab of its own as all links between labs."""
    _, after = neighbours(name, words.lang)
    if after is None:
        return ""
    said = safe(words.say("lab.close.onward", lab=titled(after, words.lang)))
    return f'<a href="{safe(after.name)}.ipynb" target="_blank" rel="noopener">{said} →</a>'


def other_language(name: str, words: Words) -> str:
    """The link to the same lab in the other language, written in that language."""
    other = OTHER[words.lang]
    if not (NOTEBOOKS / other / f"{name}.ipynb").exists():
        return ""
    said, code = safe(words.say("lessons.page.switch")), CODES[other]
    return (
        f'<a class="arlab-switch" href="../{other}/{name}.ipynb" hreflang="{code}" lang="{code}">{said}</a>'
    )


def link(href: str, said: str, kind: str) -> str:
    """A link of the way."""
    return f'<a class="{kind}" href="{safe(href)}">{safe(said)}</a>'


def titled(entry: Entry, lang: str) -> str:
    """A lab's number and title."""
    return f"{entry.number} {entry.title[lang]}".strip()


def home(words: Words) -> Page:
    """All labs with their questions and minutes; a title leads to its lab."""
    entries = listed(words.lang)
    rows = "".join(home_row(entry, words) for entry in entries)
    heads = "".join(
        f"<th>{safe(words.say(f'lab.home.{name}'))}</th>" for name in ("lab", "question", "minutes")
    )
    total = words.say("lab.home.total", number=len(entries), minutes=sum(entry.minutes for entry in entries))
    return styled(
        f'<table class="arlab-table arlab-home"><tr><th></th>{heads}</tr>{rows}</table>'
        f'<p class="arlab-facts">{safe(total)}</p>'
    )


def home_row(entry: Entry, words: Words) -> str:
    """One lab of the list."""
    title = f'<a href="{safe(entry.name)}.ipynb">{safe(entry.title[words.lang])}</a>'
    question = prose(entry.question[words.lang], words.lang)
    return f"<tr><td>{entry.number}</td><td>{title}</td><td>{question}</td><td>{entry.minutes}</td></tr>"
