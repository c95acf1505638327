"""What is an id worth that went through a spreadsheet? Ids are text; what a float did to them is told, not mended."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_DAMAGED = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
_FLOAT_TAIL = re.compile(r"^\d+\.0+$")


@dataclass(frozen=True)
class Ids:
    """A column of ids as text, and what had to be said about them."""

    values: NDArray[np.object_]
    damaged: NDArray[np.bool_]  # 1.930438e+09: digits are lost, two documents may share it
    float_tail: NDArray[np.bool_]  # 1930431537.0: whole, only written as a decimal
    zeros_dropped: int = 0


def read_ids(values: "pd.Series[str]", *, drop_zeros: bool = False) -> Ids:
    """The ids of a column as text.

    A decimal tail (".0") goes. Leading zeros stay, except with `drop_zeros`: there they go from all-digit ids (ERP
    systems pad document numbers; 0000611365 is 611365), provided that no two ids become one by it.
    """
    codes, uniques = pd.factorize(values, sort=False)
    texts = [str(text) for text in uniques]
    damaged = np.array([bool(_DAMAGED.match(text)) for text in texts], dtype=bool)
    tail = np.array([bool(_FLOAT_TAIL.match(text)) for text in texts], dtype=bool)
    texts = [text.split(".", 1)[0] if cut else text for text, cut in zip(texts, tail, strict=True)]
    padded = [text.isascii() and text.isdigit() and len(text) > 1 and text[0] == "0" for text in texts]
    dropped = 0
    if drop_zeros and any(padded):
        plain = [text.lstrip("0") or "0" if zero else text for text, zero in zip(texts, padded, strict=True)]
        if len(set(plain)) == len(set(texts)):
            dropped = int(np.array(padded)[codes].sum())
            texts = plain
    by_text = np.array(texts, dtype=object)
    if len(texts) == 0:
        nothing = np.zeros(len(values), dtype=bool)
        return Ids(np.full(len(values), "", dtype=object), nothing, nothing)
    return Ids(by_text[codes], damaged[codes], tail[codes], dropped)
