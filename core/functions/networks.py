"""Layers of networks as formulas: windows over images, normalisation, and what is chosen from a table by number.

Images have their axes in PyTorch's order, (batch, channels, height, width); callers with another one move axes. Each
formula is made of the engine's functions, so that its derivatives need no rule of their own.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.basics.words import say
from core.functions.calling import FUNCTIONS, plain, shape_of
from core.functions.products import einsum
from core.functions.reductions import mean
from core.functions.selecting import getitem, take, take_along_axis
from core.functions.shaping import pad, reshape, squeeze

sqrt, square = FUNCTIONS["sqrt"], FUNCTIONS["square"]
Pair = tuple[int, int]
MOST = 20_000_000  # elements of all windows together


def windows(x: Any, size: Pair, stride: Pair, padding: Any, dilation: Pair = (1, 1), outside: float = 0.0) -> Any:
    """What lies in each window over the last two axes: (batch, channels, rows, columns, window rows * columns).

    `padding` are the elements before and after each of the two axes. Raises ValueError where no window fits, and
    where there would be too many.
    """
    if any(before or after for before, after in padding):
        x = pad(x, ((0, 0), (0, 0), *padding), constant_values=outside)
    lengths = shape_of(x)[2:]
    counts = [(n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(lengths, size, stride, dilation, strict=True)]
    if any(count < 1 for count in counts):
        raise ValueError(
            say(
                "functions.window-larger-than-image",
                "a window of {size} does not fit into an image of {lengths}",
                size=size,
                lengths=tuple(lengths),
            )
        )
    elements = math.prod(shape_of(x)[:2]) * math.prod(counts) * math.prod(size)
    if elements > MOST:
        raise ValueError(
            say(
                "functions.windows-too-large",
                "all windows together have {elements:,} elements; at most {most:,} are made",
                elements=elements,
                most=MOST,
            )
        )
    rows, columns = (
        np.arange(count)[:, None] * s + np.arange(k) * d
        for count, k, s, d in zip(counts, size, stride, dilation, strict=True)
    )
    found = getitem(x, (slice(None), slice(None), rows[:, None, :, None], columns[None, :, None, :]))
    return reshape(found, (*shape_of(x)[:2], *counts, math.prod(size)))


def conv2d(x: Any, weight: Any, bias: Any, stride: Pair, padding: Any, dilation: Pair = (1, 1), groups: int = 1) -> Any:
    """Cross-correlation of images with weights (out, in / groups, height, width)."""
    out, inside, *size = shape_of(weight)
    parts = windows(x, (size[0], size[1]), stride, padding, dilation)
    batch, channels, rows, columns, places = shape_of(parts)
    if channels != inside * groups:
        raise ValueError(
            say(
                "functions.channels-do-not-fit",
                "the weights expect {wanted} channels, and the images have {channels}",
                wanted=inside * groups,
                channels=channels,
            )
        )
    parts = reshape(parts, (batch, groups, inside, rows, columns, places))
    kernels = reshape(weight, (groups, out // groups, inside, places))
    made = reshape(einsum("bgirck,goik->bgorc", parts, kernels), (batch, out, rows, columns))
    return made if bias is None else made + reshape(bias, (out, 1, 1))


def max_pool2d(x: Any, size: Pair, stride: Pair, padding: Any, dilation: Pair = (1, 1)) -> Any:
    """The largest element of each window; of equal ones the first takes the slope, as in PyTorch and TensorFlow."""
    parts = windows(x, size, stride, padding, dilation, -math.inf)
    return squeeze(take_along_axis(parts, np.argmax(plain(parts), -1)[..., None], -1), -1)


def avg_pool2d(x: Any, size: Pair, stride: Pair, padding: Any, counts_padding: bool = True) -> Any:
    """The mean of each window, in which what was padded counts as 0 or not at all."""
    found = mean(windows(x, size, stride, padding), -1)
    if counts_padding or not any(map(any, padding)):
        return found
    inside = np.mean(windows(np.ones((1, 1, *shape_of(x)[2:])), size, stride, padding), -1)
    return found / inside


def normalised(x: Any, centre: Any, variance: Any, scale: Any, offset: Any, eps: float) -> Any:
    """(x - centre) / sqrt(variance + eps), scaled and moved where there is a scale and an offset."""
    made = (x - centre) / sqrt(variance + eps)
    made = made if scale is None else made * scale
    return made if offset is None else made + offset


def spread_over(x: Any, axes: Any) -> tuple[Any, Any]:
    """Mean and (biased) variance over axes, which stay with length 1."""
    centre = mean(x, axes, True)
    return centre, mean(square(x - centre), axes, True)


def layer_norm(x: Any, axes: int, scale: Any = None, offset: Any = None, eps: float = 1e-5) -> Any:
    """Normalised over so many of the last axes."""
    return normalised(x, *spread_over(x, tuple(range(-axes, 0))), scale, offset, eps)


def embedding(weight: Any, places: Any) -> Any:
    """The rows of a table at the places."""
    return take(weight, np.asarray(plain(places)).astype(int), 0)


__all__ = [
    "avg_pool2d", "conv2d", "embedding", "layer_norm", "max_pool2d", "normalised", "spread_over", "windows",
]  # fmt: skip
