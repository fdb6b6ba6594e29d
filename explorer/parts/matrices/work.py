"""The Jacobian and the Hessian of a run as tables of numbers, with what each order of sweeps would cost.

Pure functions for a worker thread. Knows no widget.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.basics.words import say, say_many
from core.costs import number_of_inputs, number_of_outputs
from core.run import Run
from core.second_derivatives.matrices import Matrix, cheaper_order, hessian, jacobian
from core.timeline import Timeline

MOST_NUMBERS = 10_000
MOST_WORK = 20_000_000
"""Sweeps times entries beyond which no matrix is worked out."""

JACOBIAN, HESSIAN = say("matrices.jacobian", "Jacobian"), say("matrices.hessian", "Hessian")


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
    jacobian: Table = Table(JACOBIAN)
    hessian: Table = Table(HESSIAN)


def matrices(timeline: Timeline) -> Matrices:
    """Work out both."""
    run = timeline.run
    return Matrices(
        timeline,
        _table(JACOBIAN, run, jacobian, number_of_outputs(run), _order),
        _table(HESSIAN, run, hessian, number_of_inputs(run), _symmetry),
    )


def _table(
    title: str, run: Run, compute: Callable[[Run], Matrix], rows: int, told: Callable[[Run, Matrix], str]
) -> Table:
    n = number_of_inputs(run)
    if rows * n > MOST_NUMBERS or max(rows, n) * len(run.tape) > MOST_WORK:
        return Table(
            title,
            None,
            say(
                "matrices.numbers-too-many-table", "{rows:,} by {n:,} numbers are too many for a table.", rows=rows, n=n
            ),
        )
    if not n:
        return Table(
            title,
            None,
            say("matrices.no-input-watched-nothing", "No input is watched, so there is nothing to differentiate by."),
        )
    try:
        matrix = compute(run)
    except ValueError as error:
        return Table(title, None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return Table(title, matrix, told(run, matrix))


def _order(run: Run, matrix: Matrix) -> str:
    """Which order is cheaper, and why."""
    m, n = len(matrix.rows), len(matrix.columns)
    rows = say_many("matrices.rows", "by rows {count:,} reverse sweep", "by rows {count:,} reverse sweeps", m)
    columns = say_many(
        "matrices.columns", "by columns {count:,} tangent sweep", "by columns {count:,} tangent sweeps", n
    )
    if m == n:
        return say(
            "matrices.square",
            "Square: {rows}, {columns}; both orders cost the same. It was done by rows.",
            rows=rows,
            columns=columns,
        )
    if cheaper_order(run) == "rows":
        return say(
            "matrices.wide", "This matrix is wide: {rows}, {columns}. Better by rows.", rows=rows, columns=columns
        )
    return say(
        "matrices.tall", "This matrix is tall: {rows}, {columns}. Better by columns.", rows=rows, columns=columns
    )


def _symmetry(run: Run, matrix: Matrix) -> str:
    """How it was found."""
    n = len(matrix.columns)
    if number_of_outputs(run) == 1:
        return say(
            "matrices.second-derivatives",
            "The second derivatives: one reverse sweep gives the gradient, and {number:,} more over the longer tape "
            "its rows. It is symmetric: the order in which one differentiates does not matter.",
            number=n,
        )
    return say(
        "matrices.second-derivatives-of-sum",
        "The second derivatives of the sum of the output's elements: one reverse sweep gives the gradient, and "
        "{number:,} more over the longer tape its rows. It is symmetric: the order in which one differentiates does "
        "not matter.",
        number=n,
    )
