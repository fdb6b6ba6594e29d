"""A module that looks like TensorFlow and runs on our engine: `from core.dialects import tensorflow as tf`.

It has what readers of TensorFlow's guides on gradients type, with TensorFlow's watching rules, dtypes (float32 by
default), shapes and exceptions. Everything runs eagerly. Here names are only gathered.
"""

from core.basics.structure import flatten as _flatten
from core.basics.structure import map_structure as _map_structure
from core.dialects.tensorflow import arrays as _arrays
from core.dialects.tensorflow import debugging as debugging
from core.dialects.tensorflow import elementwise as _elementwise
from core.dialects.tensorflow import errors as errors
from core.dialects.tensorflow import flow as _flow
from core.dialects.tensorflow import image as image
from core.dialects.tensorflow import indexing as _indexing
from core.dialects.tensorflow import keras as keras
from core.dialects.tensorflow import linalg as linalg
from core.dialects.tensorflow import math as math
from core.dialects.tensorflow import nn as nn
from core.dialects.tensorflow import random as random
from core.dialects.tensorflow import reductions as _reductions
from core.dialects.tensorflow.dtypes import DTYPES as _DTYPES
from core.dialects.tensorflow.dtypes import DType as DType
from core.dialects.tensorflow.dtypes import TensorShape as TensorShape
from core.dialects.tensorflow.dtypes import as_dtype as as_dtype
from core.dialects.tensorflow.names import Namespace as _Namespace
from core.dialects.tensorflow.names import missing as _missing
from core.dialects.tensorflow.tape import GradientTape as GradientTape
from core.dialects.tensorflow.tape import IndexedSlices as IndexedSlices
from core.dialects.tensorflow.tape import UnconnectedGradients as UnconnectedGradients
from core.dialects.tensorflow.tape import custom_gradient as custom_gradient
from core.dialects.tensorflow.tape import grad_pass_through as grad_pass_through
from core.dialects.tensorflow.tape import is_tensor as is_tensor
from core.dialects.tensorflow.tape import recompute_grad as recompute_grad
from core.dialects.tensorflow.tape import stop_gradient as stop_gradient
from core.dialects.tensorflow.tensor import EagerTensor as Tensor  # noqa: F401
from core.dialects.tensorflow.tensor import Variable as Variable

newaxis = None
double, half = _DTYPES[_elementwise.as_numpy("float64")], _DTYPES[_elementwise.as_numpy("float16")]
_NOT_AT_THE_TOP = {
    "angle", "ceil", "divide_no_nan", "erf", "erfc", "expm1", "floordiv", "floormod", "is_finite", "is_inf", "is_nan",
    "log", "log1p", "log_sigmoid", "multiply_no_nan", "reciprocal", "reciprocal_no_nan", "reduce_euclidean_norm",
    "reduce_std", "reduce_variance", "rint", "rsqrt", "softplus", "xdivy", "xlogy", "xlog1py", "real", "conj", "mod",
    "count_nonzero", "zero_fraction", "top_k", "unsorted_segment_sum", "segment_sum", "embedding_lookup", "cumprod",
    "logical_xor",
}  # fmt: skip
_MORE_ELEMENTWISE = [*math.OTHERS, "clip_by_value", "cast", "identity", "where"]
_MORE_REDUCTIONS = [*math.RUNNING, "norm", "clip_by_norm", "global_norm", "clip_by_global_norm"]

for _module, _names in (
    (_elementwise, [*_elementwise.NAMES, *_MORE_ELEMENTWISE]),
    (_reductions, [*_reductions.NAMES, *_MORE_REDUCTIONS]),
    (_arrays, _arrays.NAMES),
    (_indexing, _indexing.NAMES),
    (linalg, linalg.NAMES),
    (_flow, _flow.NAMES),
):
    globals().update((name, getattr(_module, name)) for name in _names if name not in _NOT_AT_THE_TOP)
globals().update((dtype.name, dtype) for dtype in _DTYPES.values())

nest = _Namespace("tf.nest", flatten=_flatten, map_structure=_map_structure)
autodiff = _Namespace("tf.autodiff", GradientTape=GradientTape)
config = _Namespace("tf.config", run_functions_eagerly=lambda run_eagerly: None)
__getattr__ = _missing("tf", globals())
