"""No text reaches Python itself: the known ways out of a sandbox end in a sentence, and so do texts made to hang."""

import ast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.basics.errors import ProgramError
from core.language import Budget, parse
from tests.core.language.escapes import ESCAPES, INTO_THE_SPRAWL, NASTY, SPRAWLING, WITHOUT_END
from tests.fuzz.attempt import attempt

SMALL = Budget(operations=3_000, entries=1_000, seconds=2.0, elements=100_000, bytes=10_000_000)


def run(text: str) -> str:
    """The sentence in which the text ends; empty when it ran to its end."""
    try:
        failure = parse(text).execute({}, None, SMALL).failure
    except ProgramError as error:
        return str(error)
    return str(failure) if failure else ""


@pytest.mark.parametrize("text", ESCAPES, ids=[text[:40] for text in ESCAPES])
def test_a_way_out_ends_in_a_sentence(text):
    assert run(text)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_text_made_to_exhaust_the_parser_ends_in_a_sentence(text):
    with pytest.raises(ProgramError):
        parse(text)


def test_five_thousand_terms_are_no_problem_or_are_refused():
    """Python 3.12 cannot read them; wherever Python can, so can we."""
    text = "x" + "+x" * 5_000
    try:
        ast.parse(text)
    except (RecursionError, MemoryError):
        return
    assert parse(text).execute({"x": 1.0}).value == 5_001.0


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.sampled_from(list("xyf012.+-*/%@()[]{}<>=!:,;'\"#\\\n \t_\0é²×")), max_size=60))
def test_no_text_crashes_the_parser(text):
    run(text)


NAMES = st.sampled_from(["x", "y", "f", "np", "sum", "range", "len", "abs", "pi", "e", "tf", "sin", "print", "sorted"])
ATOMS = st.one_of(
    NAMES,
    st.integers(-3, 12).map(str),
    st.floats(-3, 3).map(repr),
    st.sampled_from(
        [
            "None",
            "True",
            "'a'",
            "[]",
            "()",
            "{}",
            "np.ones(3)",
            "np.ones((2, 3))",
            "[1, [2]]",
            "1e308",
            "10**300",
            "...",
        ]
    ),
)


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    signs = st.sampled_from(
        ["+", "-", "*", "/", "//", "%", "**", "@", "<", "==", "in", "is", "and", "or", "&", "|", "<<", ">>", "not in"]
    )
    attributes = st.sampled_from(
        ["T", "shape", "sum()", "append(x)", "mean(axis=0)", "real", "grad", "items()", "join([x])", "reshape(3, 1)"]
    )
    functions = st.sampled_from(
        [
            "sum",
            "max",
            "len",
            "sorted",
            "list",
            "np.sum",
            "np.dot",
            "float",
            "int",
            "range",
            "zip",
            "f",
            "grad",
            "np.array",
            "print",
            "str",
            "np.concatenate",
            "enumerate",
            "round",
            "np.where",
            "dict",
            "set",
            "tf.Variable",
            "np.reshape",
        ]
    )
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda a: f"(-{a})"),
        inner.map(lambda a: f"(~{a})"),
        inner.map(lambda a: f"(not {a})"),
        st.tuples(functions, st.lists(inner, max_size=3)).map(lambda t: f"{t[0]}({', '.join(t[1])})"),
        two.map(lambda t: f"({t[0]})[{t[1]}]"),
        two.map(lambda t: f"({t[0]})[{t[1]}:]"),
        st.tuples(inner, attributes).map(lambda t: f"({t[0]}).{t[1]}"),
        two.map(lambda t: f"[{t[0]} for i in {t[1]}]"),
        two.map(lambda t: f"{{{t[0]}: {t[1]}}}"),
        two.map(lambda t: f"({t[0]} if {t[1]} else x)"),
        two.map(lambda t: f"(lambda y: {t[0]})({t[1]})"),
        inner.map(lambda a: f"f'{{{a}:.2f}}'" if "'" not in a and '"' not in a and "{" not in a else a),
        two.map(lambda t: f"f({t[0]}, y={t[1]})"),
        inner.map(lambda a: f"[*{a}]"),
    )


EXPRESSIONS = st.recursive(ATOMS, grow, max_leaves=8)
LINES = st.one_of(
    EXPRESSIONS,
    EXPRESSIONS.map(lambda a: f"y = {a}"),
    EXPRESSIONS.map(lambda a: f"y += {a}"),
    EXPRESSIONS.map(lambda a: f"y, *z = {a}"),
    EXPRESSIONS.map(lambda a: f"for i in {a}:\n    y = i"),
    EXPRESSIONS.map(lambda a: f"while {a}:\n    y = 1"),
    EXPRESSIONS.map(lambda a: f"if {a}:\n    y = 1\nelse:\n    z = 2"),
    EXPRESSIONS.map(lambda a: f"y[{a}] = 1"),
    EXPRESSIONS.map(lambda a: f"def f(x, y=3):\n    return {a}"),
    EXPRESSIONS.map(lambda a: f"with tf.GradientTape() as t:\n    y = {a}\nt.gradient(y, x)"),
    EXPRESSIONS.map(lambda a: f"assert {a}"),
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join))
def test_no_program_crashes_the_interpreter(text):
    """Whatever a program does, it ends in a value or in a sentence; never in an exception of Python or NumPy."""
    run(text)


@pytest.mark.parametrize("text", INTO_THE_SPRAWL)
def test_tuples_that_hold_each_other_end_in_a_sentence_or_are_left_alone(text):
    assert attempt(SPRAWLING + text) is None


@pytest.mark.parametrize("text", WITHOUT_END)
def test_what_has_no_end_ends_in_a_sentence(text):
    assert attempt(text) is None
    assert run(text)


FOUND = [
    "arcsin(x).sum()", "0.5*np.min(x/math.sqrt(0))", "np.max(x)/0.0", "torch.nn.functional.log_softmax(x)",
    "g = 1\ng ^= 2", "reversed([])", "np.ones((2, 3)) @ np.meshgrid((x, 3))", "x = ...", "jax.nn.one_hot(5, 10**10)",
    "y = np.meshgrid(3)\nwhile x:\n    y *= 2", "assert (f.cumprod(9, y) for x in 0.5 - np)", "class x:\n    -3\n-3",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_what_fuzzing_found_stays_found(text):
    assert attempt(text) is None
