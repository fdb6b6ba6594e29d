"""The reverse sweep as a run of its own: right second derivatives, readable labels, steps like any other."""

from typing import Any

import numpy as np
import pytest

from core.checking.differences import finite_difference
from core.language import parse
from core.notation import bar, entry_formula, sentence
from core.run import Run, record
from core.second_derivatives.matrices import cheaper_order, hessian, jacobian
from core.second_derivatives.runs import differentiate_again
from core.timeline import Timeline


def run_of(text: str, **point: Any) -> Run:
    run = record(parse(text), point)
    assert run.failure is None
    return run


SCALARS = [
    ("y = x**3", {"x": 2.0}, 12.0),
    ("y = sin(x)", {"x": 0.7}, -np.sin(0.7)),
    ("y = x*x*x*x", {"x": 2.0}, 48.0),
    ("y = exp(x*x)", {"x": 0.5}, np.exp(0.25) * 3),
    ("y = log(x) + 1/x", {"x": 2.0}, -0.25 + 0.25),
    ("y = tanh(x)", {"x": 0.3}, -2 * np.tanh(0.3) * (1 - np.tanh(0.3) ** 2)),
    ("y = relu(x)*x", {"x": 2.0}, 2.0),
]


@pytest.mark.parametrize(("text", "point", "second"), SCALARS)
def test_second_derivatives(text: str, point: dict[str, Any], second: float) -> None:
    run = run_of(text, **point)
    again = differentiate_again(run, "x")
    assert again.value == pytest.approx(run.gradients()["x"])
    assert again.gradients()["x"] == pytest.approx(second)
    assert hessian(run).values == pytest.approx(np.array([[second]]))


def test_third_and_fourth_derivatives_one_layer_up_each_time() -> None:
    run = run_of("y = x**4", x=2.0)
    second = differentiate_again(run, "x")
    third = differentiate_again(second, "x")
    fourth = differentiate_again(third, "x")
    assert [one.value for one in (second, third, fourth)] == pytest.approx([32.0, 48.0, 48.0])
    assert fourth.gradients()["x"] == pytest.approx(24.0)
    assert {third.layer(index) for index in range(len(third.tape))} == {0, 1, 2}


def test_the_first_entries_stay_and_adjoints_are_labelled_with_a_bar() -> None:
    run = run_of("a = x*z\ny = sin(a)*a", x=2.0, z=3.0)
    again = differentiate_again(run, "x")
    tape = again.tape
    assert [tape.label(i) for i in range(again.border)] == [run.tape.label(i) for i in range(len(run.tape))]
    labels = [tape.label(index) for index in range(again.border, len(tape))]
    assert {bar("x"), bar("a"), bar("v2")} <= set(labels)
    assert again.target is not None and tape.label(again.target) == bar("x")
    assert entry_formula(tape, again.adjoints[run.inputs["x"]]) == f"{bar('x')} = {bar('a')} × z"
    assert again.layer(0) == 0 and again.layer(again.target) == 1
    assert tape[again.target].span == run.tape[2].span, "an adjoint belongs to the text it is derived from"


def test_the_run_again_can_be_stepped_through() -> None:
    again = differentiate_again(run_of("y = sin(x)*x", x=2.0), "x")
    timeline = Timeline.of(again)
    for step in range(len(timeline) + 1):
        timeline.frame(step).states()
        assert sentence(timeline, step)
    last = timeline.frame(len(timeline))
    assert last.adjoint(again.inputs["x"]) == pytest.approx(2 * np.cos(2.0) - 2 * np.sin(2.0))


def test_one_component_of_an_array_gives_a_row_of_the_hessian() -> None:
    run = run_of("y = sum(x*x*x)", x=np.array([1.0, 2.0]))
    again = differentiate_again(run, "x", (1,))
    assert again.target_label == bar("x") + "[1]"
    assert again.gradients()["x"] == pytest.approx(np.array([0.0, 12.0]))
    assert differentiate_again(run, "x").value == pytest.approx(15.0)


def test_a_gradient_that_is_the_same_everywhere_has_no_target_and_a_hessian_of_zeros() -> None:
    run = run_of("y = 3*x + z", x=2.0, z=1.0)
    again = differentiate_again(run, "x")
    assert again.target is None and again.value == 3.0
    assert again.gradients() == {"x": None, "z": None}
    assert np.array_equal(hessian(run).values, np.zeros((2, 2)))


def test_where_there_is_no_gradient_there_is_nothing_to_differentiate() -> None:
    with pytest.raises(ValueError, match="has no gradient with respect to x"):
        differentiate_again(run_of("u = x\ny = z*z", x=1.0, z=2.0), "x")
    with pytest.raises(ValueError, match="does not depend on a watched input"):
        hessian(run_of("y = 1.0 + 2"))


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("y = x*x*z + sin(z)", {"x": 1.5, "z": 0.5}),
        ("y = sum((A @ x)**2) + x[0]*x[1]", {"A": np.array([[1.0, 2.0], [0.5, -1.0]]), "x": np.array([0.3, 0.7])}),
        ("y = sum(sigmoid(x @ w))", {"x": np.array([[1.0, 2.0]]), "w": np.array([0.1, -0.2])}),
        ("y = sum(softplus(x)*exp(-z))", {"x": np.array([0.5, -1.0, 2.0]), "z": 0.3}),
    ],
)
def test_the_hessian_is_symmetric_and_agrees_with_differences_of_gradients(text: str, point: dict[str, Any]) -> None:
    found = hessian(run_of(text, **point))
    assert found.values == pytest.approx(found.values.T)
    assert len(found.columns) == len(found.values) == found.sweeps - 1

    def flat_gradient(**moved: Any) -> np.ndarray:
        run = record(parse(text), moved)
        return np.concatenate([np.ravel(run.gradients()[name]) for name in run.inputs])

    for place in range(len(found.values)):
        row = finite_difference(lambda place=place, **moved: flat_gradient(**moved)[place], point, 1e-5)
        names = run_of(text, **point).inputs
        assert found.values[place] == pytest.approx(np.concatenate([np.ravel(row[n]) for n in names]), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "point", "order"),
    [
        ("y = A @ x", {"A": np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 1.0]]), "x": np.array([0.3, 0.7])}, "rows"),
        ("y = sin(x)*np.array([1.0, 2.0, 3.0])", {"x": 0.4}, "columns"),
        ("y = sum(x*x)", {"x": np.ones(5)}, "rows"),
        ("y = x*z", {"x": np.array([1.0, 2.0]), "z": np.array([3.0, 4.0])}, "rows"),
    ],
)
def test_a_jacobian_by_rows_is_the_jacobian_by_columns(text: str, point: dict[str, Any], order: str) -> None:
    run = run_of(text, **point)
    rows, columns = jacobian(run, "rows"), jacobian(run, "columns")
    assert rows.values == pytest.approx(columns.values)
    assert rows.rows == columns.rows and rows.columns == columns.columns
    assert cheaper_order(run) == order
    assert jacobian(run).sweeps == min(rows.sweeps, columns.sweeps)


def test_names_of_rows_and_columns() -> None:
    found = jacobian(run_of("y = x*z", x=np.array([1.0, 2.0]), z=3.0))
    assert (found.rows, found.columns) == (("y[0]", "y[1]"), ("x[0]", "x[1]", "z"))


def test_too_many_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 500"):
        hessian(run_of("y = sum(x)", x=np.ones(501)))
