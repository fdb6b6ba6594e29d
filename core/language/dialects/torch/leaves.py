"""Tensors that were made, not computed, and whether a gradient can come back to a tensor."""

from __future__ import annotations

from typing import Any
from weakref import ref

import numpy as np

from core.basics.types import Place, Primal
from core.basics.words import say
from core.language.dialects.torch.graph import CURRENT, autograd
from core.language.dialects.torch.segments import Segment, spot_of
from core.language.machine.outcome import Refusal
from core.language.machine.weights import UNBORN, Birth, settle
from core.ops import table
from core.tape import set_recorders
from core.tensor import Tensor, leave, place_on, record, untracked
from core.variable import Variable


class Leaf(Variable):
    """A tensor that was made, not computed; it may require a gradient, and `backward()` leaves one in `grad`.

    One that requires no gradient becomes part of the graph when something recorded is written into it. One that is
    `whole` was made of whole numbers, and cannot require a gradient.
    """

    __slots__ = ("birth", "grad", "home", "whole")

    def __init__(self, value: Any) -> None:
        super().__init__(value, trainable=False, name="")
        self.birth: Any = UNBORN
        self.grad: Any = None
        self.home: Any = None
        self.whole = np.asarray(self.primal).dtype.kind not in "fc"

    def read(self) -> Tensor:
        """The leaf itself; an input takes its place where it stands for what an object holds."""
        if self.birth.__class__ is Birth:
            settle(self, self.birth)
        return Variable.read(self)

    def _replace(self, primal: Primal, place: Place) -> None:
        """Every change counts: what was computed from the old value may need it."""
        replace = super()._replace
        owner = CURRENT.get()
        if owner is None:
            replace(primal, place)
        else:
            owner.versions.change(self, lambda: replace(primal, place))


def leaf(values: Any, requires_grad: bool = True) -> Leaf:
    """A new leaf; the autograd tape starts when the first one requires a gradient."""
    made = Leaf(values)
    return require(made) if requires_grad else made


def in_place_of(tensor: Tensor) -> Leaf:
    """A leaf that stands where a tensor stood, on the same place of its tape."""
    made = Leaf(tensor.primal)
    made.primal, made.tape, made.index = tensor.primal, tensor.tape, tensor.index
    return made


def with_value(made: Tensor, given: Tensor) -> Tensor:
    """What stands for an input that the text computes: the given value, at the given place of the tape.

    What was computed from leaves stays so for `backward()`; anything else is a leaf.
    """
    spot = spot_of(made, CURRENT.get())
    if spot is None:
        standing_in = in_place_of(given)
        standing_in.whole = made.dtype.kind not in "fc"
        return standing_in
    made = moved(made, given.primal, (autograd().segment,))
    standing = untracked(given.primal)
    standing.tape, standing.index = given.tape, given.index
    place_on(standing, *spot_of(made, autograd()))  # type: ignore[misc] # it was recorded just now
    return standing


def moved(old: Tensor, primal: Primal, tapes: tuple[Any, ...]) -> Tensor:
    """The tensor with another value and the same derivatives, recorded on these tapes: what was added is constant."""
    before = set_recorders(tapes)
    try:
        return record(table["add"], (old, untracked(primal - old.primal)), primal, {})
    finally:
        set_recorders(before)


def require(tensor: Leaf, wanted: bool = True) -> Leaf:
    """Switch a leaf's gradient on or off. Raises Refusal for whole numbers."""
    if wanted and tensor.whole:
        raise Refusal(
            say("language.only-floating-point", "Only floating-point tensors can require gradients."),
            say("language.write-with-point", "Write 3.0 instead of 3, or dtype=torch.float32."),
        )
    tensor._trainable = bool(wanted)
    if wanted and tensor.home is None:
        tensor.home = autograd()
        tensor.home.required.append(ref(tensor))
    if not wanted and isinstance(tensor.tape, Segment):
        old = tensor.tape
        autograd().begin_segment()
        leave(tensor, old)
    return tensor


def requires_grad(tensor: Any) -> bool:
    """Whether a gradient can come back to this tensor: a leaf that wants one, or what was computed from such."""
    if isinstance(tensor, Leaf) and tensor.trainable:
        return True
    owner = CURRENT.get()
    return owner is not None and isinstance(tensor, Tensor) and spot_of(tensor, owner) is not None


def is_leaf(tensor: Any) -> bool:
    """Whether the tensor was made, not computed from what requires a gradient."""
    return isinstance(tensor, Leaf) and tensor.trainable or not requires_grad(tensor)
