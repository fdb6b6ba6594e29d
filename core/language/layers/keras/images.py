"""`tf.keras.layers`: convolution and pooling of images whose channels come last."""

from __future__ import annotations

import math
from typing import Any

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.layers.keras.activations import activated
from core.language.layers.keras.dense import count_of, keep, layer, weight
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.names.networks import Pair, pair

F: Any = f


def _channels_first(x: Any, axes: int) -> Any:
    x = f.expand_dims(x, 1) if axes == 1 else x
    if len(f.shape_of(x)) != 4:
        raise Refusal(
            say("language.keras-images-axes", "This layer takes arrays of {rank} axes, with the channels last.",
                rank=axes + 2)
        )  # fmt: skip
    return f.moveaxis(x, -1, 1)


def _channels_last(x: Any, axes: int) -> Any:
    x = f.moveaxis(x, 1, -1)
    return f.squeeze(x, 1) if axes == 1 else x


def _sizes(given: Any, axes: int) -> Pair:
    """The lengths along height and width; of one axis the height is 1."""
    if axes == 2:
        return pair(given)
    return 1, whole(given[0] if isinstance(given, list | tuple) else given)


def _sides(x: Any, size: Pair, stride: Pair, dilation: Pair, padding: Any) -> tuple[Pair, Pair]:
    """What is added before and after: TensorFlow's "same" depends on the length."""
    if str(padding).lower() == "valid":
        return (0, 0), (0, 0)
    if str(padding).lower() != "same":
        raise Refusal(say("language.padding-same-valid", "`padding` is 'valid' or 'same' here."))
    found = []
    for length, one, step, apart in zip(f.shape_of(x)[2:], size, stride, dilation, strict=True):
        missing = max((math.ceil(length / step) - 1) * step + apart * (one - 1) + 1 - length, 0)
        found.append((missing // 2, missing - missing // 2))
    return found[0], found[1]


def _build_convolution(axes: int) -> Any:
    def build(here: Locals, span: Span, made: Instance, shape: Any) -> None:
        own = made.fields
        size = _sizes(own["kernel_size"], axes)[2 - axes :]
        filters = count_of(own["filters"], "filters")
        weight(here, span, made, "kernel", (*size, shape[-1], filters), own["kernel_initializer"])
        own["bias"] = None
        if own["use_bias"]:
            weight(here, span, made, "bias", (filters,), own["bias_initializer"])

    return build


def _call_convolution(axes: int) -> Any:
    def call(here: Locals, span: Span, made: Instance, x: Any) -> Any:
        own = made.fields
        kernel = f.expand_dims(own["kernel"], 0) if axes == 1 else own["kernel"]
        kernel = f.transpose(kernel, (3, 2, 0, 1))
        images = _channels_first(x, axes)
        size, stride, apart = (_sizes(own[name], axes) for name in ("kernel_size", "strides", "dilation_rate"))
        sides = _sides(images, size, stride, apart, own["padding"])
        found = F.conv2d(images, kernel, own["bias"], stride, sides, apart)
        return activated(here, span, own["activation"], _channels_last(found, axes))

    return call


def _call_pooling(axes: int, largest: bool) -> Any:
    def call(here: Locals, span: Span, made: Instance, x: Any) -> Any:
        own, images = made.fields, _channels_first(x, axes)
        size = _sizes(own["pool_size"], axes)
        stride = size if own["strides"] is None else _sizes(own["strides"], axes)
        sides = _sides(images, size, stride, (1, 1), own["padding"])
        pooled = F.max_pool2d(images, size, stride, sides) if largest else None
        pooled = F.avg_pool2d(images, size, stride, sides, False) if pooled is None else pooled
        return _channels_last(pooled, axes)

    return call


for _axes in (1, 2):
    layer(f"Conv{_axes}D", "filters kernel_size strides padding data_format! dilation_rate * activation use_bias "
          "kernel_initializer bias_initializer",
          keep(filters=1, kernel_size=1, strides=1, padding="valid", dilation_rate=1, activation=None, use_bias=True,
               kernel_initializer="glorot_uniform", bias_initializer="zeros"),
          _call_convolution(_axes), _build_convolution(_axes))  # fmt: skip
    for _kind, _largest in (("Max", True), ("Average", False)):
        layer(f"{_kind}Pooling{_axes}D", "pool_size strides padding data_format!",
              keep(pool_size=2, strides=None, padding="valid"), _call_pooling(_axes, _largest))  # fmt: skip
