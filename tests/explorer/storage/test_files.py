"""Files of the window: if these fail, work is lost, or a broken file changes what is on screen."""

import os

import pytest
from PySide6.QtWidgets import QFileDialog

from core.basics.budget import Budget
from explorer.model.document import Document
from explorer.storage.documents import read_document, write_document
from explorer.storage.recovery import Recovery
from explorer.storage.settings import LIMITS, Settings
from explorer.window.sheets.limits import LimitsSheet
from tests.explorer.conftest import rest, set_value, type_text


@pytest.fixture
def dialog(monkeypatch):
    """Answers the file dialogs with a path."""

    def answer(path):
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_args: (str(path), ""))

    return answer


def test_save_and_open_bring_everything_back(window, qtbot, dialog, tmp_path):
    type_text(window, qtbot, "a*b")
    set_value(window, qtbot, "a", "[1, 2]")
    window.session.set_watched("b", False)
    rest(window, qtbot)
    window.player.seek(2)
    before = window.document()
    dialog(tmp_path / "mine")
    window.actions_by_name["save"].trigger()
    assert window.files.path == tmp_path / "mine.json" and not window.files.modified
    window.actions_by_name["new"].trigger()
    rest(window, qtbot)
    assert window.document() != before
    dialog(tmp_path / "mine.json")
    window.actions_by_name["open"].trigger()
    rest(window, qtbot)
    assert window.document() == before
    assert window.files.recent()[0] == str(tmp_path / "mine.json")


def test_a_broken_file_says_so_and_changes_nothing(window, qtbot, dialog, tmp_path):
    type_text(window, qtbot, "a*b")
    before = window.document()
    (tmp_path / "broken.json").write_text("{")
    dialog(tmp_path / "broken.json")
    window.actions_by_name["open"].trigger()
    assert "broken.json was not opened" in window.centre.notice.label.text()
    assert window.centre.notice.isVisible() and window.document() == before


def test_saving_where_one_cannot_says_so(window, dialog, tmp_path):
    dialog(tmp_path / "missing" / "x.json")
    window.actions_by_name["save_as"].trigger()
    assert "was not saved" in window.centre.notice.label.text() and window.files.path is None


def test_work_that_is_replaced_can_be_brought_back(window, qtbot):
    type_text(window, qtbot, "a*b*2")
    window.show_example("reuse")
    rest(window, qtbot)
    assert window.function.editor.toPlainText() != "a*b*2"
    window.centre.notice.findChild(object, "notice_answer").click()
    rest(window, qtbot)
    assert window.function.editor.toPlainText() == "a*b*2"


def test_an_untouched_example_is_replaced_without_a_word(window, qtbot):
    window.show_example("reuse")
    assert not window.centre.notice.isVisible()


def test_a_new_value_counts_as_unsaved_work(window, qtbot):
    assert not window.files.modified
    set_value(window, qtbot, "w1", "7")
    assert window.files.modified and "•" in window.windowTitle()


def test_what_a_crash_left_is_offered_at_the_next_start(window, make_window, qtbot):
    lost = Document(text="lost*2", inputs={"lost": 4.0})
    window.close()
    crashed = Recovery()
    crashed.keep(lost)
    crashed.release()
    again = make_window()
    assert "last time" in again.centre.notice.label.text()
    again.centre.notice.findChild(object, "notice_answer").click()
    rest(again, qtbot)
    assert again.function.editor.toPlainText() == "lost*2" and again.session.run.value == 8.0


def test_unsaved_work_is_kept_after_a_while_and_on_closing(window, make_window, qtbot):
    type_text(window, qtbot, "keep*3")
    window.files.keep()
    window.close()
    assert "last time" in make_window().centre.notice.label.text()


def test_two_windows_do_not_take_each_others_work(qtbot):
    one, two = Recovery(), Recovery()
    one.keep(Document(text="one"))
    two.keep(Document(text="two"))
    assert Recovery().lost == []
    for window in (one, two):
        window.forget()
        window.release()
    assert Recovery().lost == []


def test_a_broken_recovery_copy_is_ignored(tmp_path):
    (tmp_path / "recovery-0.json").write_text("{")
    assert Recovery(tmp_path).lost == []


def test_recent_files_are_few_and_the_latest_first(qtbot):
    settings = Settings()
    for number in range(20):
        settings.remember_file(f"/f{number}")
    settings.remember_file("/f18")
    assert settings.recent_files()[:3] == ["/f18", "/f19", "/f17"] and len(settings.recent_files()) == 8


def test_a_recent_file_that_is_gone_is_forgotten(window, tmp_path):
    write_document(tmp_path / "a.json", Document(text="x"))
    assert window.files.open_path(tmp_path / "a.json")
    (tmp_path / "a.json").unlink()
    assert not window.files.open_path(tmp_path / "a.json")
    assert window.files.recent() == []


def test_a_document_opens_at_its_step_and_tab(window, tmp_path, qtbot):
    write_document(tmp_path / "a.json", Document(text="x*x", inputs={"x": 3.0}, step=2, tab="plot"))
    window.files.open_path(tmp_path / "a.json")
    rest(window, qtbot)
    assert (window.player.step, window.centre.tab) == (2, "plot")
    assert read_document(tmp_path / "a.json").step == 2


@pytest.mark.skipif(os.name == "nt", reason="modes are others there")
def test_a_protected_file_is_asked_about(window, qtbot, tmp_path):
    path = tmp_path / "a.json"
    write_document(path, Document(text="old"))
    path.chmod(0o444)
    type_text(window, qtbot, "fresh*2")
    assert not window.files.save_path(path)
    assert "a.json was not saved: it is read-only." in window.centre.notice.label.text()
    assert read_document(path).text == "old"
    window.centre.notice._answer.click()
    assert read_document(path).text == "fresh*2" and not window.files.modified
    assert path.stat().st_mode & 0o777 == 0o444


def test_half_a_character_in_a_strangers_document_does_not_block_saving(window, qtbot, tmp_path):
    half = '"\\ud83d"'
    (tmp_path / "a.json").write_text(
        f'{{"format": "tape-explorer", "version": 1, "text": "x*x", "inputs": {{"x": 3}}, "output": {half},'
        f' "title": {half}, "about": {half}, "view": {{"step": 1, "tab": {half}, "breakpoints": [{half}],'
        f' "bookmarks": [{{"step": 2, "note": {half}}}]}}}}'
    )
    assert window.files.open_path(tmp_path / "a.json")
    rest(window, qtbot)
    type_text(window, qtbot, "x*x*x")
    assert window.files.keep()
    assert window.files.save_path(tmp_path / "b.json")
    assert read_document(tmp_path / "b.json").bookmarks == {2: "\ufffd"}


def test_half_a_character_that_was_typed_does_not_block_saving(window, qtbot, tmp_path):
    window.function.editor.setPlainText("x*x # \ud83d")
    window.take_text()
    assert window.files.keep() and window.files.save_path(tmp_path / "b.json")
    assert read_document(tmp_path / "b.json").text.startswith("x*x # ")


def test_what_is_too_large_to_be_opened_is_not_saved_and_says_so(window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.model.document.MAX_TEXT", 100)
    window.function.editor.setPlainText("x*x" + " " * 100)
    window.take_text()
    rest(window, qtbot)
    assert not window.files.save_path(tmp_path / "b.json")
    said = window.centre.notice.label.text()
    assert said.startswith("b.json was not saved: its text is longer than") and not (tmp_path / "b.json").exists()


def test_a_large_text_and_many_inputs_can_be_saved_and_opened(window, qtbot, tmp_path):
    text = "+".join(f"x{i}" for i in range(1_500)) + "\n# " + "n" * 1_000_000
    write_document(tmp_path / "a.json", Document(text=text, inputs={f"x{i}": 1.0 for i in range(1_500)}))
    assert len(read_document(tmp_path / "a.json").inputs) == 1_500
    assert read_document(tmp_path / "a.json").text == text


def test_limits_in_the_settings_are_those_of_the_dialog(window):
    store = window.settings._store
    for name, value in {"depth": "1000000000", "seconds": "inf", "entries": "-1", "elements": "nan"}.items():
        store.setValue(f"limits/{name}", value)
    store.setValue("limits/operations", "5000")
    usual, found = Budget(), window.settings.limits()
    assert (found.depth, found.seconds, found.entries) == (usual.depth, usual.seconds, usual.entries)
    assert (found.elements, found.operations) == (usual.elements, 5_000)
    sheet = LimitsSheet(found)
    for name, (least, most) in LIMITS.items():
        field = sheet.seconds if name == "seconds" else sheet.fields[name]
        assert (field.minimum(), field.maximum()) == (least, most)
    sheet.deleteLater()


def test_names_of_other_files_hold_nothing_that_a_system_forbids(window, tmp_path):
    window.files.start(Document(text="x*x", title="Ratio: a/b?"))
    assert window.files.title == "Ratio- a-b" and window.files.stem("graph") == "graph"
    window.files.path = tmp_path / "what: now.json"
    assert window.files.title == window.files.stem("graph") == "what- now"
