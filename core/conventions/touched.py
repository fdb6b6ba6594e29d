"""Points without a derivative that a run touches, with what the libraries answer there: the rows of the table.

What is answered stands in the table alone; here is how a run is seen to be at such a point. Knows runs and op names;
reads no text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.conventions.table import Convention, Slopes, row_of, shown
from core.notation import number, operation
from core.ops.chosen import VARIANTS
from core.run import Run
from core.tape import NO_ATTRIBUTES, Provenance, Tape

Here = Callable[..., Any]
"""Of an op's operands and attributes, whether (or where) they are at such a point."""

ANYWHERE = say(
    "conventions.each-side-another-slope", "each side has another slope, and any number between them is as good"
)
SHARE = say(
    "conventions.both-operands-equally-good",
    "both operands are equally good, so the slope may go to either or be shared",
)
AMONG = say(
    "conventions.several-elements-equally-good",
    "several elements are equally good, so the slope may go to any of them or be shared",
)
JUMP = say("conventions.jump-no-slope", "there is a jump, and no slope at it")
STEEP = say("conventions.slope-grows-without-limit", "the slope grows without limit towards 0")
CONE = say("conventions.slope-depends-direction-0", "the slope depends on the direction from which 0 is reached")
DIVIDED = say(
    "conventions.slope-found-dividing-operand",
    "a slope that is found by dividing by the operand is lost where that is 0",
)


@dataclass(frozen=True)
class Touched:
    """Such a point that a run is at: the entry, a sentence about it, and what each library answers there."""

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


# -- how a run is seen to be there -----------------------------------------------------------------------------------


def at(bound: float) -> Here:
    """Whether the first operand has this value."""
    return lambda x, *_, **__: np.asarray(x) == bound


def equal(x: Any, y: Any) -> Any:
    """Whether both operands are the same."""
    return np.asarray(x) == y


def both_zero(x: Any, y: Any) -> Any:
    """Whether both operands are 0."""
    return (np.asarray(x) == 0) & (np.asarray(y) == 0)


def root_of_zero(x: Any, y: Any) -> Any:
    """Whether a power is a root of 0."""
    return (np.asarray(x) == 0) & (np.asarray(y) > 0) & (np.asarray(y) < 1)


def chosen_zero(_: Any, x: Any, __: Any) -> Any:
    """Whether what is chosen from is 0."""
    return np.asarray(x) == 0


def low(x: Any, least: Any, _: Any) -> Any:
    """Whether the lower bound is met."""
    return np.asarray(x) == least


def high(x: Any, _: Any, most: Any) -> Any:
    """Whether the upper bound is met."""
    return np.asarray(x) == most


def tied(choose: Callable[..., Any], along_an_axis: bool) -> Here:
    """Whether several elements reach the extreme, which is taken of all of them or along an axis."""

    def here(x: Any, axis: Any = None, keepdims: bool = False) -> bool:
        if (axis is not None) is not along_an_axis:
            return False
        extreme = choose(x, axis=axis, keepdims=True)
        return bool(np.any(np.sum(np.asarray(x) == extreme, axis=axis) > 1))

    return here


# -- how an answer is told -------------------------------------------------------------------------------------------


class Slope(NamedTuple):
    """The partial by each variable at an element of the row's point."""

    element: int

    def __call__(self, column: Slopes) -> str:
        """In numbers."""
        return " and ".join(number(float(one[self.element])) for one in column)


class Side(NamedTuple):
    """Which side's partial is taken at an element of the row's point; that of the left side is the one given."""

    element: int
    left: float

    def __call__(self, column: Slopes) -> str:
        """In words."""
        if column[0][self.element] == self.left:
            return say("conventions.left-side", "that of the left side")
        return say("conventions.right-side", "that of the right side")


class Shares(NamedTuple):
    """How the elements that tie share: in the row they are at these places."""

    ties: tuple[tuple[int, ...], ...]

    def __call__(self, column: Slopes) -> str:
        """In words where all get the same, else in numbers."""
        parts = [np.asarray(column[0])[place] for place in self.ties]
        if len(set(parts)) == 1:
            return say("conventions.equal-shares", "equal shares")
        return " and ".join(number(float(part)) for part in parts)


class Exact(NamedTuple):
    """Whether a partial is the exact one; what it is otherwise at an element."""

    right: Slopes
    element: int

    def __call__(self, column: Slopes) -> str:
        """In words, or as a number."""
        return "exact" if column == self.right else shown(column[0][self.element])


Told = Slope | Side | Shares | Exact


class Point(NamedTuple):
    """A kind of point: where it is, how it is seen, why there is no slope, and the row with what is answered.

    `told` says in words what a column of the row answers at this very point. `made_of` names the ops that one call
    records, in order, where the function has no op of its own; what is seen are the operands of the last of them. With
    `by_first` there is a slope unless it is by the first operand: that must not be a constant.
    """

    at: str
    here: Here
    why: str
    row: Convention
    told: Told
    made_of: tuple[str, ...] = ()
    by_first: bool = False


# -- the points ------------------------------------------------------------------------------------------------------


def _point(
    where: str, here: Here, why: str, expression: str, told: int | Told = 0, made_of: tuple[str, ...] = ()
) -> Point:
    """A point told by a row; a number is the element of the row's point that is meant."""
    return Point(where, here, why, row_of(expression), Slope(told) if isinstance(told, int) else told, made_of)


POINTS: dict[str, tuple[Point, ...]] = {
    "relu": (_point("0", at(0), ANYWHERE, "relu(x)", 1),),
    "relu6": (_point("0", at(0), ANYWHERE, "relu6(x)", 0), _point("6", at(6), ANYWHERE, "relu6(x)", 2)),
    "abs": (_point("0", at(0), ANYWHERE, "abs(x)", 1),),
    "sign": (_point("0", at(0), JUMP, "sign(x)", 1),),
    "maximum": (_point("a tie", equal, SHARE, "maximum(x, y)"),),
    "minimum": (_point("a tie", equal, SHARE, "minimum(x, y)"),),
    "clip": (
        _point("a bound", low, ANYWHERE, "clip(x, 0.0, 1.0)", 1),
        _point("a bound", high, ANYWHERE, "clip(x, 0.0, 1.0)", 3),
    ),
    "max": (
        _point("a tie", tied(np.max, False), AMONG, "max(x)", Shares(((1,), (2,)))),
        _point("a tie", tied(np.max, True), AMONG, "max(x, axis=1)", Shares(((0, 1), (0, 2)))),
    ),
    "min": (
        _point("a tie", tied(np.min, False), AMONG, "min(x)", Shares(((0,), (1,)))),
        _point("a tie", tied(np.min, True), AMONG, "min(x, axis=1)", Shares(((0, 0), (0, 1)))),
    ),
    "where": (_point("0", chosen_zero, ANYWHERE, "leaky_relu(x, 0.2)", Side(1, 0.2), ("mul", "where")),),
    "mul": (_point("0", at(0), ANYWHERE, "selu(x)", 0, ("elu", "mul", "where", "mul")),),
    "sqrt": (
        _point("0", at(0), CONE, "norm(x)", 0, ("square", "sum", "sqrt")),
        _point(
            say("conventions.equal-elements", "equal elements"),
            at(0),
            CONE,
            "std(x)",
            0,
            ("mean", "sub", "square", "sum", "div", "sqrt"),
        ),
        _point("0", at(0), STEEP, "sqrt(x)"),
    ),
    "cbrt": (_point("0", at(0), STEEP, "cbrt(x)"),),
    "pow": (_point("0", root_of_zero, STEEP, "x**0.5")._replace(by_first=True),),
    "hypot": (_point("0 and 0", both_zero, CONE, "hypot(x, y)"),),
    "arctan2": (_point("0 and 0", both_zero, CONE, "arctan2(x, y)"),),
    "cumprod": (_point("a zero", at(0), DIVIDED, "cumprod(x)", Exact(row_of("cumprod(x)").ours, 1)),),
}


def conventions_at(run: Run) -> tuple[Touched, ...]:
    """The points without a derivative that the run touches, in the order of the tape."""
    return tuple(_touched(run.tape, index, point) for index, point in points_at(run.tape))


def points_at(tape: Tape) -> Iterator[tuple[int, Point]]:
    """The entries at such a point; what one call made of several ops is told as a whole, not by its parts."""
    for index, op in enumerate(tape.ops):
        points = POINTS.get(op.name, ())
        whole = [point for point in points if point.made_of and _made_of(tape, index, point.made_of)]
        for point in whole or [point for point in points if not point.made_of]:
            if point.by_first and tape.operands(index)[0].__class__ is not int:
                continue
            if np.any(point.here(*tape.operand_values(index), **tape.attributes.get(index, NO_ATTRIBUTES))):
                yield index, point


def _made_of(tape: Tape, last: int, names: tuple[str, ...]) -> bool:
    """Whether these ops, up to the given entry, are all that one call recorded."""
    first = last - len(names) + 1
    if first < 0 or any(tape.ops[first + place].name != name for place, name in enumerate(names)):
        return False
    call = _call(tape, last)
    inside = all(_call(tape, index) == call for index in range(first, last))
    return call is not None and inside and call not in (_call(tape, first - 1), _call(tape, last + 1))


def _call(tape: Tape, index: int) -> Provenance | None:
    return tape.provenances[index] if 0 <= index < len(tape.provenances) else None


def _touched(tape: Tape, index: int, point: Point) -> Touched:
    row = point.row
    own = row.jax if _chooses_as_jax(tape, index) else row.ours
    ours, *others = (_told(point, column) for column in (own, row.tensorflow, row.pytorch, row.jax))
    sentence = f"{_place(tape, index, point)}: {point.why}. {_answers(ours, *others)}"
    return Touched(index, tape[index].span, sentence, ours, *others)


def _chooses_as_jax(tape: Tape, index: int) -> bool:
    """Whether the entry takes JAX's slope: by its op, or by what the condition of a choice says at 0 itself."""
    op = tape.ops[index]
    if op.name == "mul":  # of selu, after the choice
        return _holds_at_zero(tape, tape.operands(index)[0]) is False
    return op in VARIANTS or op.name == "where" and _holds_at_zero(tape, index) is True


def _holds_at_zero(tape: Tape, index: Any) -> bool | None:
    """Whether the condition of a choice holds where what is chosen from is 0; None where nothing is."""
    if index.__class__ is not int or tape.ops[index].name != "where":
        return None
    condition, first, _ = (np.asarray(value) for value in tape.operand_values(index))
    there = np.broadcast_to(condition, np.shape(tape.primals[index]))[
        np.broadcast_to(first, np.shape(tape.primals[index])) == 0
    ]
    return bool(np.all(there)) if np.size(there) else None


def _place(tape: Tape, index: int, point: Point) -> str:
    label = tape.label(index)
    if point.made_of:
        return say(
            "conventions.no-slope-where-point",
            "{name} has no slope at {place}, and that is where this point is",
            name=label,
            place=point.at,
        )
    operands = " and ".join(number(value) for value in tape.operand_values(index))
    fields = {"name": label, "formula": operation(tape, index), "place": point.at}
    if " and " in operands:
        return say(
            "conventions.operands-there",
            "{name} = {formula} has no slope at {place}, and its operands are {operands}",
            operands=operands,
            **fields,
        )
    return say(
        "conventions.operand-there",
        "{name} = {formula} has no slope at {place}, and its operand is {operands}",
        operands=operands,
        **fields,
    )


def _told(point: Point, column: Slopes) -> str:
    """What a library answers in words; not available where it has no such function."""
    return say("conventions.not-available", "not available") if isinstance(column, str) else point.told(column)


def _answers(ours: str, tensorflow: str, pytorch: str, jax: str) -> str:
    if ours == tensorflow == pytorch == jax:
        return say(
            "conventions.tensorflow-pytorch-jax-all",
            "TensorFlow, PyTorch and JAX all take {ours}, and so does this program.",
            ours=ours,
        )
    if ours == tensorflow:
        return say(
            "conventions.as-tensorflow",
            "Here and in TensorFlow it is {tensorflow}, in PyTorch {pytorch}, in JAX {jax}.",
            tensorflow=tensorflow,
            pytorch=pytorch,
            jax=jax,
        )
    return say(
        "conventions.all-differ",
        "Here it is {ours}, in TensorFlow {tensorflow}, in PyTorch {pytorch}, in JAX {jax}.",
        ours=ours,
        tensorflow=tensorflow,
        pytorch=pytorch,
        jax=jax,
    )
