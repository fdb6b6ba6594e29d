"""tf.random on NumPy's generator; the numbers are not TensorFlow's. Knows the dialect's tensors."""

from typing import Any

import numpy as np

from core.dialects.tensorflow.dtypes import as_numpy
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.tensor import EagerTensor, convert, eager, whole

_generator = np.random.default_rng(0)


def set_seed(seed: int) -> None:
    """Begin a sequence of numbers anew."""
    global _generator
    _generator = np.random.default_rng(seed)


def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> EagerTensor:
    """Numbers from a normal distribution."""
    centre, width = (np.asarray(convert(one).primal) for one in (mean, stddev))
    return eager((_source(seed).normal(size=whole(shape)) * width + centre).astype(as_numpy(dtype)))


def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> EagerTensor:
    """Numbers from a normal distribution, those beyond two deviations drawn again."""
    source, values = _source(seed), np.full(whole(shape), 3.0)
    while np.any(far := np.abs(values) > 2):
        values[far] = source.normal(size=int(np.sum(far)))
    return eager((values * float(stddev) + float(mean)).astype(as_numpy(dtype)))


def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> EagerTensor:
    """Numbers evenly from the interval; whole ones for a whole dtype."""
    kind, low = as_numpy(dtype), np.asarray(convert(minval).primal)
    high = np.asarray(1 if maxval is None else convert(maxval).primal)
    if kind.kind in "iu":
        return eager(_source(seed).integers(low, high, size=whole(shape)).astype(kind))
    return eager((_source(seed).random(size=whole(shape)) * (high - low) + low).astype(kind))


def shuffle(value: Any, seed: Any = None, name: Any = None) -> EagerTensor:
    """The rows in another order."""
    value = convert(value)
    from core.dialects.tensorflow.indexing import gather

    return gather(value, _source(seed).permutation(value.shape[0]))


def _source(seed: Any) -> np.random.Generator:
    return _generator if seed is None else np.random.default_rng(seed)


__getattr__ = missing("tf.random", globals())
