"""Running a program at a point: what is watched, what is differentiated, and what a failure leaves."""

import numpy as np
import pytest

from core.language import parse
from core.mistakes import single_precision
from core.notation import entry_formula
from core.run import Run, record
from core.second_derivatives.runs import differentiate_again

TENSORFLOW = """\
import tensorflow as tf
w1, w2 = tf.Variable(5.), tf.Variable(3.)
with tf.GradientTape() as tape:
    z = 3 * w1 ** 2 + 2 * w1 * w2
dw = tape.gradient(z, [w1, w2])
print(dw)
"""
PYTORCH = """\
import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = (x**2).sum()
y.backward()
print(x.grad)
"""
JAX = """\
import jax
def f(x):
    return x * x * x
slope = jax.grad(f)(x)
"""
SECOND = """\
import tensorflow as tf
x = tf.Variable(3.)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x * x * x
    dy = inner.gradient(y, x)
d2y = outer.gradient(dy, x)
"""


def run(text: str, **point: float) -> Run:
    return record(parse(text), point)


def test_inputs_that_are_not_watched_are_constants() -> None:
    result = record(parse("x * y"), {"x": 2.0, "y": 3.0}, watch=["x"])
    assert result.gradients() == {"x": 3.0, "y": None}
    assert "y" not in result.inputs


def test_a_target_can_be_chosen_by_name() -> None:
    result = record(parse("a = x * x\nb = a * x\nb"), {"x": 3.0}, target="a")
    assert result.value == 9
    assert result.gradients() == {"x": 6}


@pytest.mark.parametrize("text", [TENSORFLOW, PYTORCH, JAX], ids=["tensorflow", "pytorch", "jax"])
def test_a_program_that_differentiates_itself_shows_what_it_differentiates(text: str) -> None:
    """The output is what the program asks the gradient of, and the tape ends there, without its own sweep."""
    result = run(text, x=2.0) if text == JAX else run(text)
    assert result.failure is None
    assert result.target == len(result.tape) - 1
    expected = {
        TENSORFLOW: {"w1": 36.0, "w2": 10.0},
        PYTORCH: {"x": [2.0, 4.0, 6.0]},
        JAX: {"x": 12.0},
    }[text]
    assert {name: np.asarray(value).tolist() for name, value in result.gradients().items()} == expected


def test_the_last_question_counts_where_tapes_are_nested() -> None:
    """Differentiating the first derivative shows the first derivative as output: its slope is the second one."""
    result = run(SECOND)
    assert result.value == pytest.approx(27)
    assert result.gradients()["x"] == pytest.approx(18)


def test_where_the_programs_own_tape_knows_no_gradient_there_is_none() -> None:
    """Otherwise the window would contradict what the program prints."""
    text = """\
x = tf.Variable(2.0)
y = x * x
with tf.GradientTape() as tape:
    z = 3 * y
print(tape.gradient(z, x))
"""
    result = run(text)
    assert result.printed.strip() == "None"
    assert result.gradients() == {"x": None}


def test_names_are_those_of_the_text_also_inside_a_tape() -> None:
    result = run(TENSORFLOW)
    assert result.target_label == "z"


def test_an_unnamed_output_is_called_as_its_function_or_f() -> None:
    assert run("def area(r):\n    return 3 * r * r", r=1.0).target_label == "area"
    assert run("2 * x", x=1.0).target_label == "f"
    assert run("2 * y", y=1.0).target_label == "f"
    assert run("2 * f", f=1.0).target_label == "y", "f is taken by an input"
    assert run("y * f", f=1.0, y=1.0).target_label == "v1", "both are"


def test_an_input_keeps_its_name_where_the_text_assigns_it_again() -> None:
    tape = run("def f(r, x):\n    for k in range(2):\n        x = r * x\n    return x", r=2.0, x=3.0).tape
    assert [tape.label(index) for index in range(len(tape))] == ["r", "x", "x₁", "x₂"]


def test_generated_names_are_none_that_the_user_took() -> None:
    tape = run("def f(v1, v2):\n    return v1 * v2 + v1", v1=2.0, v2=3.0).tape
    assert [entry_formula(tape, index) for index in range(2, len(tape))] == ["u1 = v1 × v2", "f = u1 + v1"]


def test_an_output_that_is_no_tensor_is_a_plain_value() -> None:
    assert run("3 + 4").value == 7
    assert run("[x, 2 * x]", x=1.0).value == [1.0, 2.0]


def test_a_failure_keeps_what_was_recorded_and_printed() -> None:
    result = run("y = x * 2\nprint(y)\nz = y @ [1.0, 2.0, 3.0]", x=np.array([1.0, 2.0]))
    assert result.failure is not None
    assert result.failure.span is not None and result.failure.span.line == 3
    assert [entry.op.name for entry in result.tape] == ["input", "mul"]
    assert result.printed.strip() == "[2. 4.]"


def test_entries_know_the_text_that_made_them() -> None:
    text = "def f(x):\n    a = sin(x)\n    return a * x"
    result = run(text, x=1.0)
    assert [entry.span.text_in(text) for entry in result.tape] == ["x", "sin(x)", "a * x"]


def test_an_input_that_is_not_watched_stays_on_the_tape_as_a_constant_of_what_reads_it():
    run = record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}, watch=["w1"])
    tape, (entry,) = run.tape, run.unwatched.values()
    assert run.unwatched == {"w2": entry} and tape.label(entry) == "w2" and tape.primals[entry] == 3.0
    assert run.gradients() == {"w1": 36.0, "w2": None}
    assert [index for index in range(len(tape)) if tape.unwatched_behind(index)] == [5]
    assert entry not in [operand for index in range(len(tape)) for operand in tape.operands(index)]


def test_what_is_computed_from_unwatched_inputs_alone_is_not_recorded_but_they_are_known_to_be_behind_it():
    run = record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}, watch=["w2"])
    assert [entry.op.name for entry in run.tape] == ["input", "input", "mul", "add"]
    assert [run.tape.unwatched_behind(index) for index in range(4)] == [[], [], [0], [0]]


def test_a_count_that_is_not_watched_is_no_entry_but_a_declared_constant_is():
    run = record(parse("c = tf.constant(2.0)\ny = 0.0\nfor k in range(n):\n    y = y + c * x"))
    assert list(run.unwatched) == ["c"] and "n" in run.point and list(run.inputs) == ["x"]


def test_a_constant_that_the_text_watches_is_watched():
    text = "x = tf.constant(3.0)\nwith tf.GradientTape() as tape:\n    tape.watch(x)\n    y = x*x\n"
    assert record(parse(text + "g = tape.gradient(y, x)")).gradients() == {"x": 6.0}


def test_a_variable_that_is_switched_off_is_not_watched_by_itself():
    run = record(parse("w = tf.Variable(2.0)\nv = tf.Variable(3.0)\ny = w * v"), watch=["v"])
    assert run.gradients() == {"w": None, "v": 2.0} and [entry.label for entry in run.tape] == ["w", "v", "y"]


def test_a_copy_of_the_tape_knows_what_is_not_watched_too():
    run = record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}, watch=["w1"])
    for copy in (single_precision(run.tape), differentiate_again(run, "w1", 0).tape):
        assert copy.notes.unwatched == run.tape.notes.unwatched
        assert [copy.unwatched_behind(index) for index in range(7)] == [[], [], [], [], [], [1], []]
