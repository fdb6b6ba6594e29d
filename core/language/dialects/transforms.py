"""Derivatives as functions, in JAX's manner: `grad(f)`, `value_and_grad(f)`, `jacobian(f)`, `hessian(f)` and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import flatten, map_structure
from core.basics.words import say
from core.gradient_tape import GradientTape
from core.language.dialects.torch.backward import gradients
from core.language.dialects.torch.graph import GradMode, grad_enabled
from core.language.dialects.torch.optimizers import OPTIMIZERS
from core.language.dialects.torch.schedules import SCHEDULES
from core.language.dialects.tracing import traced_by
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Callee, Function, brief, kind_of, sprawls
from core.language.names.library import identity
from core.tape import note_asked
from core.tensor import Tensor, look

MOST_DERIVATIVES = 8


def checked_function(value: Any, name: str) -> Any:
    """A function; what is called in other ways becomes one. Raises Refusal for what cannot be called."""
    if isinstance(value, Callee):
        return Builtin(getattr(value, "name", "call"), lambda here, span, *given, **named: invoke(
            here, value, list(given), named, span), ANY_ARGUMENTS, wants_locals=True)  # fmt: skip
    if not isinstance(value, Function | Builtin):
        raise Refusal(
            say(
                "language.takes-function-not", "`{name}` takes a function, not {kind}.", name=name, kind=kind_of(value)
            ),
            say("language.write-f-x-f", "Write {name}(f)(x), with f defined by `def`.", name=name),
        )
    return value


class Asked(NamedTuple):
    """What a program asked for when it made a derivative: of which function, by which name, of which library."""

    function: Any
    name: str
    library: str = "jax"
    argnums: Any = 0
    has_aux: bool = False


def fresh(here: Locals, value: Any, asked: Asked) -> Any:
    """Copies of the arguments' numbers as tensors that can be watched by themselves.

    Raises a Refusal for what is not a number, and where the library takes no whole numbers for those.
    """
    if sprawls(value):
        raise Refusal(
            say(
                "language.these-lists-too-large-differentiate",
                "These lists are too large to differentiate with respect to.",
            ),
            say("language.use-arrays", "Use arrays."),
        )

    def copy(item: Any) -> Any:
        whole_number = isinstance(item, Tensor | float | int | np.ndarray | np.generic) and _is_whole(here, item)
        if whole_number and asked.library != "core":
            raise Refusal(
                say(
                    "language.no-derivative-of-whole-numbers",
                    "`{name}` takes floats: whole numbers and truth values, such as {value}, have no derivative.",
                    name=asked.name,
                    value=brief(look(item)),
                ),
                say("language.write-3-0-for-3", "Write 3.0 for 3, or make it x.astype(float)."),
            )
        if not isinstance(item, Tensor | float | int | np.ndarray) or isinstance(item, bool):
            raise Refusal(
                say(
                    "language.cannot-differentiated-respect",
                    "{kind} cannot be differentiated with respect to.",
                    kind=kind_of(item).capitalize(),
                ),
                say("language.use-numbers-arrays", "Use numbers or arrays."),
            )
        return identity(f.cast(item, np.dtype(float)) if whole_number else item)

    return map_structure(copy, value)


def _is_whole(here: Locals, item: Any) -> bool:
    """Whether the library would hold whole numbers or truth values: made so, or typed so as an input."""
    value = look(item)
    typed = any(item is one for one in here.run.typed_whole) and np.all(np.asarray(value) == np.floor(value))
    return bool(typed) or np.asarray(value).dtype.kind in "iub"


def _positions(argnums: Any, count: int) -> list[int]:
    numbers = [whole(part) for part in (argnums if isinstance(argnums, list | tuple) else [argnums])]
    for number in numbers:
        if not isinstance(number, int) or not -count <= number < count:
            raise Refusal(
                say(
                    "language.argnums-not-argument-function",
                    "`argnums` {number} is not an argument; the function was given {count}.",
                    number=number,
                    count=count,
                ),
                say("language.count-arguments-0", "Count arguments from 0."),
            )
    return [number % count for number in numbers]


@contextmanager
def deeper(here: Locals, span: Span) -> Iterator[None]:
    """One level of derivatives further in; refused where there are too many."""
    if here.run.derivatives >= MOST_DERIVATIVES:
        message = say(
            "language.derivatives-derivatives-taken-most",
            "Derivatives of derivatives are taken at most {most_derivatives} deep.",
            most_derivatives=MOST_DERIVATIVES,
        )
        raise here.fail(
            message, span, say("language.function-differentiate-itself", "Does a function differentiate itself?")
        )
    here.run.derivatives += 1
    try:
        yield
    finally:
        here.run.derivatives -= 1


class Recorded(NamedTuple):
    """A function called while a tape recorded: its result, what came with it, the sources, and the tape."""

    result: Any
    aux: Any
    sources: Any
    tape: GradientTape


def recorded(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Recorded:
    """Call the function on fresh copies of the chosen arguments while a tape records."""
    arguments, tape = list(values), GradientTape(persistent=True)
    chosen = _positions(asked.argnums, len(values))
    with deeper(here, span), tape, traced_by(here, tape.tape):
        for number in chosen:
            arguments[number] = fresh(here, arguments[number], asked)
            tape.watch(arguments[number])
        result, aux = without_aux(invoke(here, asked.function, arguments, named, span), asked)
    sources = [arguments[number] for number in chosen]
    return Recorded(result, aux, tuple(sources) if isinstance(asked.argnums, list | tuple) else sources[0], tape)


def without_aux(result: Any, asked: Asked) -> tuple[Any, Any]:
    """What is differentiated of a result, and what merely comes with it."""
    if not asked.has_aux:
        return result, None
    if isinstance(result, tuple | list) and len(result) == 2:
        return result[0], result[1]
    raise Refusal(
        say(
            "language.has-aux-wants-pair",
            "With has_aux=True the function returns a pair; this one returned {kind}.",
            kind=kind_of(result),
        ),
        say("language.write-return-value-aux", "Write `return value, aux`."),
    )


Derive = Callable[[Locals, Span, Asked, tuple, dict], Any]
ANY_ARGUMENTS = ("*values", "**named")


def _maker(name: str, derive: Derive, library: str) -> Builtin:
    """`name(f, argnums)`: a function that makes a function."""

    def make(here: Locals, span: Span, function: Any, argnums: Any = 0, has_aux: Any = False) -> Builtin:
        asked = Asked(checked_function(function, name), name, library, argnums, bool(has_aux))

        def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
            return derive(here, span, asked, values, named)

        return Builtin(f"{name}({function.name})", call, ANY_ARGUMENTS, wants_locals=True)

    signature = ("fun:function", "argnum:argnums", "argnums") if library == "autograd" else SIGNATURE
    return Builtin(name, make, signature, wants_locals=True)


SIGNATURE = ("fun:function", "argnums", "has_aux", "holomorphic!")


def _one_number(result: Any, asked: Asked) -> Any:
    if isinstance(result, Tensor) and result.size == 1 and (not result.ndim or asked.library == "autograd"):
        _check_real(result, asked)
        return result
    if isinstance(result, float | int) or asked.library == "core" and isinstance(result, np.generic):
        _check_real(result, asked)
        return Tensor(float(result))
    raise Refusal(
        say(
            "language.differentiates-function-returns-one",
            "`{name}` differentiates a function that returns one number; this one returned {kind}.",
            name="grad",
            kind=kind_of(result),
        ),
        say("language.return-sum-mean", "Return a sum or a mean."),
    )


def _check_real(result: Any, asked: Asked) -> None:
    """JAX and autograd differentiate no whole numbers, though a constant."""
    if asked.library == "jax" and np.asarray(look(result)).dtype.kind in "iub":
        raise Refusal(
            say(
                "language.derivative-of-whole-result",
                "`{name}` differentiates floats; this function returned {value}, which is whole.",
                name=asked.name,
                value=brief(look(result)),
            ),
            say("language.return-float", "Return a float."),
        )


def _value_and_grad(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Any:
    made, found = _value_and_gradient(here, span, asked, values, named)
    return ((made.result, made.aux) if asked.has_aux else made.result), found


def _value_and_gradient(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> tuple[Recorded, Any]:
    made = recorded(here, span, asked, values, named)
    return made, made.tape.gradient(_one_number(made.result, asked), made.sources, None, "zero")


def grad(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Any:
    made, found = _value_and_gradient(here, span, asked, values, named)
    return (found, made.aux) if asked.has_aux else found


def _elementwise_grad(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Any:
    """The gradient of the sum: where each element acts on itself alone, its own derivatives."""
    made = recorded(here, span, asked, values, named)
    return made.tape.gradient(as_array(made.result), made.sources, None, "zero")


def _jacobian(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Any:
    """For each leaf of the result the structure of the sources, with Jacobians of shape result.shape + source.shape."""
    made = recorded(here, span, asked, values, named)

    def of(leaf: Any) -> Any:
        _check_real(leaf, asked)
        leaf = as_array(leaf)
        here.run.reserve(max(leaf.size, 1) * sum(max(one.size, 1) for one in flatten(made.sources)), span, here)
        found = made.tape.jacobian(leaf, made.sources, "zero")
        note_asked(leaf, [])
        return found

    found = map_structure(of, made.result)
    return (found, made.aux) if asked.has_aux else found


def as_array(value: Any) -> Tensor:
    """A result as a tensor, also where it is a constant."""
    made = value if isinstance(value, Tensor) else f.array(value)
    return made if isinstance(made, Tensor) else Tensor(np.asarray(made, float))


def _hessian(here: Locals, span: Span, asked: Asked, values: tuple, named: dict) -> Any:
    def slope(here: Locals, span: Span, *inner: Any, **more: Any) -> Any:
        return _jacobian(here, span, asked, inner, more)

    first = Builtin(f"grad({asked.function.name})", slope, ANY_ARGUMENTS, wants_locals=True)
    return _jacobian(here, span, asked._replace(function=first), values, named)


def _same(function: Any) -> Any:
    """`tf.function` and `jax.checkpoint` change what a function costs, not what it computes."""
    return checked_function(function, "tf.function")


IGNORED = ("create_graph!", "strict!", "vectorize!", "strategy!")


def _at(derive: Derive) -> Any:
    """`jacobian(f, inputs)`, as torch.autograd.functional has it: the derivative at once, at these inputs."""

    def call(here: Locals, span: Span, function: Any, inputs: Any) -> Any:
        many = isinstance(inputs, tuple | list)
        values = tuple(inputs) if many else (inputs,)
        argnums = tuple(range(len(values))) if many else 0
        asked = Asked(checked_function(function, "jacobian"), "jacobian", "core", argnums)
        return derive(here, span, asked, values, {})

    return call


MAKERS: dict[str, Derive] = {
    "grad": grad, "value_and_grad": _value_and_grad, "jacobian": _jacobian, "hessian": _hessian,
}  # fmt: skip
DERIVATIVES: dict[str, Any] = {
    **{
        f"{library}.{name}": _maker(name, derive, library)
        for library in ("jax", "autograd", "core")
        for name, derive in MAKERS.items()
    },
    **{
        f"torch.func.{name}": _maker(name, derive, "jax")
        for name, derive in (("grad", grad), ("jacrev", _jacobian), ("jacfwd", _jacobian), ("hessian", _hessian))
    },
    "jax.jacrev": _maker("jacrev", _jacobian, "jax"),
    "jax.jacfwd": _maker("jacfwd", _jacobian, "jax"),
    "autograd.elementwise_grad": _maker("elementwise_grad", _elementwise_grad, "autograd"),
    "jax.checkpoint": Builtin("checkpoint", _same, ("fun:function", "policy!")),
    "jax.remat": Builtin("remat", _same, ("fun:function", "policy!")),
    "tf.function": Builtin("tf.function", _same, ("func:function", "jit_compile!", "reduce_retracing!")),
    **{f"torch.{name}": Builtin(f"torch.{name}", GradMode, ()) for name in ("no_grad", "inference_mode")},
    "torch.enable_grad": Builtin("torch.enable_grad", lambda: GradMode(True), ()),
    "torch.set_grad_enabled": Builtin("torch.set_grad_enabled", GradMode, ("mode:wanted",)),
    "torch.is_grad_enabled": Builtin("torch.is_grad_enabled", grad_enabled, ()),
    "torch.autograd.functional.jacobian": Builtin(
        "torch.autograd.functional.jacobian", _at(_jacobian), ("func:function", "inputs", *IGNORED), wants_locals=True
    ),
    "torch.autograd.functional.hessian": Builtin(
        "torch.autograd.functional.hessian", _at(_hessian), ("func:function", "inputs", *IGNORED), wants_locals=True
    ),
    "torch.autograd.grad": Builtin(
        "torch.autograd.grad",
        gradients,
        ("outputs", "inputs", "grad_outputs", "retain_graph", "create_graph", "*", "allow_unused"),
    ),
    **OPTIMIZERS,
    **SCHEDULES,
}
