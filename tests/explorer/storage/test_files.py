"""Files of the window: if these fail, work is lost, or a broken file changes what is on screen."""

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.model.document import Document, read_document, write_document
from explorer.storage.settings import Recovery, Settings
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
    crashed._lock.unlock()
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
    assert Recovery().lost is None
    one.close()
    two.close()
    assert Recovery().lost is None


def test_a_broken_recovery_copy_is_ignored(tmp_path):
    (tmp_path / "recovery-0.json").write_text("{")
    assert Recovery(tmp_path).lost is None


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
