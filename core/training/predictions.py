"""What a program predicts for its data, and between them: the values that it holds against the targets.

Found on the tape: a prediction depends on a row of the data and not on a target, and is used together with one. Between
the rows it is computed again, entry by entry, for a whole grid at once. Knows runs; knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from core.basics.types import Point
from core.dependence import ancestors, descendants
from core.replay.lanes import COMPARISONS
from core.run import Run, record
from core.tape import NO_ATTRIBUTES, Tape
from core.tape_notes import Guard

SQUASHING = frozenset(("sigmoid", "log_sigmoid", "softplus", "log1p", "logaddexp", "exp", "expm1", "tanh"))
"""What makes shares, or their logarithms, of scores that may be any number."""
AROUND = 0.25  # of the data's width that is shown on each side


@dataclass(frozen=True, eq=False)
class Predictions:
    """The `values` predicted for the `rows` of the data `name`, and the `targets` they are held against, if any.

    `entries` are where the values lie on the tape of `run`: one array, or a number for each row. Several columns of
    values are scores, of which the largest names the class. `over` are the inputs that are trained.
    """

    run: Run
    over: tuple[str, ...]
    name: str
    entries: tuple[int, ...]
    rows: np.ndarray
    values: np.ndarray
    targets: np.ndarray | None

    def at(self, point: Point) -> Predictions:
        """The predictions for the same rows at another point; recorded again where rows are not treated alike."""
        values = _scores(self, self.rows, point) if self.treats_rows_alike else None
        if values is None:
            return predictions(self.run.program, point, self.over) or self
        return replace(self, values=values)

    @cached_property
    def treats_rows_alike(self) -> bool:
        """Whether what is done to one row is done to all."""
        values = _scores(self, self.rows, {})
        return values is not None and bool(np.allclose(values, self.values, rtol=1e-9, atol=1e-12))

    @property
    def level(self) -> float:
        """Where one side ends and the other begins: halfway between the targets, or 0 for logits."""
        shares = bool(np.all((self.values >= 0) & (self.values <= 1)))
        if self.targets is None:
            return 0.5 if shares else 0.0
        if not shares and self._squashed and set(np.unique(self.targets)) <= {0.0, 1.0}:
            return 0.0
        return float(self.targets.min() + self.targets.max()) / 2

    @cached_property
    def _squashed(self) -> bool:
        """Whether the loss makes shares of the values first."""
        after = descendants(self.run.tape, self.entries)
        return any(self.run.tape.ops[index].name in SQUASHING for index in after)

    @property
    def accuracy(self) -> float | None:
        """Which share of the rows is on the side of its target; None where the targets are not two or more classes."""
        if self.targets is None or len(np.unique(self.targets)) > max(2, self.values.shape[1]):
            return None
        if self.values.shape[1] > 1:
            return float(np.mean(np.argmax(self.values, axis=1) == self.targets))
        return float(np.mean((self.values[:, 0] > self.level) == (self.targets > self.level)))


@dataclass(frozen=True, eq=False)
class Boundary:
    """What is predicted over a grid of rows with two columns: `values[j, i]` at (xs[i], ys[j])."""

    predictions: Predictions
    xs: np.ndarray
    ys: np.ndarray
    values: np.ndarray


def predictions(program: Any, point: Point, over: Collection[str]) -> Predictions | None:
    """The predictions at a point; None where the program does not hold anything against data."""
    point = {one.name: point.get(one.name, one.default) for one in program.inputs}
    data = {name: np.asarray(value) for name, value in point.items() if name not in over and np.ndim(value)}
    name = next((name for name, value in data.items() if value.ndim == 2 and value.shape[1] == 2), None)
    name = name or next((name for name, value in data.items() if value.ndim), None)
    if name is None:
        return None
    run = record(program, point, [one.name for one in program.inputs if not one.counts])
    if run.failure or run.target is None or name not in run.inputs:
        return None
    count = len(data[name])
    targets = [other for other, value in data.items() if other != name and len(value) == count and other in run.inputs]
    entries = _held_against(run, name, targets, over, count)
    if not entries:
        return None
    values = np.concatenate([np.ravel(run.tape.primals[index]) for index in entries]).reshape(count, -1)
    against = _classes(data[targets[0]], count, values.shape[1]) if targets else None
    return Predictions(run, tuple(over), name, entries, data[name], values, against)


def _classes(targets: np.ndarray, count: int, columns: int) -> np.ndarray | None:
    """One number for each row; of a table with a column for each class, the class."""
    if targets.size == count:
        return targets.ravel()
    return np.argmax(targets, axis=1) if targets.shape == (count, columns) else None


def boundary(found: Predictions, point: Point | None = None, size: int = 100) -> Boundary | None:
    """What is predicted between the rows at a point, or at the one of the predictions.

    None where the rows have not two columns, or are not treated alike, or the program branches on the way.
    """
    if found.rows.ndim != 2 or found.rows.shape[1] != 2 or not found.treats_rows_alike:
        return None
    low, high = found.rows.min(axis=0), found.rows.max(axis=0)
    room = AROUND * (high - low) + 1e-9
    xs, ys = (np.linspace(low[k] - room[k], high[k] + room[k], size) for k in (0, 1))
    grid = np.stack([part.ravel() for part in np.meshgrid(xs, ys)], axis=1)
    scores = _scores(found, grid, point or {})
    if scores is None:
        return None
    values = scores[:, 0] if scores.shape[1] == 1 else np.argmax(scores, axis=1).astype(float)
    return Boundary(found, xs, ys, values.reshape(size, size))


def _held_against(
    run: Run, name: str, targets: list[str], over: Collection[str], count: int
) -> tuple[int, ...]:
    """The entries that depend on data and parameters, and are used together with a target: an input or a constant."""
    tape = run.tape
    of_targets = set(descendants(tape, [run.inputs[one] for one in targets]))
    of_rows = set(descendants(tape, [run.inputs[name]]))
    of_parameters = set(descendants(tape, [run.inputs[one] for one in over if one in run.inputs]))
    free = (of_rows & of_parameters) - of_targets
    found: set[int] = set()
    for index in range(len(tape)):
        operands = tape.operands(index)
        picked = any(pick.entry in of_targets for pick in tape.notes.keys.get(index, ()))
        if picked or any(_is_target(item, of_targets, count) for item in operands):
            found.update(item for item in operands if item.__class__ is int and item in free)
    return _for_each_row(tape, sorted(found), free, count)


def _for_each_row(tape: Tape, entries: list[int], free: set[int], count: int) -> tuple[int, ...]:
    """Of entries that belong to rows, one array for all or numbers for each: what they have in common, if anything."""
    shapes = {np.shape(tape.primals[index]) for index in entries}
    if shapes == {()} and len(entries) % count == 0:
        each = len(entries) // count
        parts = [_common(tape, entries[k : k + each], free, ()) for k in range(0, len(entries), each)]
        return tuple(index for part in parts for index in part)
    if entries and all(shape[:1] == (count,) for shape in shapes):
        common = _common(tape, entries, free, (count,))
        return tuple(common) if len(common) == 1 else ()
    return ()


def _common(tape: Tape, entries: list[int], free: set[int], shape: tuple[int, ...]) -> list[int]:
    """The last entry from which all these are computed, of a shape that begins so; themselves where there is none."""
    if len(entries) == 1:
        return entries
    shared = set.intersection(*(_behind(tape, index, free) for index in entries))
    fits = [index for index in shared if np.shape(tape.primals[index])[: max(len(shape), 1)] == shape]
    return [max(fits)] if fits else entries


def _behind(tape: Tape, entry: int, free: set[int]) -> set[int]:
    """An entry and what it is computed from, of those that are free."""
    reached, waiting = {entry}, [entry]
    while waiting:
        for item in tape.operands(waiting.pop()):
            if item.__class__ is int and item in free and item not in reached:
                reached.add(item)
                waiting.append(item)
    return reached


def _is_target(item: Any, of_targets: set[int], count: int) -> bool:
    if item.__class__ is int:
        return item in of_targets
    return bool(np.ndim(item)) and len(item) == count


def _scores(found: Predictions, rows: np.ndarray, point: Point) -> np.ndarray | None:
    """What is predicted for other rows at another point: a column of scores, or several."""
    run, count = found.run, len(found.rows)
    given: dict[int, Any] = {run.inputs[name]: value for name, value in point.items() if name in run.inputs}
    entries = found.entries
    if len(entries) == 1:
        given[run.inputs[found.name]] = rows
    else:
        entries = entries[: len(entries) // count]
        given |= _reads(run.tape, run.inputs[found.name], ancestors(run.tape, entries), rows)
    values = values_again(run.tape, entries, given)
    if values is None or any(np.size(one) % len(rows) and np.size(one) > 1 for one in values):
        return None
    columns = [np.full(len(rows), one) if np.size(one) == 1 else np.asarray(one) for one in values]
    return np.hstack([one.reshape(len(rows), -1) for one in columns])


def _reads(tape: Tape, source: int, entries: Collection[int], grid: np.ndarray) -> dict[int, Any]:
    """The entries that read a number of the first row, with a column of the grid in its place."""
    places = {source: np.arange(np.size(tape.primals[source])).reshape(np.shape(tape.primals[source]))}
    columns = grid.shape[1] if grid.ndim > 1 else 1
    table = grid.reshape(len(grid), columns)
    found = {}
    for index in entries:
        first = tape.operands(index)[:1]
        if first and first[0] in places and tape.ops[index].name == "getitem":
            places[index] = tape.ops[index].forward(places[first[0]], **tape.attributes[index])
            if np.ndim(places[index]) == 0 and places[index] < columns:
                found[index] = table[:, int(places[index])]
    return found


def values_again(tape: Tape, targets: Collection[int], given: Mapping[int, Any]) -> list[Any] | None:
    """The targets' values with other values for some entries; None where a shape does not fit or a branch differs."""
    values: dict[int, Any] = dict(given)
    try:
        with np.errstate(all="ignore"):
            for index in ancestors(tape, targets, until=given):
                operands = tape.operands(index)
                if index in values or not any(item.__class__ is int and item in values for item in operands):
                    continue
                primals = [
                    values.get(item, tape.primals[item]) if item.__class__ is int else getattr(item, "primal", item)
                    for item in operands
                ]
                values[index] = tape.ops[index].forward(*primals, **tape.attributes.get(index, NO_ATTRIBUTES))
            if not all(_holds(tape, guard, values) for guard in tape.notes.guards if guard.before <= max(targets)):
                return None
    except (ValueError, IndexError, TypeError):
        return None
    return [values.get(target, tape.primals[target]) for target in targets]


def _holds(tape: Tape, guard: Guard, values: Mapping[int, Any]) -> bool:
    """Whether a branch that was asked of these values is taken as it was, everywhere."""
    sides = guard.left, guard.right
    if not any(side.__class__ is int and side in values for side in sides):
        return True
    left, right = (
        values.get(side, tape.primals[side]) if side.__class__ is int else getattr(side, "primal", side)
        for side in sides
    )
    return bool(np.all(COMPARISONS[guard.comparison](left, right) == guard.outcome))
