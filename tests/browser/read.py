"""Which number does a place on a page say, in either language?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sim.words import Words

FACTORS = {"k": 1e3, "m": 1e6, "bn": 1e9, "万": 1e4, "亿": 1e8, "": 1.0}
NUMBER = re.compile(r"([-−+]?)\s?[¥]?([\d,]+(?:\.\d+)?)\s?(bn|k\b|m\b|万|亿|)")


def numbers(text: str) -> list[float]:
    """All numbers of a text: ¥1.2m and 120万 are the same."""
    return [
        float(digits.replace(",", "")) * FACTORS[unit] * (-1.0 if sign in ("-", "−") else 1.0)
        for sign, digits, unit in NUMBER.findall(text)
    ]


ROW = """([panel, name, cell]) => {
  const lines = [...document.querySelectorAll(`${panel} tr`)];
  const found = typeof name === 'number' ? lines[name] : lines.find(line => line.cells[0].innerText.trim() === name);
  return found?.cells[cell].innerText;
}"""


@dataclass(frozen=True)
class Row:
    """A figure in a table: the words that name it, or its place among the rows; the column, counted from 0."""

    name: str | int
    column: int

    def read(self, page: Any, panel: str, words: Words) -> float:
        """What it says now."""
        name = words.say(self.name) if isinstance(self.name, str) else self.name
        said = page.evaluate(ROW, [panel, name, self.column])
        assert said is not None, f"no row of this name: {name!r}"
        return numbers(said)[0]


@dataclass(frozen=True)
class Finding:
    """A number of the sentence on top of a panel: the first before this sign or unit; with none, the first of all."""

    sign: str
    place: str = ".arlab-finding"

    def read(self, page: Any, panel: str, words: Words) -> float:
        """What it says now."""
        said = page.locator(f"{panel} {self.place}").first.inner_text()
        sign = words.say(self.sign, number="").strip() if words.has(self.sign) else self.sign
        found = re.search(rf"([\d,.]+)\s*{re.escape(sign)}", said)
        assert found is not None, said
        return float(found[1].replace(",", ""))
