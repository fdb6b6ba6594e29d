"""`torch.nn.Parameter`: the leaves that modules hold, and by which they are found."""

from __future__ import annotations

from typing import Any

from core.basics.span import Span
from core.language.dialects.torch.leaves import Leaf, require
from core.language.machine.locals import Locals
from core.language.machine.weights import born
from core.tensor import Tensor


class Parameter(Leaf):
    """A leaf that belongs to a module."""

    __slots__ = ()
    called = "Parameter"


def parameter(here: Locals, span: Span, value: Any, requires_grad: bool = True) -> Parameter:
    """A parameter with these values."""
    made = born(here.run, span, Parameter(value.primal if isinstance(value, Tensor) else value))
    if requires_grad:
        require(made)
    return made
