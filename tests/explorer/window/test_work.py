"""The desk in the window: if these fail, a fault of ours goes unheard, or threads heap up behind the panels."""

import subprocess
import sys
import threading
import time

import pytest

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


STUBBORN = {
    "a sort that nothing can end": "a = np.random.rand(6*10**6)\nfor i in range(100):\n  b = np.sort(a)\nx",
    "a long tape": "def f(x):\n  for i in range(300000):\n    x = x*1.0001\n  return x\nf(x)",
    "a loop without end": "while True: pass",
    "a recursion without end": "def f(n): return f(n + 1)\nf(x)",
}


@pytest.mark.parametrize("text", STUBBORN.values(), ids=STUBBORN)
def test_a_window_closes_at_once_and_the_program_ends_whatever_runs(text):
    """In a process of its own, for what runs on would slow down every test after this one."""
    code = f"""
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from explorer.app import create_window
window = create_window()
window.show()
window.function.editor.setPlainText({text!r})
window.take_text()
def leave():
    start = time.monotonic(), time.thread_time()
    window.close()
    print(time.monotonic() - start[0], time.thread_time() - start[1])
    QApplication.quit()
QTimer.singleShot(500, leave)
QApplication.exec()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    passed, busy = map(float, done.stdout.split())
    assert busy < 0.2
    assert passed < 20  # nobody was waited for: the shortest of these goes on for longer


@pytest.mark.parametrize("stage", ["answer", "study", "curve"])
def test_whatever_goes_on_can_be_stopped_at_once_and_the_next_program_is_answered(window, qtbot, monkeypatch, stage):
    gate, begun = threading.Event(), threading.Event()

    def stubborn(*_args):
        begun.set()
        gate.wait(10)

    window.centre.show_tab("plot")
    rest(window, qtbot)
    with monkeypatch.context() as patch:
        patch.setattr(f"explorer.session.{stage}", stubborn)
        window.session.set_input("w1", 2.0)
        qtbot.waitUntil(begun.is_set)
        start = time.thread_time()
        window.stop_work()
        assert time.thread_time() - start < 0.2 and not window.desk.busy()
    window.session.set_input("w1", 3.0)
    rest(window, qtbot)
    assert window.session.point()["w1"] == 3.0 and not window.session.busy and window.session.run.point["w1"] == 3.0
    gate.set()


def test_what_is_raised_in_a_slot_is_said_in_the_window(settings_of_its_own):
    code = """
from PySide6.QtCore import QTimer
from explorer import app
create = app.create_window
def made(argv):
    window = create(argv)
    def look():
        print(window.centre.notice.label.text())
        window.close()
    QTimer.singleShot(0, lambda: 1 / 0)
    QTimer.singleShot(100, look)
    return window
app.create_window = made
raise SystemExit(app.run_app())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "Something went wrong: division by zero. The fault is ours.\n")
    assert "ZeroDivisionError" in done.stderr
