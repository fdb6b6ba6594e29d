"""Differentiating again: the reverse sweep recorded as entries of a longer tape, which is then a run like any other.

Entries of the first run keep their indices and labels; the entries after them are the sweep, adjoints labelled with a
bar. From this come Hessians; Jacobians by rows (reverse) or columns (forward) stand beside them. Knows runs and sweeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from core.events import AdjointAccumulated, AdjointCompleted, Event
from core.notation import bar
from core.run import Run
from core.sweeps import reverse, tangents
from core.tape import Provenance, Tape, set_recorders
from core.tensor import Tensor, as_result

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 500  # numbers in the inputs of a Hessian or Jacobian


@dataclass(frozen=True)
class RunAgain(Run):
    """A run whose tape is that of another run followed by its reverse sweep; the target is a component of a gradient.

    `first` is the run that was differentiated, `adjoints` says at which entry the adjoint of each of its entries stands
    (those that do not depend on any input stand nowhere).
    """

    first: Run | None = None
    adjoints: dict[int, int] = field(default_factory=dict)

    @property
    def border(self) -> int:
        """The number of entries of the first run: from this index on they belong to the reverse sweep."""
        return len(self.first.tape) if self.first is not None else 0

    def layer(self, index: int) -> int:
        """0 for the entries of the original program, 1 for those of its reverse sweep, and so on."""
        if self.first is None:
            return 0
        below = self.first.layer(index) if isinstance(self.first, RunAgain) else 0
        return below if index < self.border else _depth(self)


def _depth(run: Run) -> int:
    depth = 0
    while isinstance(run, RunAgain) and run.first is not None:
        depth, run = depth + 1, run.first
    return depth


def differentiate_again(run: Run, name: str, element: tuple[int, ...] | None = None) -> RunAgain:
    """The run in which the gradient of `run` with respect to the input is the output, or one element of it.

    Its target is None where the gradient is the same everywhere. Raises ValueError where there is no gradient.
    """
    tape, gradient_of, places = _recorded(run)
    gradient = gradient_of(name)
    if gradient is None:
        raise ValueError(
            f"{run.target_label} has no gradient with respect to {name}, so there is nothing to differentiate"
        )
    label = bar(name)
    if np.ndim(_plain(gradient)):
        gradient, label = _element(tape, gradient, element, label)
    place = tape.index_of(gradient) if isinstance(gradient, Tensor) else None
    if place is not None:
        tape.names.setdefault(place, label)
    fields = {one: getattr(run, one) for one in Run.__dataclass_fields__}
    fields |= {"tape": tape, "target": place, "value": _plain(gradient), "target_name": label, "failure": None}
    return RunAgain(**fields, first=run, adjoints=places)


def _element(tape: Tape, gradient: Any, element: tuple[int, ...] | None, label: str) -> tuple[Any, str]:
    """One element of an array, or the sum of all when none is chosen."""
    from core import functions as f

    before = set_recorders((tape,))
    try:
        if element is None:
            return f.sum(gradient), f"Σ {label}"
        return f.getitem(gradient, element), f"{label}[{', '.join(map(str, element))}]"
    finally:
        set_recorders(before)
        tape.mark(None)


def _recorded(run: Run) -> tuple[Tape, Callable[[str], Any], dict[int, int]]:
    """The longer tape; a function from input names to gradients; and where the adjoints stand."""
    if run.target is None or run.failure:
        raise ValueError("there is no gradient to differentiate: the output does not depend on a watched input")
    tape = run.tape.copied()
    places: dict[int, int] = {}
    before = set_recorders((tape,))
    try:
        seed = Tensor(as_result(np.asarray(run.seed)))
        adjoints = reverse(tape, {run.target: seed}, _naming(tape, places), recorded=True)
    finally:
        set_recorders(before)
    tape.mark(None)

    def gradient_of(name: str) -> Any:
        index = run.inputs.get(name)
        return adjoints[index] if index is not None and index < len(adjoints) else None

    return tape, gradient_of, places


def _naming(tape: Tape, places: dict[int, int]) -> Callable[[Event], None]:
    """An observer that gives the entries of the sweep their labels, and the text of what they are derived from."""
    labels = [tape.label(index) for index in range(len(tape))]

    def observe(event: Event) -> None:
        if isinstance(event, AdjointAccumulated):
            source = tape.provenances[event.source] if event.source < len(tape.provenances) else None
            tape.mark(source if source is not None else Provenance(None))
        elif isinstance(event, AdjointCompleted) and isinstance(event.value, Tensor):
            place = tape.index_of(event.value)
            if place is not None and place >= len(labels):
                tape.names.setdefault(place, bar(labels[event.index]))
                places[event.index] = place

    return observe


def _plain(value: Any) -> Any:
    return value.primal if isinstance(value, Tensor) else value


# -- Hessian and Jacobian ------------------------------------------------------------------------------------------


class Matrix(NamedTuple):
    """A matrix of derivatives with the names of its rows and columns, and the number of sweeps that it took."""

    values: np.ndarray
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sweeps: int


def hessian(run: Run) -> Matrix:
    """The second derivatives of the (summed) output with respect to every number in the watched inputs.

    One reverse sweep gives the gradient, and one more over the longer tape each of its rows.
    """
    columns = _labels(run)
    tape, gradient_of, _ = _recorded(run)
    rows = [row for name in run.inputs for row in _hessian_rows(run, tape, name, gradient_of(name))]
    return Matrix(np.array(rows).reshape(len(columns), len(columns)), columns, columns, 1 + len(columns))


def _hessian_rows(run: Run, tape: Tape, name: str, gradient: Any) -> Iterator[np.ndarray]:
    place = tape.index_of(gradient) if isinstance(gradient, Tensor) else None
    for seed in one_hots(np.shape(run.tape.primals[run.inputs[name]])):
        adjoints = reverse(tape, {place: seed}) if place is not None else []
        yield _flat_gradient(run, adjoints)


def jacobian(run: Run, by: Literal["rows", "columns", "cheaper"] = "cheaper") -> Matrix:
    """The derivative of every number of the output with respect to every number in the watched inputs.

    By rows it takes a reverse sweep for each output, by columns a tangent sweep for each input.
    """
    if run.target is None or run.failure:
        raise ValueError("there is no Jacobian: the output does not depend on a watched input")
    columns, shape = _labels(run), np.shape(run.tape.primals[run.target])
    rows = tuple(element_labels(run.target_label, shape))
    if (cheaper_order(run) if by == "cheaper" else by) == "rows":
        values = [_flat_gradient(run, reverse(run.tape, {run.target: seed})) for seed in one_hots(shape)]
        return Matrix(np.array(values).reshape(len(rows), len(columns)), rows, columns, len(rows))
    moved = [_moved(run, index, seed) for index in run.inputs.values() for seed in one_hots(_shape(run, index))]
    return Matrix(np.array(moved).reshape(len(columns), len(rows)).T, rows, columns, len(columns))


def cheaper_order(run: Run) -> Literal["rows", "columns"]:
    """Whether fewer sweeps give the Jacobian by rows (one for each output) or by columns (one for each input)."""
    outputs = 1 if run.target is None else int(np.size(run.tape.primals[run.target]))
    inputs = sum(int(np.prod(_shape(run, index), dtype=int)) for index in run.inputs.values())
    return "rows" if outputs <= inputs else "columns"


def _moved(run: Run, index: int, seed: Any) -> np.ndarray:
    assert run.target is not None
    tangent = tangents(run.tape, {index: seed})[run.target]
    shape = np.shape(run.tape.primals[run.target])
    return np.ravel(np.zeros(shape) if tangent is None else tangent)


def _flat_gradient(run: Run, adjoints: list[Any]) -> np.ndarray:
    """The adjoints of all watched inputs end to end, zeros where nothing arrived."""
    parts = [
        np.zeros(_shape(run, index)) if index >= len(adjoints) or adjoints[index] is None else adjoints[index]
        for index in run.inputs.values()
    ]
    return np.concatenate([np.ravel(part) for part in parts])


def _shape(run: Run, index: int) -> tuple[int, ...]:
    return np.shape(run.tape.primals[index])


def _labels(run: Run) -> tuple[str, ...]:
    labels = tuple(label for name, index in run.inputs.items() for label in element_labels(name, _shape(run, index)))
    if len(labels) > LIMIT:
        raise ValueError(f"the inputs hold {len(labels):,} numbers; at most {LIMIT} are shown as a matrix")
    return labels


def element_labels(name: str, shape: tuple[int, ...]) -> Iterator[str]:
    """The name of each number in a value: x, or x[0], x[1], or x[0, 0] and so on."""
    for position in np.ndindex(shape):
        yield f"{name}[{', '.join(map(str, position))}]" if shape else name


def one_hots(shape: tuple[int, ...]) -> Iterator[Any]:
    """For each position in the shape: zeros with a one there."""
    for position in np.ndindex(shape):
        one = np.zeros(shape)
        one[position] = 1.0
        yield as_result(one)
