"""Functions that call functions of the program: `tf.while_loop`, `tf.cond`, and gradients of the user's own."""

from __future__ import annotations

from typing import Any

from core.basics.span import Span
from core.basics.words import as_sentence, say
from core.custom import custom_gradient
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, kind_of


def while_loop(here: Locals, span: Span, cond: Any, body: Any, loop_vars: Any) -> Any:
    """As long as cond(*values): values = body(*values)."""
    values = list(loop_vars) if isinstance(loop_vars, list | tuple) else [loop_vars]
    while bool(invoke(here, cond, values, {}, span)):
        here.run.spend(1, span, here)
        made = invoke(here, body, values, {}, span)
        values = list(made) if isinstance(made, list | tuple) else [made]
    return values


def choose(here: Locals, span: Span, pred: Any, true_fn: Any, false_fn: Any) -> Any:
    """true_fn() or false_fn()."""
    return invoke(here, true_fn if bool(pred) else false_fn, [], {}, span)


def own_gradient(here: Locals, span: Span, function: Any) -> Builtin:
    """A function that returns its result and a function from cotangent to cotangents."""
    if not isinstance(function, Function):
        raise Refusal(
            say(
                "language.tf-custom-gradient-takes",
                "`tf.custom_gradient` takes a function, not {kind}.",
                kind=kind_of(function),
            ),
            say("language.write-above-def", "Write it above a `def`."),
        )

    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        def forward(*values: Any, **named: Any) -> Any:
            answer = invoke(here, function, list(values), named, span)
            if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[1], Function | Builtin):
                raise Refusal(
                    say(
                        "language.must-return-result-function",
                        "`{name}` must return its result and a function.",
                        name=function.name,
                    ),
                    say("language.write-return-y-backward", "Write `return y, backward`."),
                )
            result, backward = answer
            return result, lambda *given, **more: invoke(here, backward, list(given), more, span)

        def wrong(message: str) -> Exception:
            return here.fail(as_sentence(ValueError(message)), function.span)

        forward.__name__ = function.name
        try:
            return custom_gradient(forward, wrong=wrong)(*values, **named)
        except (ValueError, TypeError) as error:
            raise Refusal(as_sentence(error)) from None

    return Builtin(function.name, call, ("*values",), wants_locals=True)


REPETITIONS: dict[str, Any] = {
    "tf.while_loop": Builtin(
        "tf.while_loop", while_loop, ("cond", "body", "loop_vars", "maximum_iterations!"), wants_locals=True
    ),
    "tf.cond": Builtin("tf.cond", choose, ("pred", "true_fn", "false_fn"), wants_locals=True),
    "tf.custom_gradient": Builtin("tf.custom_gradient", own_gradient, ("f:function",), wants_locals=True),
    "jax.custom_gradient": Builtin("jax.custom_gradient", own_gradient, ("fun:function",), wants_locals=True),
    "core.custom_gradient": Builtin("core.custom_gradient", own_gradient, ("function",), wants_locals=True),
}
