"""What do several departments do to one rate of each customer? A product of named factors."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Factors:
    """Multipliers of one rate (payment, demand, default) per cell, each kept by the department that knows it."""

    def __init__(self, cells: int):
        self._cells = cells
        self._parts: dict[str, Floats] = {}
        self._product: Floats | None = None

    def set(self, name: str, values: Floats) -> None:
        """From now on this is the factor of this name, shape (cells,)."""
        self._parts[name] = values
        self._product = None

    def of(self, name: str) -> Floats:
        """The factor of this name; 1 where nobody set it."""
        return self._parts.get(name, np.ones(self._cells))

    @property
    def names(self) -> frozenset[str]:
        """Which factors were ever set?"""
        return frozenset(self._parts)

    @property
    def are_set(self) -> bool:
        """Has any department something to say?"""
        return bool(self._parts)

    @property
    def product(self) -> Floats:
        """All of them together, in the order of their names; shape (cells,)."""
        if self._product is None:
            found = np.ones(self._cells)
            for name in sorted(self._parts):
                found = found * self._parts[name]
            self._product = found
        return self._product
