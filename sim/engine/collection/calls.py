"""Which customers are contacted today, by which move, about which invoices?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Calls:
    """Contacts with customers, at most one per customer, and the invoices each is about.

    `cells` and `moves`: shape (calls,). `rows`: all their invoices; `call` says for each to which call it belongs.
    """

    cells: Ints
    moves: NDArray[np.int8]
    rows: NDArray[np.intp]
    call: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.cells)

    @classmethod
    def about(cls, rows: NDArray[np.intp], cells: Ints) -> "Calls":
        """One call per customer of these invoices, which come customer by customer; the move still open."""
        first = np.empty(len(rows), dtype=np.bool_)
        first[:1] = True
        np.not_equal(cells[1:], cells[:-1], out=first[1:])
        once = cells[first]
        return cls(once, np.zeros(len(once), dtype=np.int8), rows, first.cumsum() - 1)

    def only(self, chosen: Mask) -> "Calls":
        """Some of these calls."""
        if chosen.all():
            return self
        mine = chosen[self.call]
        place = chosen.cumsum() - 1
        return Calls(self.cells[chosen], self.moves[chosen], self.rows[mine], place[self.call[mine]])

    def rows_of(self, chosen: Mask) -> NDArray[np.intp]:
        """The invoices of some of these calls."""
        return self.rows[chosen[self.call]]

    def total(self, amounts: Ints) -> Ints:
        """Sum per call of a figure per invoice."""
        sums = np.zeros(len(self), dtype=np.int64)
        np.add.at(sums, self.call, amounts)
        return sums

    def greatest(self, figures: NDArray[Any]) -> Ints:
        """The greatest per call of a figure per invoice; every call must be about one at least."""
        found = np.empty(len(self), dtype=np.int64)
        found.fill(_LEAST)
        np.maximum.at(found, self.call, figures)
        return found
