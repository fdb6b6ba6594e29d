"""Wording: numbers, labels, formulas and sentences, for every operation of the table and for the seed function."""

import numpy as np
import pytest

from core.events import AdjointCompleted, Event
from core.functions import call
from core.language import parse
from core.notation import LATEX, PLAIN, bar, dot, drawn_formula, formula, number, operation_sign, sentence
from core.notation.pullbacks import PULLBACKS
from core.notation.styles import Plain
from core.notation.tangents import OWN_REASONS, PUSHES, REASONS
from core.op import Op
from core.ops import table
from core.run import Run, record
from core.sweeps import tangents
from core.tape import Tape, set_recorders
from core.tensor import Tensor, place_on
from core.timeline import Timeline
from tests.golden import golden


def recorded(op: Op, place: int) -> Timeline:
    """The op at one of its samples, with operands named a, b, c and the result z."""
    tape = Tape()
    operands = []
    inputs: dict[str, int] = {}
    rules = op.rules * len(op.samples[place]) if op.variadic else op.rules
    for name, value, rule in zip("abc", op.samples[place], rules, strict=False):
        tensor = Tensor(value) if isinstance(value, float) else Tensor(np.asarray(value))
        if rule:
            place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
            inputs[name] = tensor.index
            tape.names[tensor.index] = name
        operands.append(tensor)
    before = set_recorders((tape,))
    result = call(op.name, *operands, **(op.sample_attributes[place] if op.sample_attributes else {}))
    set_recorders(before)
    tape.name(result, "z")
    return Timeline.of(Run(None, {}, tape, inputs, frozenset(inputs), tape.index_of(result), result.primal))  # type: ignore[arg-type]


def steps_of(timeline: Timeline) -> str:
    inputs = len(timeline.run.inputs)
    lines = [
        f"  {formula(timeline, step)}\n      {sentence(timeline, step)}"
        for step in range(inputs + 1, len(timeline) + 1)
        if not isinstance(timeline.event(step), AdjointCompleted)
    ]
    return "\n".join(lines)


def forwards(timeline: Timeline) -> str:
    """The step of the tangent sweep that reaches the result, where every operand moves with speed 1, 2 or 3."""
    run = timeline.run
    seeds = {index: run.tape.primals[index] * 0 + float(speed) for speed, index in enumerate(run.inputs.values(), 1)}
    events: list[Event] = []
    tangents(run.tape, seeds, events.append)
    moved = Timeline(run, events)
    return f"  {formula(moved, len(moved))}\n      {sentence(moved, len(moved))}"


def every_operation() -> str:
    """Each op at its first sample, and at every sample of another shape: formula and sentence of each step."""
    parts = []
    for op in table.values():
        for place in range(len(op.samples) if not op.elementwise else 1):
            if any(op.rules) and op.samples:
                timeline = recorded(op, place)
                parts.append(f"{op.name}\n{steps_of(timeline)}\n{forwards(timeline)}")
    return "\n\n".join(parts) + "\n"


def test_every_operation_reads_as_it_was_found_right() -> None:
    """A changed wording must be read again: write it with `python -m tests.golden` and look at the difference."""
    assert every_operation() == golden("notation.txt")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.0, "10"),
        (0.6931471805599453, "0.693147"),
        (2.5e-7, "2.5e-7"),
        (1e20, "1e20"),
        (-0.5, "-0.5"),
        (float("nan"), "nan"),
        (float("-inf"), "-∞"),
        (True, "True"),
        (None, "none"),
        (np.array([1.0, 2.5]), "[1, 2.5]"),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), "[[1, 2], [3, 4]]"),
        (np.zeros((3, 4)), "array 3×4"),
        (np.zeros((0,)), "array 0"),
        (2 + 3j, "2+3j"),
    ],
)
def test_numbers(value: object, text: str) -> None:
    assert number(value) == text


def test_accents_stand_over_the_letter_of_short_names_and_over_all_of_long_ones() -> None:
    assert bar("v4") == "v\u03044"
    assert bar("loss") == "l\u0305o\u0305s\u0305s\u0305"
    assert dot("w1") == "w\u03071"


@pytest.mark.parametrize("op", [op for op in table.values() if op.vjps and not op.elementwise], ids=lambda op: op.name)
def test_every_matrix_rule_has_words(op: Op) -> None:
    """A new operation without words would read `v̄ through v`."""
    assert op.name in PULLBACKS
    assert op.linear or op.name in PUSHES and op.name in REASONS | dict.fromkeys(OWN_REASONS)


def test_a_contribution_to_a_broadcast_operand_names_the_summed_axes() -> None:
    run = record(parse("y = (X + b).sum()"), {"X": np.ones((2, 3)), "b": np.ones(3)})
    timeline = Timeline.of(run)
    step = next(
        step
        for step in range(timeline.forward_end + 2, len(timeline) + 1)
        if timeline.event(step).index == run.inputs["b"]
    )
    assert formula(timeline, step) == "b̄ += Σ over axis 0 of v̄1 = [2, 2, 2]"
    assert "summed over axis 0, along which broadcasting had repeated it" in sentence(timeline, step)


def test_latex_of_a_step_is_balanced_and_uses_subscripts() -> None:
    timeline = Timeline.of(record(parse("z = 3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}))
    text = formula(timeline, 12, LATEX)
    assert text == r"\overline{w_{2}} \text{ += } \overline{v_{4}} \times v_{3} = 1 \times 10 = 10"


CUSTOM = """\
@tf.custom_gradient
def f(x):
    def grad(upstream):
        return upstream * 7
    return x * x, grad
f(x)
"""


@pytest.mark.parametrize("style", [PLAIN, LATEX], ids=["plain", "latex"])
def test_an_operation_with_a_gradient_of_its_own_has_words_too(style: Plain) -> None:
    timeline = Timeline.of(record(parse(CUSTOM), {"x": 3.0}))
    assert all(formula(timeline, step, style) for step in range(1, len(timeline) + 1))
    assert all(sentence(timeline, step) for step in range(len(timeline) + 1))
    assert timeline.run.gradients() == {"x": 7}


def test_outside_its_domain_no_slope_is_claimed() -> None:
    timeline = Timeline.of(record(parse("log(x - 1)*w"), {"x": 0.0, "w": 2.0}))
    told = [sentence(timeline, step) for step in range(len(timeline) + 1)]
    (outside,) = [one for one in told if "v1 through v2" in one]
    assert "v2 is not defined at this point (its domain: v1 > 0), so it has no partial" in outside
    assert told[-1].endswith("f is not a number at this point, so it has no derivative here.")
    inside = Timeline.of(record(parse("log(x - 1)*w"), {"x": 3.0, "w": 2.0}))
    assert not any("no slope" in sentence(inside, step) for step in range(len(inside) + 1))


def test_an_input_that_is_not_watched_is_called_by_its_name_where_its_value_itself_is_used() -> None:
    run = record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}, watch=["w1"])
    timeline = Timeline.of(run)
    told = [formula(timeline, step) for step in range(len(timeline) + 1)]
    assert "v4 = v3 × w2 = 10 × 3 = 30" in told and "v̄3 += v̄4 × w2 = 1 × 3 = 3" in told
    assert sentence(timeline, 6) == "v4 is computed from v3, with a constant from w2, which is not watched: 30."
    other = Timeline.of(record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}, watch=["w2"]))
    assert formula(other, 3) == "v1 = 10 × w2 = 10 × 3 = 30", "what was computed from w1 has no name"
    X = np.arange(6.0).reshape(2, 3)
    matrices = Timeline.of(record(parse("sum(X @ w)"), {"X": X, "w": np.ones(3)}, watch=["w"]))
    assert any(formula(matrices, step).startswith("w̄ += Xᵀ @ v̄1") for step in range(len(matrices) + 1))


VIEWS = {
    "y = x*2\nz = y[:2]\nz[0] = 5\ny.sum()": "z is a view of y: this writes into y.",
    "y = x*2\nz = y[1:]\nz *= x[0]\ny.sum()": "z is a view of y: this writes into y.",
    "for row in x[None]:\n    row *= 2\nx.sum()": "row is a view of x: this writes into x.",
    "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x*2\nz = y[:1]\nz.mul_(3)\n"
    "y.sum().backward()": "z is a view of y: this writes into y.",
}


@pytest.mark.parametrize("text", VIEWS)
def test_a_change_through_a_view_is_told(text):
    """The names are the text's own."""
    run = record(parse(text), None if "torch" in text else {"x": [1.0, 2.0, 3.0]})
    timeline = Timeline.of(run)
    told = [sentence(timeline, step) for step in range(1, timeline.forward_end + 1)]
    (writing,) = run.tape.notes.through
    assert sum(VIEWS[text] in one for one in told) == 1
    assert VIEWS[text] in told[writing]
    assert operation_sign(run.tape, writing).endswith(f"← via {VIEWS[text].split()[0]}")
    assert f", through {run.tape.label(run.tape.notes.through[writing])}" in drawn_formula(run.tape, writing)


def test_what_is_changed_by_its_own_name_is_no_view():
    run = record(parse("y = x*2\ny[0] = 5\ny *= 2\ny.sum()"), {"x": [1.0, 2.0]})
    assert not run.tape.notes.through and operation_sign(run.tape, 2) == "[0] ←"
    assert [run.tape.label(index) for index in range(1, 4)] == ["y₁", "y₂", "y₃"]
