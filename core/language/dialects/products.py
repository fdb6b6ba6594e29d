"""Products with the Jacobian as functions, in JAX's manner: `vjp`, `jvp`, `linearize` and `hvp`.

Arguments, results and what moves with them may be structures of numbers and arrays. What they share with `grad` is in
`transforms`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import flatten, map_structure
from core.basics.words import say
from core.derivatives import Recording, fitting, indices, leaves, out, pushed_forward, record_call
from core.language.dialects.tracing import traced_by
from core.language.dialects.transforms import (
    Asked,
    as_array,
    checked_function,
    deeper,
    fresh,
    grad,
    recorded,
    without_aux,
)
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.tape import recorders
from core.tensor import Tensor, as_primal, look


def vjp(here: Locals, span: Span, function: Any, *values: Any, has_aux: Any = False) -> tuple:
    asked = Asked(checked_function(function, "vjp"), "vjp", argnums=tuple(range(len(values))), has_aux=bool(has_aux))
    made = recorded(here, span, asked, values, {})
    targets = map_structure(as_array, made.result)

    def pull(cotangent: Any) -> tuple:
        _check_alike(cotangent, made.result, "cotangent")
        given = map_structure(lambda one: one if isinstance(one, Tensor) else Tensor(one), cotangent)
        return tuple(made.tape.gradient(targets, made.sources, given, "zero"))

    pulled = Builtin("vjp_function", pull, ("cotangent",))
    return (made.result, pulled, made.aux) if has_aux else (made.result, pulled)


def _check_alike(given: Any, wanted: Any, what: str) -> None:
    """Tangents and cotangents have the structure, the shapes and the kind of numbers of what they belong to."""
    if _outline(given) != _outline(wanted):
        raise Refusal(
            say(
                "language.tangent-of-another-structure",
                "A {what} has the structure of what it belongs to: {wanted}, not {given}.",
                what=what,
                wanted=_outline(wanted),
                given=_outline(given),
            ),
            say("language.give-each-one-of-its-shape", "Give each one of its own shape."),
        )
    if any(np.asarray(look(one)).dtype.kind in "iub" for one in flatten(given)):
        raise Refusal(
            say("language.tangent-of-floats", "A {what} is made of floats, not of whole numbers.", what=what),
            say("language.write-1-0-for-1", "Write 1.0 for 1."),
        )


def _outline(value: Any) -> str:
    """The structure with the shapes of its leaves, as text: `{'w': (2,), 'b': ()}`."""
    return str(map_structure(lambda leaf: f.shape_of(leaf), value)) if not isinstance(value, str) else "a string"


def jvp(here: Locals, span: Span, function: Any, primals: Any, tangents: Any, has_aux: Any = False) -> tuple:
    """The value, and its derivative along a direction."""
    asked = Asked(checked_function(function, "jvp"), "jvp", has_aux=bool(has_aux))
    for given in (primals, tangents):
        if not isinstance(given, tuple | list):
            raise Refusal(
                say("language.jvp-takes-tuples", "`jvp` takes its arguments and their tangents as tuples."),
                say("language.write-jvp-f-x-v", "Write jax.jvp(f, (x,), (v,))."),
            )
    values, moving = fresh(here, tuple(primals), asked), tuple(tangents)
    try:
        fitting(moving, values, "tangent")
    except ValueError as error:
        raise Refusal(
            say("language.jvp", "In `jvp` {message}.", message=error),
            say("language.give-each-argument-tangent", "Give each argument a tangent of its shape."),
        ) from None
    _check_alike(moving, values, "tangent")
    recording, aux = _call_recorded(here, span, asked, values)
    pushed = _pushed(recording, moving)
    result = map_structure(out, recording.value)
    return (result, pushed, aux) if has_aux else (result, pushed)


def _call_recorded(here: Locals, span: Span, asked: Asked, values: tuple) -> tuple[Recording, Any]:
    """Call the function while a tape of its own records; what comes with the result besides."""
    kept: list[Any] = []

    def call(*inner: Any) -> Any:
        tape = recorders()[-1]
        with traced_by(here, tape):
            result, aux = without_aux(invoke(here, asked.function, list(inner), {}, span), asked)
        kept.append(aux)
        return result

    with deeper(here, span):
        return record_call(call, values, range(len(values)), {}), kept[0]


def _pushed(recording: Recording, moving: tuple) -> Any:
    """The tangent of the result when the arguments move so."""
    places = indices(recording.inputs, recording.tape)
    seeds = {place: one for place, one in zip(places, _numbers(moving), strict=True) if place is not None}
    return pushed_forward(recording, seeds)


def _numbers(structure: Any) -> list[Any]:
    """The numbers of a structure as tangents, in the order in which they are visited."""
    return [one if isinstance(one, Tensor) else as_primal(one) for one in leaves(structure)]


def linearize(here: Locals, span: Span, function: Any, *values: Any) -> tuple:
    """The value, and the function that takes tangents of the arguments to the tangent of the value."""
    asked = Asked(checked_function(function, "linearize"), "linearize")
    points = fresh(here, values, asked)
    recording, _ = _call_recorded(here, span, asked, points)

    def push(*moving: Any) -> Any:
        _check_alike(moving, points, "tangent")
        return _pushed(recording, moving)

    return map_structure(out, recording.value), Builtin("linear_function", push, ("*tangents",))


def hvp(here: Locals, span: Span, function: Any, x: Any, v: Any) -> Any:
    asked = Asked(function, "hvp")

    def along(here: Locals, span: Span, *inner: Any) -> Any:
        return f.sum(grad(here, span, asked, inner, {}) * v)

    directional = Builtin("directional", along, ("*values",), wants_locals=True)
    return grad(here, span, asked._replace(function=directional), (x,), {})


PRODUCTS: dict[str, Any] = {
    "jax.vjp": Builtin("vjp", vjp, ("*values", "has_aux", "reduce_axes!"), wants_locals=True),
    "jax.jvp": Builtin("jvp", jvp, ("fun:function", "primals", "tangents", "has_aux"), wants_locals=True),
    "jax.linearize": Builtin("linearize", linearize, ("*values",), wants_locals=True),
    "jax.hvp": Builtin("hvp", hvp, ("fun:function", "x", "v"), wants_locals=True),
}
