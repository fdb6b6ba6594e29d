"""The loss functions and layers of TensorFlow and PyTorch that snippets use, made from the engine's operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.language.names.library import as_array, values_of

F: Any = f


def sigmoid_cross_entropy(labels: Any, logits: Any) -> Any:
    return F.relu(logits) - logits * labels + F.softplus(-F.abs(logits))


def mean_sigmoid_cross_entropy(logits: Any, labels: Any) -> Any:
    return f.mean(sigmoid_cross_entropy(labels, logits))


def softmax_cross_entropy(labels: Any, logits: Any) -> Any:
    return -f.sum(labels * f.log_softmax(logits), axis=-1)


def sparse_cross_entropy(labels: Any, logits: Any) -> Any:
    chosen = np.asarray(values_of(labels)).astype(int)
    picked = (chosen[..., None] == np.arange(f.shape_of(logits)[-1])).astype(float)
    return softmax_cross_entropy(picked, logits)


def torch_cross_entropy(logits: Any, labels: Any) -> Any:
    return f.mean(sparse_cross_entropy(labels, logits))


def nll_loss(x: Any, labels: Any) -> Any:
    chosen = np.asarray(values_of(labels)).astype(int)
    return -f.mean(f.getitem(x, (np.arange(len(chosen)), chosen)))


def mse_loss(x: Any, y: Any) -> Any:
    return f.mean(F.square(as_array(x) - y))


def l1_loss(x: Any, y: Any) -> Any:
    return f.mean(F.abs(as_array(x) - y))


def binary_cross_entropy(x: Any, y: Any) -> Any:
    return -f.mean(y * F.log(x) + (1 - as_array(y)) * F.log(1 - as_array(x)))


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    made = x @ f.transpose(weight)
    return made if bias is None else made + bias
