"""Is only what is known sent to the browser, whose charts fail where a line ends at an unknown place?"""

from __future__ import annotations

import numpy as np

from sim.panels.parts import charts
from sim.panels.parts.drawing import Named, Picture, put

UNKNOWN = float("nan")
LINE = Named("line", "#0b6bb5")


def test_a_line_ends_at_its_last_known_point_and_keeps_its_gaps():
    (line,) = Picture("x", "y").lines(LINE)
    put(line, [1, 2, 3, 4], [10.0, UNKNOWN, 30.0, UNKNOWN])
    assert list(line.x) == [1, 2, 3]
    assert np.array_equal(line.y, [10.0, UNKNOWN, 30.0], equal_nan=True)
    assert line.visible


def test_a_line_of_which_nothing_is_known_keeps_its_place_out_of_sight():
    (line,) = Picture("x", "y").lines(LINE)
    assert not line.visible
    put(line, [1, 2], [5.0, 6.0])
    put(line, [1, 2], [UNKNOWN, UNKNOWN])
    assert list(line.y) == [5.0, 6.0]
    assert not line.visible


def test_what_is_not_wanted_stays_out_of_sight():
    (line,) = Picture("x", "y").lines(LINE)
    put(line, [1, 2], [5.0, 6.0], shown=False)
    assert not line.visible


def test_a_dot_at_an_unknown_place_is_not_drawn():
    dots = Picture("x", "y").dots(LINE, count=2)
    put(dots, [1.0, UNKNOWN], [2.0, 3.0])
    assert list(dots.x) == [1.0]
    assert dots.visible
    put(dots, [UNKNOWN], [2.0])
    assert not dots.visible


def test_a_band_ends_with_its_line():
    x, y = np.arange(1, 5), np.array([[1.0, 2.0, UNKNOWN, UNKNOWN]] * 3)
    assert charts.known_until(x, y) == 2
    assert charts.known_until(x, np.full((3, 4), UNKNOWN)) == 0
