"""The inspector and the shortcut sheet: if these fail, numbers are missing or keys are not told."""

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.panels.inspector.inspector import Inspector
from explorer.window.actions import ACTIONS
from explorer.window.sheets.shortcuts import ShortcutSheet


@pytest.fixture
def inspector(qtbot, typesetter):
    made = Inspector(typesetter)
    qtbot.addWidget(made)
    return made


def timeline(text: str, **point: object) -> Timeline:
    return Timeline.of(record(parse(text), point))


def test_nothing_of_the_future_is_told(inspector):
    steps = timeline("x*x + x", x=3.0)
    inspector.show_entry(steps.frame(0), 1)
    assert "= 9" not in inspector.plain
    inspector.show_entry(steps.frame(len(steps)), 1)
    assert "3 × 3 = 9" in inspector.plain


def test_each_contribution_is_before_plus_added_equals_after(inspector):
    steps = timeline("x*x + x", x=3.0)
    inspector.show_entry(steps.frame(len(steps)), 0)
    page = inspector.plain
    assert "0 + 1 = 1" in page and "1 + 3 = 4" in page and "4 + 3 = 7" in page and "x̄ = 7" in page


def test_arrays_are_shown_whole_with_their_shape(inspector):
    steps = timeline("(w*w).sum()", w=np.array([[1.0, 2.0], [3.0, 4.0]]))
    inspector.show_entry(steps.frame(len(steps)), 0)
    page = inspector.plain
    assert "2×2" in page and "[3. 4.]" in page and "[6. 8.]" in page


def test_an_entry_the_output_does_not_depend_on_says_so(inspector):
    steps = timeline("y = 2*a\na + b", a=1.0, b=2.0)
    index = next(entry.index for entry in steps.tape if entry.op.name == "mul")
    inspector.show_entry(steps.frame(len(steps)), index)
    assert "does not depend on it" in inspector.plain


def test_names_are_links_to_their_entries_and_other_links_do_nothing(inspector, qtbot):
    with qtbot.waitSignal(inspector.entry_chosen) as chosen:
        inspector.anchorClicked.emit(QUrl("entry:2"))
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(inspector.entry_chosen):
        inspector.anchorClicked.emit(QUrl("file:///etc/passwd"))


def test_the_sheet_has_every_key(qtbot):
    sheet = ShortcutSheet()
    qtbot.addWidget(sheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {row.title.rstrip("…") for row in ACTIONS if row.shortcut} <= shown
