"""tf.math: the elementwise functions, reductions and segments under one roof."""

from typing import Any

from core.dialects.tensorflow import elementwise, indexing, reductions
from core.dialects.tensorflow.linalg import l2_normalize as l2_normalize
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.nn import log_softmax as log_softmax
from core.dialects.tensorflow.nn import softmax as softmax
from core.dialects.tensorflow.nn import softsign as softsign
from core.dialects.tensorflow.tensor import EagerTensor, convert

OTHERS = [
    "divide", "truediv", "floordiv", "mod", "squared_difference", "reciprocal_no_nan", "xlog1py", "log_sigmoid", "erfc",
    "add_n", "scalar_mul", "conj", "real", "angle",
]  # fmt: skip
RUNNING = [
    "reduce_mean", "reduce_max", "reduce_min", "reduce_any", "reduce_all", "reduce_euclidean_norm", "count_nonzero",
    "zero_fraction", "argmax", "argmin", "cumsum", "cumprod",
]  # fmt: skip
globals().update((name, getattr(elementwise, name)) for name in (*elementwise.NAMES, *OTHERS))
globals().update((name, getattr(reductions, name)) for name in (*reductions.NAMES, *RUNNING))
top_k, segment_sum = indexing.top_k, indexing.segment_sum
unsorted_segment_sum, accumulate_n = indexing.unsorted_segment_sum, elementwise.add_n


def polyval(coeffs: Any, x: Any, name: Any = None) -> EagerTensor:
    """The polynomial with these coefficients, the highest power first."""
    x = convert(x)
    total = x * 0.0
    for coefficient in coeffs:
        total = total * x + coefficient
    return total


__getattr__ = missing("tf.math", globals())
