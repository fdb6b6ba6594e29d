"""A module that looks like TensorFlow and runs on our engine: `from core.dialects import tensorflow as tf`.

It has what readers of TensorFlow's guides on gradients type, with TensorFlow's watching rules, dtypes (float32 by
default), shapes and exceptions. Everything runs eagerly. Here names are only gathered.
"""

from core.basics.structure import flatten as _flatten
from core.basics.structure import map_structure as _map_structure
from core.dialects.tensorflow import arrays as _arrays
from core.dialects.tensorflow import debugging as debugging
from core.dialects.tensorflow import devices as _devices
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
from core.dialects.tensorflow.made import functions_in as _functions_in
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
globals().update(_functions_in("tf"))
for _module, _names in (
    (_elementwise, ("truediv", "scalar_mul")),
    (_reductions, ("global_norm", "clip_by_global_norm")),
    (_arrays, ("ensure_shape", "sequence_mask", "broadcast_static_shape")),
    (_indexing, _indexing.NAMES),
    (_flow, _flow.NAMES),
):
    globals().update((name, getattr(_module, name)) for name in _names)
globals().update((dtype.name, dtype) for dtype in _DTYPES.values())

nest = _Namespace("tf.nest", flatten=_flatten, map_structure=_map_structure)
autodiff = _Namespace("tf.autodiff", GradientTape=GradientTape)
config = _Namespace(
    "tf.config",
    run_functions_eagerly=lambda run_eagerly: None,
    list_physical_devices=_devices.list_physical_devices,
    list_logical_devices=_devices.list_logical_devices,
)
__version__ = _devices.VERSION
__getattr__ = _missing("tf", globals())
