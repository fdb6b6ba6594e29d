"""The playback panel: if these fail, the timeline, its sentence or its keys lie about where we are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.look.theme import DARK, LIGHT
from explorer.panels.playback.panel import UNIT_NAMES, PlaybackPanel
from explorer.panels.playback.timeline_slider import TimelineSlider


@pytest.fixture
def panel(qtbot, typesetter):
    keys = ("to_start", "step_back", "play", "step_forward", "to_end")
    actions = {name: QAction(name) for name in (*keys, *(f"by_{unit}" for unit in UNIT_NAMES))}
    made = PlaybackPanel(actions, (1.0, 2.0), typesetter)
    made.actions_kept = actions
    qtbot.addWidget(made)
    made.show_timeline(10, 4, False)
    made.resize(600, 120)
    made.set_theme(LIGHT)
    return made


@pytest.mark.parametrize("name", ["to_start", "step_back", "play", "step_forward", "to_end"])
def test_every_key_does_its_action(panel, qtbot, name):
    with qtbot.waitSignal(panel.actions_kept[name].triggered):
        qtbot.mouseClick(panel.findChild(QPushButton, f"button_{name}"), Qt.MouseButton.LeftButton)


def test_scrubbing_asks_for_steps_and_being_shown_a_step_does_not(panel, qtbot):
    with qtbot.waitSignal(panel.step_requested) as asked:
        panel.timeline.setValue(7)
    assert asked.args == [7]
    told: list[int] = []
    panel.step_requested.connect(told.append)
    panel.show_step(3, 0.5)
    panel.show_timeline(5, 2, False)
    assert told == [] and panel.timeline.maximum() == 5


def test_a_click_goes_to_the_step_under_it(qtbot):
    slider = TimelineSlider()
    qtbot.addWidget(slider)
    slider.resize(218, 40)
    slider.show_timeline(10, 4)
    for x, step in ((9, 0), (209, 10), (109, 5), (-50, 0), (500, 10)):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 11))
        assert slider.value() == step


def test_left_of_the_turn_is_blue_and_right_of_it_orange(qtbot):
    slider = TimelineSlider()
    qtbot.addWidget(slider)
    slider.resize(218, 40)
    slider.show_timeline(10, 5)
    for theme in (LIGHT, DARK):
        slider.set_theme(theme)
        slider.show_step(8)
        picture = slider.grab().toImage()
        assert picture.pixelColor(35, 11).name() == theme.primal_strong
        assert picture.pixelColor(135, 11).name() == theme.adjoint_strong


def test_the_sentence_is_text_and_not_markup(panel):
    panel.show_sentence("a < b & c", "v̄3 += 1 < 2", r"\overline{v_3}", "adjoint")
    label = panel.findChild(QLabel, "step_sentence")
    assert label.text() == "a < b & c" and label.textFormat() == Qt.TextFormat.PlainText
    assert panel.text.formula.plain == "v̄3 += 1 < 2" and panel.text.formula.latex == r"\overline{v_3}"
    assert label.accessibleDescription() == "a < b & c v̄3 += 1 < 2"


def test_the_play_key_becomes_pause(panel):
    panel.show_playing(True)
    assert panel.findChild(QPushButton, "button_play").text() == "Pause"
    panel.show_playing(False)
    assert panel.findChild(QPushButton, "button_play").text() == "Play"


@pytest.mark.parametrize(
    ("width", "turn", "last", "words"),
    [
        (600, 7, 17, ("forward: 7 steps", "reverse: 10 steps", True)),
        (260, 3, 40, ("forward: 3 steps", "reverse: 37 steps", False)),
        (180, 7, 17, ("forward 7", "reverse 10", True)),
        (70, 7, 17, ("7", "10", True)),
        (300, 5, 5, ("forward: 5 steps", "", True)),
    ],
)
def test_the_parts_of_the_timeline_are_named_in_as_many_words_as_fit(qtbot, width, turn, last, words):
    slider = TimelineSlider()
    qtbot.addWidget(slider)
    slider.resize(width, 40)
    slider.show_timeline(last, turn)
    forward, reverse, _, centred = slider._words()
    assert (forward, reverse, centred) == words
