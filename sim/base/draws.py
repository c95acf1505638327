"""What did nature decide at this address? Uniform draws that depend only on their own address.

Bulk draws (orders, amounts) use NumPy generators seeded by `(seed, run, purpose)`. Draws whose number no one knows
beforehand (the answer to a customer's n-th contact) are looked up by address instead: SplitMix64 (Steele, Lea
and Flood 2014) hashes (key of run and purpose, customer, number) to 53 random bits. Any draw can be asked for in any
order, as often as wanted, and is always the same: the same customers and the same luck under every policy.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Uniforms = NDArray[np.float64]

# Arrays without dimensions: NumPy works with them a little faster than with single numbers.
_GOLDEN, _MIX_1, _MIX_2 = (
    np.array(number, dtype=np.uint64)
    for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_ONE, _ELEVEN, _TWENTY_SEVEN, _THIRTY, _THIRTY_ONE = (
    np.array(number, dtype=np.uint64) for number in (1, 11, 27, 30, 31)
)
_TO_UNIT = np.array(1.0 / (1 << 53))
_WORD = 2**64 - 1


class Purpose(IntEnum):
    """What a stream of draws is for. Append only: a number, once used, keeps its meaning."""

    LIFE = 1
    ORDERS = 2
    AMOUNTS = 3
    HABIT = 4
    PATIENCE = 5
    DISPUTES = 6
    DISCOUNT = 7
    PAY_RUNS = 8
    OPENING = 9
    REACH = 10
    PROMISE = 11
    KEEPING = 12
    PROMISE_DAYS = 13
    DEFAULT_FACTOR = 14
    REGIME = 15
    SCORE_NOISE = 16
    STATEMENT = 17
    INVOICE_ERROR = 18
    LEGAL = 19
    AGENCY = 20
    PLAN = 21
    CHURN = 22
    LIQUIDITY = 23
    STAFF = 24
    ACCEPTANCE = 25
    BILLS = 26
    PROCESS = 27
    INSURER = 28
    BANKS = 29
    CANCELLED = 30
    DIAGNOSIS = 32
    CHANGED = 33
    MIGRATION = 34
    SHIPMENT = 35
    POSTING = 36
    CONTAGION = 37
    OVERRIDE = 40
    FIRST_CONTACT = 41
    PREPAID = 42
    PARTS = 60
    REMINDER = 61
    RETURNS = 62
    TERMS = 63
    LATE_GOODS = 70
    FACTOR = 71
    FILE = 72
    GRIEVANCE = 73
    ON_HAND = 74


def generator(seed: int, run: int, purpose: Purpose) -> np.random.Generator:
    """The stream of one run and one purpose, whichever other runs are computed beside it."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(run, int(purpose)))))


def address_key(seed: int, run: int, purpose: Purpose) -> np.uint64:
    """The key under which a run's addressed draws of one purpose are found."""
    sequence = np.random.SeedSequence(seed, spawn_key=(run, int(purpose)))
    return np.uint64(sequence.generate_state(1, np.uint64)[0])


def uniform_at(keys: NDArray[np.uint64], who: NDArray[np.integer], number: NDArray[np.integer]) -> Uniforms:
    """The uniform draw in [0, 1) at each address (key, who, number); shape (n,), or (k, n) for k keys each."""
    return uniform_under(key_of(keys, who), number)


def key_of(keys: NDArray[np.uint64], who: NDArray[np.integer]) -> NDArray[np.uint64]:
    """The key under which the draws of one customer are found."""
    return _scramble(keys + _GOLDEN * (who.astype(np.uint64) + np.uint64(1)))  # arrays wrap around silently


def uniform_under(keys: NDArray[np.uint64], number: NDArray[np.integer] | int) -> Uniforms:
    """The uniform draw in [0, 1) of this number under each customer's key."""
    if isinstance(number, np.ndarray):
        z = number.astype(np.uint64)
        z += _ONE
        z *= _GOLDEN
        z = keys + z
    else:
        z = keys + np.array((int(number) + 1) * int(_GOLDEN) & _WORD, dtype=np.uint64)
    z = _scramble(z)
    z >>= _ELEVEN
    found = z.astype(np.float64)
    found *= _TO_UNIT
    return found


def _scramble(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Stir in place; give it an array of your own."""
    z ^= z >> _THIRTY
    z *= _MIX_1
    z ^= z >> _TWENTY_SEVEN
    z *= _MIX_2
    z ^= z >> _THIRTY_ONE
    return z
