"""The Jacobian and the Hessian of a run as tables of numbers, with what each order of sweeps would cost.

Pure functions for a worker thread. Knows no widget.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.costs import number_of_inputs, number_of_outputs
from core.run import Run
from core.second_derivatives.matrices import Matrix, cheaper_order, hessian, jacobian
from core.timeline import Timeline

MOST_NUMBERS = 10_000
MOST_WORK = 20_000_000
"""Sweeps times entries beyond which no matrix is worked out."""


@dataclass(frozen=True, eq=False)
class Table:
    """A matrix, or why there is none, and a sentence about it."""

    title: str
    matrix: Matrix | None = None
    sentence: str = ""


@dataclass(frozen=True, eq=False)
class Matrices:
    """Both tables of one run."""

    timeline: Timeline | None = None
    jacobian: Table = Table("Jacobian")
    hessian: Table = Table("Hessian")


def matrices(timeline: Timeline) -> Matrices:
    """Work out both."""
    run = timeline.run
    return Matrices(
        timeline,
        _table("Jacobian", run, jacobian, number_of_outputs(run), _order),
        _table("Hessian", run, hessian, number_of_inputs(run), _symmetry),
    )


def _table(
    title: str, run: Run, compute: Callable[[Run], Matrix], rows: int, told: Callable[[Run, Matrix], str]
) -> Table:
    n = number_of_inputs(run)
    if rows * n > MOST_NUMBERS or max(rows, n) * len(run.tape) > MOST_WORK:
        return Table(title, None, f"{rows:,} by {n:,} numbers are too many for a table.")
    if not n:
        return Table(title, None, "No input is watched, so there is nothing to differentiate by.")
    try:
        matrix = compute(run)
    except ValueError as error:
        return Table(title, None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return Table(title, matrix, told(run, matrix))


def _order(run: Run, matrix: Matrix) -> str:
    """Which order is cheaper, and why."""
    m, n = len(matrix.rows), len(matrix.columns)
    rows = f"by rows {_counted(m, 'reverse sweep')}"
    columns = f"by columns {_counted(n, 'tangent sweep')}"
    best = cheaper_order(run)
    if m == n:
        return f"Square: {rows}, {columns}; both orders cost the same. It was done by {best}."
    shape = "wide" if m < n else "tall"
    return f"This matrix is {shape}: {rows}, {columns}. Better by {best}."


def _symmetry(run: Run, matrix: Matrix) -> str:
    """How it was found."""
    n = len(matrix.columns)
    summed = "" if number_of_outputs(run) == 1 else " of the sum of the output's elements"
    return (
        f"The second derivatives{summed}: one reverse sweep gives the gradient, and {_counted(n, 'more')} over the "
        "longer tape its rows. It is symmetric: the order in which one differentiates does not matter."
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 and what != 'more' else ''}"
