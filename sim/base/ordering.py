"""In which order do the rows of a table stand, sorted by several columns?"""

import numpy as np
from numpy.typing import NDArray

Order = NDArray[np.intp]
_BITS = 63
_FEW = 500
"""So many rows are sorted faster as they are than packed."""


def order_by(*columns: NDArray[np.integer]) -> Order:
    """The order that sorts by the first column, then by the second and so on; what is equal keeps its turn.

    What numpy.lexsort gives with its keys turned round, several times faster: as many columns as fit are packed into
    one whole number, and only what is still equal then is sorted by the rest. No column may be all of int64 wide.
    """
    if len(columns[0]) <= _FEW:
        return np.lexsort(columns[::-1])
    key, bits, used = _packed(columns)
    if used == 1 and len(columns) > 1:
        return np.lexsort(columns[::-1])
    has_room = bits + len(key).bit_length() <= _BITS
    order = _places(key) if has_room else key.argsort(kind="stable")
    if used < len(columns):
        key = key[order]
        fresh = np.ones(len(key), dtype=np.bool_)
        fresh[1:] = key[1:] != key[:-1]
        tied = ~fresh
        tied[:-1] |= ~fresh[1:]
        places = np.flatnonzero(tied)
        mine, group = order[places], fresh[places].cumsum()
        order[places] = mine[order_by(group, *(column[mine] for column in columns[used:]))]
    return order


def _places(key: NDArray[np.int64]) -> Order:
    """The places of these numbers from the least on: with its place behind it each is another, and sorted fast."""
    bits = len(key).bit_length()
    key = key << bits
    key |= np.arange(len(key))
    key.sort()
    key &= (1 << bits) - 1
    return key


def _packed(columns: tuple[NDArray[np.integer], ...]) -> tuple[NDArray[np.int64], int, int]:
    """One number per row that sorts like the first columns together, its width, and how many columns are in it."""
    key, bits, used = np.zeros(len(columns[0]), dtype=np.int64), 0, 0
    for column in columns:
        low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
        width = (high - low).bit_length()
        if bits + width > _BITS:
            break
        key <<= width
        part = column.astype(np.int64)
        part -= low
        key |= part
        bits, used = bits + width, used + 1
    return key, bits, used
