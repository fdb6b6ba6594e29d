"""`torch.nn`: convolution and pooling."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.layers.torch.layer import layer, length, spread
from core.language.layers.torch.module import PRINTED
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.names import networks


def _convolution(axes: int) -> Callable[..., None]:
    def start(
        here: Locals, span: Span, module: Instance, inside: Any, out: Any, size: Any, stride: Any = 1,
        padding: Any = 0, dilation: Any = 1, groups: Any = 1, bias: Any = True,
    ) -> None:  # fmt: skip
        inside, out, parts = length(inside, "in_channels"), length(out, "out_channels"), length(groups, "groups")
        if inside % parts or out % parts:
            raise Refusal(say("language.groups-divide-channels", "The channels must be divisible by `groups`."))
        sizes = networks.pair(size) if axes == 2 else (whole(size[0] if isinstance(size, list | tuple) else size),)
        bound = 1 / math.sqrt(inside // parts * math.prod(sizes))
        weight = spread(here, span, (out, inside // parts, *sizes), bound)
        printed = f"{inside}, {out}, kernel_size={sizes}, stride={networks.pair(stride) if axes == 2 else (stride,)}"
        if padding:
            printed += f", padding={show(padding) if isinstance(padding, str) else _each(padding, axes)}"
        module.fields |= {
            "in_channels": inside, "out_channels": out, "kernel_size": sizes, "stride": stride, "padding": padding,
            "dilation": dilation, "groups": parts, "weight": weight, "bias": spread(here, span, (out,), bound, bias),
            PRINTED: printed,
        }  # fmt: skip

    return start


def _each(given: Any, axes: int) -> tuple:
    return tuple(given) if isinstance(given, list | tuple) else (given,) * axes


def _applied(function: Callable[..., Any], *names: str) -> Callable[..., Any]:
    def apply(here: Locals, span: Span, module: Instance, x: Any) -> Any:
        return function(x, *[module.fields[name] for name in names])

    return apply


for _name, _axes, _function in (("Conv1d", 1, networks.torch_conv1d), ("Conv2d", 2, networks.torch_conv2d)):
    layer(_name, "in_channels:inside out_channels:out kernel_size:size stride padding dilation groups bias * device! "
          "dtype!", _convolution(_axes),
          _applied(_function, "weight", "bias", "stride", "padding", "dilation", "groups"))  # fmt: skip


def _pooling(here: Locals, span: Span, module: Instance, size: Any, stride: Any = None, padding: Any = 0,
             **more: Any) -> None:  # fmt: skip
    stride = size if stride is None else stride
    module.fields |= {"kernel_size": size, "stride": stride, "padding": padding, **more}
    module.fields[PRINTED] = f"kernel_size={show(size)}, stride={show(stride)}, padding={show(padding)}"


def _max_pooling(here: Locals, span: Span, module: Instance, *values: Any, dilation: Any = 1, **named: Any) -> None:
    _pooling(here, span, module, *values, dilation=dilation, **named)
    module.fields[PRINTED] += f", dilation={show(dilation)}, ceil_mode=False"


def _mean_pooling(
    here: Locals, span: Span, module: Instance, *values: Any, counts_padding: Any = True, **named: Any
) -> None:
    _pooling(here, span, module, *values, counts_padding=counts_padding, **named)


for _axes in (1, 2):
    layer(f"MaxPool{_axes}d", "kernel_size:size stride padding * dilation", _max_pooling,
          _applied(getattr(networks, f"torch_max_pool{_axes}d"), "kernel_size", "stride", "padding",
                   "dilation"))  # fmt: skip
    layer(f"AvgPool{_axes}d", "kernel_size:size stride padding * count_include_pad:counts_padding", _mean_pooling,
          _applied(getattr(networks, f"torch_avg_pool{_axes}d"), "kernel_size", "stride", "padding",
                   "counts_padding"))  # fmt: skip
