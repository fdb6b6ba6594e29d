"""PyTorch's manner: tensors that require a gradient, `loss.backward()`, `.grad`, `no_grad` and a plain optimizer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakSet, ref

import numpy as np

from core.basics.words import say
from core.functions import broadcast_to, stop_gradient
from core.gradient_tape import GradientTape
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.tape import Tape, note_asked, recorders, set_recorders
from core.tensor import Tensor, look
from core.variable import Variable


class Leaf(Variable):
    """A tensor made by torch.tensor; it may require a gradient, and `backward()` leaves one in `grad`."""

    __slots__ = ("grad", "home")

    def __init__(self, value: Any) -> None:
        super().__init__(value, trainable=False, name="")
        self.grad: Any = None
        self.home: Any = None

    def change(self, value: Any) -> Any:
        """The in-place update of an optimisation step; only while nothing is recorded.

        What wants no gradient itself, such as a sum that begins at 0, becomes what was computed from others that do.
        """
        if not self.trainable and recorded(value):
            return value
        if self.home is not None and any(tape is self.home.tape for tape in recorders()):
            message = say(
                "language.tensor-requires-gradient-cannot",
                "A tensor that requires a gradient cannot be changed in place while it is recorded.",
            )
            raise Refusal(message, say("language.write-inside-torch-no", "Write it inside `with torch.no_grad():`."))
        self.assign(value.primal if isinstance(value, Tensor) else value)
        return self

    def __iadd__(self, other: Any) -> Any:
        return self.change(self + other)

    def __isub__(self, other: Any) -> Any:
        return self.change(self - other)

    def __imul__(self, other: Any) -> Any:
        return self.change(self * other)

    def __itruediv__(self, other: Any) -> Any:
        return self.change(self / other)


def recorded(value: Any) -> bool:
    """Whether a value is an entry of a tape, so that its derivative would be lost where it is changed in place."""
    return isinstance(value, Tensor) and isinstance(value.tape, Tape)


def leaf(values: Any, requires_grad: bool = True) -> Leaf:
    """A new leaf; the autograd tape starts when the first one requires a gradient."""
    made = Leaf(float(values) if type(values) is int else values)
    return require(made) if requires_grad else made


def in_place_of(tensor: Tensor) -> Leaf:
    """A leaf that stands where a tensor stood, on the same place of its tape."""
    made = Leaf(tensor.primal)
    made.primal, made.tape, made.index = tensor.primal, tensor.tape, tensor.index
    return made


def require(tensor: Leaf, wanted: bool = True) -> Leaf:
    """Switch a leaf's gradient on or off."""
    tensor._trainable = bool(wanted)
    if wanted and tensor.home is None:
        tensor.home = autograd()
        tensor.home.required.append(ref(tensor))
    return tensor


class AutogradTape(GradientTape):
    """The tape behind `backward()`: it watches leaves by itself and can be asked again and again."""

    def __init__(self) -> None:
        super().__init__(persistent=True)
        self.retained: list[list[Any]] = []
        self.forgotten: WeakSet[Tape] = WeakSet()
        self.required: list[ref[Leaf]] = []

    def forget(self) -> None:
        """Free the records, as `backward()` does; leaves are watched again when they are next used."""
        if self.is_recording:
            self.forgotten.add(self.tape)
            self.reset()


def autograd() -> AutogradTape:
    """The autograd tape of this run, started when there is none."""
    owner = CURRENT.get()
    if owner is None:
        owner = AutogradTape()
        owner.__enter__()
        CURRENT.set(owner)
    return owner


@contextmanager
def own_autograd() -> Iterator[None]:
    """Inside this block a program starts without an autograd tape and leaves none behind."""
    token = CURRENT.set(None)
    try:
        yield
    finally:
        CURRENT.reset(token)


CURRENT: ContextVar[AutogradTape | None] = ContextVar("autograd", default=None)


def requires_grad(tensor: Any) -> bool:
    """Whether a gradient can come back to this tensor: a leaf that wants one, or what was computed from such."""
    if isinstance(tensor, Leaf):
        return tensor.trainable
    owner = CURRENT.get()
    if owner is None or not isinstance(tensor, Tensor):
        return False
    return owner.tape.index_of(tensor) is not None or freed(tensor)


def is_leaf(tensor: Any) -> bool:
    """Whether the tensor was made, not computed from what requires a gradient."""
    return isinstance(tensor, Leaf) or not requires_grad(tensor)


def freed(tensor: Any) -> bool:
    """Whether an autograd tape recorded this tensor and has forgotten it since."""
    owner, place = CURRENT.get(), tensor.tape
    if owner is None or not isinstance(place, Tape):
        return False
    others = (tape() for tape, _ in place.elsewhere.get(tensor.index, ()))
    return place in owner.forgotten or any(tape is None or tape in owner.forgotten for tape in others)


class Data(Tensor):
    """What `.data` of a leaf gives: its values; its elements and the methods that end in `_` change the leaf itself."""

    __slots__ = ("origin",)

    def __init__(self, origin: Leaf) -> None:
        super().__init__(origin.primal)
        self.origin = origin

    def write(self, values: Any) -> None:
        """Let the leaf have these values."""
        self.primal = values
        self.origin.assign(values)


def data_of(value: Any) -> Any:
    """The values without their place on a tape; a gradient is its own data."""
    if isinstance(value, Leaf):
        return Data(value)
    return stop_gradient(value) if requires_grad(value) or not isinstance(value, Tensor) else value


def grad_of(tensor: Any) -> Any:
    if isinstance(tensor, Leaf):
        return tensor.grad
    owner = CURRENT.get()
    if owner is None:
        raise Refusal(
            say(
                "language.only-tensor-made-torch",
                "Only a tensor made by `torch.tensor(..., requires_grad=True)` has a `.grad`.",
            )
        )
    return next((found for kept, found in owner.retained if kept is tensor), None)


def lacks_grad(tensor: Any) -> bool:
    """Whether PyTorch would warn that `.grad` of this tensor was never kept."""
    owner = CURRENT.get()
    if owner is None or not isinstance(tensor, Tensor) or isinstance(tensor, Leaf):
        return False
    return not any(kept is tensor for kept, _ in owner.retained)


def _retain_grad(tensor: Any) -> None:
    owner = CURRENT.get()
    if owner is not None and not isinstance(tensor, Leaf) and not any(kept is tensor for kept, _ in owner.retained):
        owner.retained.append([tensor, None])


def _requires_grad_(tensor: Any, wanted: Any = True) -> Any:
    """The tensor as a leaf; one that was computed from leaves follows gradients anyway."""
    if isinstance(tensor, Leaf):
        return require(tensor, bool(wanted))
    return tensor if requires_grad(tensor) else require(in_place_of(tensor), bool(wanted))


def _backward(loss: Tensor, gradient: Any = None, retain_graph: Any = False, create_graph: Any = False) -> None:
    owner = autograd()
    if loss.size != 1 and gradient is None:
        raise Refusal(
            say(
                "language.backward-starts-one-number",
                "`backward()` starts from one number, but this is an array of shape {shape}.",
                shape=loss.shape,
            ),
            say("language.write-loss-sum-backward", "Write loss.sum().backward() or loss.mean().backward()."),
        )
    leaves = [tensor for tensor, _ in owner.tape.sources.values() if isinstance(tensor, Leaf)]
    if owner.tape.index_of(loss) is None:
        if freed(loss):
            message = say(
                "language.backward-called-before-records",
                "`backward()` was called on this before, and its records were freed then.",
            )
            raise Refusal(
                message,
                say(
                    "language.write-backward-retain-graph",
                    "Write backward(retain_graph=True) the first time, or compute the value anew.",
                ),
            )
        raise Refusal(
            say("language.nothing-requires-gradient-leads", "Nothing that requires a gradient leads to this value."),
            say("language.write-torch-tensor-1", "Write torch.tensor(1.0, requires_grad=True)."),
        )
    note_asked(loss, _unreached(owner, leaves))
    before = recorders()
    if not create_graph:
        set_recorders(())
    try:
        found = owner.gradient(loss, [*leaves, *(kept for kept, _ in owner.retained)], gradient)
    finally:
        set_recorders(before)
    for tensor, one in zip(leaves, found):
        if one is not None:
            tensor.grad = one if tensor.grad is None else tensor.grad + one
    for kept, one in zip(owner.retained, found[len(leaves) :]):
        if one is not None:
            kept[1] = one if kept[1] is None else kept[1] + one
    if not retain_graph and not create_graph:
        owner.forget()


def _unreached(owner: AutogradTape, reached: list[Leaf]) -> list[Leaf]:
    """The leaves that require a gradient and were not used since the records began: `backward()` gives them none."""
    known = {id(one) for one in reached}
    required = (one() for one in owner.required)
    return [one for one in required if one is not None and one.trainable and id(one) not in known]


def _set_grad(tensor: Any, new: Any) -> None:
    if not isinstance(tensor, Leaf) or not (new is None or isinstance(new, Tensor)):
        raise Refusal(
            say("language.grad-tensor-none", "`.grad` is a tensor or None."),
            say("language.write-w-grad-none", "Write w.grad = None."),
        )
    tensor.grad = new


def _set_data(tensor: Any, new: Any) -> None:
    if not isinstance(tensor, Leaf):
        raise Refusal(say("language.data-tensor-cannot-assigned", "`.data` of this tensor cannot be assigned."))
    tensor.assign(new.primal if isinstance(new, Tensor) else new)


def _set_requires(tensor: Any, new: Any) -> None:
    if not isinstance(tensor, Leaf):
        message = say(
            "language.tensor-computed-only-name",
            "This tensor was computed; only a name can be made to require a gradient.",
        )
        raise Refusal(message, say("language.write-w-w-requires", "Write w = w.requires_grad_() where it is made."))
    require(tensor, bool(new))


SETTERS = {"grad": _set_grad, "data": _set_data, "requires_grad": _set_requires}


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


def _in_place(change: Any) -> Any:
    """A method such as `add_`: the tensor itself takes the new value."""

    def call(tensor: Any, *values: Any, **named: Any) -> Any:
        made = change(tensor, *values, **named)
        if isinstance(tensor, Leaf) and tensor.change(made) is tensor:
            return tensor
        if requires_grad(tensor) or recorded(tensor) or recorded(made):
            raise Refusal(
                say("language.recorded-tensor-cannot-changed", "A recorded tensor cannot be changed in place."),
                say("language.write-y-y-1", "Write y = y + 1 instead of y.add_(1)."),
            )
        tensor.primal = np.broadcast_to(look(made), tensor.shape).copy() if tensor.shape else float(look(made))
        if isinstance(tensor, Data):
            tensor.write(tensor.primal)
        return tensor

    return call


def _in_shape_of(tensor: Any, value: Any) -> Any:
    return broadcast_to(value, tensor.shape) if tensor.shape else value * 1.0


METHODS = {
    "backward": Builtin(".backward", _backward, ("self", "gradient", "retain_graph", "create_graph")),
    "requires_grad_": Builtin(".requires_grad_", _requires_grad_, ("self", "requires_grad:wanted")),
    "zero_": Builtin(".zero_", _in_place(lambda x: x * 0.0), ("self",)),
    "add_": Builtin(".add_", _in_place(lambda x, other, alpha=1: x + alpha * other), ("self", "other", "alpha")),
    "sub_": Builtin(".sub_", _in_place(lambda x, other, alpha=1: x - alpha * other), ("self", "other", "alpha")),
    "mul_": Builtin(".mul_", _in_place(lambda x, other: x * other), ("self", "other")),
    "div_": Builtin(".div_", _in_place(lambda x, other: x / other), ("self", "other")),
    "copy_": Builtin(".copy_", _in_place(_in_shape_of), ("self", "src:value")),
    "fill_": Builtin(".fill_", _in_place(_in_shape_of), ("self", "value")),
    "retain_grad": Builtin(".retain_grad", _retain_grad, ("self",)),
}
OPTIMIZER_METHODS = {
    "zero_grad": Builtin(".zero_grad", _zero_grad, ("self", "set_to_none")),
    "step": Builtin(".step", _step, ("self",)),
}
