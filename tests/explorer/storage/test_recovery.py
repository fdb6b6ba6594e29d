"""Work that was not saved: if these fail, a crash, a full disk or a signal loses it."""

import errno
import json
import os
import signal
import subprocess
import sys

import pytest

from explorer.model.document import Document
from explorer.storage.documents import write_document
from explorer.storage.recovery import Recovery
from tests.explorer.conftest import rest, type_text

ONE, TWO = Document(text="one*1", inputs={"one": 2.0}), Document(text="two*2", inputs={"two": 3.0})


def crashed(document: Document, file: str = "", folder=None) -> None:
    """What a window leaves that was killed."""
    window = Recovery(folder)
    assert window.keep(document, file) == ""
    for slot in [window._slot, *(one.slot for one in window.lost)]:
        slot.lock.unlock()


def full(*_args, **_named):
    raise OSError(errno.ENOSPC, "No space left on device")


def texts(recovery: Recovery) -> set[str]:
    return {one.document.text for one in recovery.lost}


def test_all_windows_that_were_killed_are_found(tmp_path):
    first, second = Recovery(tmp_path), Recovery(tmp_path)
    first.keep(ONE)
    second.keep(TWO)
    first.release()
    second.release()
    found = Recovery(tmp_path)
    assert texts(found) == {"one*1", "two*2"}
    assert Recovery(tmp_path).lost == []  # nobody else is offered them meanwhile
    found.release()
    assert texts(Recovery(tmp_path)) == {"one*1", "two*2"}


def test_both_are_offered_one_after_the_other(window, make_window, qtbot):
    window.close()
    first, second = Recovery(), Recovery()
    first.keep(ONE)
    second.keep(TWO)
    first.release()
    second.release()
    again = make_window()
    notice = again.centre.notice
    seen = set()
    for _ in range(2):
        assert notice.isVisible() and "last time" in notice.label.text()
        notice._answer.click()
        rest(again, qtbot)
        seen.add(again.function.editor.toPlainText())
    assert seen == {"one*1", "two*2"}
    again.close()
    once_more = Recovery()
    assert texts(once_more) == {"one*1", "two*2"}  # neither was saved
    once_more.release()


def test_a_start_that_is_closed_without_an_answer_keeps_the_copies(window, make_window, qtbot):
    window.close()
    crashed(ONE)
    for _ in range(3):
        again = make_window()
        assert "last time" in again.centre.notice.label.text()
        type_text(again, qtbot, "z*z")
        again.files.keep()
        again.start_anew()
        rest(again, qtbot)
        again.close()
    assert texts(Recovery()) >= {"one*1"}


def test_a_copy_is_forgotten_when_its_document_is_saved(window, make_window, qtbot, tmp_path):
    window.close()
    crashed(ONE)
    again = make_window()
    again.centre.notice._answer.click()
    rest(again, qtbot)
    assert again.files.save_path(tmp_path / "a.json")
    held = Recovery()
    assert held.lost == []
    held.release()
    for slot in [again.files._recovery._slot]:
        slot.lock.unlock()  # as if killed right after saving
    assert Recovery().lost == []


def test_everything_of_the_document_comes_back_with_its_file_name(window, make_window, qtbot, tmp_path):
    path = tmp_path / "mine.json"
    write_document(path, Document(text="a = x*x\nb = a*y\nb + a", inputs={"x": 3.0, "y": 2.0}))
    assert window.files.open_path(path)
    rest(window, qtbot)
    window.actions_by_name["forward_mode"].trigger()
    window.session.set_direction("y", 4.0)
    rest(window, qtbot)
    window.parts["navigation"].travel.toggle("line 2")
    window.parts["navigation"].travel.bookmark(3, "here")
    window.player.seek(4)
    assert window.files.modified
    window.keeping.now()
    left = window.document()
    for slot in [window.files._recovery._slot]:
        slot.lock.unlock()  # as if killed
    again = make_window()
    assert "mine.json" in again.centre.notice.label.text()
    again.centre.notice._answer.click()
    rest(again, qtbot)
    assert again.document() == left
    assert (left.step, left.breakpoints, left.bookmarks, left.mode) == (4, ("line 2",), {3: "here"}, "forward")
    assert left.direction["y"] == 4.0
    assert again.files.path == path and "mine.json •" in again.windowTitle()


@pytest.mark.parametrize("change", ["stop", "bookmark", "typing", "step"])
def test_every_change_is_kept_within_a_second(window, qtbot, change):
    type_text(window, qtbot, "a*b*3")
    window.keeping.stop()
    travel = window.parts["navigation"].travel
    match change:
        case "stop":
            travel.toggle("line 1")
        case "bookmark":
            travel.bookmark(1, "x")
        case "typing":
            window.function.editor.insertPlainText("1")
        case "step":
            window.player.step_forward()
    assert window.keeping.timer.isActive() and window.keeping.timer.remainingTime() <= 1_000


def test_stops_and_bookmarks_are_work(window, qtbot):
    assert not window.files.modified
    window.parts["navigation"].travel.bookmark(2, "why?")
    assert window.files.modified and "•" in window.windowTitle()


def test_the_direction_is_work(window, qtbot):
    window.actions_by_name["forward_mode"].trigger()
    rest(window, qtbot)
    window.files.rest()
    assert not window.files.modified
    window.session.set_direction("w2", 4.0)
    rest(window, qtbot)
    assert window.files.modified


def test_a_full_disk_leaves_the_last_good_copy_and_is_said_once_and_tried_again(window, qtbot, monkeypatch, tmp_path):
    type_text(window, qtbot, "keep*3")
    window.keeping.now()
    slot = window.files._recovery._slot
    good = slot.path.read_text("utf-8")
    window.centre.notice.hide()
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.write_bytes", full)
        window.function.editor.insertPlainText("1")
        window.keeping.now()
        assert slot.path.read_text("utf-8") == good
        assert "could not be kept against a crash: no space left on device" in window.centre.notice.label.text()
        assert window.keeping.timer.isActive()
        window.centre.notice.hide()
        window.keeping.now()
        assert not window.centre.notice.isVisible()
    window.keeping.now()
    assert json.loads(slot.path.read_text("utf-8"))["text"] == window.function.editor.toPlainText()


def test_a_write_that_ends_half_way_leaves_the_last_good_copy(tmp_path, monkeypatch):
    window = Recovery(tmp_path)
    window.keep(ONE)
    really = os.replace

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        window.keep(TWO)
    monkeypatch.setattr(os, "replace", really)
    window.release()
    assert texts(Recovery(tmp_path)) == {"one*1"}


def test_a_window_whose_work_cannot_be_kept_says_so_before_it_closes(window, qtbot, monkeypatch):
    type_text(window, qtbot, "keep*3")
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.write_bytes", full)
        assert not window.close() and window.isVisible()
        assert "Unsaved work could not be kept: no space left on device." in window.centre.notice.label.text()
        window.centre.notice._answer.click()
        assert not window.isVisible()


def test_where_there_was_no_room_a_place_is_found_later(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    window = Recovery(tmp_path / "data")
    assert window.keep(ONE) != ""
    (tmp_path / "data").unlink()
    assert window.keep(ONE) == ""


def test_strange_files_in_the_folder_are_left_alone(tmp_path):
    for name in ("recovery-x.json", "recovery-.json", "recovery-0.json", "recovery-3.json"):
        (tmp_path / name).write_text("{" if name != "recovery-3.json" else "")
    window = Recovery(tmp_path)
    assert window.lost == [] and window.keep(ONE) == ""
    assert (tmp_path / "recovery-0.json").read_text() == "{"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signals there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_signals_keep_what_was_just_typed(settings_of_its_own, name):
    code = f"""
import os, signal
from PySide6.QtCore import QTimer
from explorer import app
create = app.create_window
def made(argv):
    window = create(argv)
    def type_and_kill():
        window.function.editor.setPlainText("")
        window.function.editor.insertPlainText("just*7")
        os.kill(os.getpid(), signal.{name})
    QTimer.singleShot(0, type_and_kill)
    return window
app.create_window = made
raise SystemExit(app.run_app())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    kept = [path.read_text("utf-8") for path in settings_of_its_own.rglob("recovery-*.json")]
    assert len(kept) == 1 and json.loads(kept[0])["text"] == "just*7"
