"""Points without a slope that a run touches, and what is answered there: here, by TensorFlow, PyTorch and JAX.

The table holds what the libraries' own rules say. Knows runs and op names; reads no text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from core.basics.span import Span
from core.notation import number, operation

if TYPE_CHECKING:
    from core.run import Run


class Kink(NamedTuple):
    """A row: where the op has no slope, and the slope each library takes there."""

    at: str
    touches: Callable[..., Any]
    ours: str
    tensorflow: str
    pytorch: str
    jax: str
    why: str


@dataclass(frozen=True)
class Convention:
    """A kink that the run touches at an entry."""

    index: int
    span: Span | None
    sentence: str
    ours: str
    tensorflow: str
    pytorch: str
    jax: str

    @property
    def agree(self) -> bool:
        """Whether all libraries answer the same."""
        return self.ours == self.tensorflow == self.pytorch == self.jax


def _equal(x: Any, y: Any) -> Any:
    return np.asarray(x) == y


def _tied(choose: Callable[..., Any]) -> Callable[..., bool]:
    """Whether several elements reach the extreme."""

    def touches(x: Any, axis: Any = None, keepdims: bool = False) -> bool:
        extreme = choose(x, axis=axis, keepdims=True)
        return bool(np.any(np.sum(np.asarray(x) == extreme, axis=axis) > 1))

    return touches


def _at_zero(x: Any, **_: Any) -> Any:
    return np.asarray(x) == 0


ANYWHERE = "each side has another slope, and any number between them is as good"
SHARE = "both operands are equally good, so the slope may go to either or be shared"
AMONG = "several elements are equally good, so the slope may go to any of them or be shared"
STEEP = "the slope grows without limit towards 0"

KINKS: dict[str, Kink] = {
    "relu": Kink("0", _at_zero, "0", "0", "0", "0", ANYWHERE),
    "relu6": Kink("0 or 6", lambda x: (np.asarray(x) == 0) | (np.asarray(x) == 6), "0", "0", "0", "0.5", ANYWHERE),
    "abs": Kink("0", _at_zero, "0", "0", "0", "1", ANYWHERE),
    "sign": Kink("0", _at_zero, "0", "0", "0", "0", "there is a jump, and no slope at it"),
    "maximum": Kink("a tie", _equal, "1 and 0", "1 and 0", "0.5 and 0.5", "0.5 and 0.5", SHARE),
    "minimum": Kink("a tie", _equal, "1 and 0", "1 and 0", "0.5 and 0.5", "0.5 and 0.5", SHARE),
    "clip": Kink(
        "a bound",
        lambda x, low, high: (np.asarray(x) == low) | (np.asarray(x) == high),
        "1",
        "1",
        "1",
        "0.5",
        ANYWHERE,
    ),
    "max": Kink("a tie", _tied(np.max), "equal shares", "equal shares", "equal shares", "equal shares", AMONG),
    "min": Kink("a tie", _tied(np.min), "equal shares", "equal shares", "equal shares", "equal shares", AMONG),
    "sqrt": Kink("0", _at_zero, "∞", "∞", "∞", "∞", STEEP),
    "cbrt": Kink("0", _at_zero, "∞", "∞", "∞", "∞", STEEP),
    "cumprod": Kink("a zero", _at_zero, "exact", "nan", "exact", "exact", "TensorFlow divides by each element"),
}


def conventions_at(run: Run) -> tuple[Convention, ...]:
    """The kinks that the run touches, in the order of the tape."""
    found = []
    for index, op in enumerate(run.tape.ops):
        kink = KINKS.get(op.name)
        if kink is not None and _touched(run, index, kink):
            found.append(_convention(run, index, kink))
    return tuple(found)


def _touched(run: Run, index: int, kink: Kink) -> bool:
    attributes = run.tape.attributes.get(index, {})
    return bool(np.any(kink.touches(*run.tape.operand_values(index), **attributes)))


def _convention(run: Run, index: int, kink: Kink) -> Convention:
    tape = run.tape
    operands = " and ".join(number(value) for value in tape.operand_values(index))
    verb = "operands are" if " and " in operands else "operand is"
    sentence = (
        f"{tape.label(index)} = {operation(tape, index)} has no slope at {kink.at}, and its {verb} {operands}: "
        f"{kink.why}. {_answers(kink)}"
    )
    return Convention(index, tape[index].span, sentence, kink.ours, kink.tensorflow, kink.pytorch, kink.jax)


def _answers(kink: Kink) -> str:
    if kink.ours == kink.tensorflow == kink.pytorch == kink.jax:
        return f"TensorFlow, PyTorch and JAX all take {kink.ours}, and so does this program."
    here = "Here and in TensorFlow it is" if kink.ours == kink.tensorflow else f"Here it is {kink.ours}, in TensorFlow"
    return f"{here} {kink.tensorflow}, in PyTorch {kink.pytorch}, in JAX {kink.jax}."
