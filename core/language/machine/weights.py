"""Weights: variables that a text makes while it runs, inside layers and objects, and that are inputs all the same.

A weight is known by the order in which weights are made. The value that the user sets steps into its place when it is
first read for a gradient, so that what the text itself does to it before (`net[0].weight.copy_(...)`) is its default.
Knows variables and tapes; the run is whatever keeps the list.
"""

from __future__ import annotations

from typing import Any

from core.basics.span import Span
from core.tape import recorders
from core.tensor import Tensor
from core.variable import Variable

UNBORN = object()
MANY = 64  # items of a list that are looked at
MOST = 1_000  # weights that are kept count of


class Birth:
    """Where a weight was made, the input that stands for it, if any, and its value when it was first read."""

    __slots__ = ("first", "given", "span", "taped")

    def __init__(self, span: Span, given: Tensor | None, taped: bool) -> None:
        self.span = span
        self.given = given
        self.taped = taped  # whether gradients are recorded in blocks of their own
        self.first: Any = None


class Weight(Variable):
    """A variable of TensorFlow; `birth` is its birth until it has been read for a gradient."""

    __slots__ = ("birth",)

    def __init__(self, value: Any, trainable: bool = True, name: str = "Variable") -> None:
        super().__init__(value, trainable, name)
        self.birth: Any = UNBORN

    def read(self) -> Tensor:
        """The variable itself; an input takes its place now."""
        if self.birth.__class__ is Birth:
            settle(self, self.birth)
        return super().read()


def settle(weight: Any, birth: Birth) -> None:
    """Where a gradient is being recorded: note the value of the first reading, and let the user's take its place."""
    if birth.taped and len(recorders()) < 2:
        return
    birth.first = weight.primal
    take(weight, birth)


def take_what_is_given(run: Any) -> None:
    """Where a loop begins: inputs take the places of the weights that have not been read yet."""
    for weight, birth in run.weights:
        if weight.birth is birth and birth.given is not None:
            take(weight, birth)


def take(weight: Any, birth: Birth) -> None:
    """From now on the weight has the value that is given, if there is one."""
    weight.birth = None
    if birth.given is not None and birth.given.shape == weight.shape:
        weight.primal, weight.tape, weight.index = birth.given.primal, birth.given.tape, birth.given.index


def born(run: Any, span: Span, made: Any) -> Any:
    """Count a weight that was made just now; its number says which input stands for it."""
    if len(run.weights) >= MOST:
        made.birth = None
        return made
    name = run.named_weights.get(len(run.weights))
    made.birth = Birth(span, None if name is None else run.inputs.get(name), run.opens_tapes)
    run.weights.append((made, made.birth))
    return made


def put_into_object(run: Any, span: Span, value: Any) -> None:
    """An object of the text takes a value: the variables in it that are trained count as weights from now on."""
    parts = value[:MANY] if value.__class__ in (list, tuple) else (value,)
    for one in parts:
        if getattr(one, "birth", None) is UNBORN and one.trainable:
            born(run, span, one)
