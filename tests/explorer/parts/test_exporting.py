"""The export dialog as a person uses it: if these fail, the window writes another picture than was asked for, writes
over a file unasked, freezes while it writes, or fails without a word.
"""

import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

from explorer.export.choice import Choice, choice_from
from explorer.look.theme import DARK, LIGHT
from explorer.parts.exporting import dialog
from explorer.parts.exporting.sheet import ExportSheet
from tests.explorer.conftest import rest
from tests.explorer.window.test_accessible import lacking


@pytest.fixture
def sheet(window) -> ExportSheet:
    """The dialog at the end of both sweeps of the seed function."""
    window.player.to_end()
    return opened(window)


def opened(window) -> ExportSheet:
    window.actions_by_name["export"].trigger()
    assert window.parts["exporting"].sheet is not None
    return window.parts["exporting"].sheet


def press(sheet: ExportSheet, name: str, qtbot) -> None:
    button = sheet.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_path(sheet: ExportSheet, path: Path, qtbot) -> None:
    sheet.file.selectAll()
    qtbot.keyClicks(sheet.file, str(path))


def write(window, sheet: ExportSheet, path: Path, qtbot) -> None:
    """Type a path, press Enter, and wait until the dialog is gone."""
    type_path(sheet, path, qtbot)
    qtbot.keyClick(sheet.file, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.parts["exporting"].sheet is None)


def svg_texts(file: Path) -> str:
    nodes = ElementTree.parse(file).iter()
    return " ".join("".join(node.itertext()) for node in nodes if node.tag.endswith("text"))


def test_enter_writes_what_is_on_the_stage_and_says_so(window, sheet, qtbot, tmp_path):
    write(window, sheet, tmp_path / "graph.svg", qtbot)
    assert "105" in svg_texts(tmp_path / "graph.svg") and "36" in svg_texts(tmp_path / "graph.svg")
    assert window.centre.notice.label.text() == "Wrote graph.svg."


def test_each_format_can_be_chosen_and_changes_the_ending(window, sheet, qtbot, tmp_path):
    for ending in (".png", ".pdf", ".dot", ".graphml", ".mmd", ".svg"):
        press(sheet, f"export_format_{ending}", qtbot)
        assert sheet.file.text().endswith(f"graph{ending}")
    type_path(sheet, tmp_path / "tape.graphml", qtbot)
    assert sheet.format.name == "GraphML" and not sheet.colors.isEnabled() and not sheet.part.isEnabled()
    write(window, sheet, tmp_path / "tape.graphml", qtbot)
    assert len(networkx.read_graphml(tmp_path / "tape.graphml")) == len(window.session.run.tape)


def test_a_name_without_ending_gets_that_of_the_format(window, sheet, qtbot, tmp_path):
    press(sheet, "export_format_.mmd", qtbot)
    write(window, sheet, tmp_path / "chart", qtbot)
    assert (tmp_path / "chart.mmd").read_text("utf-8").startswith("flowchart LR\n")


def test_without_values_dark_and_at_three_times_the_size(window, sheet, qtbot, tmp_path):
    write(window, sheet, tmp_path / "usual.png", qtbot)
    sheet = opened(window)
    for name in ("export_values_False", "export_colors_True", "export_scale_3.0"):
        press(sheet, name, qtbot)
    said = sheet.size_label.text()
    write(window, sheet, tmp_path / "asked.png", qtbot)
    usual, asked = (QImage(str(tmp_path / name)) for name in ("usual.png", "asked.png"))
    assert usual.pixelColor(1, 1).name() == LIGHT.canvas and asked.pixelColor(1, 1).name() == DARK.canvas
    assert asked.width() == pytest.approx(1.5 * usual.width(), abs=2)
    assert said == f"{asked.width():,} × {asked.height():,} pixels"
    colors = {asked.pixelColor(x, y).name() for x in range(0, asked.width(), 3) for y in range(0, asked.height(), 3)}
    assert DARK.adjoint_soft not in colors  # the adjoints' ground is among the values


def test_only_what_is_seen(window, qtbot, tmp_path):
    window.graph.zoom_by(4.0)
    while window.graph.is_moving:
        window.graph._tick()
    sheet = opened(window)
    whole = sheet.size_label.text()
    press(sheet, "export_part_False", qtbot)
    assert sheet.size_label.text() != whole
    write(window, sheet, tmp_path / "part.svg", qtbot)
    box = ElementTree.parse(tmp_path / "part.svg").getroot().get("viewBox").split()
    seen = window.graph.camera.visible(window.graph.width(), window.graph.height())
    assert float(box[2]) <= seen.width + 49


def test_the_choice_is_remembered_also_by_the_next_window(window, sheet, qtbot, make_window, tmp_path):
    for name in ("export_format_.png", "export_values_False", "export_colors_True", "export_scale_4.0"):
        press(sheet, name, qtbot)
    write(window, sheet, tmp_path / "a.png", qtbot)
    chosen = Choice(".png", True, False, True, 4.0, str(tmp_path))
    for one in (window, make_window()):
        sheet = opened(one)
        assert sheet.choice() == chosen and sheet.file.text() == str(tmp_path / "graph.png")
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_stored_nonsense_is_the_usual_choice(window):
    endings = (".svg", ".png")
    for nonsense in (None, 3, [], {"ending": ".exe", "scale": "2", "dark": 1, "whole": 0, "folder": None}):
        assert choice_from(nonsense, endings) == Choice()
    assert choice_from(Choice(".png", False, False, True, 3.0, "/x").stored(), endings).scale == 3.0
    window.settings._store.setValue("export_choice", "{")
    assert opened(window).choice().ending == ".svg"


def test_the_clipboard_gets_a_picture_or_the_text_of_the_format(window, sheet, qtbot):
    press(sheet, "export_copy", qtbot)
    qtbot.waitUntil(lambda: sheet.message.text().startswith("Copied."))
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and data.hasFormat("image/svg+xml")
    press(sheet, "export_format_.mmd", qtbot)
    press(sheet, "export_copy", qtbot)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("flowchart LR"))
    assert "36" in QGuiApplication.clipboard().text() and sheet.isVisible()


def test_a_file_is_replaced_only_when_asked_again(window, sheet, qtbot, tmp_path):
    file = tmp_path / "graph.svg"
    file.write_text("mine")
    type_path(sheet, file, qtbot)
    press(sheet, "export_button", qtbot)
    assert sheet.button.text() == "Replace" and sheet.message.text() == "graph.svg is there already."
    assert file.read_text() == "mine"
    press(sheet, "export_button", qtbot)
    qtbot.waitUntil(lambda: window.parts["exporting"].sheet is None)
    assert "105" in svg_texts(file)


def test_another_name_after_the_question_is_not_replaced(sheet, qtbot, tmp_path):
    for name in ("a.svg", "b.svg", "a.svg"):
        (tmp_path / name).write_text("mine")
        type_path(sheet, tmp_path / name, qtbot)
        assert sheet.button.text() == "Export"
        press(sheet, "export_button", qtbot)
        assert sheet.button.text() == "Replace" and (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "{folder} is a folder: add the name of a file."),
        ("missing/graph.svg", "There is no folder {folder}/missing."),
        ("graph.xyz", "The ending .xyz is not one of .svg, .png, .pdf, .dot, .graphml, .mmd."),
    ],
)
def test_what_is_wrong_with_the_file_stands_in_the_dialog(sheet, qtbot, tmp_path, name, sentence):
    type_path(sheet, tmp_path / name, qtbot)
    press(sheet, "export_button", qtbot)
    assert sheet.message.text() == sentence.format(folder=tmp_path) and sheet.isVisible()
    assert sheet.file.hasSelectedText()
    qtbot.keyClicks(sheet.file, "x")
    assert sheet.message.text() == ""


def test_a_folder_whose_name_is_too_long_for_the_system_is_none(tmp_path):
    long = tmp_path / ("x" * 300)
    assert dialog._problem(long / "graph.svg") == f"There is no folder {long}."


@pytest.mark.parametrize("name", ["~nosuch/a", "x" * 300, "a\0b"])
def test_any_name_can_be_typed(sheet, name):
    """Asking for the file at each letter would otherwise break off the typing."""
    sheet.file.setText(name)
    assert sheet.path() is not None and sheet.choice() is not None


def test_no_name_is_asked_for(sheet, qtbot):
    sheet.file.clear()
    press(sheet, "export_button", qtbot)
    assert sheet.message.text() == "Type the name of a file."


def test_a_folder_that_cannot_be_written_says_so_in_the_dialog(sheet, qtbot, tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dialog, "export", refuse)
    type_path(sheet, tmp_path / "graph.svg", qtbot)
    press(sheet, "export_button", qtbot)
    qtbot.waitUntil(lambda: sheet.message.text() == "graph.svg was not written: Permission denied.")
    assert sheet.isVisible() and sheet.button.isEnabled()


def test_long_work_leaves_the_window_alive_shows_progress_and_can_be_stopped(
    window, sheet, qtbot, tmp_path, monkeypatch
):
    """The work waits for the test: until it lets go, the dialog must answer."""
    half, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(job, file):
        job.tell(0.5)
        half.set()
        go_on.wait(20)
        try:
            job.tell(1.0)
            file.write_text("too late")
        finally:
            ended.set()

    monkeypatch.setattr(dialog, "export", slow)
    type_path(sheet, tmp_path / "graph.svg", qtbot)
    press(sheet, "export_button", qtbot)
    qtbot.waitUntil(lambda: sheet.bar.value() == 50)
    assert half.is_set() and sheet.bar.isVisible() and sheet.cancel.text() == "Stop" and not sheet.form.isEnabled()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.message.text() == "Stopped; nothing was written." and not sheet.bar.isVisible()
    go_on.set()
    assert ended.wait(20) and not (tmp_path / "graph.svg").exists() and sheet.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert window.parts["exporting"].sheet is None


def test_the_file_dialog_gives_folder_name_and_format(sheet, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine.pdf"), ""))
    press(sheet, "export_browse", qtbot)
    assert sheet.path() == tmp_path / "mine.pdf" and sheet.format.name == "PDF"


def test_the_arrow_keys_choose_within_a_row(sheet, qtbot):
    first = sheet.formats.buttons[".svg"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert sheet.format.name == "PNG" and sheet.scale.isEnabled() and sheet.file.text().endswith(".png")


def test_every_control_has_a_name_and_a_tooltip(sheet):
    assert lacking(sheet) == []


def test_what_is_folded_on_screen_is_folded_in_the_file(window, qtbot, tmp_path):
    loop = "def f(a):\n  x = a\n  for i in range(100):\n    x = sin(x)*a\n  return x"
    window.function.editor.set_text(loop)
    window.take_text()
    rest(window, qtbot)
    write(window, opened(window), tmp_path / "graph.mmd", qtbot)
    chart = (tmp_path / "graph.mmd").read_text("utf-8")
    assert len(window.graph.model) < 60 and chart.count("-->") == len(window.graph.model.edges)


def test_forward_mode_is_exported_in_its_own_colour(window, qtbot, tmp_path):
    window.actions_by_name["forward_mode"].trigger()
    rest(window, qtbot)
    window.player.to_end()
    write(window, opened(window), tmp_path / "graph.svg", qtbot)
    text = (tmp_path / "graph.svg").read_text("utf-8")
    assert LIGHT.tangent_strong in text and LIGHT.adjoint_strong not in text


def test_without_a_graph_there_is_a_sentence_and_no_dialog(window, qtbot):
    window.files.start(window.document().__class__(text="1 +"))
    rest(window, qtbot)
    window.actions_by_name["export"].trigger()
    assert window.parts["exporting"].sheet is None
    assert window.centre.notice.label.text() == "There is no graph to export yet."


@pytest.mark.parametrize("form", [".svg", ".mmd"])
def test_the_program_ends_well_after_copying(form):
    """What Python has packed for the clipboard must not outlive it."""
    code = f"""
from PySide6.QtWidgets import QApplication, QPushButton
from explorer.app import create_window
window = create_window()
window.show()
window.actions_by_name["export"].trigger()
sheet = window.parts["exporting"].sheet
sheet.findChild(QPushButton, "export_format_{form}").click()
sheet.findChild(QPushButton, "export_copy").click()
while not sheet.message.text().startswith("Copied."):
    QApplication.processEvents()
window.close()
data = QApplication.clipboard().mimeData()
print(data.hasImage() or data.text()[:9])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "flowchart" if form == ".mmd" else "True"), done.stderr
