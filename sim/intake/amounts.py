"""How much money does a text mean, to the fen, and which mark stands before the decimals?

The decimal mark is decided for the column as a whole from values that leave no choice ("1,234.50", "12,5",
"1.234.567"). Where every value could be read both ways ("1,234"), nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.money import fen

DecimalMark = Literal[".", ","]

_SIGNS = re.compile(
    r"[¥￥$€£₹'’\s\u00a0\u202f]|元|圆|RMB|\b[A-Z]{3}\b|(?<=\d)[A-Z]{3}$|^[A-Z]{3}(?=[\d(.\-])"
)
_NUMBER = re.compile(r"^\d[\d.,]*$|^[.,]\d+$")
_MOST_DIGITS = 16  # int64 fen


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: fen per row (0 where unread), which rows could be read, and how it was decided."""

    fen: NDArray[np.int64]
    readable: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    decimal: DecimalMark
    evidence: str
    example: str
    rounded: NDArray[np.bool_]


def read_amounts(values: "pd.Series[str]", decimal: DecimalMark | None = None) -> Amounts | None:
    """The amounts of a column; None when its decimal mark cannot be told and is not given."""
    texts = values.tolist()
    cores = [_core(text) for text in texts]
    evidence, example = "stated", ""
    if decimal is None:
        found = decimal_mark(core for _, core in cores if core)
        if found is None:
            return None
        decimal, evidence, example = found
    whole = re.compile(_PLAIN.format(mark=re.escape(decimal), thousands="." if decimal == "," else ","))
    amounts = np.zeros(len(texts), dtype=np.int64)
    readable, rounded = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    for row, (negative, core) in enumerate(cores):
        if core and whole.match(core):
            amounts[row], readable[row], rounded[row] = _fen(negative, core, decimal)
    blank = np.fromiter((text == "" for text in texts), dtype=bool, count=len(texts))
    return Amounts(amounts, readable, blank, decimal, evidence, example, rounded)


_PLAIN = r"^(?:\d+|\d{{1,3}}(?:{thousands}\d{{2,3}})*{thousands}\d{{3}})?(?:{mark}\d*)?$"


def decimal_mark(cores: object) -> tuple[DecimalMark, str, str] | None:
    """Which mark stands before the decimals, why, and in which example? None when it cannot be told."""
    comma_first = dot_first = ""
    doubtful = False
    for core in cores:  # type: ignore[attr-defined]
        dots, commas = core.count("."), core.count(",")
        if not dots and not commas:
            continue
        if dots and commas:
            return (
                (".", "both_marks", core) if core.rfind(".") > core.rfind(",") else (",", "both_marks", core)
            )
        mark, count = (".", dots) if dots else (",", commas)
        before, _, after = core.rpartition(mark)
        if count > 1:
            return (",", "repeated_mark", core) if mark == "." else (".", "repeated_mark", core)
        if len(after) == 3 and 1 <= len(before) <= 3 and before != "0":
            doubtful = True
        elif mark == ".":
            dot_first = dot_first or core
        else:
            comma_first = comma_first or core
    if dot_first and comma_first:
        return None
    if dot_first:
        return ".", "decimals", dot_first
    if comma_first:
        return ",", "decimals", comma_first
    return None if doubtful else (".", "no_decimals", "")


def _core(text: str) -> tuple[bool, str]:
    """Is the amount negative, and what remains of it without signs? Empty when it is no amount."""
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return False, text
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").upper()
    plain = _SIGNS.sub("", plain)
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        negative, plain = True, plain[1:-1]
    if plain[:1] in ("+", "-"):
        negative, plain = negative != (plain[0] == "-"), plain[1:]
    elif plain[-1:] == "-":  # as SAP writes it
        negative, plain = not negative, plain[:-1]
    return negative, plain if _NUMBER.match(plain) else ""


def _fen(negative: bool, core: str, decimal: str) -> tuple[int, bool, bool]:
    whole, _, rest = core.partition(decimal)
    whole = whole.replace("," if decimal == "." else ".", "") or "0"
    if len(whole) > _MOST_DIGITS:
        return 0, False, False
    rest = rest.rstrip("0")
    amount = int(whole) * 100 + int(rest.ljust(2, "0")) if len(rest) <= 2 else fen(f"{whole}.{rest}")
    return (-amount if negative else amount), True, len(rest) > 2
