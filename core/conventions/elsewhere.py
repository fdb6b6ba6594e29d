"""What the whole gradient of a run is in other libraries, where it differs from ours at this point.

One more reverse sweep over the run's tape, in which every partial is the library's own. What a library takes at a kink,
a tie or a singular point stands in the table, and there alone; everything else is the arithmetic of floats, in which
0 times infinity is nan. Knows tapes, the table and how points are seen; reads no text.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.basics.types import Adjoint, Cotangent, Partial
from core.basics.words import listed, say, sentences
from core.conventions.table import Convention, Slopes, row_of
from core.conventions.touched import Exact, Point, Shares, Side, Slope, points_at
from core.notation import number
from core.pullbacks import spread, unbroadcast
from core.run import Run
from core.sweeps import in_dtype_of, partial_of, pull_back
from core.tape import NO_ATTRIBUTES, Tape

LIBRARIES = ("tensorflow", "pytorch", "jax")
LONGEST = 20_000  # entries of a run for which it is found out
ROOTS = {"sqrt": "sqrt(x)", "rsqrt": "rsqrt(x)"}
"""Ops that pass 0 on here where nothing depends on their result, although the partial is not finite."""


class UnknownAnswer(Exception):
    """A library has no such function, or the table does not tell what it answers here."""


class Place(NamedTuple):
    """An operand of an entry, and the points without a derivative that the entry is at."""

    tape: Tape
    source: int
    slot: int
    points: tuple[Point, ...]

    @property
    def op(self) -> str:
        """The name of the entry's op."""
        return self.tape.ops[self.source].name

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of all operands."""
        return self.tape.operand_values(self.source)

    @property
    def attributes(self) -> Any:
        """The attributes of the op."""
        return self.tape.attributes.get(self.source, NO_ATTRIBUTES)


def gradients_elsewhere(run: Run, index: int) -> dict[str, Adjoint]:
    """The output's gradient by an entry in each library that has another than we have; empty where all agree."""
    if run.target is None or run.failure or len(run.tape) > LONGEST:
        return {}
    points: dict[int, tuple[Point, ...]] = {}
    for source, point in points_at(run.tape):
        points[source] = (*points.get(source, ()), point)
    if not points and not any(_is_flat_root(run.tape, source) for source in range(len(run.tape))):
        return {}
    ours, found = run.all_adjoints()[index], {}
    for library in LIBRARIES:
        try:
            theirs = _adjoint(run, index, points, library)
        except UnknownAnswer:
            continue
        if ours is not None and theirs is not None and not np.allclose(ours, theirs, atol=0.0, equal_nan=True):
            found[library] = theirs
    return found


def _is_flat_root(tape: Tape, source: int) -> bool:
    """Whether an entry has a partial that is not finite, which is masked here where nothing depends on it."""
    name = tape.ops[source].name
    if name != "pow" and name not in ROOTS:
        return False
    base = np.asarray(tape.operand_values(source)[0])
    return bool(np.any(base == 0 if name == "pow" else base <= 0))


def _adjoint(run: Run, index: int, points: dict[int, tuple[Point, ...]], library: str) -> Adjoint:
    """The library's adjoint of an entry: the reverse sweep down to it."""
    assert run.target is not None
    tape = run.tape
    adjoints: list[Adjoint] = [None] * len(tape)
    adjoints[run.target] = run.seed
    with np.errstate(all="ignore"):
        for source in range(run.target, index, -1):
            cotangent = adjoints[source]
            if cotangent is None:
                continue
            for slot, operand in enumerate(tape.operands(source)):
                if operand.__class__ is not int:
                    continue
                place = Place(tape, source, slot, points.get(source, ()))
                given = _contribution(place, cotangent, points, library)
                if given is not None:
                    before = adjoints[operand]
                    adjoints[operand] = given if before is None else before + given
    return adjoints[index]


def _contribution(
    place: Place, cotangent: Cotangent, points: dict[int, tuple[Point, ...]], library: str
) -> Cotangent | None:
    """What an operand receives in the library."""
    ours = pull_back(place.tape, place.source, place.slot, cotangent, place.values)
    if ours is None:
        return None
    if place.op == "where":
        return _by_side(place, cotangent, points, library, ours)
    if place.op in ROOTS:
        zeros = row_of(ROOTS[place.op], zeros=True)
        return _times(place, cotangent, _root(place, library), masked=_column(zeros, library)[0][0] == 0)
    if place.op == "pow" and place.slot == 0:
        return _times(place, cotangent, _power(place, library))
    for point in place.points:
        column = _column(point.row, library)
        if isinstance(point.told, Shares):
            return _shared(place, cotangent, point.told, column, ours)
        if isinstance(point.told, Exact) and column != point.row.ours:
            raise UnknownAnswer
    partial = _taken(place, library)
    return ours if partial is None else _times(place, cotangent, partial)


def _column(row: Convention, library: str) -> Slopes:
    column = getattr(row, library)
    if isinstance(column, str):
        raise UnknownAnswer
    return column


def _times(place: Place, cotangent: Cotangent, partial: Partial, masked: bool = False) -> Cotangent:
    """The cotangent times the partial as floats multiply; with a mask, 0 where the cotangent is 0."""
    product = np.asarray(cotangent) * np.asarray(partial)
    if masked:
        product = np.where(np.asarray(cotangent) == 0, 0.0, product)
    operand = place.values[place.slot]
    return in_dtype_of(operand, unbroadcast(product, f.shape_of(operand)))


def _taken(place: Place, library: str) -> Partial | None:
    """The partial with what the library takes at the points, as far as their rows tell of this operand; else None."""
    partial = None
    for point in place.points:
        column = _column(point.row, library)
        if isinstance(point.told, Slope) and not point.made_of and place.slot < len(column):
            here = point.here(*place.values, **place.attributes)
            partial = _partial(place) if partial is None else partial
            partial = np.where(here, float(column[place.slot][point.told.element]), partial)
    return partial


def _partial(place: Place) -> Any:
    return np.asarray(partial_of(place.tape, place.source, place.slot))


def _root(place: Place, library: str) -> Partial:
    """The partial of a root; one that is the last op of a norm has none inside where the library gives the norm 0."""
    partial = _partial(place)
    for point in place.points:
        if point.made_of and _column(point.row, library)[0][0] == 0:
            partial = np.where(np.asarray(place.values[0]) == 0, 0.0, partial)
    return partial


def _power(place: Place, library: str) -> Partial:
    """y · x^(y - 1), where 0 · 0^-1 is nan unless the library takes care of it."""
    base, exponent = (np.asarray(value, float) for value in place.values)
    flat = (base == 0) & (exponent == 0)
    partial = exponent * base ** (exponent - 1)
    if not np.any(flat):
        return partial
    if place.tape.operands(place.source)[1].__class__ is int:
        taken = {_column(row_of("x**y"), library)[0][3]}
    else:  # whether the text writes 0 or 0.0 is not known here
        taken = {_column(row_of(text), library)[0][0] for text in ("x**0", "x**0.0")}
    if len({repr(one) for one in taken}) > 1:
        raise UnknownAnswer
    return np.where(flat, float(taken.pop()), partial)


def _shared(place: Place, cotangent: Cotangent, told: Shares, column: Slopes, ours: Cotangent) -> Cotangent:
    """What the elements of a tie receive: equal shares, or all of it the first."""
    if len({np.asarray(column[0])[tie] for tie in told.ties}) == 1:
        return ours
    primal = place.tape.primals[place.source]
    return _to_the_first(np.asarray(place.values[0]), primal, cotangent, **place.attributes)


def _to_the_first(x: Any, primal: Any, cotangent: Cotangent, axis: Any = None, keepdims: bool = False) -> Cotangent:
    """The cotangent of a maximum or minimum to the first element along the axis that reaches it."""
    if not isinstance(axis, int):
        raise UnknownAnswer
    reached = x == spread(primal, x, axis, keepdims)
    first = reached & (np.cumsum(reached, axis=axis) == 1)
    return np.where(first, spread(cotangent, x, axis, keepdims), 0.0)


def _by_side(
    place: Place, cotangent: Cotangent, points: dict[int, tuple[Point, ...]], library: str, ours: Cotangent
) -> Cotangent:
    """What a `where` inside of one call passes on, if it chooses between the sides of a kink; else what it chooses."""
    ends = (*place.points, *points.get(place.source + 1, ()))
    point = next((one for one in ends if "where" in one.made_of), None)
    if point is None or not isinstance(point.told, Side | Slope):
        return ours
    element = point.told.element
    if _column(point.row, library)[0][element] == point.row.ours[0][element]:
        return ours
    condition, *branches = place.values
    turned = np.asarray(condition, bool) ^ (np.asarray(branches[0]) == 0)
    product = np.where(turned if place.slot == 1 else ~turned, cotangent, 0.0)
    return unbroadcast(product, f.shape_of(branches[place.slot - 1]))


# -- in words ------------------------------------------------------------------------------------------------------

NAMES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch", "jax": "JAX"}


class Elsewhere(NamedTuple):
    """What the gradient is in the libraries that have another than we have, as text, and a sentence about it."""

    answers: dict[str, str]
    sentence: str


def told_elsewhere(run: Run, index: int) -> Elsewhere:
    """The gradients of other libraries by an entry, told; nothing where all agree with ours."""
    found = gradients_elsewhere(run, index)
    if not found:
        return Elsewhere({}, "")
    answers = {library: _in_short(gradient) for library, gradient in found.items()}
    ours, label = run.all_adjoints()[index], run.tape.label(index)
    sentence = say(
        "conventions.gradient-elsewhere",
        "Here ∂{target}/∂{name} is {ours}, but {others}.",
        target=run.target_label,
        name=label,
        ours=_in_short(ours),
        others=listed(_by_answer(answers)),
    )
    masked = np.all(np.isfinite(ours)) and not all(np.all(np.isfinite(one)) for one in found.values())
    return Elsewhere(answers, sentences(sentence, ZERO_TIMES if masked else ""))


ZERO_TIMES = say("conventions.zero-times-infinity", "There 0 is multiplied by a partial that is not finite.")


def _in_short(gradient: Adjoint) -> str:
    """A number where all elements are the same, else all of them."""
    different = {repr(float(one)) for one in np.ravel(gradient)}
    return number(float(np.ravel(gradient)[0])) if len(different) == 1 else number(gradient)


def _by_answer(answers: dict[str, str]) -> list[str]:
    """Libraries with the same answer together."""
    return [
        say(
            "conventions.answer-in-libraries",
            "{answer} in {libraries}",
            answer=answer,
            libraries=listed(NAMES[library] for library, one in answers.items() if one == answer),
        )
        for answer in dict.fromkeys(answers.values())
    ]
