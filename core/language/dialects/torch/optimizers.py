"""PyTorch's optimizers: they change leaves by the gradients that `backward()` has left in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin


class Optimizer:
    """Stochastic gradient descent, as torch.optim.SGD does it."""

    kind = say("language.optimizer", "an optimizer")

    def __init__(self, parameters: list, rate: float, momentum: float) -> None:
        self.parameters = parameters
        self.rate = rate
        self.momentum = momentum
        self.speeds: list[Any] = [None] * len(parameters)
        self.steps = 0

    def step_of(self, number: int, gradient: Any) -> Any:
        """What is taken off a parameter, divided by the rate."""
        if self.momentum and self.speeds[number] is not None:
            gradient = gradient + self.momentum * self.speeds[number]
        self.speeds[number] = gradient
        return gradient


class Adam(Optimizer):
    """Steps scaled by running means of the gradient and of its square (Kingma and Ba, 2015), as torch.optim.Adam."""

    def __init__(self, parameters: list, rate: float, betas: tuple[float, float], epsilon: float) -> None:
        super().__init__(parameters, rate, 0.0)
        self.betas = betas
        self.epsilon = epsilon
        self.squares: list[Any] = [0.0] * len(parameters)

    def step_of(self, number: int, gradient: Any) -> Any:
        """What is taken off a parameter, divided by the rate."""
        first, second = self.betas
        speed = self.speeds[number]
        self.speeds[number] = speed = (0.0 if speed is None else first * speed) + (1 - first) * gradient
        self.squares[number] = square = second * self.squares[number] + (1 - second) * gradient * gradient
        scale = np.sqrt(square / (1 - second**self.steps)) + self.epsilon
        return speed / (1 - first**self.steps) / scale


def sgd(params: Any, lr: Any = 0.001, momentum: Any = 0.0) -> Optimizer:
    return Optimizer(_trainable(params, "SGD"), float(lr), float(momentum))


def adam(params: Any, lr: Any = 0.001, betas: Any = (0.9, 0.999), eps: Any = 1e-8) -> Optimizer:
    if not isinstance(betas, tuple | list) or len(betas) != 2:
        raise Refusal(
            say("language.betas-two-numbers-below", "`betas` are two numbers below 1."),
            say("language.write-betas-0-9", "Write betas=(0.9, 0.999)."),
        )
    return Adam(_trainable(params, "Adam"), float(lr), (float(betas[0]), float(betas[1])), float(eps))


def _trainable(params: Any, name: str) -> list:
    found = list(params) if isinstance(params, list | tuple) else []
    if not found or not all(isinstance(one, Leaf) for one in found):
        message = say(
            "language.optimizer-needs-list-tensors", "The optimizer needs a list of tensors that require a gradient."
        )
        raise Refusal(
            message, say("language.write-torch-optim-w", "Write torch.optim.{name}([w, b], lr=0.1).", name=name)
        )
    return found


def _zero_grad(optimizer: Optimizer, set_to_none: Any = True) -> None:
    for tensor in optimizer.parameters:
        tensor.grad = None


def _step(optimizer: Optimizer) -> None:
    optimizer.steps += 1
    for number, tensor in enumerate(optimizer.parameters):
        if tensor.grad is not None:
            tensor.assign(tensor.primal - optimizer.rate * optimizer.step_of(number, tensor.grad.primal))


OPTIMIZER_METHODS = {
    "zero_grad": Builtin(".zero_grad", _zero_grad, ("self", "set_to_none")),
    "step": Builtin(".step", _step, ("self",)),
}
