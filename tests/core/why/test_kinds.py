"""Every answer is of a kind that programs can read, whatever its cause, and says where its place is."""

import ast
from pathlib import Path
from typing import Any

import pytest

import core.why
from core.basics.cuts import Reason
from core.language import parse
from core.run import record
from core.timeline import Timeline
from core.why import Kind, why_none, why_not_finite, why_zero
from core.why.kinds import KINDS
from core.why.words import WORDS
from core.why.zero import REMEDIES

CONTRACT = """fine no-path condition index-or-count whole-number left-the-library detached not-watched reassigned
    used-up no-derivative zero-slope zero-factor kink convention domain singular empty branch-not-taken
    overflow large small"""


def test_the_kinds_are_those_that_readers_rely_on() -> None:
    assert {str(kind) for kind in Kind} == set(CONTRACT.split())


def test_every_cause_has_a_kind() -> None:
    """Also those that only one branch of a function names."""
    folder = Path(core.why.__file__).parent
    named = {
        node.args[0].value
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Answer" and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    assert named and {*named, *WORDS, *REMEDIES, *(set(Reason) - {Reason.CONNECTED})} <= KINDS.keys()


MISSING: list[tuple[str, dict[str, Any], str]] = [
    ("y = floor(x)*z", {"x": 1.5, "z": 1.0}, "no-derivative"),
    ("y = x.item()*z", {"x": 1.5, "z": 1.0}, "left-the-library"),
    ("y = stop_gradient(x)*z", {"x": 1.5, "z": 1.0}, "detached"),
    ("y = int(x)*z", {"x": 1.5, "z": 1.0}, "whole-number"),
    ("if x > 0:\n    y = z\nelse:\n    y = 2*z", {"x": 1.5, "z": 1.0}, "condition"),
    ("a = x*2\na = z\ny = a*3", {"x": 1.5, "z": 1.0}, "reassigned"),
    ("u = x*2\ny = z*3", {"x": 1.5, "z": 1.0}, "no-path"),
    ("y = a[x]*z", {"a": [1.0, 2.0, 3.0], "x": 1, "z": 1.0}, "index-or-count"),
    ("s = z\nfor i in range(x):\n    s = s*z\ny = s*1", {"x": 3, "z": 1.0}, "index-or-count"),
]


@pytest.mark.parametrize(("text", "point", "kind"), MISSING)
def test_the_kind_of_a_missing_gradient(text: str, point: dict[str, Any], kind: str) -> None:
    answer = why_none(record(parse(text), point), "x")
    assert answer is not None and answer.kind == kind, answer
    assert answer.place == (answer.span, answer.index) and answer.place.span is not None


def test_watching_is_no_remedy_for_what_counts() -> None:
    answer = why_none(record(parse("y = a[i]*2.0"), {"a": [1.0, 2.0], "i": 1}), "i")
    assert answer is not None and "atch" not in answer.reason + answer.remedy


NUMBERS = [
    ("y = relu(x)*3", -2.0, "zero-slope"),
    ("y = 0*sin(x)", 1.0, "zero-factor"),
    ("y = abs(x)", 0.0, "kink"),
    ("y = maximum(x, 3.0)", 2.0, "branch-not-taken"),
    ("y = log(x)", -1.0, "domain"),
    ("y = 1/x", 0.0, "domain"),
    ("y = exp(x)", 1000.0, "overflow"),
    ("y = sqrt(x)", 0.0, "singular"),
]


@pytest.mark.parametrize(("text", "x", "kind"), NUMBERS)
def test_the_kind_of_a_number(text: str, x: float, kind: str) -> None:
    run = record(parse(text), {"x": x})
    answer = why_not_finite(run, Timeline.of(run)) or why_zero(run, run.inputs["x"])
    assert answer is not None and answer.kind == kind, answer
