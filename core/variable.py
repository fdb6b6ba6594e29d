"""Variables: named values that can be assigned to, and that a recording tape watches by itself when they are read.

Knows tensors and the tape; knows nothing of sweeps.
"""

from typing import Any

from core.tape import Tape, recorders
from core.tensor import NOWHERE, Tensor, as_primal, differentiable, place_on


class Variable(Tensor):
    """A value that programs optimise. Trainable variables are watched on first use inside a recording tape."""

    __slots__ = ("name", "_trainable", "constraint")

    def __init__(self, value: Any, trainable: bool = True, name: str = "Variable", dtype: Any = None) -> None:
        super().__init__(value, dtype)
        self.name = name
        self._trainable = trainable

    @property
    def trainable(self) -> bool:
        """Whether tapes watch the variable by themselves."""
        return self._trainable

    def read(self) -> Tensor:
        """The variable itself, now watched by every recording tape that watches variables."""
        for tape in recorders():
            if self._trainable and tape.watches_variables or id(self) in tape.sources:
                watch(self, tape)
        return self

    def value(self) -> Tensor:
        """A tensor with the present value; derivatives flow back to the variable."""
        from core.functions import call

        return call("identity", self)

    def assign(self, value: Any) -> "Variable":
        """Replace the value; what was recorded before keeps the value it had. The shape cannot change."""
        primal = as_primal(value)
        if getattr(primal, "shape", ()) != self.shape:
            raise ValueError(f"cannot assign a value of shape {getattr(primal, 'shape', ())} to a variable of shape {self.shape}")
        self.primal, self.tape, self.index = primal, NOWHERE, None
        return self

    def assign_add(self, value: Any) -> "Variable":
        """Add to the value, outside every tape."""
        return self.assign(self.primal + as_primal(value))

    def assign_sub(self, value: Any) -> "Variable":
        """Subtract from the value, outside every tape."""
        return self.assign(self.primal - as_primal(value))


def watch(tensor: Tensor, tape: Tape) -> None:
    """Make the tensor a source of derivatives on the tape, unless its present value is one already."""
    fresh = tape.index_of(tensor) is None or tensor.tape is NOWHERE
    if fresh and differentiable(tensor.primal):
        place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
