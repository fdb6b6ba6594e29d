"""Numbers that are not finite: the cause is the true one, op by op, and remedies speak the program's names."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest

from core.language import parse
from core.run import Run, record
from core.timeline import Timeline
from core.why import Answer, why_none, why_not_finite
from core.why.troubles import VALUES

EXTREME = (-1e308, -1000.0, -2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 1000.0, 1e308)
UNARY = {
    "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p, "sqrt": np.sqrt, "reciprocal": np.reciprocal,
    "arcsin": np.arcsin, "arccos": np.arccos, "arctanh": np.arctanh, "arccosh": np.arccosh, "exp": np.exp,
    "exp2": np.exp2, "expm1": np.expm1, "sinh": np.sinh, "cosh": np.cosh, "square": np.square,
}  # fmt: skip
BINARY = {"divide": np.divide, "power": np.power, "mod": np.mod, "hypot": np.hypot, "multiply": np.multiply,
          "add": np.add, "subtract": np.subtract}  # fmt: skip
BEYOND = (np.exp, np.exp2, np.expm1, np.sinh, np.cosh, np.power)  # of 1e308 no float holds these
PAIRS = list(product(EXTREME, EXTREME))
PROGRAMS = [
    *((f"s = np.{name}(u)", function, (u,)) for name, function in UNARY.items() for u in EXTREME),
    *((f"s = np.{name}(u, w)", function, (u, w)) for name, function in BINARY.items() for u, w in PAIRS),
]


def asked(text: str, name: str = "s", **point: Any) -> Answer | None:
    run = run_of(text, **point)
    timeline = Timeline.of(run)
    index = run.inputs.get(name, run.target)
    return why_not_finite(run, timeline, index)


def run_of(text: str, **point: Any) -> Run:
    arrays = {name: np.asarray(value, float) if isinstance(value, list) else value for name, value in point.items()}
    run = record(parse(text), arrays)
    assert run.failure is None, run.failure
    return run


wider = pytest.mark.skipif(np.finfo(np.longdouble).max <= np.finfo(float).max, reason="no wider floats here")


@wider
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_overflow_is_said_exactly_where_a_wider_float_holds_the_result() -> None:
    """And of everything else that is not finite something else is said, which names what is wrong with an operand."""
    seen = set()
    for text, function, values in PROGRAMS:
        answer = asked(text, **dict(zip("uw", values, strict=False)))
        if function in BEYOND and max(map(abs, values)) > 1000:
            continue
        with np.errstate(all="ignore"):
            held = np.isfinite(function(*map(np.longdouble, values)))
        if answer is None:
            continue
        seen.add(text.split("(")[0])
        assert (answer.kind == "overflow") == bool(held), (text, values, answer)
        assert ("larger than a float" in answer.reason) == bool(held), (text, values, answer)
        assert held or "logarithms" not in answer.remedy, (text, values, answer)
    assert len(seen) >= 20


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_remedy_names_what_the_program_names() -> None:
    """Never the x and y of the op table."""
    for text, _, values in PROGRAMS:
        for name in ("s", "u", "w"):
            answer = asked(text, name, **dict(zip("uw", values, strict=False)))
            if answer is not None:
                assert not re.search(r"\b[xyz]\b", answer.reason + answer.remedy), (text, values, answer)
                assert answer.kind == "overflow" or re.search(r"\b[uw]\b", answer.remedy), (text, values, answer)


def test_every_row_of_troubles_is_tried() -> None:
    others = {"xlogy", "xdivy", "divide_no_nan", "rsqrt", "div", "pow"}
    assert set(VALUES) <= {*UNARY, *BINARY, *others}


SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
SAID: list[tuple[str, str, dict[str, Any], str, str, str]] = [
    # program, asked about, point, kind, a word of the reason, a word of the remedy
    ("s = np.linalg.slogdet(A)[1]", "s", {"A": SINGULAR}, "singular", "the determinant of A is 0", "Keep A regular"),
    ("s = np.linalg.slogdet(A)[1]", "A", {"A": np.zeros((2, 2))}, "singular", "determinant", "Keep A regular"),
    ("s = np.mean(a[2:])", "s", {"a": [1.0, 2.0]}, "empty", "a[2:] has no elements", "Give v1 = a[2:]"),
    ("s = np.std(a[2:])", "s", {"a": [1.0, 2.0]}, "empty", "a[2:] has no elements", "at least one element"),
    ("s = np.median(a[2:])", "s", {"a": [1.0, 2.0]}, "empty", "a[2:] has no elements", "at least one element"),
    ("s = torch.mean(a[2:])", "s", {"a": [1.0, 2.0]}, "empty", "a[2:] has no elements", "at least one element"),
    ("s = tf.reduce_logsumexp(a[2:])", "s", {"a": [1.0, 2.0]}, "empty", "a[2:] has no elements", "at least one"),
    ("s = tf.math.xlogy(a, b)", "s", {"a": 2.0, "b": 0.0}, "domain", "the logarithm of 0", "Keep b above 0."),
    ("s = tf.math.xlogy(a, b)", "s", {"a": 2.0, "b": -1.0}, "domain", "negative number, -1", "Keep b above 0."),
    ("s = tf.math.xdivy(a, b)", "s", {"a": 2.0, "b": 0.0}, "domain", "2 is divided by 0", "Keep b away from 0."),
    ("s = tf.math.rsqrt(a)", "s", {"a": 0.0}, "domain", "1 is divided by the root of 0", "Keep a above 0."),
    ("s = np.log1p(a)", "s", {"a": -1.0}, "domain", "the logarithm of 0", "Keep a above -1."),
    ("s = np.log1p(a)", "s", {"a": -3.0}, "domain", "negative number, -2", "Keep a above -1."),
    ("s = np.arctanh(a)", "s", {"a": 1.0}, "domain", "grows without limit towards 1", "strictly between"),
    ("s = np.arctanh(a)", "s", {"a": 2.0}, "domain", "2 is not between -1 and 1", "strictly between"),
    ("s = np.mod(a, b)", "s", {"a": 3.0, "b": 0.0}, "domain", "no remainder", "Keep b away from 0."),
    ("s = a/b", "s", {"a": 1.0, "b": 1e-310}, "overflow", "larger than a float", "Keep b away from 0."),
    ("s = np.var(a, ddof=1)", "s", {"a": [5.0]}, "domain", "0 is divided by 0", "another number than 0"),
    ("s = a*np.inf", "s", {"a": 1.0}, "domain", "∞, is not finite itself", "finite number"),
    ("s = np.where(a > 1, a, np.nan).sum()", "s", {"a": [0.0, 2.0]}, "domain", "nan, is not finite itself", "finite"),
    ("s = np.prod(a)", "s", {"a": [1e200, 1e200]}, "overflow", "larger than a float", "Make a smaller"),
    ("s = a @ a", "s", {"a": [1e200, 1e200]}, "overflow", "larger than a float", "Make a smaller"),
    ("s = np.std(x)", "x", {"x": [5.0]}, "singular", "the partial", "above 0."),
    ("s = np.hypot(a, b)", "a", {"a": 0.0, "b": 0.0}, "singular", "the partial", "Keep a or b away from 0"),
    ("s = tf.math.xlogy(a, b)", "a", {"a": 0.0, "b": 0.0}, "singular", "the partial", "Keep b above 0."),
    ("s = np.arccos(a)", "a", {"a": 1.0}, "singular", "the partial", "Keep a strictly between -1 and 1."),
    ("s = a**0.5", "a", {"a": 0.0}, "singular", "the partial", "Keep a above 0."),
    ("s = np.sqrt(a - 1)", "a", {"a": 1.0}, "singular", "the partial", "Keep v1 = a - 1 above 0."),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("text", "name", "point", "kind", "reason", "remedy"), SAID)
def test_the_trouble_is_told_truly(
    text: str, name: str, point: dict[str, Any], kind: str, reason: str, remedy: str
) -> None:
    answer = asked(text, name, **point)
    assert answer is not None and answer.kind == kind, answer
    assert reason in answer.reason and remedy in answer.remedy, answer
    assert "x > 0" not in answer.remedy


STOPPED = [
    ("s = np.linalg.inv(A).sum()", {"A": np.array(SINGULAR)}, "singular"),
    ("s = np.linalg.solve(A, b).sum()", {"A": np.array(SINGULAR), "b": np.ones(2)}, "singular"),
    ("s = np.linalg.cholesky(A).sum()", {"A": np.array([[1.0, 2.0], [2.0, 1.0]])}, "domain"),
    ("s = np.max(a[2:])", {"a": np.ones(2)}, "empty"),
    ("s = torch.min(a[2:])", {"a": np.ones(2)}, "empty"),
]


@pytest.mark.parametrize(("text", "point", "kind"), STOPPED)
def test_a_program_that_its_numbers_stopped_says_so(text: str, point: dict[str, Any], kind: str) -> None:
    answer = why_none(record(parse(text), point), next(iter(point)))
    assert answer is not None and answer.kind == kind, answer
    assert "Correct that first" not in answer.remedy
