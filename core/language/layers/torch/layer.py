"""How a layer of `torch.nn` is made: its options, its weights, and what it computes.

Random first weights have PyTorch's spread; the numbers are drawn from the run's own generator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import class_of, method
from core.language.layers.torch.module import MODULE
from core.language.layers.torch.parameter import parameter
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.names.creation import checked_shape
from core.language.names.randoms import uniform

LAYERS: dict[str, Class] = {}
NO_MORE: Mapping[str, Any] = {}


def layer(name: str, signature: str, start: Callable[..., Any], forward: Callable[..., Any], takes: str = "input:x",
          more: Mapping[str, Any] = NO_MORE) -> Class:  # fmt: skip
    """A layer: `start` gives a new one its attributes, `forward` is what it computes."""

    def begin(here: Locals, span: Span, module: Instance, *values: Any, **named: Any) -> None:
        module.fields["training"] = True
        start(here, span, module, *values, **named)

    path = f"torch.nn.{name}"
    names = {"__init__": method(path, begin, signature), "forward": method(path, forward, takes)} | dict(more)
    LAYERS[path] = class_of(name, (MODULE,), names)
    return LAYERS[path]


def spread(here: Locals, span: Span, shape: tuple[int, ...], bound: float, wanted: Any = True) -> Any:
    """A parameter drawn evenly from -bound to bound; None where none is wanted."""
    if not wanted:
        return None
    return parameter(here, span, uniform(here, span, -bound, bound, checked_shape(here, span, shape)))


def filled(here: Locals, span: Span, shape: tuple[int, ...], value: float, wanted: Any = True) -> Any:
    """A parameter full of one number; None where none is wanted."""
    return parameter(here, span, np.full(checked_shape(here, span, shape), value)) if wanted else None


def length(given: Any, what: str) -> int:
    """A whole number from 1 on. Raises Refusal for anything else."""
    number = whole(given)
    if not isinstance(number, int) or number < 1:
        raise Refusal(
            say("language.length-from-1", "`{what}` is a whole number from 1 on, not {given}.", what=what,
                given=show(given, True))
        )  # fmt: skip
    return number
