"""The Jacobian and the Hessian of a run: by rows (reverse) or by columns (forward), and over the longer tape.

Knows runs and sweeps; how seeds are made and results joined is the matter of `core.jacobians`.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np

from core.basics.words import say
from core.jacobians import by_sweeps
from core.run import Run
from core.second_derivatives.runs import sweep_of
from core.sweeps import reverse, tangents
from core.tape import Tape

LIMIT = 500  # numbers in the inputs of a Hessian or Jacobian


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
    columns, inputs = _labels(run), _inputs(run)
    longer = sweep_of(run)
    blocks = [_rows(longer.tape, longer.place(index), value, inputs) for index, value in inputs.items()]
    return Matrix(np.vstack(blocks), columns, columns, 1 + len(columns))


def jacobian(run: Run, by: Literal["rows", "columns", "cheaper"] = "cheaper") -> Matrix:
    """The derivative of every number of the output with respect to every number in the watched inputs.

    By rows it takes a reverse sweep for each output, by columns a tangent sweep for each input.
    """
    target = run.target
    if target is None or run.failure:
        raise ValueError(
            say("second.no-jacobian-output-not", "there is no Jacobian: the output does not depend on a watched input")
        )
    columns, inputs, output = _labels(run), _inputs(run), run.tape.primals[target]
    rows = tuple(element_labels(run.target_label, np.shape(output)))
    if (cheaper_order(run) if by == "cheaper" else by) == "rows":
        return Matrix(_rows(run.tape, target, output, inputs), rows, columns, len(rows))
    parts = [_columns(run.tape, index, value, target) for index, value in inputs.items()]
    return Matrix(_beside(parts, inputs, len(rows)), rows, columns, len(columns))


def cheaper_order(run: Run) -> Literal["rows", "columns"]:
    """Whether fewer sweeps give the Jacobian by rows (one for each output) or by columns (one for each input)."""
    outputs = 1 if run.target is None else int(np.size(run.tape.primals[run.target]))
    return "rows" if outputs <= sum(map(np.size, _inputs(run).values())) else "columns"


def element_labels(name: str, shape: tuple[int, ...]) -> Iterator[str]:
    """The name of each number in a value: x, or x[0], x[1], or x[0, 0] and so on."""
    for position in np.ndindex(shape):
        yield f"{name}[{', '.join(map(str, position))}]" if shape else name


def _inputs(run: Run) -> dict[int, Any]:
    """The values of the watched inputs, by their entries."""
    return {index: run.tape.primals[index] for index in run.inputs.values()}


def _labels(run: Run) -> tuple[str, ...]:
    values = {name: run.tape.primals[index] for name, index in run.inputs.items()}
    labels = tuple(label for name, value in values.items() for label in element_labels(name, np.shape(value)))
    if len(labels) > LIMIT:
        raise ValueError(
            say(
                "second.inputs-hold-numbers-most",
                "the inputs hold {count:,} numbers; at most {limit} are shown as a matrix",
                count=len(labels),
                limit=LIMIT,
            )
        )
    return labels


def _rows(tape: Tape, target: int | None, value: Any, inputs: dict[int, Any]) -> np.ndarray:
    """A row for each element of the value at an entry, from a reverse sweep each; zeros for a value without entry."""

    def sweep(seed: Any) -> list[Any]:
        adjoints = reverse(tape, {target: seed}) if target is not None else []
        return [adjoints[index] if index < len(adjoints) else None for index in inputs]

    return _beside(by_sweeps(sweep, value, list(inputs.values())), inputs, np.size(value))


def _columns(tape: Tape, index: int, value: Any, target: int) -> Any:
    """The derivative of the target by one input, from a tangent sweep for each of its elements."""

    def sweep(seed: Any) -> list[Any]:
        return [tangents(tape, {index: seed})[target]]

    return by_sweeps(sweep, value, [tape.primals[target]], last=True)[0]


def _beside(found: list[Any], inputs: dict[int, Any], rows: int) -> np.ndarray:
    """The derivatives by each input side by side, one row for each number; zeros where there is no path."""
    shapes = [(rows, np.size(value)) for value in inputs.values()]
    blocks = [
        np.zeros(shape) if one is None else np.reshape(one, shape) for one, shape in zip(found, shapes, strict=True)
    ]
    return np.hstack(blocks)
