"""What is to be trained, and how, as one line of text: `adam rate=0.01 steps=100 over=W1,b1 seed=1`.

Knows words and numbers; knows no program.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Any

from core.basics.words import alternatives, say

OPTIMIZERS = ("gd", "momentum", "nesterov", "rmsprop", "adam", "lbfgs", "newton")
RATES = {"gd": 0.1, "momentum": 0.1, "nesterov": 0.1, "rmsprop": 0.01, "adam": 0.01, "lbfgs": 1.0, "newton": 1.0}
SCHEDULES = ("constant", "linear", "cosine")
MOST_STEPS = 1_000_000
UNTYPED = ("optimizer", "keras")  # settings that have no key


class PlanError(ValueError):
    """The line cannot be understood; the message says what is wrong and what to write instead."""


@dataclass(frozen=True)
class Plan:
    """How to descend. Where a number has a meaning of its own in the literature, it is named and used as by PyTorch.

    `rate` is the learning rate, `decay` the weight decay that is added to the gradient, `beta1` and `beta2` the
    decays of Adam's means, `rho` that of RMSProp's, `eps` what keeps their divisors from 0. `over` names the inputs
    that are moved (those that look like parameters when empty), `batch` how many rows of the data each step takes (all
    when 0). `schedule` changes the rate from step to step: `linear` and `cosine` end at 0, `linear:0.1` at a tenth.
    `keras` asks for the formulas of Keras, and for its numbers where none are given.
    """

    optimizer: str = "gd"
    rate: float = math.nan
    steps: int = 100
    over: tuple[str, ...] = ()
    seed: int = 0
    batch: int = 0
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rho: float = math.nan
    eps: float = math.nan
    decay: float = 0.0
    schedule: str = "constant"
    keras: bool = False

    @property
    def first_rate(self) -> float:
        """The rate before the schedule changes it."""
        return RATES[self.optimizer] if math.isnan(self.rate) else self.rate

    @property
    def small(self) -> float:
        """What keeps divisors from 0: `eps`, or what the library has."""
        return (1e-7 if self.keras else 1e-8) if math.isnan(self.eps) else self.eps

    @property
    def memory(self) -> float:
        """The decay of RMSProp's mean: `rho`, or what the library has."""
        return (0.9 if self.keras else 0.99) if math.isnan(self.rho) else self.rho

    def rate_at(self, step: int) -> float:
        """The rate of a step; steps count from 0."""
        kind, _, end = self.schedule.partition(":")
        last, share = float(end or 0.0), step / max(self.steps, 1)
        if kind == "linear":
            return self.first_rate * (1.0 - (1.0 - last) * share)
        if kind == "cosine":
            return self.first_rate * (last + (1.0 - last) * 0.5 * (1.0 + math.cos(math.pi * share)))
        return self.first_rate


def read_plan(text: str) -> Plan:
    """The plan that a line stands for; raises PlanError."""
    name, *words = text.split() or [""]
    if name not in OPTIMIZERS:
        raise PlanError(
            say(
                "training.unknown-optimizer",
                "There is no optimizer `{name}`; there are {known}.",
                name=name,
                known=alternatives(OPTIMIZERS),
            )
        )
    plan = Plan(name)
    for word in words:
        key, equals, value = word.partition("=")
        kinds = {one.name: type(getattr(plan, one.name)) for one in fields(Plan) if one.name not in UNTYPED}
        if key not in kinds or not equals:
            known = ", ".join(kinds)
            raise PlanError(
                say("training.unknown-key", "There is no setting `{key}`; there are {known}.", key=key, known=known)
            )
        plan = replace(plan, **{key: _read(key, value, kinds[key])})
    return plan


def text_of(plan: Plan) -> str:
    """The line that stands for a plan: its optimizer, and what is not as it would be without a word."""
    words, standard = [plan.optimizer], Plan()
    for key in (one.name for one in fields(Plan) if one.name not in UNTYPED):
        value = getattr(plan, key)
        if repr(value) != repr(getattr(standard, key)):  # by text, for nan differs from itself
            words.append(f"{key}={','.join(value) if isinstance(value, tuple) else value}")
    return " ".join(words)


def _read(key: str, value: str, kind: type) -> Any:
    try:
        if kind is tuple:
            return tuple(one for one in value.split(",") if one)
        if kind is str:
            if value.partition(":")[0] not in SCHEDULES or not math.isfinite(float(value.partition(":")[2] or 0)):
                raise ValueError
            return value
        number = kind(value)
        if not 0 <= number <= (MOST_STEPS if kind is int else 1e12):
            raise ValueError
    except ValueError:
        raise _unfit(key, value) from None
    return number


def _unfit(key: str, value: str) -> PlanError:
    return PlanError(
        say("training.unfit-value", "`{value}` cannot be the `{key}` of a training.", key=key, value=value)
    )
