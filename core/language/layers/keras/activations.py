"""`tf.keras.activations`: functions by the names that Keras gives them."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Callee, Function, kind_of

F: Any = f
NAMED: dict[str, Callable[..., Any]] = {
    "linear": lambda x: x, "relu": F.relu, "sigmoid": F.sigmoid, "tanh": F.tanh, "softplus": F.softplus,
    "softsign": F.softsign, "elu": F.elu, "selu": F.selu, "exponential": F.exp, "relu6": F.relu6,
    "gelu": lambda x: F.gelu(x), "silu": F.silu, "swish": F.silu, "leaky_relu": lambda x: F.leaky_relu(x, 0.2),
    "softmax": lambda x: F.softmax(x, -1), "log_softmax": lambda x: F.log_softmax(x, -1),
    "hard_sigmoid": lambda x: F.clip(x / 6.0 + 0.5, 0.0, 1.0),
}  # fmt: skip
ACTIVATIONS = {
    f"tf.keras.activations.{name}": Builtin(f"tf.keras.activations.{name}", function, ("x",))
    for name, function in NAMED.items()
}


def activation(given: Any) -> Any:
    """What a layer takes for its activation. Raises Refusal for a name that there is not."""
    if given is None or isinstance(given, Function | Builtin | Callee):
        return given
    if isinstance(given, str):
        if given in NAMED:
            return Builtin(given, NAMED[given], ("x",))
        near = difflib.get_close_matches(given, NAMED, 1)
        raise Refusal(
            say("language.unknown-activation", "There is no activation `{name}`.", name=given),
            say("language.did-mean", "Did you mean `{near}`?", near=near[0]) if near else "",
        )
    raise Refusal(
        say("language.activation-kind", "An activation is a name or a function, not {kind}.", kind=kind_of(given))
    )


def activated(here: Locals, span: Span, function: Any, x: Any) -> Any:
    """The activation of the numbers."""
    return x if function is None else invoke(here, function, [x], {}, span)
