"""What PyTorch's tensors have beside NumPy's methods: `.grad`, `.data`, `backward()` and methods that end in `_`."""

from __future__ import annotations

from typing import Any

from core import functions as f
from core.basics.words import say
from core.language.dialects.torch.backward import backward
from core.language.dialects.torch.graph import CURRENT
from core.language.dialects.torch.leaves import Leaf, in_place_of, is_leaf, require, requires_grad
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.tensor import Tensor


def data_of(value: Any) -> Any:
    """The values without their place on a tape."""
    return f.stop_gradient(value) if isinstance(value, Tensor) else value


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
    if owner is None or not isinstance(tensor, Tensor) or is_leaf(tensor):
        return False
    return not any(kept is tensor for kept, _ in owner.retained)


def _retain_grad(tensor: Any) -> None:
    owner = CURRENT.get()
    if owner is not None and not is_leaf(tensor) and not any(kept is tensor for kept, _ in owner.retained):
        owner.retained.append([tensor, None])


def _requires_grad_(tensor: Any, wanted: Any = True) -> Any:
    """The tensor as a leaf; one that was computed from leaves follows gradients anyway."""
    if isinstance(tensor, Leaf) and is_leaf(tensor):
        return require(tensor, bool(wanted))
    return tensor if requires_grad(tensor) else require(in_place_of(tensor), bool(wanted))


def _set_grad(tensor: Any, new: Any) -> None:
    if not isinstance(tensor, Leaf) or not (new is None or isinstance(new, Tensor)):
        raise Refusal(
            say("language.grad-tensor-none", "`.grad` is a tensor or None."),
            say("language.write-w-grad-none", "Write w.grad = None."),
        )
    tensor.grad = new


def _set_data(tensor: Any, new: Any) -> None:
    if new is tensor:
        return
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


# -- changes in place --------------------------------------------------------------------------------------------------


def in_place(name: str, change: Any, signature: tuple[str, ...]) -> Builtin:
    """A method such as `add_`: the tensor itself takes the new value."""

    def call(here: Any, span: Any, tensor: Any, *values: Any, **named: Any) -> Any:
        made = change(tensor, *values, **named)
        here.run.changing.updated(tensor, next(iter((*values, *named.values())), None), made)
        here.run.changing.overwrite(tensor, made)
        return tensor

    return Builtin(f".{name}", call, signature, wants_locals=True)


def _put(here: Any, span: Any, tensor: Any, value: Any = 0.0) -> Any:
    """New values from elsewhere in all places: of the old ones nothing is left."""
    if len(f.shape_of(value)) > tensor.ndim:
        raise Refusal(
            say(
                "language.copy-of-more-axes",
                "A tensor of shape {shape} cannot take the shape {other} in place.",
                shape=tensor.shape,
                other=f.shape_of(value),
            ),
            say("language.write-squeeze", "Write .squeeze(0) behind the values."),
        )
    here.run.changing.write(tensor, (...,), value)
    return tensor


def _times(alpha: Any, other: Any) -> Any:
    return other if alpha == 1 else alpha * other


METHODS = {
    "backward": Builtin(".backward", backward, ("self", "gradient", "retain_graph", "create_graph")),
    "requires_grad_": Builtin(".requires_grad_", _requires_grad_, ("self", "requires_grad:wanted")),
    "retain_grad": Builtin(".retain_grad", _retain_grad, ("self",)),
    "add_": in_place("add_", lambda x, other, alpha=1: x + _times(alpha, other), ("self", "other", "alpha")),
    "sub_": in_place("sub_", lambda x, other, alpha=1: x - _times(alpha, other), ("self", "other", "alpha")),
    "mul_": in_place("mul_", lambda x, other: x * other, ("self", "other")),
    "div_": in_place("div_", lambda x, other: x / other, ("self", "other")),
    "neg_": in_place("neg_", lambda x: -x, ("self",)),
    "pow_": in_place("pow_", lambda x, exponent: x**exponent, ("self", "exponent")),
    "zero_": Builtin(".zero_", _put, ("self",), wants_locals=True),
    "copy_": Builtin(".copy_", _put, ("self", "src:value"), wants_locals=True),
    "fill_": Builtin(".fill_", _put, ("self", "value"), wants_locals=True),
}
