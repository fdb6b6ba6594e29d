"""The table of TensorFlow's two guides in docs/lessons.md: every section has a lesson, and the lesson is there.

The headings are those of the guides' notebooks (tensorflow/docs, site/en/guide, 2026), but for their copyright lines.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.core.lessons.learners import FOLDER, IDS, lesson_of

TABLE = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
ROWS = [re.split(r"\s*\|\s*", line.strip("| ")) for line in TABLE.splitlines() if re.match(r"\| \d+ \|", line)]
HEADINGS = (
    "Introduction", "Automatic differentiation and gradients", "Setup", "Computing gradients", "Gradient tapes",
    "Gradients with respect to a model", "Controlling what the tape watches", "Intermediate results",
    "Notes on performance", "Gradients of non-scalar targets", "Control flow", "Cases where `gradient` returns `None`",
    "1. Replaced a variable with a tensor", "2. Did calculations outside of TensorFlow",
    "3. Took gradients through an integer or string", "4. Took gradients through a stateful object",
    "No gradient registered", "Zeros instead of None",
    "Introduction", "Setup", "Controlling gradient recording", "Stop recording", "Reset/start recording from scratch",
    "Stop gradient flow with precision", "Custom gradients", "Custom gradients in SavedModel", "Multiple tapes",
    "Higher-order gradients", "Example: Input gradient regularization", "Jacobians", "Scalar source", "Tensor source",
    "Example: Hessian", "Batch Jacobian",
)  # fmt: skip

THEIRS = (
    "what-is-watched", "control-flow", "replaced-variable", "left-the-library", "whole-numbers-and-state",
    "persistent-tapes", "zeros-instead-of-none", "stop-gradient", "custom-gradient", "several-tapes", "higher-order",
)  # fmt: skip


def test_every_section_has_a_row_in_the_order_of_the_guides():
    sections = [row[1].partition(": by ")[0].partition(": values")[0].partition(": asking")[0] for row in ROWS]
    found = [name for name, before in zip(sections, ["", *sections], strict=False) if name != before]
    assert [int(row[0]) for row in ROWS] == list(range(1, 39))
    assert [name for name in found if name in HEADINGS] == list(HEADINGS)


def test_every_row_names_lessons_that_exist():
    for row in ROWS:
        named = re.findall(r"`([a-z0-9-]+)`", row[2])
        assert named and set(named) <= set(IDS), row


def test_what_a_row_says_in_code_is_in_its_lessons():
    for row in ROWS:
        texts = "".join(
            (FOLDER / f"{id}.toml").read_text(encoding="utf-8") for id in re.findall(r"`([a-z0-9-]+)`", row[2])
        )
        for code in re.findall(r"`([^`]+)`", row[3]):
            assert code in texts, (row[0], code)


def test_the_guides_own_lessons_cite_them():
    for id in THEIRS:
        assert all("TensorFlow guide" in claim.source for claim in lesson_of(id).claims), id
