"""tf.GradientTape and its companions: unconnected gradients, custom gradients, stop_gradient, sparse gradients.

Knows the engine's tape and the dialect's tensors.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

import numpy as np

from core import custom, gradient_tape
from core import functions as f
from core.basics.structure import map_structure
from core.basics.words import say
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.made import own
from core.dialects.tensorflow.tensor import EagerTensor, convert, dress, eager
from core.tensor import Tensor


class UnconnectedGradients(Enum):
    """What `gradient` gives for a source that the target does not depend on."""

    NONE = "none"
    ZERO = "zero"


class GradientTape(gradient_tape.GradientTape):
    """Records operations on watched tensors; gradients are tensors of the dialect."""

    def gradient(
        self, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: Any = "none"
    ) -> Any:
        """The derivative of the target(s) with respect to the sources, in the sources' structure."""
        return _dressed(super().gradient, target, sources, output_gradients, unconnected_gradients)

    def jacobian(self, target: Any, sources: Any, unconnected_gradients: Any = "none", **options: Any) -> Any:
        """The derivative of every element of the target with respect to every element of the sources."""
        return _dressed(super().jacobian, target, sources, unconnected_gradients, **options)

    def batch_jacobian(self, target: Any, source: Any, unconnected_gradients: Any = "none", **options: Any) -> Any:
        """For each sample the jacobian of its target row with respect to its source row."""
        return _dressed(super().batch_jacobian, target, source, unconnected_gradients, **options)


def _dressed(ask: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    try:
        found = ask(*arguments, **options)
    except np.linalg.LinAlgError as error:
        raise InvalidArgumentError(
            say(
                "tensorflow.gradient-needs-inverse-matrix",
                "a gradient needs the inverse of a matrix that has none: {message}",
                message=error,
            )
        ) from error
    return map_structure(lambda one: None if one is None else dress(one), found)


def custom_gradient(function: Callable[..., Any]) -> Any:
    """Let a function state its own gradient; it returns its result and a function that gives the gradient."""
    return custom.custom_gradient(function, convert)


@own("stop_gradient")
def stop_gradient(input: Any, name: Any = None) -> EagerTensor:
    """The same value, cut off from every tape."""
    return dress(f.stop_gradient(convert(input)))


def recompute_grad(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function itself: memory is not saved by computing twice here."""
    return function


def grad_pass_through(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function's value with the slope 1: the straight-through estimator."""

    def passing(x: Any) -> Any:
        x = convert(x)
        return x + stop_gradient(function(x) - x)

    return passing


class IndexedSlices:
    """Rows that belong at the indices of a larger, otherwise zero tensor. Our gradients are always dense."""

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None) -> None:
        self.values, self.indices = convert(values), convert(indices)
        self.dense_shape = None if dense_shape is None else convert(dense_shape)

    def numpy(self) -> Any:
        """The larger array."""
        if self.dense_shape is None:
            raise ValueError(
                say(
                    "tensorflow.indexedslices-without-dense-shape",
                    "IndexedSlices without a dense_shape cannot be made dense",
                )
            )
        dense = np.zeros(self.dense_shape.numpy(), self.values.numpy().dtype)
        np.add.at(dense, self.indices.numpy(), self.values.numpy())
        return dense

    def dense(self) -> EagerTensor:
        """The larger tensor."""
        return eager(self.numpy())


def is_tensor(x: Any) -> bool:
    """Whether it is a tensor or variable."""
    return isinstance(x, Tensor | IndexedSlices)
