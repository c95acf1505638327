"""How are a lab's texts written on the page: marks for bold and italic, numbers with their units, what was typed?"""

from __future__ import annotations

import re
import unicodedata

from sim.panels.labs.arithmetic import is_sum, with_facts
from sim.panels.labs.declared import Figure, Text, Unit
from sim.panels.parts.look import safe
from sim.words import Words

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
_THOUSANDS = {"en": 1e3, "zh": 1e4}
_SIZES = {"k": 1e3, "m": 1e6, "万": 1e4, "亿": 1e8}
_NAMES: dict[Unit, tuple[str, float]] = {
    "yuan": ("fen", 100), "money": ("fen", 100), "percent": ("share", 1), "days": ("d", 1), "times": ("times", 1),
    "count": ("count", 1), "minutes": ("min", 1),
}  # fmt: skip
_NUMBER = re.compile(r"^([+-]?(?:\d+\.?\d*|\.\d+))(k|m|万|亿)?$")


def prose(text: Text | str, lang: str) -> str:
    """A text as HTML, safe, with its **bold** and *italic* parts."""
    said = safe(text.said(lang) if isinstance(text, Text) else text)
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", said)).replace("\n", "<br>")


def plain(text: Text, lang: str) -> str:
    """A text without its marks, for controls that show no HTML."""
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text.said(lang)))


def factor(unit: Unit, lang: str) -> float:
    """How much is one of the typed unit in the answer's own: a percent is 0.01, 万元 is 10,000 yuan."""
    if unit == "percent":
        return 0.01
    return _THOUSANDS[lang] if unit == "money" else 1.0


def unit_label(words: Words, unit: Unit) -> str:
    """The unit as it stands beside a field."""
    return words.say(f"lab.unit.{unit}")


def read_number(typed: str, unit: Unit, lang: str) -> float | None:
    """The number a person typed, in the answer's own unit; None when it is none.

    Full-width digits, thousands' commas, units and percent signs are understood, and so are k, m, 万 and 亿.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lower().replace(",", "").replace("−", "-")
    text = re.sub(r"\s|[%¥$]|days?|天|元|次|个|times|minutes?|分钟|rmb|yuan", "", text)
    found = _NUMBER.match(text)
    if found is None:
        return None
    number, size = float(found[1]), found[2]
    if size:
        return number * _SIZES[size]
    return number * factor(unit, lang)


def amount(words: Words, value: float, unit: Unit, *, signed: bool = False) -> str:
    """A value in the answer's own unit as a person reads it."""
    name, size = _NAMES[unit]
    return words.value(value * size, name, signed=signed)


def exactly(words: Words, value: float, unit: Unit) -> str:
    """A value worked out by hand: money to the yuan, everything else as a person reads it."""
    if unit not in ("yuan", "money") or abs(value) < 1:
        return amount(words, value, unit)
    return words.money(round(value) * 100, exact=True).removesuffix(".00")


def by_hand(words: Words, figure: Figure, value: float, unit: Unit) -> str:
    """What a formula gives, with its facts in place; a figure that needs no working out stands alone."""
    said = exactly(words, value, unit)
    if not is_sum(figure.formula):
        return said
    return words.say("lab.task.formula", formula=with_facts(figure.formula, figure.facts), value=said)


def amounts(words: Words, low: float, high: float, unit: Unit, *, signed: bool = False) -> str:
    """A range of such values."""
    name, size = _NAMES[unit]
    return words.interval(low * size, high * size, name, signed=signed)
