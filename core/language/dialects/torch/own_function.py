"""`torch.autograd.Function`: a class whose `backward` is the reverse rule of its `forward`.

Each call of `apply` is one entry of the tape; what happens inside is not recorded.
"""

from __future__ import annotations

from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.own_rules import one_for_each, with_rule
from core.language.dialects.torch.leaves import requires_grad
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, Unbound
from core.language.machine.values import Builtin
from core.tensor import Tensor


def _apply(here: Locals, span: Span, of: Class, *values: Any) -> Any:
    """`Square.apply(x)`: the class's `forward`, with its `backward` for the way back."""
    context = Instance(CONTEXT)
    needed = tuple(isinstance(one, Tensor) and requires_grad(one) for one in values)
    context.fields |= {"saved_tensors": (), "needs_input_grad": needed}
    apart = of.find("setup_context") is not MISSING

    def forward() -> Any:
        if not apart:
            return invoke(here, _static(of, "forward"), [context, *values], {}, span)
        made = invoke(here, _static(of, "forward"), list(values), {}, span)
        invoke(here, _static(of, "setup_context"), [context, tuple(values), made], {}, span)
        return made

    def rule(made: Any, given: tuple, cotangents: list) -> list:
        found = invoke(here, _static(of, "backward"), [context, *cotangents], {}, span)
        return one_for_each(found, len(values), f"{of.name}.backward")

    return with_rule(here, span, of.name, values, forward, rule)


def _static(of: Class, name: str) -> Any:
    found = of.find(name)
    return found.function if found.__class__ is Unbound else found


def _missing(name: str) -> Builtin:
    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        raise here.fail(
            say("language.function-without-rule", "This function has no `{name}`.", name=name),
            span,
            say("language.give-static-method", "Give its class `@staticmethod def {name}(ctx, ...)`.", name=name),
        )

    return Builtin(name, call, ("*values", "**named"), wants_locals=True)


def _save(context: Instance, *tensors: Any) -> None:
    context.fields["saved_tensors"] = tuple(tensors)


def _without_effect(context: Instance, *values: Any) -> None:
    """What only tells PyTorch how to save work."""


CONTEXT = Class("Context", (), {
    "save_for_backward": Builtin("save_for_backward", _save, ("self", "*tensors")),
    **{
        name: Builtin(name, _without_effect, ("self", "*values"))
        for name in ("mark_dirty", "mark_non_differentiable", "set_materialize_grads")
    },
}, None, None)  # fmt: skip
FUNCTION = Class("Function", (), {
    "apply": Unbound(Builtin("apply", _apply, ("cls", "*values"), wants_locals=True), True),
    "forward": _missing("forward"), "backward": _missing("backward"),
}, None, None)  # fmt: skip

OWN_FUNCTION = {"torch.autograd.Function": FUNCTION, "torch.autograd.function.Function": FUNCTION}
