"""The tutorial computes what the engine computes, stands alone, and would be caught if it taught something wrong."""

import ast
import math
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core import tutorial

FILE = Path(tutorial.__file__)
TEXT = FILE.read_text(encoding="utf-8")


def doubled(x):
    for _ in range(60):
        x = x + x
    return x


def chain(x):
    for _ in range(20):
        x = x * 0.9 + 0.1
    return x


# Each takes the numbers and the sine, of the tutorial or of the engine.
FUNCTIONS = {
    "the seed function": (lambda sin, w1, w2: 3 * w1**2 + 2 * w1 * w2, (5.0, 3.0)),
    "a value that is used twice": (lambda sin, x: x * x, (3.0,)),
    "a sum of a value with itself": (lambda sin, x: x + x, (3.0,)),
    "a chain": (lambda sin, x: sin(chain(x) ** 2), (0.4,)),
    "sixty doublings": (lambda sin, x: doubled(x), (1.5,)),
    "a diamond": (lambda sin, x, y: sin(x * y) * (x * y) + x, (0.7, -1.3)),
    "an input that does not matter": (lambda sin, x, y: 2.0 * x, (0.7, -1.3)),
    "the input itself": (lambda sin, x: x, (2.0,)),
}


def taught(module: ModuleType, function, point: tuple) -> tuple[float, list[float]]:
    """The value and the gradient as the tutorial finds them."""
    tape = module.Tape()
    numbers = [tape.record(value) for value in point]
    result = function(module.sin, *numbers)
    adjoints = tape.gradient(result)
    return result.value, [adjoints[number.index] for number in numbers]


def right(function, point: tuple) -> tuple[float, list[float]]:
    """The same as the engine finds them."""
    value, gradient = core.value_and_grad(function, range(1, 1 + len(point)))(core.sin, *point)
    return value, list(gradient)


def agrees(module: ModuleType) -> bool:
    """Whether the tutorial finds what the engine finds, for every function here."""
    for function, point in FUNCTIONS.values():
        value, gradient = taught(module, function, point)
        expected, slopes = right(function, point)
        if not math.isclose(value, expected) or gradient != pytest.approx(slopes, rel=1e-12, abs=1e-12):
            return False
    return True


@pytest.mark.parametrize(("function", "point"), FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_the_tutorial_finds_what_the_engine_finds(function, point):
    value, gradient = taught(tutorial, function, point)
    expected, slopes = right(function, point)
    assert value == pytest.approx(expected) and gradient == pytest.approx(slopes, rel=1e-12)


def test_the_seed_function_has_the_gradient_36_and_10():
    function, point = FUNCTIONS["the seed function"]
    assert taught(tutorial, function, point) == (105.0, [36.0, 10.0])


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_everywhere(x, y):
    function, _ = FUNCTIONS["a diamond"]
    assert taught(tutorial, function, (x, y))[1] == pytest.approx(right(function, (x, y))[1], rel=1e-12, abs=1e-12)


def test_asking_twice_gives_the_same():
    tape = tutorial.Tape()
    x = tape.record(3.0)
    y = x * x
    assert tape.gradient(y) == tape.gradient(y) == [6.0, 1.0]


ERRORS = {
    "assigned instead of added": ("adjoints[operand] +=", "adjoints[operand] ="),
    "forwards": ("range(target.index, -1, -1)", "range(target.index + 1)"),
    "a seed of 2": ("adjoints[target.index] = 1.0", "adjoints[target.index] = 2.0"),
    "each factor its own partial": (
        "(self, other.value), (other, self.value)", "(self, self.value), (other, other.value)",
    ),
    "the power rule without its factor": ("power * self.value ** (power - 1)", "self.value ** (power - 1)"),
    "the wrong derivative of the sine": ("math.cos(x.value)", "math.sin(x.value)"),
    "the upstream adjoint left out": ("adjoints[index] * partial", "partial"),
}  # fmt: skip


def taught_with(text: str) -> ModuleType:
    module = ModuleType("tutorial_with_an_error")
    exec(compile(text, "<tutorial>", "exec"), vars(module))
    return module


@pytest.mark.parametrize(("line", "wrong"), ERRORS.values(), ids=ERRORS.keys())
def test_a_planted_error_is_noticed(line, wrong):
    assert TEXT.count(line) == 1
    assert agrees(taught_with(TEXT)) and not agrees(taught_with(TEXT.replace(line, wrong)))


def test_it_stands_alone_and_prints_the_numbers_it_promises():
    imports = [node for node in ast.walk(ast.parse(TEXT)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import math", "from typing import NamedTuple"]
    printed = subprocess.run([sys.executable, "-I", str(FILE)], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[-1] == "z = 105, dz/dw1 = 36, dz/dw2 = 10"


def test_it_is_short_and_has_a_comment_above_each_step():
    code = [line for line in ast.unparse(without_docstrings(ast.parse(TEXT))).splitlines() if line.strip()]
    assert len(code) <= 50
    sweep = TEXT[TEXT.index("def gradient") : TEXT.index("return adjoints")]
    assert sweep.count(" # ") >= 5


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return tree
