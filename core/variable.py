"""Variables: named values that can be assigned to, and that a recording tape watches by itself when they are read.

Knows tensors and the tape; knows nothing of sweeps.
"""

from itertools import count

import numpy as np

from core.basics.cuts import Cut, Reason
from core.basics.types import DType, Place, Primal, Value
from core.basics.words import say
from core.tape import Tape, recorders
from core.tensor import Tensor, as_primal, cut, differentiable, place_on

_serials = count()


class Variable(Tensor):
    """A value that programs optimise. Trainable variables are watched on first use inside a recording tape.

    `value` is a number, an array or nested lists of numbers, copied; `dtype` is NumPy's (Python's floats are float64)
    and stays, as the shape does, whatever is assigned. `name` is for messages and labels.
    """

    __slots__ = ("name", "serial", "_trainable", "__weakref__")

    def __init__(self, value: Value, trainable: bool = True, name: str = "Variable", dtype: DType = None) -> None:
        super().__init__(value, dtype)
        self.name = name
        self.serial = next(_serials)
        self._trainable = trainable

    @property
    def trainable(self) -> bool:
        """Whether tapes watch the variable by themselves."""
        return self._trainable

    def read(self) -> Tensor:
        """The variable itself, now watched by every recording tape that watches variables."""
        for tape in recorders():
            if self.tape is tape:
                continue
            if self._trainable and tape.watches_variables or id(self) in tape.sources:
                watch(self, tape)
            elif isinstance(tape, Listener):
                tape.hear(self)
        return self

    def value(self) -> Tensor:
        """A tensor with the present value; derivatives flow back to the variable."""
        from core.functions import call

        return call("identity", self)

    def assign(self, value: Value) -> "Variable":
        """Replace the value; what was recorded before keeps the value it had. Shape and dtype stay.

        No derivative flows through an assignment. Raises ValueError for another shape, and TypeError where the dtype
        cannot hold the value.
        """
        if isinstance(value, Tensor):
            value = value.read()
        primal = as_primal(value)
        if np.shape(primal) != self.shape:
            raise ValueError(
                say(
                    "variable.cannot-assign-value-shape",
                    "cannot assign a value of shape {shape} to variable `{name}` of shape {other}",
                    shape=np.shape(primal),
                    name=self.name,
                    other=self.shape,
                )
            )
        self._replace(_in_kind_of(self, primal), cut(Reason.ASSIGNED, "assign", (value,)))
        return self

    def assign_add(self, value: Value) -> "Variable":
        """Add to the value, outside every tape. Raises what `assign` raises."""
        return self._update("assign_add", self.primal + as_primal(value), value)

    def assign_sub(self, value: Value) -> "Variable":
        """Subtract from the value, outside every tape. Raises what `assign` raises."""
        return self._update("assign_sub", self.primal - as_primal(value), value)

    def _update(self, name: str, primal: Primal, value: Value) -> "Variable":
        if np.shape(primal) != self.shape:
            raise ValueError(
                say(
                    "variable.value-shape-would-change",
                    "{method} of a value of shape {shape} would change the shape {other} of variable `{name}`",
                    method=name,
                    shape=np.shape(as_primal(value)),
                    other=self.shape,
                    name=self.name,
                )
            )
        self._replace(_in_kind_of(self, primal), cut(Reason.ASSIGNED, name, (value,)))
        return self

    def _replace(self, primal: Primal, place: Place) -> None:
        self.primal, self.tape, self.index = primal, place, None


def _in_kind_of(variable: Variable, primal: Primal) -> Primal:
    """The value in the variable's dtype; TypeError if that would lose a fraction or an imaginary part."""
    kind = np.asarray(variable.primal).dtype
    array = np.asarray(primal)
    if array.dtype == kind:
        return primal
    if not np.can_cast(array.dtype, kind, "same_kind"):
        raise TypeError(
            say(
                "variable.cannot-assign-numbers-variable",
                "cannot assign {dtype} numbers to variable `{name}` of dtype {kind}",
                dtype=array.dtype,
                name=variable.name,
                kind=kind,
            )
        )
    return as_primal(array.astype(kind))


class Listener(Tape):
    """A tape that tracks nothing, so records nothing; it hears which trainable variables are read."""

    __slots__ = ("heard",)

    def __init__(self) -> None:
        super().__init__(watches_variables=False)
        self.heard: list[Variable] = []

    def hear(self, variable: Variable) -> None:
        """Note that the variable was read."""
        if variable.trainable and not any(variable is other for other in self.heard):
            self.heard.append(variable)


def watch(tensor: Tensor, tape: Tape) -> None:
    """Make the tensor a source of derivatives on the tape, unless its present value is one already."""
    if not differentiable(tensor.primal):
        return
    index = tape.index_of(tensor)
    if index is not None and tape.primals[index] is tensor.primal:
        return
    place = tensor.tape
    index = tape.add_input(tensor, tensor.primal)
    if place.__class__ is Cut:
        tape.notes.cuts[index] = place
    place_on(tensor, tape, index)
