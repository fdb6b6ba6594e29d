"""`model.compile`, `fit`, `evaluate`, `predict`: Keras' own loop, step by step as one would write it.

Samples are shuffled by the run's own generator, so that with several batches the numbers are not Keras'.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.gradient_tape import GradientTape
from core.language.layers.classes import class_of
from core.language.layers.keras.layer import variables
from core.language.layers.keras.losses import BY_NAME
from core.language.layers.keras.optimizers import OPTIMIZERS, move
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance, construct
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.names.randoms import permutation
from core.tensor import Tensor

OPTIMIZER, LOSS = "<optimizer>", "<loss>"
HISTORY: Class = class_of("History", (), {})


def compile_(
    here: Locals, span: Span, model: Instance, optimizer: Any = "rmsprop", loss: Any = None, metrics: Any = None
) -> None:
    """Choose the optimizer and the loss, by name or as they are."""
    if isinstance(optimizer, str):
        known = {path.rpartition(".")[2].lower(): one for path, one in OPTIMIZERS.items() if isinstance(one, Class)}
        if optimizer.lower() not in known:
            raise Refusal(say("language.unknown-optimizer", "There is no optimizer `{name}`.", name=optimizer))
        optimizer = construct(here, known[optimizer.lower()], [], {}, span)
    if isinstance(loss, str):
        if loss not in BY_NAME:
            raise Refusal(say("language.unknown-loss", "There is no loss `{name}`.", name=loss))
        loss = BY_NAME[loss]
    if isinstance(loss, Class):
        loss = construct(here, loss, [], {}, span)
    if metrics:
        raise Refusal(
            say("language.metrics-are-not-gathered", "`metrics` are not gathered here."),
            say("language.leave-metrics-out", "Leave them out, and compute them from model(x)."),
        )
    model.fields |= {OPTIMIZER: optimizer, LOSS: loss}


def _arrays(value: Any) -> Any:
    return np.asarray(f.plain(f.array(value)))


def loss_of(here: Locals, span: Span, model: Instance, x: Any, y: Any, training: bool) -> Tensor:
    """The loss of a batch."""
    if LOSS not in model.fields:
        raise Refusal(
            say("language.compile-first", "The model has no loss yet."),
            say("language.write-model-compile", "Write model.compile(optimizer='sgd', loss='mse') first."),
        )
    found = invoke(here, model, [Tensor(x)], {"training": training}, span)
    made = invoke(here, model.fields[LOSS], [Tensor(y), found], {}, span)
    return f.mean(made) if f.shape_of(made) else made


def fit(
    here: Locals, span: Span, model: Instance, x: Any, y: Any, batch_size: Any = 32, epochs: Any = 1,
    verbose: Any = "auto", shuffle: Any = True,
) -> Instance:  # fmt: skip
    """Epochs of steps; gives the mean losses of the epochs."""
    x, y = _arrays(x), _arrays(y)
    size, losses = whole(32 if batch_size is None else batch_size), []
    for epoch in range(whole(epochs)):
        order = permutation(here, span, len(x)) if shuffle and size < len(x) else np.arange(len(x))
        total = 0.0
        for start in range(0, len(x), size):
            here.run.spend(1, span, here)
            chosen = order[start : start + size]
            with GradientTape() as tape:
                loss = loss_of(here, span, model, x[chosen], y[chosen], True)
            held = variables(model, True)
            move(here, span, model.fields[OPTIMIZER], list(zip(tape.gradient(loss, held), held, strict=True)))
            total += float(f.plain(loss)) * len(chosen)
        losses.append(total / len(x))
        if verbose not in (0, False):
            here.run.write(f"Epoch {epoch + 1}/{whole(epochs)} - loss: {losses[-1]:.4f}\n", span, here)
    made = Instance(HISTORY)
    made.fields["history"] = {"loss": losses}
    return made


def evaluate(here: Locals, span: Span, model: Instance, x: Any, y: Any, verbose: Any = "auto") -> float:
    """The loss of all samples."""
    found = float(f.plain(loss_of(here, span, model, _arrays(x), _arrays(y), False)))
    if verbose not in (0, False):
        here.run.write(f"loss: {show(round(found, 4))}\n", span, here)
    return found


def predict(here: Locals, span: Span, model: Instance, x: Any) -> Any:
    """What the model makes of samples, as an array."""
    return np.array(f.plain(invoke(here, model, [Tensor(_arrays(x))], {"training": False}, span)))
