"""`torch.nn.Parameter`, and `torch.nn.utils`: what is done with the parameters of a module."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.span import Span
from core.language.layers.torch.parameter import parameter
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.tensor import Tensor


def new_parameter(here: Locals, span: Span, data: Any, requires_grad: Any = True) -> Any:
    """`nn.Parameter(torch.randn(3))`."""
    return parameter(here, span, data, bool(requires_grad))


def _gradients(here: Locals, span: Span, given: Any) -> list[Any]:
    many = [given] if isinstance(given, Tensor) else iterate(here, given, span)
    return [one for one in many if getattr(one, "grad", None) is not None]


def clip_norm(here: Locals, span: Span, given: Any, most: Any, norm: Any = 2.0) -> Any:
    """All gradients together made no longer than `most`; gives their length before."""
    held = _gradients(here, span, given)
    parts = [np.linalg.norm(np.ravel(one.grad.primal), ord=float(norm)) for one in held]
    total = float(np.linalg.norm(parts, ord=float(norm))) if parts else 0.0
    for one in held:
        one.grad = Tensor(one.grad.primal * min(float(most) / (total + 1e-6), 1.0))
    return Tensor(total)


def clip_value(here: Locals, span: Span, given: Any, most: Any) -> None:
    """Every number of the gradients moved into -most .. most."""
    for one in _gradients(here, span, given):
        one.grad = Tensor(np.clip(one.grad.primal, -float(most), float(most)))
