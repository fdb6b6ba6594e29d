"""tf.math: the elementwise functions, reductions and segments under one roof."""

from typing import Any

from core.dialects.tensorflow import elementwise, indexing, nn, reductions
from core.dialects.tensorflow.linalg import l2_normalize as l2_normalize
from core.dialects.tensorflow.made import functions_in
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.tensor import EagerTensor, convert

globals().update(functions_in("tf.math"))
globals().update((name, getattr(elementwise, name)) for name in elementwise.OTHERS)
softmax, log_softmax, softsign = nn.softmax, nn.log_softmax, nn.softsign
reduce_euclidean_norm, zero_fraction = reductions.reduce_euclidean_norm, reductions.zero_fraction
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
