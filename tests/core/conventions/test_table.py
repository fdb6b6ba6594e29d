"""Our column of the table of conventions is what the engine does; the printed table is that of the data."""

from pathlib import Path

import numpy as np
import pytest

import core
from core.conventions.table import FAMILIES, Convention, as_markdown

ROWS = [row for rows in FAMILIES.values() for row in rows]
NAMESPACE = {"inf": float("inf"), **vars(core)}


def gradients(row: Convention, wrap):
    sources = {name: core.constant(wrap(value)) for name, value in row.point.items()}
    with core.GradientTape() as tape:
        tape.watch(list(sources.values()))
        value = eval(row.expression, dict(NAMESPACE), sources)
    if not isinstance(value, core.Tensor):
        return [None] * len(sources)
    weights = None if row.cotangent is None else core.constant(np.array(row.cotangent))
    return tape.gradient(value, list(sources.values()), output_gradients=weights)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.expression} at {row.point}")
def test_the_engine_does_what_the_table_says(row):
    found = gradients(row, lambda value: np.array(value, dtype=float))
    for one, expected in zip(found, row.ours, strict=True):
        if expected is None:
            assert one is None
        else:
            np.testing.assert_allclose(one.numpy(), expected, rtol=1e-12, atol=1e-40)


def test_every_row_has_a_column_entry_for_each_variable():
    for row in ROWS:
        for column in row[2:6]:
            assert isinstance(column, str) or len(column) == len(row.point), row.expression


def test_the_printed_table_is_that_of_the_data():
    """Write it with `python -m core.conventions.table > docs/conventions.md`."""
    printed = Path(__file__).parents[3] / "docs" / "conventions.md"
    assert printed.read_text(encoding="utf-8") == as_markdown()


def test_disputed_rows_are_marked():
    marked = [line for line in as_markdown().splitlines() if "**≠**" in line and line.startswith("|")]
    assert len(marked) == sum(row.disputed for row in ROWS) > 15
