"""Why a gradient is zero, not finite, large or small, and which kinks a point touches: at least five programs each."""

from typing import Any

import numpy as np
import pytest

from core.language import parse
from core.run import Run, record
from core.timeline import Timeline
from core.why import conventions_at, why_large, why_not_finite, why_small, why_zero

ARRAY = np.array([-1.0, -2.0])


def run_of(text: str, **point: Any) -> Run:
    run = record(parse(text), point)
    assert run.failure is None, run.failure
    return run


ZERO: dict[str, list[tuple[str, dict[str, Any], str]]] = {
    # reason: (program, point, label of the entry to be marked)
    "off": [
        ("y = relu(x)*3", {"x": -2.0}, "v1"),
        ("y = relu(x)", {"x": 0.0}, "y"),
        ("y = sum(relu(x))", {"x": ARRAY}, "v1"),
        ("a = x*x\nb = relu(1 - a)\ny = b*3 + 1", {"x": 3.0}, "b"),
        ("y = tf.nn.relu(x*2)*5", {"x": -1.0}, "v2"),
    ],
    "saturated": [
        ("y = sigmoid(x)*3", {"x": 800.0}, "v1"),
        ("y = tanh(x*x)", {"x": 20.0}, "y"),
        ("y = exp(x)", {"x": -2000.0}, "y"),
        ("y = sum(sigmoid(x*1000))", {"x": ARRAY}, "v2"),
        ("y = 2*tanh(tanh(x)*50)", {"x": 1.0}, "v3"),
    ],
    "multiplied by zero": [
        ("y = x*b", {"x": 2.0, "b": 0.0}, "y"),
        ("y = x*(b - 1)*5", {"x": 2.0, "b": 1.0}, "v2"),
        ("y = sum(x*b)", {"x": ARRAY, "b": np.zeros(2)}, "v1"),
        ("y = x @ b", {"x": ARRAY, "b": np.zeros(2)}, "y"),
        ("y = 0*sin(x)", {"x": 1.0}, "y"),
        ("y = b/x", {"x": 2.0, "b": 0.0}, "y"),
    ],
    "cancel": [
        ("y = x*3 - 3*x", {"x": 2.0}, "x"),
        ("y = (x - x)*5", {"x": 2.0}, "x"),
        ("y = x*x - 4*x", {"x": 2.0}, "x"),
        ("a = 2*x\ny = a*a - 8*a", {"x": 2.0}, "a"),
        ("y = sum(x) - sum(x)", {"x": ARRAY}, "x"),
    ],
    "not chosen": [
        ("y = maximum(x, b)", {"x": 2.0, "b": 3.0}, "y"),
        ("y = 5*minimum(b, x*x)", {"x": 2.0, "b": 3.0}, "v2"),
        ("y = np.where(b > 0, b, x)", {"x": 2.0, "b": 3.0}, "y"),
        ("y = clip(x, 0.0, 1.0)", {"x": 2.0}, "y"),
        ("y = maximum(x, b)*b", {"x": 2.0, "b": 3.0}, "v1"),
    ],
    "flat": [
        ("y = x**2", {"x": 0.0}, "y"),
        ("y = cos(x)", {"x": 0.0}, "y"),
        ("y = 3*square(x)", {"x": 0.0}, "v1"),
        ("y = 5*sin(x)**2", {"x": 0.0}, "v2"),
        ("y = sum(x**3)", {"x": np.zeros(2)}, "v1"),
    ],
    "kink": [
        ("y = abs(x)", {"x": 0.0}, "y"),
        ("y = 3*abs(x - 2)", {"x": 2.0}, "v2"),
        ("y = sum(abs(x))", {"x": np.zeros(2)}, "v1"),
        ("y = exp(abs(x))", {"x": 0.0}, "v1"),
        ("y = abs(sin(x))*b", {"x": 0.0, "b": 2.0}, "v2"),
    ],
    "step": [
        ("y = sign(x)", {"x": 3.0}, "y"),
        ("y = np.sign(x)*5", {"x": -3.0}, "v1"),
        ("y = sum(sign(x))", {"x": ARRAY}, "v1"),
        ("y = sign(x*x)*b", {"x": 3.0, "b": 2.0}, "v2"),
        ("y = 1 + sign(sin(x))", {"x": 3.0}, "v2"),
    ],
}


@pytest.mark.parametrize(
    ("reason", "text", "point", "label"), [(reason, *case) for reason, cases in ZERO.items() for case in cases]
)
def test_the_factor_that_makes_a_gradient_zero_is_named(
    reason: str, text: str, point: dict[str, Any], label: str
) -> None:
    run = run_of(text, **point)
    answer = why_zero(run, run.inputs["x"])
    assert answer is not None and answer.cause == reason, answer
    assert answer.index is not None and run.tape.label(answer.index) == label
    assert answer.path[0] == run.inputs["x"] and answer.index in answer.path
    assert answer.reason.endswith(".") and answer.span is not None


def test_a_zero_further_up_is_traced_to_where_it_arose() -> None:
    run = run_of("a = sin(x)\nb = a*3\nc = relu(b - 5)\ny = c + 1", x=1.0)
    answer = why_zero(run, run.inputs["x"])
    assert answer is not None and answer.cause == "off"
    assert [run.tape.label(index) for index in answer.path] == ["x", "a", "b", "v3", "c"]


@pytest.mark.parametrize("text", ["y = x*3", "y = x*x + b", "y = 0*b + x", "y = relu(x)", "y = b"])
def test_a_gradient_that_is_not_zero_needs_no_answer(text: str) -> None:
    run = run_of(text, x=2.0, b=0.0)
    assert "x" not in run.inputs or why_zero(run, run.inputs["x"]) is None


FINITE: dict[str, list[tuple[str, dict[str, Any], str]]] = {
    "domain": [
        ("y = log(x)*3", {"x": -2.0}, "v1"),
        ("y = sqrt(x - 3) + 1", {"x": 1.0}, "v2"),
        ("y = x**0.5", {"x": -1.0}, "y"),
        ("y = sum(log(x))", {"x": np.array([1.0, 0.0, -1.0])}, "v1"),
        ("y = arcsin(2*x)", {"x": 1.0}, "y"),
    ],
    "division by zero": [
        ("y = 1/x + 3", {"x": 0.0}, "v1"),
        ("y = x/(x - 2)", {"x": 2.0}, "y"),
        ("y = x/x", {"x": 0.0}, "y"),
        ("y = sum(1/x)", {"x": np.array([1.0, 0.0])}, "v1"),
        ("a = sin(x)\ny = 2/a", {"x": 0.0}, "y"),
    ],
    "overflow": [
        ("y = exp(x)*0", {"x": 1000.0}, "v1"),
        ("y = x*x", {"x": 1e300}, "y"),
        ("y = sinh(x) + 1", {"x": 900.0}, "v1"),
        ("y = x**100", {"x": 1e10}, "y"),
        ("y = sum(exp(x*x))", {"x": np.array([1.0, 50.0])}, "v2"),
    ],
    "steep": [
        ("y = sqrt(x)", {"x": 0.0}, "y"),
        ("y = sqrt(sum(x**2))", {"x": np.zeros(2)}, "y"),
        ("y = 2*x**0.5", {"x": 0.0}, "v1"),
        ("y = arcsin(x)", {"x": 1.0}, "y"),
        ("y = sqrt(1 - x*x)*3", {"x": 1.0}, "v3"),
    ],
}


@pytest.mark.parametrize(
    ("reason", "text", "point", "label"), [(reason, *case) for reason, cases in FINITE.items() for case in cases]
)
def test_the_entry_where_nan_or_infinity_began_is_named(
    reason: str, text: str, point: dict[str, Any], label: str
) -> None:
    run = run_of(text, **point)
    answer = why_not_finite(run, Timeline.of(run))
    assert answer is not None and answer.cause == reason, answer
    assert answer.index is not None and run.tape.label(answer.index) == label
    assert answer.remedy.endswith(".") and answer.span is not None


def test_an_entry_that_is_not_finite_leads_back_to_where_it_began() -> None:
    run = run_of("a = log(x)\nb = 1/(x + 1)\ny = b*a", x=-1.0)
    timeline = Timeline.of(run)
    answer = why_not_finite(run, timeline, run.target)
    assert answer is not None and run.tape.label(answer.index or 0) == "a"
    assert answer.path[-1] == run.target


def test_a_nan_gradient_of_an_infinite_value_is_a_forward_matter() -> None:
    run = run_of("y = exp(x)*0", x=1000.0)
    answer = why_not_finite(run, Timeline.of(run), run.inputs["x"])
    assert answer is not None and answer.cause == "overflow"


@pytest.mark.parametrize("text", ["y = x", "y = x*2", "y = log(x)", "y = sqrt(x)/x", "y = exp(-x*1000)"])
def test_finite_numbers_need_no_answer(text: str) -> None:
    run = run_of(text, x=2.0)
    assert why_not_finite(run, Timeline.of(run)) is None


SIZES = [
    ("y = exp(x)*1000", {"x": 5.0}, ["y", "v1", "x"], 148413.1591),
    ("y = sigmoid(sigmoid(sigmoid(x)*0.1))", {"x": 5.0}, ["y", "v3", "v2", "v1", "x"], 3.872012e-05),
    ("y = 100*x + 0.001*x", {"x": 1.0}, ["y", "v1", "x"], 100.0),
    ("y = sum(x*50)", {"x": ARRAY}, ["y", "v1", "x"], 50.0),
    ("y = 1/x", {"x": 0.01}, ["y", "x"], 10000.0),
    ("a = x*10\nb = a*10\nc = b*10\ny = c + a", {"x": 1.0}, ["y", "c", "b", "a", "x"], 1000.0),
]


@pytest.mark.parametrize(("text", "point", "labels", "product"), SIZES)
def test_the_strongest_path_and_its_factors(
    text: str, point: dict[str, Any], labels: list[str], product: float
) -> None:
    run = run_of(text, **point)
    for answer in (why_large(run, run.inputs["x"]), why_small(run, run.inputs["x"])):
        assert answer is not None
        assert [run.tape.label(index) for index in answer.path] == labels
        assert answer.value == pytest.approx(product)
        assert np.prod([factor.value for factor in answer.factors]) == pytest.approx(product)


def test_the_largest_factor_comes_first_for_large_and_the_smallest_for_small() -> None:
    run = run_of("y = exp(x)*0.001", x=5.0)
    large, small = why_large(run, run.inputs["x"]), why_small(run, run.inputs["x"])
    assert large is not None and run.tape.label(large.index or 0) == "v1"
    assert small is not None and run.tape.label(small.index or 0) == "y"


KINKS = [
    ("y = relu(x)", {"x": 0.0}, "0", "0"),
    ("y = abs(x)", {"x": 0.0}, "0", "1"),
    ("y = maximum(x, 2*b)", {"x": 2.0, "b": 1.0}, "0.5 and 0.5", "0.5 and 0.5"),
    ("y = minimum(x, b)", {"x": 2.0, "b": 2.0}, "0.5 and 0.5", "0.5 and 0.5"),
    ("y = sqrt(x)", {"x": 0.0}, "∞", "∞"),
    ("y = 3*relu(x - 2)", {"x": 2.0}, "0", "0"),
    ("y = max(x)", {"x": np.ones(3)}, "equal shares", "equal shares"),
]


@pytest.mark.parametrize(("text", "point", "pytorch", "jax"), KINKS)
def test_a_kink_at_the_point_is_found_with_what_others_answer(
    text: str, point: dict[str, Any], pytorch: str, jax: str
) -> None:
    (found,) = conventions_at(run_of(text, **point))
    assert (found.pytorch, found.jax) == (pytorch, jax)
    assert found.span is not None and found.sentence.endswith(".")


@pytest.mark.parametrize("text", [text for text, *_ in KINKS if "max(" not in text])
def test_no_kink_is_found_beside_it(text: str) -> None:
    assert conventions_at(run_of(text, x=0.5, b=3.0)) == ()
