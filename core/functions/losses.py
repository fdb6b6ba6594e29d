"""Losses and layers of networks, made of the engine's functions: one formula each, whoever's name it has.

Labels are class numbers or shares; logits are numbers before a softmax or sigmoid. Each is written so that it neither
overflows nor meets inf - inf.
"""

from typing import Any

import numpy as np

from core.functions.calling import FUNCTIONS, plain
from core.functions.elementwise import log_softmax
from core.functions.products import matmul
from core.functions.reductions import mean, sum
from core.functions.selecting import getitem
from core.functions.shaping import transpose

absolute, log, neg, softplus, square = (FUNCTIONS[name] for name in ("abs", "log", "neg", "softplus", "square"))


def sigmoid_cross_entropy(labels: Any, logits: Any) -> Any:
    """-labels * log(sigmoid(logits)) - (1 - labels) * log(1 - sigmoid(logits)), element by element."""
    return softplus(logits) - logits * labels


def mean_sigmoid_cross_entropy(logits: Any, labels: Any) -> Any:
    """The mean of `sigmoid_cross_entropy`."""
    return mean(sigmoid_cross_entropy(labels, logits))


def softmax_cross_entropy(labels: Any, logits: Any, axis: int = -1) -> Any:
    """-sum(labels * log_softmax(logits)) along an axis."""
    return neg(sum(labels * log_softmax(logits, axis), axis))


def sparse_cross_entropy(labels: Any, logits: Any) -> Any:
    """-log_softmax(logits) along the last axis at the labels, which are class numbers."""
    return neg(_chosen(log_softmax(logits), labels))


def torch_cross_entropy(logits: Any, labels: Any) -> Any:
    """The mean of `sparse_cross_entropy`."""
    return mean(sparse_cross_entropy(labels, logits))


def nll_loss(x: Any, labels: Any) -> Any:
    """The mean of -x at the labels, which are class numbers along the last axis."""
    return neg(mean(_chosen(x, labels)))


def _chosen(x: Any, labels: Any) -> Any:
    places = np.asarray(plain(labels)).astype(int)
    return getitem(x, (*np.indices(places.shape, sparse=True), places))


def mse_loss(x: Any, y: Any) -> Any:
    """The mean square of x - y."""
    return mean(square(x - y))


def l1_loss(x: Any, y: Any) -> Any:
    """The mean size of x - y."""
    return mean(absolute(x - y))


def l2_loss(x: Any) -> Any:
    """Half the sum of squares."""
    return sum(square(x)) / 2.0


def binary_cross_entropy(x: Any, y: Any) -> Any:
    """The mean of -y * log(x) - (1 - y) * log(1 - x), for shares x and y."""
    return neg(mean(y * log(x) + (1.0 - y) * log(1.0 - x)))


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """x @ weight.T + bias: a layer without its activation."""
    made = matmul(x, transpose(weight))
    return made if bias is None else made + bias


__all__ = [
    "binary_cross_entropy", "l1_loss", "l2_loss", "linear", "mean_sigmoid_cross_entropy", "mse_loss", "nll_loss",
    "sigmoid_cross_entropy", "softmax_cross_entropy", "sparse_cross_entropy", "torch_cross_entropy",
]  # fmt: skip
