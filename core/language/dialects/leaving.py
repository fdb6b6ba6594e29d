"""Leaving a library: what becomes of a tensor in Python's own functions and in NumPy's, where a text uses another one.

TensorFlow hands its plain value over, so that nothing flows back; so does PyTorch to Python, while it refuses NumPy
what requires a gradient. JAX refuses for what it traces, except where NumPy
asks the array itself (`np.sum(x)` calls `x.sum()`). In a text of NumPy alone nothing is left. Measured of TensorFlow
2.21, PyTorch 2.13 and JAX 0.10.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.basics.span import Span
from core.basics.structure import flatten, map_structure
from core.basics.words import say
from core.language.dialects import kinks
from core.language.dialects.torch.leaves import requires_grad
from core.language.dialects.tracing import is_compiled, is_traced
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Kind
from core.tensor import Tensor, as_primal

OUTSIDE = ("np", "math", "scipy")
OF_PYTHON = ("float", "complex")
# NumPy's functions that call the method of the array they are given, so that JAX's arrays answer themselves.
ANSWERED = frozenset(f"np.{name}" for name in (
    "all", "amax", "amin", "any", "argmax", "argmin", "argwhere", "around", "array_equal", "cumprod", "cumsum", "diff",
    "flip", "max", "mean", "min", "moveaxis", "ndim", "nonzero", "prod", "repeat", "reshape", "round", "shape", "size",
    "split", "squeeze", "std", "sum", "swapaxes", "transpose", "var",
))  # fmt: skip
# What PyTorch's tensors answer themselves, and the one function of `math` that multiplies them as they are.
ANSWERED_BY_TORCH = frozenset(("np.shape", "np.size", "np.ndim", "np.squeeze", "math.prod"))


def as_left(library: str, path: str, found: Any) -> Any:
    """What a function or a type means in a text of the library, where the text names it by this path."""
    outside = path in OF_PYTHON or path.partition(".")[0] in OUTSIDE
    if library == "jax" and path == "abs":
        return replace(found, call=kinks.absolute, wants_locals=False)
    if library == "tensorflow" and outside:
        return _wrapped(found, _handed_over)
    if library == "torch" and outside and path not in ANSWERED_BY_TORCH:
        return _wrapped(found, _refused_by_torch if path.startswith("np.") else _handed_over)
    if library == "jax" and (outside or path == "int") and path not in ANSWERED:
        return _wrapped(found, _refused_for(path))
    return found


Step = Callable[[Locals, Any], Any]
"""What happens to an argument before a function outside of the library gets it."""


def _wrapped(found: Any, step: Step) -> Any:
    if isinstance(found, Kind) and found.convert is not None:
        function, wants_locals = found.convert, False
        made = Builtin(found.name, found.convert, ("value",))
    elif isinstance(found, Builtin):
        function, wants_locals, made = found.call, found.wants_locals, found
    else:
        return found

    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        around = (here, span) if wants_locals else ()
        given = [step(here, value) for value in values]
        return function(*around, *given, **{name: step(here, value) for name, value in named.items()})

    return replace(made, call=call, direct=False, wants_locals=True)


def _handed_over(here: Locals, value: Any) -> Any:
    """The plain value; the tape notes that it was read."""
    return map_structure(lambda leaf: as_primal(leaf.numpy()) if isinstance(leaf, Tensor) else leaf, value)


def _refused_by_torch(here: Locals, value: Any) -> Any:
    if any(requires_grad(leaf) for leaf in flatten(value)):
        raise Refusal(
            say(
                "language.cannot-call-numpy",
                "NumPy cannot take a tensor that requires a gradient: its arrays know none.",
            ),
            say("language.use-detach-numpy", "Write x.detach().numpy(), or PyTorch's function of that name."),
        )
    return value


def _refused_for(path: str) -> Step:
    def step(here: Locals, value: Any) -> Any:
        traced = is_compiled(here, value) if path == "int" else is_traced(here, value)
        if traced:
            raise Refusal(no_number(path), _instead(path))
        return value

    return step


def no_number(name: str) -> str:
    """What JAX says, in our words, of what asks a traced value for its number."""
    return say(
        "language.jax-traced-number", "`{name}` needs a number, and JAX traces this value: it has none yet.", name=name
    )


def _instead(path: str) -> str:
    name = path.rpartition(".")[2]
    if path in OF_PYTHON or path == "int":
        return say("language.leave-call-out", "Leave `{name}` out: JAX computes with its arrays.", name=name)
    return say("language.write-jnp-function", "Write jnp.{name}.", name=name)


def check_method(here: Locals, value: Any, name: str, span: Span) -> None:
    """Refuse the methods that ask a traced value for its number."""
    if name == "tolist" and is_traced(here, value) or name == "item" and is_compiled(here, value):
        raise here.fail(no_number(f".{name}"), span, say("language.keep-it-as-array", "Keep it as it is."))
