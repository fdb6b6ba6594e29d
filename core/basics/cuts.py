"""Why a value is on no tape: what cut it off, kept beside the value so that a missing gradient can be explained.

A `Cut` is in a tensor's `tape` slot where no tape is. It refers to tapes and variables weakly, so that an
explanation never keeps anything alive. Knows nothing of tensors.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

LIMIT = 8  # causes that one value remembers


class Reason(StrEnum):
    """Why a gradient is missing."""

    CONNECTED = "connected"
    NOT_WATCHED = "not watched"
    STOPPED = "recorded while stopped"
    CONSTANT = "constant"
    INTEGER = "integer"
    DETACHED = "detached through NumPy"
    STOP_GRADIENT = "stop_gradient"
    NO_DERIVATIVE = "no derivative"
    ASSIGNED = "assigned"
    REPLACED = "replaced"
    NO_PATH = "no path"
    USED_UP = "used up"


class Cause(NamedTuple):
    """One cut: the op that did not record, and the entry (or the variable) from which its operand came."""

    reason: Reason
    op: str
    tape: Any = None  # weak
    index: int | None = None  # type: ignore[assignment]
    variable: Any = None  # weak


class Cut:
    """The place of a tensor that no tape recorded although its value came from something differentiable."""

    __slots__ = ("causes",)

    def __init__(self, causes: Iterable[Cause]) -> None:
        different = {(one.reason, one.op, id(one.tape), one.index, id(one.variable)): one for one in causes}
        self.causes = tuple(different.values())[:LIMIT]

    def __repr__(self) -> str:
        return f"cut off: {', '.join(cause.reason for cause in self.causes)}"

    @classmethod
    def joined(cls, cuts: list["Cut"]) -> "Cut":
        """One cut for a value with several; the same object where there is only one."""
        return cuts[0] if len(cuts) == 1 else cls(cause for one in cuts for cause in one.causes)
