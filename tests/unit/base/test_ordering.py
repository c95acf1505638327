"""Does packing columns sort as numpy.lexsort does?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sim.base.ordering import order_by


@st.composite
def columns(draw: st.DrawFn) -> list[np.ndarray]:
    length = draw(st.integers(0, 40))
    widest = draw(st.sampled_from([1, 3, 2**20, 2**40, 2**61]))
    numbers = st.integers(-widest, widest)
    return [draw(arrays.arrays(np.int64, length, elements=numbers)) for _ in range(draw(st.integers(1, 5)))]


@given(columns())
def test_it_sorts_as_lexsort(drawn: list[np.ndarray]):
    assert order_by(*drawn).tolist() == np.lexsort(drawn[::-1]).tolist()


def test_what_is_equal_keeps_its_turn():
    same = np.zeros(50, dtype=np.int64)
    assert order_by(same, same).tolist() == list(range(50))


@pytest.mark.parametrize("dtype", [np.int8, np.int32, np.int64])
def test_small_types_are_not_cut_off(dtype: type[np.integer]):
    rising = np.arange(100).astype(dtype)
    assert order_by(-rising, rising).tolist() == list(range(99, -1, -1))
