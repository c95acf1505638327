"""How is money counted? In int64 fen (or cents), never in floats."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
from numpy.typing import NDArray

Fen = int
FenArray = NDArray[np.int64]

WHOLE_BP = 10_000


def fen(yuan: str | int | Decimal) -> Fen:
    """How many fen is this amount of yuan? Half a fen is rounded away from zero.

    Raises ValueError when the text is not an amount.
    """
    try:
        amount = Decimal(str(yuan))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {yuan!r}") from error
    if not amount.is_finite():
        raise ValueError(f"not an amount: {yuan!r}")
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(amount: FenArray, bp: int | NDArray[np.integer]) -> FenArray:
    """How much is so many basis points of this (non-negative) amount, rounded half up to the fen?"""
    return (amount * bp + WHOLE_BP // 2) // WHOLE_BP


def share_of(amount: Fen, bp: int) -> Fen:
    """The same as `share` for one amount, as a plain int."""
    return (amount * bp + WHOLE_BP // 2) // WHOLE_BP


def day_of_interest(debt: FenArray, yearly_bp: int) -> FenArray:
    """What does one calendar day of this debt cost at a yearly rate in basis points (365 days, rounded down)?"""
    return debt * yearly_bp // (WHOLE_BP * 365)
