"""PyTorch's functions that make tensors: each gives a new leaf, which may require a gradient.

The numbers themselves come from `creation` and `randoms`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf, leaf
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.names import creation, randoms
from core.language.names.creation import checked_shape, dtype_of
from core.language.names.library import values_of
from core.tensor import Tensor

F: Any = f


def _lengths(shape: tuple, size: Any) -> Any:
    """The shape, given as numbers one after the other, as one list or as `size=`."""
    if size is not None:
        return size
    return shape[0] if len(shape) == 1 and not isinstance(shape[0], int | float) else shape


def _made(values: Any, dtype: Any, requires_grad: Any) -> Leaf:
    wanted = dtype_of(dtype)
    return leaf(values if wanted is None else np.asarray(values).astype(wanted), bool(requires_grad))


def filled(number: float) -> Any:
    """torch.zeros, torch.ones or torch.empty."""

    def call(
        here: Any, span: Any, *shape: Any, size: Any = None, dtype: Any = None, requires_grad: Any = False
    ) -> Leaf:
        return _made(np.full(checked_shape(here, span, _lengths(shape, size)), number), dtype, requires_grad)

    return call


torch_zeros, torch_ones = filled(0.0), filled(1.0)


def torch_full(
    here: Any, span: Any, shape: Any, value: Any, dtype: Any = None, requires_grad: Any = False
) -> Leaf:
    return _made(np.full(checked_shape(here, span, shape), values_of(value)), dtype, requires_grad)


def torch_eye(here: Any, span: Any, n: Any, m: Any = None, dtype: Any = None, requires_grad: Any = False) -> Leaf:
    return _made(creation.eye(here, span, n, m), dtype, requires_grad)


def torch_arange(
    here: Any, span: Any, *limits: Any, start: Any = 0, end: Any = None, step: Any = 1, dtype: Any = None,
    requires_grad: Any = False,
) -> Leaf:  # fmt: skip
    given = limits if end is None else (*(limits or (start,)), end, step)
    return _made(creation.arange(here, span, *given), dtype, requires_grad)


def torch_linspace(
    here: Any, span: Any, start: Any, stop: Any, num: Any, dtype: Any = None, requires_grad: Any = False
) -> Leaf:
    count = checked_shape(here, span, (whole(num),))[0]
    return _made(np.linspace(values_of(start), values_of(stop), count), dtype, requires_grad)


def like(number: float) -> Any:
    """torch.zeros_like, torch.ones_like or torch.empty_like."""

    def call(x: Any, dtype: Any = None, requires_grad: Any = False) -> Leaf:
        primal = np.asarray(values_of(x))
        return _made(np.full_like(primal, number), dtype, requires_grad)

    return call


torch_zeros_like, torch_ones_like = like(0.0), like(1.0)


def torch_full_like(x: Any, value: Any, dtype: Any = None, requires_grad: Any = False) -> Leaf:
    return _made(np.full_like(np.asarray(values_of(x)), values_of(value)), dtype, requires_grad)


def torch_tensor(values: Any, dtype: Any = None, requires_grad: Any = False) -> Leaf:
    """A new leaf with these values, cut off from where they come from. Raises Refusal as `require` does."""
    return leaf(_cut(creation.array(values, dtype), dtype), bool(requires_grad))


def _cut(made: Any, dtype: Any) -> Any:
    wanted = dtype_of(dtype)
    cut = f.stop_gradient(made) if isinstance(made, Tensor) else made
    return cut if wanted is None else np.asarray(values_of(cut)).astype(wanted)


def as_tensor(values: Any, dtype: Any = None) -> Any:
    """A tensor of the values: the tensor itself where it is one already."""
    wanted = dtype_of(dtype)
    if isinstance(values, Tensor) and (wanted is None or wanted == values.dtype):
        return values
    return torch_tensor(values, dtype)


# -- random numbers ----------------------------------------------------------------------------------------------------


def drawer(draw: Any, method: str) -> Any:
    """torch.randn or torch.rand: random values, from a generator of its own if one is given."""

    def call(
        here: Any, span: Any, *shape: Any, size: Any = None, dtype: Any = None, requires_grad: Any = False,
        generator: Any = None,
    ) -> Leaf:  # fmt: skip
        lengths = checked_shape(here, span, _lengths(shape, size))
        if isinstance(generator, randoms.RandomSource):
            own = generator.generator.standard_normal if method == "randn" else generator.generator.random
            return _made(own(lengths), dtype, requires_grad)
        return _made(draw(here, span, *lengths), dtype, requires_grad)

    return call


torch_randn, torch_rand = drawer(randoms.randn, "randn"), drawer(randoms.rand, "rand")


def drawn_like(draw: Any) -> Any:
    """Random numbers in the shape of another tensor."""

    def call(here: Any, span: Any, x: Any, dtype: Any = None, requires_grad: Any = False) -> Leaf:
        return draw(here, span, size=f.shape_of(x), dtype=dtype, requires_grad=requires_grad)

    return call


torch_randn_like, torch_rand_like = drawn_like(torch_randn), drawn_like(torch_rand)


def torch_randint(
    here: Any, span: Any, *limits: Any, low: Any = None, high: Any = None, size: Any = None, dtype: Any = None,
    generator: Any = None,
) -> Leaf:  # fmt: skip
    """Whole numbers from low up to high, as torch.randint(low, high, size) with low left out or with names."""
    given = [*limits, *(one for one in (low, high, size) if one is not None)]
    if not 2 <= len(given) <= 3:
        raise Refusal(
            say("language.torch-randint-takes-limits", "`torch.randint` takes limits and a shape."),
            say("language.write-torch-randint-0", "Write torch.randint(0, 10, (3,))."),
        )
    first, last = (0, *given[:-1])[-2:]
    if isinstance(generator, randoms.RandomSource):
        lengths = checked_shape(here, span, given[-1])
        return _made(generator.generator.integers(whole(first), whole(last), lengths), dtype, False)
    return _made(randoms.randint(here, span, first, last, given[-1]), dtype, False)


def torch_randperm(here: Any, span: Any, n: Any, generator: Any = None) -> Leaf:
    if isinstance(generator, randoms.RandomSource):
        return leaf(generator.generator.permutation(checked_shape(here, span, whole(n))[0]), False)
    return leaf(randoms.permutation(here, span, whole(n)), False)
