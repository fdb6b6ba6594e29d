"""The dialect beside TensorFlow itself, where that is installed: random programs must give the same answers."""

import os
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from core.dialects import tensorflow as ours
from tests.tensorflow_programs import of_operations, of_tapes

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
theirs = pytest.importorskip("tensorflow")
often = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def answer(text: str, tf: ModuleType) -> Any:
    """What a program of ours leaves in `result`, or that it could not be carried out."""
    names: dict[str, Any] = {"tf": tf}
    try:
        with np.errstate(all="ignore"):
            exec(text, names)
    except Exception:
        return "refused"
    return plain(names["result"])


def plain(result: Any) -> Any:
    """The answer as dtypes, shapes and lists."""
    if isinstance(result, list | tuple):
        return [plain(one) for one in result]
    if isinstance(result, dict):
        return {name: plain(one) for name, one in result.items()}
    if type(result).__name__ == "IndexedSlices":
        result = theirs.convert_to_tensor(result)
    if not hasattr(result, "numpy"):
        return result
    array = np.asarray(result.numpy())
    return array.dtype.name, array.shape, array


def same(one: Any, other: Any) -> bool:
    """Whether two answers agree: numbers within the precision of float32."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        with np.errstate(all="ignore"):
            return bool(np.allclose(one, other, rtol=1e-3, atol=1e-4, equal_nan=True))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return bool(one == other)


@often
@given(text=of_operations())
def test_operations_agree(text: str) -> None:
    assert same(answer(text, theirs), answer(text, ours)), text


@often
@given(text=of_tapes())
def test_tapes_agree(text: str) -> None:
    assert same(answer(text, theirs), answer(text, ours)), text
