"""PyTorch's optimizers: they change leaves by the gradients that `backward()` has left in them.

The formulas are those of `torch.optim`, to the last digit in double precision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.tensor import Tensor

State = dict[str, Any]
"""What an optimizer remembers of one parameter."""
Step = Callable[[Any, Any, dict[str, Any], State], Any]
"""Of a value, its gradient, the options and the state: the next value."""


class Optimizer:
    """An optimizer: groups of parameters with their options, and the formula of a step."""

    kind = say("language.optimizer", "an optimizer")

    def __init__(self, name: str, groups: list[dict[str, Any]], defaults: dict[str, Any], step: Step) -> None:
        self.name = name
        self.groups = groups
        self.defaults = defaults
        self.step = step
        self.states: dict[int, State] = {}

    def take_step(self) -> None:
        """Move every parameter that has a gradient."""
        for group in self.groups:
            for tensor in group["params"]:
                if tensor.grad is not None:
                    state = self.states.setdefault(id(tensor), {"step": 0})
                    state["step"] += 1
                    gradient = tensor.grad.primal
                    gradient = -gradient if group.get("maximize") else gradient
                    tensor.assign(self.step(tensor.primal, gradient, group, state))


# -- the formulas ----------------------------------------------------------------------------------------------------


def _descent(value: Any, gradient: Any, own: dict[str, Any], state: State) -> Any:
    """Gradient descent with momentum, or Nesterov's."""
    gradient = gradient + own["weight_decay"] * value if own["weight_decay"] else gradient
    if own["momentum"]:
        before = state.get("speed")
        speed = gradient if before is None else own["momentum"] * before + (1 - own["dampening"]) * gradient
        state["speed"] = speed
        gradient = gradient + own["momentum"] * speed if own["nesterov"] else speed
    return value - own["lr"] * gradient


def _adam(value: Any, gradient: Any, own: dict[str, Any], state: State) -> Any:
    """Kingma and Ba (2015): running means of the gradient and of its square."""
    gradient = gradient + own["weight_decay"] * value if own["weight_decay"] else gradient
    return value - _adaptive(gradient, own, state)


def _adam_w(value: Any, gradient: Any, own: dict[str, Any], state: State) -> Any:
    """Loshchilov and Hutter (2019): the weights shrink by themselves, not through the gradient."""
    return value * (1 - own["lr"] * own["weight_decay"]) - _adaptive(gradient, own, state)


def _adaptive(gradient: Any, own: dict[str, Any], state: State) -> Any:
    (first, second), count = own["betas"], state["step"]
    mean = _running(state, "mean", first, gradient)
    square = _running(state, "square", second, gradient * gradient)
    if own["amsgrad"]:
        state["largest"] = square = np.maximum(state.get("largest", 0.0), square)
    scale = np.sqrt(square) / np.sqrt(1 - second**count) + own["eps"]
    return own["lr"] / (1 - first**count) * mean / scale


def _running(state: State, name: str, share: float, now: Any) -> Any:
    """share * before + (1 - share) * now; a large array is changed in its place, for nobody else holds it."""
    before = state.get(name)
    if isinstance(before, np.ndarray):
        before *= share
        before += (1 - share) * now
    else:
        state[name] = before = share * (0.0 if before is None else before) + (1 - share) * now
    return before


def _rms_prop(value: Any, gradient: Any, own: dict[str, Any], state: State) -> Any:
    """Tieleman and Hinton (2012): each number by the root of the running mean of its squared gradient."""
    gradient = gradient + own["weight_decay"] * value if own["weight_decay"] else gradient
    state["square"] = square = own["alpha"] * state.get("square", 0.0) + (1 - own["alpha"]) * gradient * gradient
    if own["centered"]:
        state["mean"] = mean = own["alpha"] * state.get("mean", 0.0) + (1 - own["alpha"]) * gradient
        square = square - mean * mean
    step = gradient / (np.sqrt(square) + own["eps"])
    if own["momentum"]:
        state["speed"] = step = own["momentum"] * state.get("speed", 0.0) + step
    return value - own["lr"] * step


def _adagrad(value: Any, gradient: Any, own: dict[str, Any], state: State) -> Any:
    """Duchi et al. (2011): each number by the root of the sum of its squared gradients."""
    gradient = gradient + own["weight_decay"] * value if own["weight_decay"] else gradient
    rate = own["lr"] / (1 + (state["step"] - 1) * own["lr_decay"])
    total = state.get("total", own["initial_accumulator_value"]) + gradient * gradient
    state["total"] = total
    return value - rate * gradient / (np.sqrt(total) + own["eps"])


OF_ADAM : dict[str, Any] = {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0, "amsgrad": False}
FORMULAS: dict[str, tuple[Step, dict[str, Any]]] = {
    "SGD": (
        _descent,
        {"lr": 0.001, "momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False},
    ),
    "Adam": (_adam, OF_ADAM),
    "AdamW": (_adam_w, {**OF_ADAM, "weight_decay": 0.01}),
    "RMSprop": (
        _rms_prop,
        {"lr": 0.01, "alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0, "momentum": 0.0, "centered": False},
    ),
    "Adagrad": (
        _adagrad,
        {"lr": 0.01, "lr_decay": 0.0, "weight_decay": 0.0, "initial_accumulator_value": 0.0, "eps": 1e-10},
    ),
}
WITHOUT_EFFECT = "foreach! fused! capturable! differentiable!"


# -- how programs make and use them ----------------------------------------------------------------------------------


def _maker(name: str) -> Builtin:
    step, defaults = FORMULAS[name]

    def make(here: Locals, span: Span, params: Any, maximize: Any = False, **given: Any) -> Optimizer:
        options = {**defaults, **{key: _option(key, value) for key, value in given.items()}, "maximize": bool(maximize)}
        return Optimizer(name, _groups(here, span, params, options, name), options, step)

    signature = f"params {' '.join(defaults)} * maximize {WITHOUT_EFFECT}"
    named = tuple(f"{part}:{part}" if part in defaults else part for part in signature.split())
    return Builtin(f"torch.optim.{name}", make, named, wants_locals=True)


def _option(name: str, value: Any) -> Any:
    """An option as numbers."""
    if name == "betas":
        if not isinstance(value, tuple | list) or len(value) != 2:
            raise Refusal(
                say("language.betas-two-numbers-below", "`betas` are two numbers below 1."),
                say("language.write-betas-0-9", "Write betas=(0.9, 0.999)."),
            )
        return float(value[0]), float(value[1])
    if isinstance(value, bool):
        return value
    return float(value.primal if isinstance(value, Tensor) else value)


def _groups(
    here: Locals, span: Span, params: Any, options: dict[str, Any], name: str
) -> list[dict[str, Any]]:
    many = [] if isinstance(params, Tensor | float | int | str) or params is None else list(iterate(here, params, span))
    if not many or not all(isinstance(one, dict) for one in many):
        return [{"params": _trainable(many, name), **options}]
    groups = []
    for one in many:
        held = one.get("params", [])
        held = [held] if isinstance(held, Tensor) else list(iterate(here, held, span))
        own = {key: _option(key, value) for key, value in one.items() if key in options}
        groups.append({"params": _trainable(held, name), **options, **own})
    return groups


def _trainable(found: list, name: str) -> list:
    if not found or not all(isinstance(one, Leaf) for one in found):
        message = say(
            "language.optimizer-needs-list-tensors", "The optimizer needs a list of tensors that require a gradient."
        )
        raise Refusal(
            message, say("language.write-torch-optim-w", "Write torch.optim.{name}([w, b], lr=0.1).", name=name)
        )
    return found


def _zero_grad(optimizer: Optimizer, set_to_none: Any = True) -> None:
    for group in optimizer.groups:
        for tensor in group["params"]:
            tensor.grad = None


def _step(here: Locals, span: Span, optimizer: Optimizer, closure: Any = None) -> Any:
    """A step; with a closure, the loss is computed anew first."""
    loss = None if closure is None else invoke(here, closure, [], {}, span)
    here.run.spend(sum(len(group["params"]) for group in optimizer.groups), span, here)
    optimizer.take_step()
    return loss


def _add_group(here: Locals, span: Span, optimizer: Optimizer, group: Any) -> None:
    optimizer.groups += _groups(here, span, [group], optimizer.defaults, optimizer.name)


OPTIMIZERS = {f"torch.optim.{name}": _maker(name) for name in FORMULAS}
OPTIMIZER_METHODS = {
    "zero_grad": Builtin(".zero_grad", _zero_grad, ("self", "set_to_none")),
    "step": Builtin(".step", _step, ("self", "closure"), wants_locals=True),
    "add_param_group": Builtin(".add_param_group", _add_group, ("self", "param_group:group"), wants_locals=True),
}
OPTIMIZER_ATTRIBUTES = {"param_groups": lambda one: one.groups, "defaults": lambda one: dict(one.defaults)}
