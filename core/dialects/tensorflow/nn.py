"""tf.nn: activations, losses, normalisation, pooling. Knows the engine's functions and the dialect's tensors."""

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.dialects.tensorflow import elementwise, indexing, linalg, random
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.made import at, functions_in, own
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.reductions import reduce_mean, zero_fraction
from core.dialects.tensorflow.tensor import EagerTensor, call, convert, floating, numbers, together, whole

l2_normalize, top_k, embedding_lookup = linalg.l2_normalize, indexing.top_k, indexing.embedding_lookup
zero_fraction = zero_fraction
sigmoid, rsqrt = at("tf.sigmoid"), at("tf.math.rsqrt")


# -- activations -------------------------------------------------------------------------------------------------


@own("leaky_relu")
def leaky_relu(features: Any, alpha: Any = 0.2, name: Any = None) -> EagerTensor:
    """x where positive, else alpha * x; slope alpha at 0."""
    x, slope = numbers("leaky_relu", features), float(alpha)
    x = elementwise.cast(x, "float32") if x.dtype.is_integer else x
    return call(lambda a: f.add(f.mul(a, slope), f.mul(f.relu(a), 1.0 - slope)), x)


@own("silu")
def silu(features: Any, beta: Any = 1.0, name: Any = None) -> EagerTensor:
    """x * sigmoid(beta * x)."""
    x = floating("silu", features)
    return call(f.silu, x) if beta == 1.0 else x * sigmoid(x * beta)


swish = silu


def crelu(features: Any, axis: int = -1, name: Any = None) -> EagerTensor:
    """relu of x and of -x, side by side."""
    return call(lambda x: f.concatenate([f.relu(x), f.relu(f.neg(x))], axis), convert(features))


# -- losses ------------------------------------------------------------------------------------------------------


@own("sparse_cross_entropy")
def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: Any = None) -> EagerTensor:
    """-log_softmax(logits) at the labels, which are class numbers."""
    x, places = convert(logits), np.asarray(convert(labels).primal)
    classes = x.shape[-1]
    if places.shape != tuple(x.shape[:-1]):
        raise ValueError(
            say(
                "tensorflow.labels-shape-not-fit",
                "labels of shape {shape} do not fit logits of shape {other}: one label for each row",
                shape=places.shape,
                other=x.shape,
            )
        )
    if places.size and not (np.min(places) >= 0 and np.max(places) < classes):
        raise InvalidArgumentError(
            say("tensorflow.label-outside-0", "a label is outside [0, {classes})", classes=classes)
        )
    key = (*np.indices(places.shape, sparse=True), places)
    return call(lambda z: f.neg(f.getitem(f.log_softmax(z, -1), key if len(key) > 1 else key[0])), x)


@own("sigmoid_cross_entropy")
def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: Any = None) -> EagerTensor:
    """-labels * log(sigmoid(logits)) - (1 - labels) * log(1 - sigmoid(logits)), without overflow."""
    y, x = _like_logits(labels, logits)
    if y.shape != x.shape:
        raise ValueError(
            say(
                "tensorflow.logits-labels-must-same",
                "`logits` and `labels` must have the same shape, not {shape} and {other}",
                shape=x.shape,
                other=y.shape,
            )
        )
    return call(lambda p, z: f.sub(f.softplus(z), f.mul(z, p)), y, x)


def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: Any = None) -> EagerTensor:
    """sigmoid_cross_entropy_with_logits with another weight for the positive labels."""
    y, x = _like_logits(labels, logits)

    def entropy(p: Any, z: Any, w: Any) -> Any:
        weight = f.add(1.0, f.mul(f.sub(w, 1.0), p))
        return f.add(f.mul(f.sub(1.0, p), z), f.mul(weight, f.softplus(f.neg(z))))

    return call(entropy, y, x, together(x, pos_weight)[1])


def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: Any = None) -> EagerTensor:
    """exp(log_input) - log_input * targets."""
    y, x = _like_logits(targets, log_input)
    return call(lambda p, z: f.sub(f.exp(z), f.mul(z, p)), y, x)


def _like_logits(labels: Any, logits: Any) -> tuple[Any, Any]:
    x, y = together(logits, labels)
    return y, x


# -- normalisation -----------------------------------------------------------------------------------------------


def moments(x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: Any = None) -> tuple[Any, Any]:
    """Mean and variance over the axes."""
    x, axis = convert(x), whole(axes)
    return reduce_mean(x, axis, keepdims), call(f.var, x, axis=axis, keepdims=keepdims)


def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: Any = None
) -> EagerTensor:
    """scale * (x - mean) / sqrt(variance + epsilon) + offset."""
    factor = rsqrt(variance + variance_epsilon)
    factor = factor if scale is None else factor * scale
    moved = (convert(x) - mean) * factor
    return moved if offset is None else moved + offset


def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: Any = None) -> EagerTensor:
    """Elements set to 0 at random, the others enlarged to keep the mean."""
    x, rate = convert(x), float(rate)
    kept = random.uniform(x.shape if noise_shape is None else noise_shape, dtype=x.dtype).primal >= rate
    return call(lambda a: f.where(kept, f.div(a, 1.0 - rate), 0.0), x)


def bias_add(value: Any, bias: Any, data_format: Any = None, name: Any = None) -> EagerTensor:
    """value + bias along the last axis."""
    return call(f.add, *together(value, bias))


# -- windows -----------------------------------------------------------------------------------------------------


def _pair(size: Any) -> tuple[int, int]:
    size = whole(size)
    if isinstance(size, int):
        return size, size
    return (size[1], size[2]) if len(size) == 4 else (size[0], size[-1])


def _windows(x: Any, sizes: tuple[int, int], strides: tuple[int, int], padding: str, outside: float) -> list[Any]:
    """For each place in a window: what lies there, for all windows over axes 1 and 2."""
    counts = []
    widths = [(0, 0)] * len(f.shape_of(x))
    for axis, (size, stride) in enumerate(zip(sizes, strides, strict=True), 1):
        length = f.shape_of(x)[axis]
        count = -(-length // stride) if padding.upper() == "SAME" else (length - size) // stride + 1
        missing = max((count - 1) * stride + size - length, 0) if padding.upper() == "SAME" else 0
        widths[axis] = (missing // 2, missing - missing // 2)
        counts.append(count)
    x = f.pad(x, widths, constant_values=outside) if any(map(sum, widths)) else x
    (rows, columns), (down, along) = counts, strides
    return [
        f.getitem(
            x, (slice(None), slice(i, i + (rows - 1) * down + 1, down), slice(j, j + (columns - 1) * along + 1, along))
        )
        for i in range(sizes[0])
        for j in range(sizes[1])
    ]


def max_pool2d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: Any = "NHWC", name: Any = None
) -> EagerTensor:
    """The largest element of each window; of equal ones the first takes the slope."""

    def pooled(x: Any) -> Any:
        places = _windows(x, _pair(ksize), _pair(strides), padding, -np.inf)
        largest = places[0]
        for place in places[1:]:
            largest = f.maximum(largest, place)
        return largest

    return call(pooled, convert(input))


max_pool = max_pool2d


def avg_pool2d(
    input: Any, ksize: Any, strides: Any, padding: str, data_format: Any = "NHWC", name: Any = None
) -> EagerTensor:
    """The mean of each window, of what lies inside the image."""

    def pooled(x: Any) -> Any:
        total = f.sum(f.stack(_windows(x, _pair(ksize), _pair(strides), padding, 0.0)), 0)
        inside = np.ones_like(x.primal)
        return f.div(total, np.sum(_windows(inside, _pair(ksize), _pair(strides), padding, 0.0), axis=0))

    return call(pooled, convert(input))


avg_pool = avg_pool2d


def conv2d(
    input: Any, filters: Any, strides: Any, padding: str, data_format: Any = "NHWC", name: Any = None, **_: Any
) -> EagerTensor:
    """Cross-correlation of images (batch, height, width, channels) with filters (height, width, in, out)."""
    x, w = together(input, filters)

    def correlated(a: Any, b: Any) -> Any:
        height, width, channels, out = f.shape_of(b)
        patches = f.stack(_windows(a, (height, width), _pair(strides), padding, 0.0), -2)
        return f.einsum("nhwkc,kco->nhwo", patches, f.reshape(b, (height * width, channels, out)))

    return call(correlated, x, w)


globals().update(functions_in("tf.nn"))
__getattr__ = missing("tf.nn", globals())
