"""`torch.optim.lr_scheduler`: rates that change from step to step, by the closed form of each schedule."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.optimizers import Optimizer
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.tensor import look

Factor = Callable[[Locals, Span, int], float]
"""By what the first rate is multiplied after so many steps."""


class Schedule:
    """A schedule of rates: the optimizer, its first rates, and the factor of each step."""

    kind = say("language.a-schedule", "a schedule of rates")

    def __init__(self, optimizer: Optimizer, factor: Callable[[Locals, Span, int, float], float]) -> None:
        self.optimizer = optimizer
        self.first = [group["lr"] for group in optimizer.groups]
        self.factor = factor
        self.count = 0

    def move(self, here: Locals, span: Span) -> None:
        """Give every group the rate of the present step."""
        for group, first in zip(self.optimizer.groups, self.first):
            group["lr"] = self.factor(here, span, self.count, first)


def _step_lr(step_size: Any, gamma: Any = 0.1) -> Any:
    every = max(int(whole(step_size)), 1)
    return lambda here, span, count, first: first * float(gamma) ** (count // every)


def _exponential(gamma: Any) -> Any:
    return lambda here, span, count, first: first * float(gamma) ** count


def _multi_step(milestones: Any, gamma: Any = 0.1) -> Any:
    passed = [int(whole(one)) for one in milestones]
    return lambda here, span, count, first: first * float(gamma) ** sum(one <= count for one in passed)


def _lambda(lr_lambda: Any) -> Any:
    return lambda here, span, count, first: first * float(look(invoke(here, lr_lambda, [count], {}, span)))


def _cosine(T_max: Any, eta_min: Any = 0.0) -> Any:
    return lambda here, span, count, first: (
        float(eta_min) + (first - float(eta_min)) * (1 + math.cos(math.pi * count / float(T_max))) / 2
    )


def _linear(start_factor: Any = 1 / 3, end_factor: Any = 1.0, total_iters: Any = 5) -> Any:
    last, start = max(int(whole(total_iters)), 1), float(start_factor)
    return lambda here, span, count, first: first * (start + (float(end_factor) - start) * min(count, last) / last)


def _maker(name: str, schedule: Any, signature: str) -> Builtin:
    def make(here: Locals, span: Span, optimizer: Any, *values: Any, **named: Any) -> Schedule:
        if not isinstance(optimizer, Optimizer):
            raise Refusal(
                say("language.schedule-takes-optimizer", "A schedule takes an optimizer, not {kind}.",
                    kind=kind_of(optimizer))
            )  # fmt: skip
        made = Schedule(optimizer, schedule(*values, **named))
        made.move(here, span)
        return made

    path = f"torch.optim.lr_scheduler.{name}"
    return Builtin(path, make, ("optimizer", *signature.split(), "last_epoch!"), wants_locals=True)


def _step(here: Locals, span: Span, schedule: Schedule) -> None:
    schedule.count += 1
    schedule.move(here, span)


SCHEDULES = {
    f"torch.optim.lr_scheduler.{name}": _maker(name, schedule, signature)
    for name, schedule, signature in (
        ("StepLR", _step_lr, "step_size gamma"),
        ("ExponentialLR", _exponential, "gamma"),
        ("MultiStepLR", _multi_step, "milestones gamma"),
        ("LambdaLR", _lambda, "lr_lambda"),
        ("CosineAnnealingLR", _cosine, "T_max eta_min"),
        ("LinearLR", _linear, "start_factor end_factor total_iters"),
    )
}
SCHEDULE_METHODS = {
    "step": Builtin(".step", _step, ("self",), wants_locals=True),
    "get_last_lr": Builtin(".get_last_lr", lambda one: [group["lr"] for group in one.optimizer.groups], ("self",)),
}
