"""PyTorch's functional layers as programs call them: a number stands for the same along each axis.

The formulas are the engine's (`core.functions.networks`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.names.creation import whole_shape
from core.language.names.randoms import rand

Pair = tuple[int, int]


def pair(given: Any, what: str = "kernel_size") -> Pair:
    """A whole number for both axes, or two of them. Raises Refusal for anything else."""
    parts = [whole(one) for one in given] if isinstance(given, list | tuple) else [whole(given)] * 2
    if len(parts) != 2 or not all(isinstance(one, int) and one >= 0 for one in parts):
        raise Refusal(
            say("language.one-or-two-whole-numbers", "`{what}` is a whole number, or two of them.", what=what),
            say("language.write-3-or-3-3", "Write 3 or (3, 3)."),
        )
    return parts[0], parts[1]


def _sides(padding: Any, size: Pair, dilation: Pair) -> tuple[Pair, Pair]:
    """The elements before and after each axis; "same" and "valid" as PyTorch means them."""
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding == "same":
        missing = [d * (k - 1) for k, d in zip(size, dilation, strict=True)]
        return tuple((one // 2, one - one // 2) for one in missing)  # type: ignore[return-value]
    rows, columns = pair(padding, "padding")
    return (rows, rows), (columns, columns)


def torch_conv2d(
    x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1
) -> Any:  # fmt: skip
    height, width = f.shape_of(weight)[2:]
    size, step = (height, width), pair(dilation, "dilation")
    one, images = _as_batch(x, 3)
    made = f.conv2d(images, weight, bias, pair(stride, "stride"), _sides(padding, size, step), step, whole(groups))
    return f.squeeze(made, 0) if one else made


def torch_max_pool2d(x: Any, size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1) -> Any:
    size, step = pair(size), pair(dilation, "dilation")
    one, images = _as_batch(x, 3)
    made = f.max_pool2d(images, size, pair(stride, "stride") if stride is not None else size,
                        _sides(padding, size, step), step)  # fmt: skip
    return f.squeeze(made, 0) if one else made


def torch_avg_pool2d(x: Any, size: Any, stride: Any = None, padding: Any = 0, counts_padding: Any = True) -> Any:
    size = pair(size)
    one, images = _as_batch(x, 3)
    made = f.avg_pool2d(images, size, pair(stride, "stride") if stride is not None else size,
                        _sides(padding, size, (1, 1)), bool(counts_padding))  # fmt: skip
    return f.squeeze(made, 0) if one else made


def _as_batch(x: Any, rank: int) -> tuple[bool, Any]:
    """Whether there is but one image, without an axis for the batch; and the images with it."""
    ranks = len(f.shape_of(x))
    if ranks not in (rank, rank + 1):
        raise Refusal(
            say(
                "language.images-have-axes",
                "Images have {rank} axes, or {more} with the batch; this array has {have}.",
                rank=rank,
                more=rank + 1,
                have=ranks,
            ),
            say("language.add-axis-for-channels", "Add an axis for the batch or the channels: x.unsqueeze(0)."),
        )
    return (True, f.expand_dims(x, 0)) if ranks == rank else (False, x)


def _in_one_dimension(function: Any, numbers: tuple[str, ...]) -> Any:
    """The same over one axis: of images with a height of 1."""

    def call(x: Any, *values: Any, **named: Any) -> Any:
        order = ORDER[function]
        given = dict(zip(order, values)) | named
        for name in numbers:
            if given.get(name) is not None and not isinstance(given[name], str):
                one = given[name]
                one = whole(one[0] if isinstance(one, list | tuple) else one)
                given[name] = (0 if name == "padding" else 1, one)
        if "weight" in given:
            given["weight"] = f.expand_dims(given["weight"], -2)
        return f.squeeze(function(f.expand_dims(x, -2), **given), -2)

    return call


ORDER = {
    torch_conv2d: ("weight", "bias", "stride", "padding", "dilation", "groups"),
    torch_max_pool2d: ("size", "stride", "padding", "dilation"),
    torch_avg_pool2d: ("size", "stride", "padding", "counts_padding"),
}
torch_conv1d = _in_one_dimension(torch_conv2d, ("stride", "padding", "dilation"))
torch_max_pool1d = _in_one_dimension(torch_max_pool2d, ("size", "stride", "padding", "dilation"))
torch_avg_pool1d = _in_one_dimension(torch_avg_pool2d, ("size", "stride", "padding"))


def torch_layer_norm(x: Any, shape: Any, weight: Any = None, bias: Any = None, eps: Any = 1e-5) -> Any:
    lengths = whole_shape(shape)
    if f.shape_of(x)[len(f.shape_of(x)) - len(lengths) :] != lengths:
        raise Refusal(
            say(
                "language.layer-norm-shape",
                "The last axes must have the lengths {lengths}, but the array has the shape {shape}.",
                lengths=lengths,
                shape=f.shape_of(x),
            )
        )
    return f.layer_norm(x, len(lengths), weight, bias, float(eps))


def torch_embedding(places: Any, weight: Any) -> Any:
    chosen = np.asarray(f.plain(places)).astype(int)
    count = f.shape_of(weight)[0]
    if chosen.size and (chosen.min() < 0 or chosen.max() >= count):
        raise Refusal(say("language.embedding-outside", "The table has the rows 0 to {last}.", last=count - 1))
    return f.embedding(weight, chosen)


def torch_dropout(here: Any, span: Any, x: Any, p: Any = 0.5, training: Any = True) -> Any:
    """Some elements, drawn anew each time, set to 0, the others enlarged so that the mean stays."""
    share = float(p)
    if not 0 <= share <= 1:
        raise Refusal(say("language.dropout-share", "The share that is left out is a number from 0 to 1."))
    if not training or not share:
        return x
    kept = np.asarray(rand(here, span, *f.shape_of(x))) >= share
    return x * (kept / (1.0 - share) if share < 1 else np.zeros(f.shape_of(x)))
