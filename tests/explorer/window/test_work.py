"""The desk in the window: if these fail, a fault of ours goes unheard, or threads heap up behind the panels."""

import threading
import time

from explorer.desk import MOST_THREADS
from tests.explorer.conftest import rest


def test_a_fault_in_a_job_is_said_in_a_sentence_and_work_goes_on(window, qtbot, monkeypatch):
    monkeypatch.setattr("explorer.parts.why.work.why_none", lambda *_: 1 / 0)
    window.parts["why"].ask_input("w1")
    rest(window, qtbot)
    notice = window.centre.notice
    assert notice.isVisible()
    assert notice.label.text() == (
        "Something went wrong while looking for reasons: division by zero. The fault is ours."
    )
    monkeypatch.undo()
    window.parts["why"].ask_input("w1")
    rest(window, qtbot)
    assert "Why is" in window.parts["why"].panel.toPlainText()


def test_all_panels_together_need_few_threads(window, qtbot):
    for name in ("why", "break_it", "go_code", "go_checks", "go_matrices", "fold_all", "go_plot", "go_graph"):
        window.actions_by_name[name].trigger()
        rest(window, qtbot)
    window.parts["searching"].find("value > 3")
    rest(window, qtbot)
    assert 1 <= sum(thread.name == "desk" for thread in threading.enumerate()) <= MOST_THREADS


def test_a_worksheet_is_made_beside_the_window_and_told_in_the_status_bar(window, qtbot, monkeypatch, tmp_path):
    gate = threading.Event()
    real = window.parts["worksheet"].write.__globals__["quiz"].worksheet
    monkeypatch.setattr("core.quiz.worksheet", lambda *asked: gate.wait(10) and real(*asked))
    window.parts["worksheet"].write(tmp_path / "sheet.md")
    assert window.desk.words() == "writing sheet.md" and window.actions_by_name["stop_work"].isEnabled()
    qtbot.waitUntil(window.menus.working.isVisible)
    window.player.to_end()
    assert window.player.step == window.player.last, "the window goes on meanwhile"
    gate.set()
    rest(window, qtbot)
    assert (tmp_path / "sheet.md").is_file() and (tmp_path / "sheet-answers.md").is_file()


def test_closing_does_not_wait_for_a_long_job(make_window, monkeypatch, tmp_path):
    window, gate = make_window(), threading.Event()
    monkeypatch.setattr("core.quiz.worksheet", lambda *asked: gate.wait(10))
    window.parts["worksheet"].write(tmp_path / "sheet.md")
    begin = time.monotonic()
    window.close()
    assert time.monotonic() - begin < 1.0  # 0.2 for the desk; the rest is Qt's, on a machine under load
    gate.set()
    assert not (tmp_path / "sheet.md").exists()
