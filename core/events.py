"""What a sweep does, step by step, as data: the same events give the gradient, the animation and the sentences."""

from typing import NamedTuple

from core.basics.types import Adjoint, Cotangent, Partial, Tangent


class PrimalComputed(NamedTuple):
    """The forward sweep gave entry `index` its value."""

    index: int  # type: ignore[assignment] # hides the method of tuples


class AdjointSeeded(NamedTuple):
    """The reverse sweep starts at entry `index` with this adjoint (1 for the derivative of the target itself)."""

    index: int  # type: ignore[assignment] # hides the method of tuples
    value: Adjoint


class AdjointAccumulated(NamedTuple):
    """Entry `index` received a contribution from entry `source`, of which it is operand number `slot`.

    contribution = adjoint of source times partial (for elementwise ops; `partial` is None for others);
    after = before + contribution, where `before` is None for the first contribution. `change` says what is wrong with
    the rule, where it is broken on purpose.
    """

    index: int  # type: ignore[assignment] # hides the method of tuples
    source: int
    slot: int
    partial: Partial
    contribution: Cotangent
    before: Adjoint
    after: Adjoint
    change: str = ""


class AdjointCompleted(NamedTuple):
    """All contributions to entry `index` are in: its adjoint is the derivative of the target with respect to it."""

    index: int  # type: ignore[assignment] # hides the method of tuples
    value: Adjoint


class TangentSeeded(NamedTuple):
    """The tangent sweep starts with this tangent at an input."""

    index: int  # type: ignore[assignment] # hides the method of tuples
    value: Tangent


class TangentComputed(NamedTuple):
    """Entry `index` has its tangent: the sum of `terms`, one (slot, partial, term) for each operand that moves."""

    index: int  # type: ignore[assignment] # hides the method of tuples
    value: Tangent
    terms: tuple[tuple[int, Partial, Tangent], ...]


class Failed(NamedTuple):
    """The program stopped here; `index` is the entry at fault, None where all that was recorded is right."""

    index: int | None  # type: ignore[assignment] # hides the method of tuples
    message: str


Event = (
    PrimalComputed | AdjointSeeded | AdjointAccumulated | AdjointCompleted | TangentSeeded | TangentComputed | Failed
)
