"""Losses and layers of networks, made of the engine's functions: one formula each, whoever's name it has.

Labels are class numbers or shares; logits are numbers before a softmax or sigmoid. Each is written so that it neither
overflows nor meets inf - inf.
"""

from typing import Any

import numpy as np

from core.basics.words import say
from core.functions.calling import FUNCTIONS, plain, shape_of
from core.functions.elementwise import log_softmax
from core.functions.products import matmul
from core.functions.reductions import mean, sum
from core.functions.selecting import getitem
from core.functions.shaping import moveaxis, reshape, transpose

absolute, exp, log, neg, softplus, square = (
    FUNCTIONS[name] for name in ("abs", "exp", "log", "neg", "softplus", "square")
)


def sigmoid_cross_entropy(labels: Any, logits: Any) -> Any:
    """-labels * log(sigmoid(logits)) - (1 - labels) * log(1 - sigmoid(logits)), element by element."""
    return softplus(logits) - logits * labels


REDUCTIONS = ("mean", "sum", "none")


def reduced(losses: Any, reduction: Any = "mean", count: Any = None) -> Any:
    """The losses as one number, or as they are; `count` is what the sum is divided by where that is no plain mean."""
    if reduction not in REDUCTIONS:
        raise ValueError(
            say("functions.unknown-reduction", "{reduction} is not a valid value for reduction", reduction=reduction)
        )
    if reduction == "none":
        return losses
    if reduction == "sum":
        return sum(losses)
    return mean(losses) if count is None else sum(losses) / count


def mean_sigmoid_cross_entropy(
    logits: Any, labels: Any, reduction: Any = "mean", weight: Any = None, pos_weight: Any = None
) -> Any:
    """The mean of `sigmoid_cross_entropy`; `pos_weight` weighs what belongs to label 1."""
    if pos_weight is None:
        losses = sigmoid_cross_entropy(labels, logits)
    else:
        losses = pos_weight * labels * softplus(neg(logits)) + (1.0 - labels) * softplus(logits)
    return reduced(losses if weight is None else weight * losses, reduction)


def softmax_cross_entropy(labels: Any, logits: Any, axis: int = -1) -> Any:
    """-sum(labels * log_softmax(logits)) along an axis."""
    return neg(sum(labels * log_softmax(logits, axis), axis))


def sparse_cross_entropy(labels: Any, logits: Any) -> Any:
    """-log_softmax(logits) along the last axis at the labels, which are class numbers."""
    return neg(_chosen(log_softmax(logits), labels))


def torch_cross_entropy(
    logits: Any, labels: Any, weight: Any = None, ignore_index: int = -100, reduction: Any = "mean",
    label_smoothing: float = 0.0,
) -> Any:  # fmt: skip
    """The mean of -log_softmax(logits) along axis 1 at the labels: class numbers, or shares in the logits' shape."""
    axis = 1 if len(shape_of(logits)) > 1 else 0
    logs = log_softmax(logits, axis)
    classes = shape_of(logits)[axis]
    if shape_of(labels) == shape_of(logits) and np.asarray(plain(labels)).dtype.kind == "f":
        shares = labels * (1.0 - label_smoothing) + label_smoothing / classes if label_smoothing else labels
        losses = neg(sum(shares * logs * _along(weight, axis, len(shape_of(logits))), axis))
        return reduced(losses, reduction, max(size_of(losses), 1))
    losses, weights = _at_labels(logs, labels, weight, ignore_index)
    count = None if weights is None else np.sum(weights)
    made = reduced(losses, reduction, count)
    if not label_smoothing:
        return made
    kept = 1.0 if weights is None else (np.asarray(plain(labels)) != ignore_index).astype(float)
    evenly = neg(sum(logs * _along(weight, axis, len(shape_of(logits))), axis)) * kept
    smooth = reduced(evenly, reduction, count)
    return (1.0 - label_smoothing) * made + label_smoothing / classes * smooth


def nll_loss(x: Any, labels: Any, weight: Any = None, ignore_index: int = -100, reduction: Any = "mean") -> Any:
    """The mean of -x at the labels, which are class numbers along axis 1 (or the only one)."""
    losses, weights = _at_labels(x, labels, weight, ignore_index)
    return reduced(losses, reduction, None if weights is None else np.sum(weights))


def _at_labels(logs: Any, labels: Any, weight: Any, ignore_index: int) -> tuple[Any, Any]:
    """-logs at the labels and the weight of each of them; None for the weights where all count alike."""
    logs = moveaxis(logs, 1, -1) if len(shape_of(logs)) > 2 else logs
    places = np.asarray(plain(labels)).astype(int)
    counted = places != ignore_index
    weights = None if weight is None and counted.all() else counted.astype(float)
    if weight is not None:
        weights = weights * np.asarray(plain(weight))[np.where(counted, places, 0)]
    losses = neg(_chosen(logs, np.where(counted, places, 0)))
    return (losses if weights is None else losses * weights), weights


def _along(weight: Any, axis: int, rank: int) -> Any:
    """The weights of classes so that they meet the axis of the classes."""
    return 1.0 if weight is None else reshape(weight, tuple(-1 if one == axis else 1 for one in range(rank)))


def size_of(losses: Any) -> int:
    """How many there are."""
    return int(np.prod(shape_of(losses)))


def _chosen(x: Any, labels: Any) -> Any:
    places = np.asarray(plain(labels)).astype(int)
    return getitem(x, (*np.indices(places.shape, sparse=True), places))


def mse_loss(x: Any, y: Any, reduction: Any = "mean") -> Any:
    """The mean square of x - y."""
    return reduced(square(x - y), reduction)


def l1_loss(x: Any, y: Any, reduction: Any = "mean") -> Any:
    """The mean size of x - y."""
    return reduced(absolute(x - y), reduction)


def huber_loss(x: Any, y: Any, delta: float = 1.0, reduction: Any = "mean") -> Any:
    """Square near 0, straight beyond `delta`: Huber (1964)."""
    size = absolute(x - y)
    near = plain(size) <= delta
    return reduced(FUNCTIONS["where"](near, 0.5 * square(size), delta * (size - 0.5 * delta)), reduction)


def smooth_l1_loss(x: Any, y: Any, beta: float = 1.0, reduction: Any = "mean") -> Any:
    """`huber_loss` divided by `beta`, its width; 0 for `l1_loss`."""
    return l1_loss(x, y, reduction) if not beta else huber_loss(x, y, beta, reduction) / beta


def kl_div(x: Any, y: Any, reduction: Any = "mean", log_target: bool = False) -> Any:
    """y * (log(y) - x), where x is a logarithm already; "batchmean" divides by the length of the first axis."""
    logs = y if log_target else FUNCTIONS["where"](plain(y) > 0, log(FUNCTIONS["where"](plain(y) > 0, y, 1.0)), 0.0)
    losses = (exp(y) if log_target else y) * (logs - x)
    return sum(losses) / shape_of(losses)[0] if reduction == "batchmean" else reduced(losses, reduction)


def l2_loss(x: Any) -> Any:
    """Half the sum of squares."""
    return sum(square(x)) / 2.0


def binary_cross_entropy(x: Any, y: Any, weight: Any = None, reduction: Any = "mean") -> Any:
    """The mean of -y * log(x) - (1 - y) * log(1 - x), for shares x and y."""
    losses = neg(y * log(x) + (1.0 - y) * log(1.0 - x))
    return reduced(losses if weight is None else weight * losses, reduction)


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """x @ weight.T + bias: a layer without its activation."""
    made = matmul(x, transpose(weight))
    return made if bias is None else made + bias


__all__ = [
    "binary_cross_entropy", "huber_loss", "kl_div", "l1_loss", "l2_loss", "linear", "mean_sigmoid_cross_entropy",
    "mse_loss", "nll_loss", "sigmoid_cross_entropy", "smooth_l1_loss", "softmax_cross_entropy",
    "sparse_cross_entropy", "torch_cross_entropy",
]  # fmt: skip
