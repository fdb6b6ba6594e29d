"""Every row of the op table: its value against NumPy and `math`, its rules against what `tests.rules` demands."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core import kernels
from core.ops import table
from core.tape import recorders
from core.tensor import Tensor
from tests.mutate_rules import equivalent, noticed, spoilt_rows
from tests.rules import EDGES, complaints, samples_of


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_sum_exp(x, axis, keepdims):
    return np.log(np.sum(np.exp(x), axis=axis, keepdims=keepdims))


def softmax(x, axis):
    return np.exp(x) / np.sum(np.exp(x), axis=axis, keepdims=True)


def scattered(x, key, shape):
    out = np.zeros(shape)
    np.add.at(out, key, x)
    return out


def replaced(x, y, key):
    out = np.array(x)
    out[key] = y
    return out


erf = np.vectorize(math.erf, otypes=[float])
# What the op is by definition, written without the kernels; NumPy's function of the same name where there is one.
BY_DEFINITION = {
    "identity": lambda x: x,
    "neg": lambda x: 0 - x,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "step": lambda x: np.where(x > 0, 1.0, 0.0),
    "multiply_no_nan": lambda x, y: np.where(y == 0, 0.0, x * y),
    "divide_no_nan": lambda x, y: np.where(y == 0, 0.0, x / np.where(y == 0, 1.0, y)),
    "xdivy": lambda x, y: x / y,
    "rsqrt": lambda x: x**-0.5,
    "sigmoid": sigmoid,
    "relu": lambda x: np.where(x > 0, x, 0.0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "elu": lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
    "silu": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * (1 + erf(x / math.sqrt(2))) / 2,
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "erf": erf,
    "xlogy": lambda x, y: x * np.log(y),
    "logsumexp": log_sum_exp,
    "softmax": softmax,
    "log_softmax": lambda x, axis: np.log(softmax(x, axis)),
    "getitem": lambda x, key: x[key],
    "setitem": replaced,
    "scatter_add": scattered,
    "pad": lambda x, width, value: np.pad(x, width, constant_values=value),
    "cast": lambda x, dtype: np.asarray(x, dtype),
    "concatenate": lambda *xs, axis: np.concatenate(xs, axis),
    "stack": lambda *xs, axis: np.stack(xs, axis),
    "einsum": lambda *xs, subscripts: np.einsum(subscripts, *xs),
    "solve": lambda x, y: np.linalg.inv(x) @ y,
    "logabsdet": lambda x: np.log(np.abs(np.linalg.det(x))),
}


def definition(name):
    return BY_DEFINITION.get(name) or getattr(np, name, None) or getattr(np.linalg, name)


PACKED = {"eigh", "svd"}  # tested by putting the factors together again
ROWS = [pytest.param(op, id=name) for name, op in table.items()]
ELEMENTWISE = [pytest.param(op, id=name) for name, op in table.items() if op.elementwise]


@pytest.mark.parametrize("op", [row for row in ROWS if row.id not in PACKED])
def test_the_value_is_that_of_the_definition(op):
    for operands, attributes in samples_of(op):
        expected = definition(op.name)(*operands, **attributes)
        np.testing.assert_allclose(op.forward(*operands, **attributes), expected, rtol=1e-13, atol=1e-15)


def test_packed_factors_multiply_to_the_matrix():
    for (x,), _ in samples_of(table["eigh"]):
        packed = table["eigh"].forward(x)
        values, vectors = packed[..., :1, :], packed[..., 1:, :]
        np.testing.assert_allclose(vectors * values @ np.swapaxes(vectors, -1, -2), x, atol=1e-14)
    for (x,), _ in samples_of(table["svd"]):
        packed, m = table["svd"].forward(x), x.shape[-2]
        left, values, right = packed[..., :m, :], packed[..., m : m + 1, :], packed[..., m + 1 :, :]
        np.testing.assert_allclose(left * values @ np.swapaxes(right, -1, -2), x, atol=1e-14)


@pytest.mark.parametrize("op", ROWS)
def test_every_rule_is_right(op):
    """Differences, complex step, kinks, broadcasting, edges, transpose identity, dtypes and second order."""
    assert list(complaints(op)) == []


@pytest.mark.parametrize("op", ELEMENTWISE)
def test_floats_and_arrays_give_the_same_value(op):
    """Else the app, which sweeps floats, and the library on arrays would disagree."""
    from core.tensor import compute

    for x in EDGES:
        operands = (x, *EDGES[3 : 2 + (op.arity or 1)])
        on_floats = compute(op, operands, {})
        on_arrays = compute(op, tuple(np.array([value]) for value in operands), {})
        np.testing.assert_allclose(on_floats, on_arrays[0], rtol=1e-13)


@pytest.mark.parametrize("name", ["mul", "div", "sin", "tanh", "matmul", "mean", "logsumexp", "max", "cholesky"])
def test_a_planted_wrong_rule_is_noticed(name):
    """All rules are spoilt in every way by `python -m tests.mutate_rules`; here a few for every day."""
    sound = table[name]
    field = "vjps" if sound.vjps else "partials"
    doubled = tuple(f"2 * ({rule})" for rule in getattr(sound, field))
    assert noticed(replace(sound, **{field: doubled}))
    spoilt = [(change, op) for change, op in spoilt_rows(sound)][::3]
    assert [change for change, op in spoilt if not noticed(op) and not equivalent(name, change)] == []


def test_checks_leave_no_tape_recording():
    assert recorders() == ()


def test_every_row_can_be_read_and_says_where_it_is_defined():
    for op in table.values():
        assert op.reads and op.domain and op.samples, op.name
        assert not op.attributes or len(op.sample_attributes) == len(op.samples), op.name


def test_stable_kernels_keep_their_digits_where_the_definition_loses_them():
    assert kernels.softplus(np.array(-50.0)) == pytest.approx(math.exp(-50), rel=1e-15)
    assert kernels.softplus(np.array(800.0)) == 800.0
    assert kernels.sigmoid(np.array(-800.0)) == 0.0 and kernels.sigmoid(np.array(800.0)) == 1.0
    assert kernels.logsumexp(np.array([1000.0, 1000.0]), None, False) == pytest.approx(1000 + math.log(2), rel=1e-15)
    assert table["log1p"].forward(1e-20) == 1e-20 and table["expm1"].forward(1e-20) == 1e-20


def test_only_shapes_that_do_not_fit_are_said_not_to_fit():
    with pytest.raises(ValueError, match=r"pow: .*negative integer powers.*; use floating-point numbers"):
        Tensor(np.array([2, 3])) ** -1
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(3,\) do not fit"):
        Tensor(np.ones(2)) + np.ones(3)
