"""More of PyTorch: orders of elements, and tensors in the kind of another one."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.language.dialects.torch.leaves import Leaf, require
from core.language.machine.keys import whole
from core.language.names import torch_creation
from core.language.names.library import values_of
from core.language.names.reductions import Extremes
from core.tensor import Tensor


def torch_sort(x: Any, axis: Any = -1, descending: Any = False) -> Extremes:
    """The elements along an axis in order, and where they were."""
    places = torch_argsort(x, axis, descending)
    return Extremes((f.take_along_axis(x, places, whole(axis)), Tensor(places)))


def torch_argsort(x: Any, axis: Any = -1, descending: Any = False) -> Any:
    """The places of the elements along an axis, in order."""
    values = np.asarray(values_of(x))
    return np.argsort(-values if descending else values, axis=whole(axis), kind="stable")


def torch_topk(x: Any, k: Any, axis: Any = -1, largest: Any = True) -> Extremes:
    """The k largest (or smallest) elements along an axis, and where they are."""
    places = np.take(torch_argsort(x, axis, largest), range(whole(k)), whole(axis))
    return Extremes((f.take_along_axis(x, places, whole(axis)), Tensor(places)))


def old_variable(data: Any, requires_grad: Any = False) -> Any:
    """`torch.autograd.Variable(x)`, as it was written before tensors took its place: the tensor itself."""
    made = torch_creation.as_tensor(data)
    return require(made, True) if requires_grad and isinstance(made, Leaf) else made


def torch_normal(
    here: Any, span: Any, mean: Any, std: Any = 1.0, size: Any = None, requires_grad: Any = False, generator: Any = None
) -> Leaf:
    """Normal numbers around means, with deviations, each given for all or for every element."""
    shape = np.broadcast_shapes(np.shape(values_of(mean)), np.shape(values_of(std))) if size is None else size
    drawn = torch_creation.torch_randn(here, span, size=shape, generator=generator)
    return torch_creation.torch_tensor(values_of(mean) + values_of(std) * values_of(drawn), None, requires_grad)


def new_like(make: Any) -> Any:
    """A method such as `x.new_zeros(2, 3)`."""

    def call(here: Any, span: Any, x: Any, *shape: Any, requires_grad: Any = False) -> Leaf:
        return make(here, span, *shape, requires_grad=requires_grad)

    return call


new_zeros, new_ones = new_like(torch_creation.torch_zeros), new_like(torch_creation.torch_ones)


def new_tensor(x: Any, values: Any, requires_grad: Any = False) -> Leaf:
    return torch_creation.torch_tensor(values, None, requires_grad)


def masked_fill(x: Any, mask: Any, value: Any) -> Any:
    """The tensor with a value where the mask holds."""
    return f.where(np.asarray(values_of(mask)).astype(bool), value, x)
