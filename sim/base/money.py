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
        if not amount.is_finite():
            raise ValueError(f"not an amount: {yuan!r}")
        return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except InvalidOperation as error:  # not a number, or one of more than 28 digits
        raise ValueError(f"not an amount: {yuan!r}") from error


def share(amount: FenArray, bp: int | NDArray[np.integer]) -> FenArray:
    """How much is so many basis points of this (non-negative) amount, rounded half up to the fen?"""
    whole, rest = np.divmod(amount, WHOLE_BP)  # apart, so that large amounts do not overflow
    part: FenArray = whole * bp + (rest * bp + WHOLE_BP // 2) // WHOLE_BP
    return part


def share_of(amount: Fen, bp: int) -> Fen:
    """The same as `share` for one amount, as a plain int."""
    return (amount * bp + WHOLE_BP // 2) // WHOLE_BP


def day_of_interest(debt: FenArray, yearly_bp: int) -> FenArray:
    """What does one calendar day of this debt cost at a yearly rate in basis points (365 days, rounded down)?"""
    return fraction(debt, yearly_bp, WHOLE_BP * 365)


def fraction(
    amount: FenArray, numerator: int | NDArray[np.integer], denominator: int | NDArray[np.integer]
) -> FenArray:
    """How much is numerator / denominator of this amount, rounded down? Large amounts do not overflow."""
    whole, rest = np.divmod(amount, denominator)
    part: FenArray = whole * numerator + rest * numerator // denominator
    return part


def nearest_fraction(
    amount: FenArray, numerator: int | NDArray[np.integer], denominator: int | NDArray[np.integer]
) -> FenArray:
    """How much is numerator / denominator of this (non-negative) amount, rounded half up? No overflow."""
    whole, rest = np.divmod(amount, denominator)
    part: FenArray = whole * numerator + (2 * rest * numerator + denominator) // (2 * denominator)
    return part
