"""Functions with a derivative of the program's own: JAX's `custom_vjp` and `custom_jvp`, `primitive` of HIPS autograd.

Each call is one entry of the tape whose reverse rule is the program's function; what happens inside is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.structure import flatten
from core.basics.words import as_sentence, say
from core.custom import custom_gradient
from core.gradient_tape import GradientTape
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Callee, Function, kind_of
from core.tape import recorders, set_recorders
from core.tensor import Tensor, untracked

Rule = Callable[[Any, tuple, list], Any]
"""Of what the function gave, its arguments and the cotangents: the cotangents of the arguments."""


def unrecorded(call: Callable[[], Any]) -> Any:
    """What a call gives while nothing records."""
    before = set_recorders(())
    try:
        return call()
    finally:
        set_recorders(before)


def with_rule(here: Locals, span: Span, name: str, values: tuple, forward: Callable[[], Any], rule: Rule) -> Any:
    """Call a function as one entry: `rule` gives a list with one cotangent for each of the values.

    Only tensors are operands of the entry; what the rule gives for other values does not count.
    """
    places = [place for place, value in enumerate(values) if any(isinstance(one, Tensor) for one in flatten(value))]

    def compute(*tensors: Any) -> Any:
        return _given(made := unrecorded(forward)), lambda *cotangents: _picked(made, list(cotangents))

    def _picked(made: Any, cotangents: list) -> list:
        found = rule(made, values, cotangents)
        return [_for(found[place], values[place]) for place in places]

    def wrong(message: str) -> Exception:
        return here.fail(as_sentence(ValueError(message)), span)

    compute.__name__ = name
    try:
        return custom_gradient(compute, wrong=wrong)(*[values[place] for place in places])
    except (ValueError, TypeError) as error:
        raise Refusal(as_sentence(error)) from None


def _given(made: Any) -> Any:
    return tuple(made) if isinstance(made, list) else made


def _for(found: Any, value: Any) -> Any:
    """A cotangent in the structure of what it belongs to: None stands for all of it."""
    if found is None:
        return [None] * len(flatten(value)) if isinstance(value, list | tuple | dict) else None
    return found


def one_for_each(found: Any, wanted: int, name: str) -> list:
    """What a reverse rule gave, one for each argument. Raises Refusal where there are more or fewer."""
    parts = list(found) if isinstance(found, tuple | list) else [found]
    while len(parts) > wanted and parts[-1] is None:
        parts.pop()
    if len(parts) != wanted:
        raise Refusal(
            say(
                "language.backward-gives-as-many",
                "`{name}` returned {count} gradients, but the function takes {wanted} arguments.",
                name=name,
                count=len(parts),
                wanted=wanted,
            ),
            say("language.none-where-nothing-flows", "Return one for each argument, and None where nothing flows."),
        )
    return parts


# -- JAX and HIPS autograd -------------------------------------------------------------------------------------------


class OwnRule(Callee):
    """A function of the program with a rule of its own, given to it later; `kind` says by which library's way."""

    kind = say("language.a-function-with-own-rule", "a function with its own derivative")

    def __init__(self, function: Any, way: str, fixed: tuple[int, ...] = ()) -> None:
        self.function = function
        self.name = getattr(function, "name", "custom")
        self.way = way
        self.fixed = fixed
        self.forward: Any = None
        self.backward: Any = None
        self.by_argument: dict[int, Any] = {}

    def called(self, here: Locals, values: list, named: dict[str, Any], span: Span) -> Any:
        """What the function gives; recorded with its rule, where it has one."""
        given = (*values, *named.values()) if self.way != "primitive" else tuple(values)
        if not recorders() or not any(isinstance(one, Tensor) for value in given for one in flatten(value)):
            return invoke(here, self.function, values, named, span)
        if self.forward is None and not self.by_argument:
            return self._without_rule(here, given, values, named, span)
        made = WAYS[self.way](here, span, self, given, named)
        here.run.note(made, span, here)
        return made

    def _without_rule(self, here: Locals, given: tuple, values: list, named: dict, span: Span) -> Any:
        if self.way != "primitive":
            raise here.fail(
                say("language.no-rule-for-function", "No rule was given for `{name}`.", name=self.name),
                span,
                say("language.write-defvjp", "Write {name}.defvjp(forward, backward) below it.", name=self.name),
            )
        return _primitive(here, span, self, given, named)


def _by_vjp(here: Locals, span: Span, own: OwnRule, values: tuple, named: dict) -> Any:
    """JAX's pair: `forward` gives the result and what it kept, `backward` the cotangents."""
    kept: list[Any] = [None]

    def forward() -> Any:
        answer = invoke(here, own.forward, list(values), {}, span)
        if not isinstance(answer, tuple) or len(answer) != 2:
            raise Refusal(
                say("language.forward-returns-pair",
                    "The forward rule of `{name}` returns the result and what is kept.", name=own.name),
                say("language.write-return-y-kept", "Write `return y, (x,)`."),
            )  # fmt: skip
        kept[0] = answer[1]
        return answer[0]

    def rule(made: Any, given: tuple, cotangents: list) -> list:
        fixed = [given[place] for place in own.fixed]
        cotangent = cotangents[0] if len(cotangents) == 1 else tuple(cotangents)
        found = invoke(here, own.backward, [*fixed, kept[0], cotangent], {}, span)
        free = [place for place in range(len(given)) if place not in own.fixed]
        if not isinstance(found, tuple | list):
            raise Refusal(
                say("language.backward-returns-tuple", "The backward rule of `{name}` returns a tuple.", name=own.name),
                say("language.write-return-tuple", "Write `return (g,)`."),
            )
        parts = dict(zip(free, one_for_each(found, len(free), own.name)))
        return [parts.get(place) for place in range(len(given))]

    return with_rule(here, span, own.name, values, forward, rule)


def _by_jvp(here: Locals, span: Span, own: OwnRule, values: tuple, named: dict) -> Any:
    """JAX's rule for tangents, which is linear in them: its transpose is the reverse rule."""

    def rule(made: Any, given: tuple, cotangents: list) -> list:
        free = [place for place in range(len(given)) if place not in own.fixed]
        primals = tuple(given[place] for place in free)
        tangents = [_ones(one) for one in primals]
        tape = GradientTape()
        with tape:
            tape.watch(tangents)
            answer = own_tangent(here, span, own, given, primals, tuple(tangents), made)
        target = answer if isinstance(answer, Tensor) else untracked(float(answer))
        found = tape.gradient(target, tangents, cotangents[0], "zero")
        parts = dict(zip(free, found))
        return [parts.get(place) for place in range(len(given))]

    return with_rule(here, span, own.name, values, lambda: invoke(here, own.function, list(values), {}, span), rule)


def own_tangent(
    here: Locals, span: Span, own: OwnRule, given: tuple, primals: tuple, tangents: tuple, made: Any
) -> Any:
    """The tangent of the result for these tangents of the arguments."""
    if own.by_argument:
        parts = [
            invoke(here, own.by_argument[place], [tangent, made, *primals], {}, span)
            for place, tangent in enumerate(tangents) if own.by_argument.get(place) is not None
        ]  # fmt: skip
        return sum(parts[1:], start=parts[0]) if parts else 0.0
    fixed = [given[place] for place in own.fixed]
    answer = invoke(here, own.forward, [*fixed, primals, tangents], {}, span)
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise Refusal(
            say("language.jvp-returns-pair", "The rule of `{name}` returns the result and its tangent.", name=own.name),
            say("language.write-return-primal-tangent", "Write `return y, y_dot`."),
        )
    return answer[1]


def _ones(value: Any) -> Tensor:
    plain = value.primal if isinstance(value, Tensor) else value
    return untracked(1.0 if not np.ndim(plain) else np.ones(np.shape(plain)))


def _primitive(here: Locals, span: Span, own: OwnRule, values: tuple, named: dict) -> Any:
    """HIPS autograd's way: for each argument a function from the result and the arguments to the reverse rule."""

    def rule(made: Any, given: tuple, cotangents: list) -> list:
        found: list[Any] = []
        for place, value in enumerate(given):
            maker = own.by_argument.get(place)
            if maker is None:
                if place not in own.by_argument and isinstance(value, Tensor):
                    raise Refusal(
                        say("language.vjp-not-defined", "VJP of `{name}` wrt argnums {place} is not defined.",
                            name=own.name, place=place),
                        say("language.write-defvjp-function", "Write defvjp({name}, lambda ans, x: lambda g: ...).",
                            name=own.name),
                    )  # fmt: skip
                found.append(None)
                continue
            back = invoke(here, maker, [made, *given], named, span)
            found.append(invoke(here, back, [cotangents[0]], {}, span))
        return found

    return with_rule(here, span, own.name, values, lambda: invoke(here, own.function, list(values), named, span), rule)


WAYS: dict[str, Callable[..., Any]] = {"vjp": _by_vjp, "jvp": _by_jvp, "primitive": _primitive}


# -- how programs make them ------------------------------------------------------------------------------------------


def _maker(way: str) -> Callable[..., Any]:
    def make(function: Any, nondiff_argnums: Any = ()) -> OwnRule:
        if not isinstance(function, Function | Builtin | OwnRule):
            raise Refusal(
                say("language.own-rule-takes-function", "A rule of its own is given to a function, not to {kind}.",
                    kind=kind_of(function)),
                say("language.write-above-def", "Write it above a `def`."),
            )  # fmt: skip
        fixed = nondiff_argnums if isinstance(nondiff_argnums, tuple | list) else (nondiff_argnums,)
        return OwnRule(function, way, tuple(int(one) for one in fixed))

    return make


def _set_pair(own: OwnRule, forward: Any, backward: Any) -> None:
    own.forward, own.backward = forward, backward


def _set_jvp(own: OwnRule, rule: Any) -> Any:
    own.forward = rule
    return rule


def _set_each(own: OwnRule, *rules: Any) -> None:
    own.by_argument = dict(enumerate(rules))


def _define(function: Any, *makers: Any, argnums: Any = None) -> None:
    """`defvjp(f, rule of the first argument, ...)`."""
    if not isinstance(function, OwnRule):
        raise Refusal(
            say("language.defvjp-takes-primitive", "`defvjp` takes a function made by `@primitive`."),
            say("language.write-primitive", "Write `@primitive` above its `def`."),
        )
    places = range(len(makers)) if argnums is None else [int(one) for one in argnums]
    function.by_argument |= dict(zip(places, makers))


OWN_RULES: dict[str, Any] = {
    "jax.custom_vjp": Builtin("jax.custom_vjp", _maker("vjp"), ("fun:function", "nondiff_argnums")),
    "jax.custom_jvp": Builtin("jax.custom_jvp", _maker("jvp"), ("fun:function", "nondiff_argnums")),
    "autograd.extend.primitive": Builtin("primitive", _maker("primitive"), ("f_raw:function",)),
    "autograd.extend.defvjp": Builtin("defvjp", _define, ("*values", "argnums")),
    "autograd.extend.defjvp": Builtin("defjvp", lambda *values, **named: None, ("*values", "**named")),
}
OWN_RULE_METHODS = {
    "defvjp": Builtin(".defvjp", _set_pair, ("self", "fwd:forward", "bwd:backward", "symbolic_zeros!")),
    "defjvp": Builtin(".defjvp", _set_jvp, ("self", "jvp:rule", "symbolic_zeros!")),
    "defjvps": Builtin(".defjvps", _set_each, ("self", "*rules")),
}
