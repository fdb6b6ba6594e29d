"""Fields: values over two numbers, as NumPy and the recorded program have them; branches, contours and slopes."""

import numpy as np
import pytest

from core.field import FieldError, Place, Slopes, bands, contours, field_over, levels, places
from core.language import parse
from core.run import record

NETWORK = """def loss(x, W1, b1, W2, b2):
    hidden = tanh(x @ W1 + b1)
    out = sigmoid(hidden @ W2 + b2)
    target = array([[0.0], [1.0], [1.0], [0.0]])
    return mean((out - target)**2)"""
POINT = {
    "x": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]),
    "W1": np.array([[0.0, 0.21, -0.19], [-0.62, -0.32, -0.69]]), "b1": np.zeros(3),
    "W2": np.array([[0.04], [0.94], [-0.34]]), "b2": 0.1,
}  # fmt: skip
X, Y = Place("x"), Place("y")


def over(text, point, at=(X, Y), count=12, span=(-2.0, 2.0)):
    return field_over(parse(text), point, at, span, span, count)


def test_values_are_numpys():
    field = over("sin(3*x)*y + x**2 + 0.5*y**2", {"x": 1.0, "y": 1.0}, count=30)
    x, y = np.meshgrid(field.xs, field.ys)
    np.testing.assert_allclose(field.values, np.sin(3 * x) * y + x**2 + 0.5 * y**2, atol=1e-13)
    assert field.paths == 1 and field.unknown == 0


@pytest.mark.parametrize(
    "at", [(Place("W1", (0, 1)), Place("W2", (2, 0))), (Place("W1", (0, 1)), Place("W1", (1, 2))),
           (Place("b2"), Place("b1", (1,))), (Place("x", (1, 1)), Place("W1", (0, 0)))],
)  # fmt: skip
def test_elements_of_matrices_agree_with_recording_each_cell(at):
    field = over(NETWORK, POINT, at, count=5)
    for j, i in ((0, 0), (1, 4), (3, 2)):
        there = at[1].put(at[0].put(POINT, field.xs[i]), field.ys[j])
        assert field.values[j, i] == pytest.approx(record(parse(NETWORK), there).value, rel=1e-13)


OPERATIONS = (
    "(A * p[:, None]).T @ np.array([1.0, 2.0])", "p @ A", "A @ np.stack([p[0], x, p[1]])", "np.reshape(A * x, (3, 2))",
    "np.max(A * x, axis=0)", "np.concatenate([p * x, p])[1:3]", "softmax(p * x)", "np.cumsum(p * x)",
    "(A * x)[::-1, 1]", "np.linalg.inv(np.array([[x, 1.0], [0.5, x + 9]]))", "np.prod(A + x, axis=1)",
    "p[[1, 0, 1]] * x", "np.mean(A * x)", "np.outer(p, p) * x", "np.sort(p * x)", "A * x + p[:, None]",
    "np.transpose(A * x) - p", "np.roll(p, 1) * x",
)  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operations_on_arrays_agree_with_recording_each_cell(operation):
    text = f"def f(x, p, A):\n    return np.sum(np.sin({operation}))"
    point = {"x": 0.7, "p": np.array([0.3, -1.2]), "A": np.array([[0.5, -1.0, 2.0], [3.0, 0.25, 1.0]])}
    at = X, Place("p", (1,))
    field = over(text, point, at, count=4)
    for j, i in ((0, 0), (3, 1), (2, 3)):
        there = at[1].put(at[0].put(point, field.xs[i]), field.ys[j])
        assert field.values[j, i] == pytest.approx(record(parse(text), there).value, rel=1e-12)


def test_other_branches_are_followed_where_they_hold():
    text = "def f(x, y):\n    if x > y:\n        return x*x\n    return y + (x if x > 0 else -x)"
    field = over(text, {"x": 1.0, "y": 2.0}, count=20)
    x, y = np.meshgrid(field.xs, field.ys)
    np.testing.assert_allclose(field.values, np.where(x > y, x * x, y + np.abs(x)), atol=1e-13)
    assert field.paths == 3 and field.unknown == 0


def test_loops_that_end_at_different_times_are_followed():
    text = "def f(x, y):\n    while x < 10:\n        x = 1.5*x + y\n    return x"
    field = field_over(parse(text), {"x": 1.0, "y": 1.0}, (X, Y), (0.5, 9.0), (0.5, 3.0), 15)

    def by_hand(x, y):
        while x < 10:
            x = 1.5 * x + y
        return x

    for j, i in ((0, 0), (14, 14), (7, 3), (2, 11)):
        assert field.values[j, i] == pytest.approx(by_hand(field.xs[i], field.ys[j]), rel=1e-13)
    assert field.paths > 3 and not field.unknown


def test_a_branch_without_inputs_is_followed_too():
    field = over("def f(x, y):\n    if x < 0:\n        return 7.0\n    return x + y", {"x": 1.0, "y": 1.0}, count=30)
    x, y = np.meshgrid(field.xs, field.ys)
    np.testing.assert_allclose(field.values, np.where(x < 0, 7.0, x + y))
    assert field.paths == 2


def test_where_the_program_fails_there_is_no_value():
    text = "def f(x, y):\n    if x < 0:\n        return [x][3]\n    return x + y"
    field = over(text, {"x": 1.0, "y": 1.0}, count=6)
    assert np.isnan(field.values[:, :3]).all() and np.isfinite(field.values[:, 3:]).all()
    assert (field.paths, field.unknown) == (2, 0)
    assert np.isfinite(np.concatenate([line for one in contours(field) for line in one.lines])).all()


def test_an_output_of_several_numbers_is_refused():
    with pytest.raises(FieldError):
        over("np.array([x, y])", {"x": 1.0, "y": 2.0})


def test_slopes_are_the_gradient():
    at = Place("W1", (0, 1)), Place("W2", (2, 0))
    slopes = Slopes(parse(NETWORK), POINT, at)
    there = slopes.tangent(0.4, -0.8)
    run = record(parse(NETWORK), at[1].put(at[0].put(POINT, 0.4), -0.8))
    gradients = run.gradients()
    assert there.value == pytest.approx(run.value, rel=1e-14)
    assert (there.slope_x, there.slope_y) == pytest.approx((gradients["W1"][0, 1], gradients["W2"][2, 0]), rel=1e-12)
    arrows = slopes.arrows((0, 3), (0, 3), 3)
    assert [(one.x, one.y) for one in arrows[:4]] == [(0.5, 0.5), (1.5, 0.5), (2.5, 0.5), (0.5, 1.5)]


def test_contours_of_a_bowl_are_circles():
    """x² + y² is r² on a circle of radius r; lines between grid points are straight, hence the tolerance."""
    field = over("x*x + y*y", {"x": 1.0, "y": 1.0}, count=81)
    lines = contours(field, np.array([0.25, 1.0, 2.25]))
    for line in lines:
        assert len(line.lines) == 1
        np.testing.assert_allclose(np.hypot(*line.lines[0].T), line.level**0.5, rtol=2e-3)
    covered = bands(field)
    area = sum(_area(ring) for band in covered for polygon in band.polygons for ring in polygon)
    assert area == pytest.approx(16.0, rel=1e-6) and len(covered) == len(levels(field)) + 1


def _area(ring):
    """The shoelace formula: outlines turn one way and holes the other."""
    x, y = ring[:-1].T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))


def test_levels_are_spaced_by_ratio_in_a_steep_valley():
    steep = levels(over("100*(y - x**2)**2 + (1 - x)**2", {"x": 0.0, "y": 0.0}, count=60))
    even = levels(over("x + y", {"x": 0.0, "y": 0.0}, count=10))
    assert np.allclose(np.diff(even), even[1] - even[0]) and len(even) == 12
    assert np.all(np.diff(steep) > 0) and np.diff(steep)[-1] > 20 * np.diff(steep)[0]
    assert not len(levels(over("x*0 + 0*y", {"x": 0.0, "y": 0.0})))


def test_places_name_every_number():
    found = places({"w": 2.0, "W": np.array([[1.0, 2.0], [3.0, 4.0]])}, ["w", "W"])
    assert [str(one) for one in found] == ["w", "W[0, 0]", "W[0, 1]", "W[1, 0]", "W[1, 1]"]
    assert found[3].of({"W": np.array([[1.0, 2.0], [3.0, 4.0]])}) == 3.0
