"""Derivatives as functions, in JAX's manner: `grad(f)`, `value_and_grad(f)`, `jacobian(f)`, `hessian(f)` and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import map_structure
from core.basics.words import say
from core.derivatives import jvp
from core.gradient_tape import GradientTape
from core.language.dialects.tensorflow_tape import NoGrad
from core.language.dialects.torch import adam, autograd, sgd
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, kind_of, sprawls
from core.language.names.library import identity
from core.tape import note_asked
from core.tensor import Tensor

MOST_DERIVATIVES = 8


def _function(value: Any, name: str) -> Any:
    if not isinstance(value, Function | Builtin):
        raise Refusal(
            say(
                "language.takes-function-not", "`{name}` takes a function, not {kind}.", name=name, kind=kind_of(value)
            ),
            say("language.write-f-x-f", "Write {name}(f)(x), with f defined by `def`.", name=name),
        )
    return value


def _fresh(value: Any) -> Any:
    """Copies of the arguments' numbers as tensors that can be watched by themselves."""
    if sprawls(value):
        raise Refusal(
            say(
                "language.these-lists-too-large-differentiate",
                "These lists are too large to differentiate with respect to.",
            ),
            say("language.use-arrays", "Use arrays."),
        )

    def copy(item: Any) -> Any:
        if not isinstance(item, Tensor | float | int | np.ndarray) or isinstance(item, bool):
            raise Refusal(
                say(
                    "language.cannot-differentiated-respect",
                    "{kind} cannot be differentiated with respect to.",
                    kind=kind_of(item).capitalize(),
                ),
                say("language.use-numbers-arrays", "Use numbers or arrays."),
            )
        return identity(float(item) if type(item) is int else item)

    return map_structure(copy, value)


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
def _deeper(here: Locals, span: Span) -> Iterator[None]:
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


def _recorded(
    here: Locals, span: Span, function: Any, values: tuple, named: dict, argnums: Any
) -> tuple[Any, Any, GradientTape]:
    """Call the function on fresh copies of the chosen arguments while a tape records."""
    arguments, tape = list(values), GradientTape(persistent=True)
    chosen = _positions(argnums, len(values))
    with _deeper(here, span), tape:
        for number in chosen:
            arguments[number] = _fresh(arguments[number])
            tape.watch(arguments[number])
        result = invoke(here, function, arguments, named, span)
    sources = [arguments[number] for number in chosen]
    return result, sources if isinstance(argnums, list | tuple) else sources[0], tape


def _maker(name: str, derive: Callable[..., Any]) -> Builtin:
    """`name(f, argnums)`: a function that makes a function."""

    def make(here: Locals, span: Span, function: Any, argnums: Any = 0, has_aux: Any = False) -> Builtin:
        _function(function, name)

        def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
            return derive(here, span, function, values, named, argnums, bool(has_aux))

        label = f"{name}({function.name})"
        return Builtin(label, call, ("*values",), wants_locals=True)

    return Builtin(name, make, ("fun:function", "argnums", "has_aux", "holomorphic!"), wants_locals=True)


def _one_number(result: Any, name: str) -> Any:
    if isinstance(result, Tensor) and result.size == 1 and not result.ndim:
        return result
    if isinstance(result, float | int):
        return Tensor(float(result))
    raise Refusal(
        say(
            "language.differentiates-function-returns-one",
            "`{name}` differentiates a function that returns one number; this one returned {kind}.",
            name=name,
            kind=kind_of(result),
        ),
        say("language.return-sum-mean", "Return a sum or a mean."),
    )


def _value_and_grad(
    here: Locals, span: Span, function: Any, values: tuple, named: dict, argnums: Any, has_aux: bool
) -> Any:
    result, sources, tape = _recorded(here, span, function, values, named, argnums)
    target = result[0] if has_aux and isinstance(result, tuple) else result
    found = tape.gradient(_one_number(target, "grad"), sources, None, "zero")
    return result, tuple(found) if isinstance(argnums, list | tuple) else found


def _grad(here: Locals, span: Span, function: Any, values: tuple, named: dict, argnums: Any, has_aux: bool) -> Any:
    result, found = _value_and_grad(here, span, function, values, named, argnums, has_aux)
    return (found, result[1]) if has_aux else found


def _jacobian(here: Locals, span: Span, function: Any, values: tuple, named: dict, argnums: Any, has_aux: bool) -> Any:
    result, source, tape = _recorded(here, span, function, values, named, argnums)
    if not isinstance(source, Tensor):
        raise Refusal(
            say("language.jacobian-takes-one-array", "`jacobian` takes one array argument here."),
            say("language.leave-argnums-single-number", "Leave `argnums` a single number."),
        )
    result = result if isinstance(result, Tensor) else f.array(result)
    if not isinstance(result, Tensor):
        return np.zeros((*f.shape_of(result), *source.shape))
    here.run.reserve(max(result.size, 1) * max(source.size, 1), span, here)
    found = tape.jacobian(result, source, "zero")
    note_asked(result, [])
    return found


def _hessian(here: Locals, span: Span, function: Any, values: tuple, named: dict, argnums: Any, has_aux: bool) -> Any:
    def slope(here: Locals, span: Span, *inner: Any, **more: Any) -> Any:
        return _grad(here, span, function, inner, more, argnums, False)

    first = Builtin(f"grad({function.name})", slope, ("*values",), wants_locals=True)
    return _jacobian(here, span, first, values, named, argnums, False)


def _vjp(here: Locals, span: Span, function: Any, *values: Any) -> tuple:
    numbers = tuple(range(len(values)))
    result, sources, tape = _recorded(here, span, _function(function, "vjp"), values, {}, numbers)

    def pull(cotangent: Any) -> tuple:
        return tuple(
            tape.gradient(result, sources, cotangent if isinstance(cotangent, Tensor) else Tensor(cotangent), "zero")
        )

    return result, Builtin("vjp_function", pull, ("cotangent",))


def _jvp(here: Locals, span: Span, function: Any, primals: Any, tangents: Any) -> tuple:
    """The value, and its derivative along a direction."""
    _function(function, "jvp")
    values, moving = (_fresh(tuple(part)) for part in (primals, tangents))
    with _deeper(here, span):
        try:
            return jvp(lambda *inner: invoke(here, function, list(inner), {}, span), values, moving)
        except ValueError as error:
            raise Refusal(
                say("language.jvp", "In `jvp` {message}.", message=error),
                say("language.give-each-argument-tangent", "Give each argument a tangent of its shape."),
            ) from None


def _hvp(here: Locals, span: Span, function: Any, x: Any, v: Any) -> Any:
    def along(here: Locals, span: Span, *inner: Any) -> Any:
        return f.sum(_grad(here, span, function, inner, {}, 0, False) * v)

    return _grad(here, span, Builtin("directional", along, ("*values",), wants_locals=True), (x,), {}, 0, False)


def _vmap(here: Locals, span: Span, function: Any, in_axes: Any = 0) -> Builtin:
    _function(function, "vmap")

    def call(here: Locals, span: Span, *values: Any) -> Any:
        axes = in_axes if isinstance(in_axes, list | tuple) else [in_axes] * len(values)
        length = next(len(value) for value, axis in zip(values, axes) if axis is not None)
        rows = [
            invoke(
                here,
                function,
                [f.take(value, row, axis) if axis is not None else value for value, axis in zip(values, axes)],
                {},
                span,
            )
            for row in range(length)
        ]
        return f.array(rows)

    return Builtin(f"vmap({function.name})", call, ("*values",), wants_locals=True)


def _same(function: Any) -> Any:
    """`jit` and `tf.function` change how fast a function runs, not what it computes."""
    return _function(function, "jit")


def _no_grad() -> NoGrad:
    return NoGrad(autograd)


def _torch_grad(
    here: Locals, span: Span, outputs: Any, inputs: Any, grad_outputs: Any = None, create_graph: Any = False
) -> tuple:
    sources = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    return tuple(autograd().gradient(outputs, sources, grad_outputs))


GRAD, BOTH = _maker("grad", _grad), _maker("value_and_grad", _value_and_grad)
JACOBIAN, HESSIAN = _maker("jacobian", _jacobian), _maker("hessian", _hessian)
DERIVATIVES: dict[str, Any] = {
    **{f"{space}.grad": GRAD for space in ("jax", "autograd", "core")},
    **{f"{space}.value_and_grad": BOTH for space in ("jax", "autograd", "core")},
    **{f"{space}.jacobian": JACOBIAN for space in ("jax", "autograd", "core")},
    **{f"{space}.hessian": HESSIAN for space in ("jax", "autograd", "core")},
    "jax.jacrev": JACOBIAN,
    "jax.jacfwd": JACOBIAN,
    "autograd.elementwise_grad": GRAD,
    "jax.vjp": Builtin("vjp", _vjp, ("*values",), wants_locals=True),
    "jax.jvp": Builtin("jvp", _jvp, ("fun:function", "primals", "tangents"), wants_locals=True),
    "jax.hvp": Builtin("hvp", _hvp, ("fun:function", "x", "v"), wants_locals=True),
    "jax.vmap": Builtin("vmap", _vmap, ("fun:function", "in_axes"), wants_locals=True),
    "jax.jit": Builtin("jit", _same, ("fun:function", "static_argnums!")),
    "tf.function": Builtin("tf.function", _same, ("func:function", "jit_compile!", "reduce_retracing!")),
    "torch.no_grad": Builtin("torch.no_grad", _no_grad, ()),
    "torch.autograd.grad": Builtin(
        "torch.autograd.grad",
        _torch_grad,
        ("outputs", "inputs", "grad_outputs", "create_graph", "retain_graph!"),
        wants_locals=True,
    ),
    "torch.optim.SGD": Builtin("torch.optim.SGD", sgd, ("params", "lr", "momentum")),
    "torch.optim.Adam": Builtin("torch.optim.Adam", adam, ("params", "lr", "betas", "eps")),
}
