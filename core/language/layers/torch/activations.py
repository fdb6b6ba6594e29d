"""`torch.nn`: activations, each a function of ours with its options as attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import functions as f
from core.basics.span import Span
from core.language.dialects import kinks
from core.language.layers.torch.layer import layer
from core.language.layers.torch.module import PRINTED
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.values import show

F: Any = f
PLAIN = {
    "ReLU": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid", "SiLU": "silu", "ReLU6": "relu6", "SELU": "selu",
    "Softplus": "softplus", "Softsign": "softsign", "LogSigmoid": "log_sigmoid", "Hardtanh": "hard_tanh", "ELU": "elu",
}  # fmt: skip


def _called(name: str) -> Callable[..., Any]:
    """Our function of that name, with the slopes that PyTorch has."""
    return kinks.OF_LIBRARY["torch"].get(name) or getattr(f, name)


def _plain(name: str, function: str) -> None:
    """An activation without options."""
    layer(name, "inplace!", lambda here, span, module: None, lambda here, span, module, x: _called(function)(x))


def _with_option(name: str, function: str, option: str, ours: str, default: Any, more: str = "") -> None:
    """An activation with one option, which PyTorch calls otherwise than we do."""

    def start(here: Locals, span: Span, module: Instance, given: Any = default) -> None:
        module.fields[option] = given
        module.fields[PRINTED] = f"{option}={show(given)}"

    def forward(here: Locals, span: Span, module: Instance, x: Any) -> Any:
        return _called(function)(x, **{ours: module.fields[option]})

    layer(name, f"{option}:given {more}", start, forward)


def _gelu(here: Locals, span: Span, module: Instance, approximate: Any = "none") -> None:
    module.fields |= {"approximate": str(approximate), PRINTED: f"approximate={str(approximate)!r}"}


for _name, _function in PLAIN.items():
    _plain(_name, _function)
_with_option("LeakyReLU", "leaky_relu", "negative_slope", "alpha", 0.01, "inplace!")
_with_option("Softmax", "softmax", "dim", "axis", -1)
_with_option("LogSoftmax", "log_softmax", "dim", "axis", -1)
layer("GELU", "approximate", _gelu,
      lambda here, span, module, x: F.gelu(x, approximate=module.fields["approximate"] == "tanh"))  # fmt: skip
