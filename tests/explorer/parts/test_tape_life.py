"""The tape as an object: if these fail, the window says the wrong thing about what a tape keeps and for how long."""

import numpy as np
import pytest

from explorer.model.document import Document
from explorer.panels.tape.memory_strip import bytes_text
from tests.explorer.conftest import rest

GAP = """\
x = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    with tape.stop_recording():
        z = y * 2
    u = y + x
tape.gradient(u, x)
"""


def head(window) -> tuple[str, str]:
    panel = window.tape_panel.head
    return panel._light.text(), panel.note.text()


def test_the_light_follows_the_sweeps(window):
    timeline, seen = window.shown.timeline, []
    for step in (0, 1, timeline.forward_end, timeline.forward_end + 1, len(timeline)):
        window.player.seek(step)
        seen.append(head(window)[0])
    assert seen == ["○ empty", "● recording", "■ recorded", "◀ being read", "∅ used up"]


def test_a_used_up_tape_answers_with_its_error_and_a_persistent_one_again(window, qtbot):
    window.player.to_end()
    window.actions_by_name["ask_again"].trigger()
    assert head(window)[1].startswith("RuntimeError: A non-persistent GradientTape")
    window.tape_panel.head.persistent.trigger()
    assert head(window) == ("■ kept", "")
    window.actions_by_name["ask_again"].trigger()
    assert head(window)[1].startswith("The same gradients again")
    window.player.to_start()
    window.actions_by_name["ask_again"].trigger()
    assert "not asked yet" in head(window)[1]
    window.player.step_forward()
    assert head(window)[1] == ""


def test_what_is_kept_falls_in_the_reverse_sweep_unless_the_tape_is_persistent(window, qtbot):
    rest(window, qtbot)
    kept = window.parts["tape_life"].kept()
    assert len(kept) == len(window.shown.timeline) + 1 and kept[0] == 0 and kept[-1] < kept.max()
    window.tape_panel.head.persistent.trigger()
    assert window.parts["tape_life"].kept()[-1] == kept.max() and np.all(np.diff(window.parts["tape_life"].kept()) >= 0)


def test_what_the_text_says_of_its_tape_is_shown(window, qtbot):
    window.files.start(Document(GAP))
    rest(window, qtbot)
    assert window.parts["tape_life"].persistent and window.tape_panel.head.persistent.isChecked()
    assert "tape records nothing in line 5." in head(window)[1]
    assert window.tape.tape_model.gaps


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (999, "999 B"), (1_500, "1.5 kB"), (2_340_000, "2.34 MB")])
def test_bytes_are_told_in_few_letters(count, text):
    assert bytes_text(count) == text


def test_a_new_document_whose_text_is_wrong_leaves_nothing_of_the_one_before(window, qtbot):
    """Else the head of the tape and the title of the gradients tell of a program that is gone."""
    text = "def f(x):\n  loss = x*x\n  return loss"
    window.files.start(Document(text=text, inputs={"x": 3.0}, output="loss", step=5))
    rest(window, qtbot)
    head = window.tape_panel.head
    assert head._watched.text() == "watches x" and head._most.text() and "loss" in window.outputs.button.text()
    window.files.start(Document(text="def f(x):\n  return x +"))
    rest(window, qtbot)
    assert head._light.text() == "○ empty" and not head._watched.text() and not head._most.text()
    assert "unknown" in head.strip.toolTip()
    assert window.outputs.button.text() == "of the output ▾"
