"""`tf.keras.optimizers`: Keras 3's steps, and rates that change from step to step."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import class_of, is_made_of, method
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance, Property
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.language.machine.weights import Weight
from core.tensor import Tensor
from core.variable import Variable

STATES, OPTIONS = "<states>", "<options>"
State = dict[str, Any]
Step = Callable[[Any, float, dict[str, Any], State, int], Any]
"""Of a gradient, the rate, the options, the state and the number of the step: what is taken off the variable."""


def _descent(g: Any, rate: float, own: dict[str, Any], state: State, count: int) -> Any:
    if not own["momentum"]:
        return rate * g
    state["speed"] = speed = own["momentum"] * state.get("speed", 0.0) - rate * g
    return rate * g - own["momentum"] * speed if own["nesterov"] else -speed


def _adam(g: Any, rate: float, own: dict[str, Any], state: State, count: int) -> Any:
    first, second = own["beta_1"], own["beta_2"]
    size = rate * math.sqrt(1 - second**count) / (1 - first**count)
    state["mean"] = mean = state.get("mean", 0.0) + (g - state.get("mean", 0.0)) * (1 - first)
    state["square"] = square = state.get("square", 0.0) + (g * g - state.get("square", 0.0)) * (1 - second)
    if own["amsgrad"]:
        state["largest"] = square = np.maximum(state.get("largest", 0.0), square)
    return mean * size / (np.sqrt(square) + own["epsilon"])


def _rms_prop(g: Any, rate: float, own: dict[str, Any], state: State, count: int) -> Any:
    rho = own["rho"]
    state["square"] = square = rho * state.get("square", 0.0) + (1 - rho) * g * g
    if own["centered"]:
        state["mean"] = mean = rho * state.get("mean", 0.0) + (1 - rho) * g
        square = square - mean * mean
    step = rate * g / np.sqrt(square + own["epsilon"])
    if own["momentum"]:
        state["speed"] = step = own["momentum"] * state.get("speed", 0.0) + step
    return step


def _adagrad(g: Any, rate: float, own: dict[str, Any], state: State, count: int) -> Any:
    state["total"] = total = state.get("total", own["initial_accumulator_value"]) + g * g
    return rate * g / np.sqrt(total + own["epsilon"])


OF_ADAM = {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}
FORMULAS: dict[str, tuple[Step, dict[str, Any], Any]] = {
    "SGD": (_descent, {"learning_rate": 0.01, "momentum": 0.0, "nesterov": False}, None),
    "Adam": (_adam, OF_ADAM, None),
    "AdamW": (_adam, {"learning_rate": 0.001, "weight_decay": 0.004, **{k: OF_ADAM[k] for k in list(OF_ADAM)[1:]}},
              0.004),
    "RMSprop": (_rms_prop, {"learning_rate": 0.001, "rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False},
                None),
    "Adagrad": (_adagrad, {"learning_rate": 0.001, "initial_accumulator_value": 0.1, "epsilon": 1e-7}, None),
}  # fmt: skip
SHARED: dict[str, Any] = {"weight_decay": None, "clipnorm": None, "clipvalue": None, "global_clipnorm": None}


def _apply(here: Locals, span: Span, optimizer: Instance, gradients: Any, variables: Any = None) -> None:
    """Move the variables against their gradients; one without a gradient is left out."""
    held = optimizer.fields.get("<variables>", ()) if variables is None else list(iterate(here, variables, span))
    pairs = list(zip(iterate(here, gradients, span), held, strict=False))
    move(here, span, optimizer, pairs)


def _apply_pairs(here: Locals, span: Span, optimizer: Instance, pairs: Any) -> None:
    move(here, span, optimizer, [tuple(iterate(here, one, span)) for one in iterate(here, pairs, span)])


def move(here: Locals, span: Span, optimizer: Instance, pairs: list) -> None:
    """Move every variable that has a gradient one step. Raises Refusal where there is none at all."""
    pairs = [(one, variable) for one, variable in pairs if one is not None]
    if not pairs:
        raise Refusal(
            say("language.no-gradients", "No gradients provided for any variable."),
            say("language.ask-tape-for-them", "Ask the tape for gradients of variables that the loss depends on."),
            "ValueError",
        )
    if not all(isinstance(variable, Variable) for _, variable in pairs):
        raise Refusal(say("language.optimizer-moves-variables", "An optimizer moves variables, made by tf.Variable."))
    own, states = optimizer.fields[OPTIONS], optimizer.fields[STATES]
    count = int(optimizer.fields["iterations"].primal) + 1
    rate = rate_of(here, span, optimizer, count - 1)
    gradients = _clipped([np.asarray(f.plain(one)) for one, _ in pairs], own)
    here.run.spend(len(pairs), span, here)
    for gradient, (_, variable) in zip(gradients, pairs, strict=True):
        if own["weight_decay"]:
            variable.assign(variable.primal * (1 - own["weight_decay"] * rate))
        step = own["<step>"](gradient, rate, own, states.setdefault(id(variable), {}), count)
        variable.assign_sub(np.asarray(step) if variable.shape else float(step))
    optimizer.fields["iterations"].assign(count)


def _clipped(gradients: list[Any], own: dict[str, Any]) -> list[Any]:
    if own["clipnorm"] is not None:
        lengths = [np.sqrt(np.sum(one * one)) for one in gradients]
        gradients = [one * min(1.0, own["clipnorm"] / max(length, 1e-300))
                     for one, length in zip(gradients, lengths, strict=True)]  # fmt: skip
    elif own["global_clipnorm"] is not None:
        length = np.sqrt(sum(np.sum(one * one) for one in gradients))
        gradients = [one * (own["global_clipnorm"] / max(length, own["global_clipnorm"])) for one in gradients]
    elif own["clipvalue"] is not None:
        gradients = [np.clip(one, -own["clipvalue"], own["clipvalue"]) for one in gradients]
    return gradients


def rate_of(here: Locals, span: Span, optimizer: Instance, step: int) -> float:
    """The rate of a step: a number, or what a schedule gives."""
    rate = optimizer.fields["<rate>"]
    if is_made_of(rate, SCHEDULE) or isinstance(rate, Builtin):
        rate = invoke(here, rate, [step], {}, span)
    return float(f.plain(rate))


def _get_rate(here: Locals, span: Span, optimizer: Instance) -> Any:
    rate = optimizer.fields["<rate>"]
    return Tensor(rate_of(here, span, optimizer, int(optimizer.fields["iterations"].primal))) if is_made_of(
        rate, SCHEDULE) else rate  # fmt: skip


def _set_rate(optimizer: Instance, value: Any) -> None:
    rate = optimizer.fields["<rate>"]
    if isinstance(rate, Weight) and not isinstance(value, Instance):
        rate.assign(float(f.plain(value)))
    else:
        optimizer.fields["<rate>"] = value


def _class(name: str) -> Class:
    step, defaults, _ = FORMULAS[name]
    options = {**SHARED, **defaults}

    def start(here: Locals, span: Span, optimizer: Instance, **given: Any) -> None:
        own = {**options, **{key: _plain(value) for key, value in given.items()}, "<step>": step}
        rate = own.pop("learning_rate")
        rate = rate if isinstance(rate, Instance | Builtin) else Weight(float(rate), False, "learning_rate")
        optimizer.fields |= {
            OPTIONS: own, STATES: {}, "<rate>": rate, "iterations": Weight(0, False, "iteration"),
            "name": str(given.get("name") or name.lower()),
        }  # fmt: skip

    named = [f"{one}:{one}" for one in (*defaults, "*", *SHARED)]
    signature = " ".join("*" if one == "*:*" else one for one in dict.fromkeys(named)) + " name! jit_compile! use_ema!"
    return class_of(name, (OPTIMIZER,), {"__init__": method(f"tf.keras.optimizers.{name}", start, signature)})


def _plain(value: Any) -> Any:
    return float(f.plain(value)) if isinstance(value, Tensor | int | float) and not isinstance(value, bool) else value


OPTIMIZER = class_of("Optimizer", (), {
    "apply_gradients": method("apply_gradients", _apply_pairs, "grads_and_vars:pairs"),
    "apply": method("apply", _apply, "grads:gradients trainable_variables:variables"),
    "build": method("build", lambda one, variables: one.fields.update({"<variables>": list(variables)}),
                    "variables", True),
    "learning_rate": Property(method("learning_rate", _get_rate), method("learning_rate", _set_rate, "value", True)),
    "lr": Property(method("lr", _get_rate), method("lr", _set_rate, "value", True)),
    "variables": Property(method("variables", lambda one: [one.fields["iterations"]], "", True)),
})  # fmt: skip


# -- schedules -------------------------------------------------------------------------------------------------------


def _scheduled(name: str, signature: str, value: Callable[..., float]) -> Class:
    names = [one for one in signature.split() if not one.endswith("!")]

    def start(here: Locals, span: Span, one: Instance, *values: Any, **named: Any) -> None:
        one.fields |= {**dict(zip(names, values)), **named}

    def call(one: Instance, step: Any) -> Tensor:
        given = {name: one.fields[name] for name in names if name in one.fields}
        return Tensor(float(value(float(f.plain(step)), **given)))

    path = f"tf.keras.optimizers.schedules.{name}"
    return class_of(name, (SCHEDULE,), {"__init__": method(path, start, f"{signature} name!"),
                                        "__call__": method(path, call, "step", True)})  # fmt: skip


def _exponential(step: float, initial_learning_rate: Any, decay_steps: Any, decay_rate: Any,
                 staircase: Any = False) -> float:  # fmt: skip
    passed = step / float(decay_steps)
    return float(initial_learning_rate) * float(decay_rate) ** (math.floor(passed) if staircase else passed)


def _inverse(step: float, initial_learning_rate: Any, decay_steps: Any, decay_rate: Any,
             staircase: Any = False) -> float:  # fmt: skip
    passed = step / float(decay_steps)
    return float(initial_learning_rate) / (1 + float(decay_rate) * (math.floor(passed) if staircase else passed))


def _piecewise(step: float, boundaries: Any, values: Any) -> float:
    return float(values[sum(step > float(one) for one in boundaries)])


def _cosine(step: float, initial_learning_rate: Any, decay_steps: Any, alpha: Any = 0.0) -> float:
    passed = min(step, float(decay_steps)) / float(decay_steps)
    share = (1 - float(alpha)) * (1 + math.cos(math.pi * passed)) / 2 + float(alpha)
    return float(initial_learning_rate) * share


SCHEDULE = class_of("LearningRateSchedule", (), {
    "__init__": method("LearningRateSchedule", lambda one: None, "", True),
    "__call__": method("__call__", lambda one, step: kind_of(one), "step", True),
})  # fmt: skip
OPTIMIZERS: dict[str, Any] = {
    "tf.keras.optimizers.Optimizer": OPTIMIZER,
    "tf.keras.optimizers.schedules.LearningRateSchedule": SCHEDULE,
    **{f"tf.keras.optimizers.{name}": _class(name) for name in FORMULAS},
    **{
        f"tf.keras.optimizers.schedules.{name}": _scheduled(name, signature, value)
        for name, signature, value in (
            ("ExponentialDecay", "initial_learning_rate decay_steps decay_rate staircase", _exponential),
            ("InverseTimeDecay", "initial_learning_rate decay_steps decay_rate staircase", _inverse),
            ("PiecewiseConstantDecay", "boundaries values", _piecewise),
            ("CosineDecay", "initial_learning_rate decay_steps alpha", _cosine),
        )
    },
}
