"""Programs mean what they mean in Python: the same values as CPython with NumPy, and gradients that are right."""

import ast
import math

import numpy as np
import pytest

from core.language import parse
from core.run import record
from tests.core.language.corpus import CORPUS


def python_value(text: str, at: dict) -> float:
    """The value CPython gives; `exec` sees only the texts of our own corpus."""
    names = {"np": np, "math": math} | {
        key: np.array(value) if isinstance(value, list) else value for key, value in at.items()
    }
    tree = ast.parse(text)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.copy_location(ast.Assign([ast.Name("result", ast.Store())], last.value), last)
        ast.fix_missing_locations(tree)
    exec(compile(tree, "<corpus>", "exec"), names)
    return names[last.name](**at) if isinstance(last, ast.FunctionDef) else names["result"]


def run_at(text: str, at: dict):
    run = record(
        parse(text), {name: np.array(value) if isinstance(value, list) else value for name, value in at.items()}
    )
    assert run.failure is None, run.failure
    return run


@pytest.mark.parametrize(("text", "at"), CORPUS.values(), ids=CORPUS.keys())
def test_a_program_has_the_value_that_python_gives(text, at):
    assert run_at(text, at).value == pytest.approx(python_value(text, at), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("text", "at"), CORPUS.values(), ids=CORPUS.keys())
def test_a_program_has_the_gradient_that_central_differences_give(text, at):
    gradients = run_at(text, at).gradients()
    for name in at:
        found = gradients[name]
        expected = central_difference(text, at, name)
        if found is None:
            assert np.allclose(expected, 0.0), f"{name} has no gradient but matters"
        else:
            assert np.allclose(found, expected, rtol=2e-5, atol=2e-6), name


def central_difference(text: str, at: dict, name: str) -> np.ndarray:
    base = np.array(at[name], dtype=float)
    slopes = np.zeros(base.shape)
    for place in np.ndindex(base.shape):
        step = 1e-6 * max(1.0, abs(base[place]))
        values = []
        for sign in (1, -1):
            moved = base.copy()
            moved[place] += sign * step
            values.append(float(python_value(text, at | {name: moved if moved.ndim else float(moved)})))
        slopes[place] = (values[0] - values[1]) / (2 * step)
    return slopes


def test_the_corpus_is_large():
    assert len(CORPUS) >= 120
