"""Paths made from arrays are the paths that Qt would build call by call."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from explorer.graph import paths


def test_curves_equal_those_built_by_hand() -> None:
    points = np.array([[0, 0], [1, 0], [2, 3], [4, 4], [9, 9], [10, 9], [11, 12], [13, 13], [5, 5], [6, 6], [7, 8]])
    built = QPainterPath()
    built.setFillRule(Qt.FillRule.WindingFill)
    built.moveTo(9, 9)
    built.cubicTo(10, 9, 11, 12, 13, 13)
    built.cubicTo(5, 5, 6, 6, 7, 8)
    assert paths.curves(points.astype(float), np.array([0, 4, 11]), np.array([1])) == built


def test_no_shapes_make_an_empty_path() -> None:
    assert paths.curves(np.zeros((0, 2)), np.array([0]), np.array([], int)).isEmpty()
    assert paths.rounded(np.zeros((0, 4)), 5.0).isEmpty()


def test_rounded_boxes_fill_their_boxes_but_not_the_corners() -> None:
    path = paths.rounded(np.array([[0.0, 0, 40, 20], [100, 0, 140, 20]]), 8.0)
    assert path.boundingRect() == QRectF(0, 0, 140, 20)
    assert path.contains(QRectF(10, 5, 20, 10)) and not path.contains(QRectF(0.1, 0.1, 0.5, 0.5))


def test_arrow_heads_end_at_their_tips() -> None:
    heads = paths.arrow_heads(np.array([[10.0, 0]]), np.array([[0.0, 0]]), 4, 2)
    assert heads.tolist() == [[[10, 0], [6, 1], [6, -1]]]


@pytest.mark.parametrize(("fraction", "x"), [(0, 0), (0.5, 15), (1, 30)])
def test_along_goes_by_length(fraction: float, x: float) -> None:
    straight = np.array([[0.0, 0], [1, 0], [2, 0], [30, 0]])
    place, ahead = paths.along(straight, fraction)
    assert place[0] == pytest.approx(x, abs=0.3) and ahead.tolist() == [1, 0]


def test_a_shortened_route_stops_before_its_end() -> None:
    straight = np.array([[0.0, 0], [10, 0], [20, 0], [30, 0]])
    assert paths.shortened(straight, 5).boundingRect().right() == pytest.approx(25)
