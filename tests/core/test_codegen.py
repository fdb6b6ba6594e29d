"""Text made from tapes: valid Python with the user's names, the same every time, and nothing in it of user text."""

import ast
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core.codegen import compiled, tape_source
from core.codegen.formulas import literal, substitute
from core.codegen.names import identifier
from core.language import parse
from core.ops import table
from core.replay import record_function
from core.run import Run, record
from core.tape import Tape

SEED = "3*w1**2 + 2*w1*w2"


def run_of(text: str, **point: Any) -> Run:
    run = record(parse(text), point)
    assert run.failure is None
    assert run.target is not None
    return run


def text_of(text: str, **point: Any) -> str:
    run = run_of(text, **point)
    return tape_source(run.tape, run.target or 0, list(run.inputs.values()), text).text


def test_the_seed_function_reads_as_in_the_book() -> None:
    assert text_of(SEED, w1=5.0, w2=3.0).splitlines()[9:] == [
        "def value_and_gradient(w1, w2):",
        "    v1 = w1 ** 2.0  # line 1: w1**2",
        "    v2 = 3.0 * v1  # line 1: 3*w1**2",
        "    v3 = 2.0 * w1  # line 1: 2*w1",
        "    v4 = v3 * w2  # line 1: 2*w1*w2",
        "    f = v2 + v4  # line 1: 3*w1**2 + 2*w1*w2",
        "    f_bar = 1.0  # the seed",
        "    v2_bar = f_bar  # through f",
        "    v4_bar = f_bar  # through f",
        "    v3_bar = v4_bar * w2  # through v4",
        "    w2_bar = v4_bar * v3  # through v4",
        "    w1_bar = v3_bar * 2.0  # through v3",
        "    v1_bar = v2_bar * 3.0  # through v2",
        "    w1_bar += v1_bar * (2.0 * w1)  # through v1",
        "    return (f, (w1_bar, w2_bar))",
    ]


def test_short_text_says_the_same_in_less() -> None:
    run = run_of(SEED, w1=5.0, w2=3.0)
    text = tape_source(run.tape, run.target or 0, short=True).text
    assert "return 3.0 * w1 ** 2.0 + 2.0 * w1 * w2" in text
    assert compiled(tape_source(run.tape, run.target or 0, short=True), True)["value_and_gradient"](5.0, 3.0) == (
        105.0,
        (36.0, 10.0),
    )


def test_assigned_names_are_the_users() -> None:
    text = text_of("area = width * height\ncost = area * area", width=2.0, height=3.0)
    assert "    area = width * height" in text
    assert "    area_bar = cost_bar * area" in text
    assert "    area_bar += cost_bar * area" in text


def test_names_given_twice_stay_apart() -> None:
    path = record_function(lambda a: (a * a) * 3.0 + a, {"a": 2.0})
    path.tape.names.update({1: "x", 2: "x", 3: "x"})
    assert [line.split(" = ")[0].strip() for line in path.source.text.splitlines()[1:4]] == ["x1", "x2", "x3"]


@pytest.mark.parametrize(
    ("label", "expected"), [("w1", "w1"), ("θ", "θ"), ("a b", "a_b"), ("1x", "v_1x"), ("x̄", "x̄"), ("", "v_")]
)
def test_labels_become_identifiers(label: str, expected: str) -> None:
    assert identifier(label) == expected
    assert identifier(label).isidentifier()


awkward = st.sampled_from(["exp", "class", "x_bar", "x", "sum", "None", "ﬁ", "fi"])


@given(st.lists(st.one_of(st.text(max_size=8), awkward), min_size=1, max_size=5))
def test_no_label_breaks_the_text(labels: list[str]) -> None:
    """Whatever entries are called, the text holds only our own names and computes the same."""
    names = [f"n{place}" for place in range(len(labels))]

    def product(**inputs: Any) -> Any:
        result: Any = 1.0
        for value in inputs.values():
            result = result * core.exp(value)
        return result

    path = record_function(product, dict.fromkeys(names, 0.5))
    expected = path.value_and_gradient(**dict.fromkeys(names, 0.5))
    path.tape.names.update(enumerate(labels))
    source = tape_source(path.tape, path.target)
    value, gradient = compiled(source, True)["value_and_gradient"](*[0.5] * len(labels))
    assert (value, gradient) == (expected[0], tuple(expected[1].values()))


def test_the_same_tape_gives_the_same_text() -> None:
    texts = {text_of("y = sin(a) * b\nz = y / a + exp(y)", a=0.5, b=2.0) for _ in range(3)}
    assert len(texts) == 1


def test_every_line_is_found_by_its_entry() -> None:
    run = run_of("y = sin(a) * b\nz = y / a", a=0.5, b=2.0)
    source = tape_source(run.tape, run.target or 0)
    lines = source.text.splitlines()
    for entry in run.tape:
        if entry.op.name != "input":
            assert lines[source.line_of_entry[entry.index] - 1].strip().startswith(f"{entry.label} = ")
        assert lines[source.line_of_adjoint[entry.index] - 1].strip().startswith(f"{entry.label}_bar ")


def test_what_the_target_does_not_need_is_left_out() -> None:
    run = run_of("y = a * a\nunused = exp(a)\nz = y + 1\nz", a=2.0)
    assert "exp" not in tape_source(run.tape, run.target or 0).text


def test_branches_stand_in_the_text() -> None:
    text = text_of("if a > b:\n    z = a * b\nelse:\n    z = a\nz", a=3.0, b=2.0)
    assert "    if not (a > b): raise PathChanged" in text


def test_arrays_are_named_and_described() -> None:
    path = record_function(lambda x: core.sum(x * np.array([1.0, 2.0])), {"x": np.ones(2)})
    assert "# c1 = array([1.0, 2.0])" in path.source.text
    assert list(path.source.constants) == ["c1"]


def applied(op: Any, fixed: list[Any], attributes: dict[str, Any], **operands: Any) -> Any:
    return core.tensor.apply(op, (*fixed, *operands.values()), attributes)


@pytest.mark.parametrize("op", [op for op in table.values() if op.samples], ids=lambda op: op.name)
def test_every_operation_has_text_that_runs(op: Any) -> None:
    """For each sample of the table the text gives the value, and is Python that can be parsed."""
    for place, sample in enumerate(op.samples):
        attributes = op.sample_attributes[place] if op.sample_attributes else {}
        if not any(op.rules):
            continue
        tensors = [np.array(one, dtype=float) if np.ndim(one) else one for one in sample]
        named = {f"x{slot}": value for slot, value in enumerate(tensors) if not isinstance(value, bool)}
        fixed = [value for value in tensors if isinstance(value, bool)]
        path = record_function(partial(applied, op, fixed, attributes), named)
        ast.parse(path.source.text)
        recorded = path.tape.primals[path.target]
        np.testing.assert_allclose(path.value(**named), recorded, rtol=1e-12)
        gradient = path.value_and_gradient(**named)[1]
        adjoints = core.sweeps.reverse(path.tape, {path.target: core.functions.ones_like(recorded)})
        for name, index in zip(path.names, path.inputs, strict=True):
            if adjoints[index] is not None:
                np.testing.assert_allclose(gradient[name], adjoints[index], rtol=1e-10, err_msg=f"{op.name} {name}")


# -- formulas ----------------------------------------------------------------------------------------------------


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("formula", "given", "expected"),
    [
        ("x * y", {"y": "1.0"}, "x"),
        ("x * y", {"x": "1.0"}, "y"),
        ("x * y", {"x": "2.0", "y": "3.0"}, "6.0"),
        ("y * power(x, y - 1)", {"y": "2.0"}, "2.0 * x"),
        ("power(x, y)", {"y": "3.0"}, "x ** 3.0"),
        ("power(x, y)", {"y": "0.5"}, "power(x, 0.5)"),
        ("square(x)", {}, "x * x"),
        ("-x", {"x": "-y"}, "y"),
        ("x / y", {"x": "1.0", "y": "0.0"}, "1.0 / 0.0"),
        ("0 * x", {}, "0 * x"),
        ("x - y", {"y": "-2.0"}, "x - -2.0"),
        ("where(x > 0, g, 0.0)", {}, "g if x > 0 else 0.0"),
    ],
)
def test_folding_keeps_the_value(formula: str, given: dict[str, str], expected: str) -> None:
    replaced = substitute(formula, {name: expression(text) for name, text in given.items()})
    assert ast.unparse(replaced) == expected


@pytest.mark.parametrize(
    "value", [1.5, -2.0, -0.0, 3, True, None, "ij->i", (1, -2), slice(None, 3), Ellipsis, [0, 2], float("inf")]
)
def test_literals_read_back(value: Any) -> None:
    written = literal(value)
    assert written is not None
    assert repr(eval(ast.unparse(written), {"inf": float("inf")})) == repr(value)


def test_arrays_have_no_literal() -> None:
    assert literal(np.ones(2)) is None
    assert literal((np.ones(2), 1)) is None


def test_a_tape_without_entries_has_no_names() -> None:
    from core.codegen.names import names_of

    assert names_of(Tape(), ()) == {}
