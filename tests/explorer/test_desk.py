"""Work beside the window: if these fail, a slow job freezes it, an old result overwrites a newer one, or a fault of
ours vanishes without a word.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from explorer.desk import MOST_LEFT_BEHIND, MOST_THREADS, STACK, Desk, Work


@pytest.fixture
def desk(qtbot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What stubborn jobs wait for; opened at the end."""
    made = threading.Event()
    yield made
    made.set()


def threads() -> int:
    return sum(thread.name == "desk" for thread in threading.enumerate())


def test_a_quick_job_is_delivered_at_once(desk):
    found: list[int] = []
    desk.submit("a", lambda work: 7, found.append, grace=5.0)
    assert found == [7] and not desk.busy()


def test_a_slow_job_is_delivered_later_and_shown_meanwhile(desk, gate, qtbot):
    found: list[int] = []
    desk.submit("a", lambda work: gate.wait(5) and 7, found.append, "counting", grace=0.0)
    assert found == [] and desk.busy() and desk.busy("b", "a") and not desk.busy("b")
    assert desk.words() == "counting"
    gate.set()
    qtbot.waitUntil(lambda: found == [7])
    assert not desk.busy() and desk.words() == ""


def test_a_new_job_of_the_same_name_cancels_the_old_one(desk, qtbot):
    found: list[str] = []

    def willing(work: Work) -> str:
        pause = threading.Event()
        while not work.cancelled:
            pause.wait(0.001)
        return "old"

    desk.submit("a", willing, found.append, grace=0.0)
    desk.submit("a", lambda work: "new", found.append, grace=0.0)
    qtbot.waitUntil(lambda: not desk.busy())
    assert found == ["new"]


def test_jobs_of_other_names_leave_each_other_alone(desk, gate, qtbot):
    found: list[str] = []
    desk.submit("a", lambda work: gate.wait(10) and "a", found.append, grace=0.0)
    desk.submit("b", lambda work: "b", found.append, grace=5.0)
    assert found == ["b"]
    gate.set()
    qtbot.waitUntil(lambda: found == ["b", "a"])


def test_a_new_job_does_not_wait_for_one_that_does_not_notice(desk, gate):
    found: list[str] = []
    for name in ("old", "older"):
        desk.submit("a", lambda work, name=name: gate.wait(10) and name, found.append, grace=0.0)
    desk.submit("a", lambda work: "new", found.append, grace=5.0)
    assert found == ["new"] and not desk.busy()


def test_what_is_urgent_waits_for_nothing_that_is_not(desk, gate):
    found: list[str] = []
    for number in range(2 * MOST_THREADS):
        desk.submit(f"slow {number}", lambda work: gate.wait(10), found.append, grace=0.0)
    assert threads() == MOST_THREADS - 1
    desk.submit("now", lambda work: "now", found.append, grace=5.0, urgent=True)
    assert found == ["now"] and threads() == MOST_THREADS


def test_there_are_never_more_than_a_few_threads(desk, gate, qtbot):
    for _ in range(10):
        for name in "abcde":
            desk.submit(name, lambda work: gate.wait(10), lambda found: None, grace=0.0)
    assert threads() <= MOST_THREADS + MOST_LEFT_BEHIND
    gate.set()
    qtbot.waitUntil(lambda: not desk.busy())
    qtbot.waitUntil(lambda: threads() <= MOST_THREADS)


def test_how_far_a_job_is_can_be_seen(desk, gate, qtbot):
    told: list[tuple[str, float]] = []
    desk.progressed.connect(lambda name, share: told.append((name, share)))

    def do(work: Work) -> None:
        for share in (0.25, 0.251, 0.5):
            work.progress(share)
        gate.wait(10)
        work.stage("tidying")

    desk.submit("a", do, lambda found: None, "writing", grace=0.0)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("a", 0.25), ("a", 0.5)] and desk.words() == "writing, 50 %"


def test_a_fault_is_told_once_in_a_sentence_and_the_next_job_is_done(desk, gate, qtbot):
    told, found = [], []
    desk.failed.connect(lambda name, sentence: told.append((name, sentence)))
    for grace in (5.0, 0.0):
        desk.submit("a", lambda work: 1 / 0, found.append, "dividing", grace)
        qtbot.waitUntil(lambda: not desk.busy())
    QApplication.processEvents()
    sentence = "Something went wrong while dividing: division by zero. The fault is ours."
    assert told == [("a", sentence)] * 2
    desk.submit("a", lambda work: 3, found.append, grace=5.0)
    assert found == [3]


def test_the_fault_of_a_job_that_nobody_waits_for_is_not_told(desk, gate, qtbot):
    told: list[str] = []
    desk.failed.connect(lambda name, sentence: told.append(sentence))
    desk.submit("a", lambda work: gate.wait(10) and 1 / 0, told.append, grace=0.0)
    desk.cancel("a")
    gate.set()
    desk.submit("b", lambda work: None, lambda found: None, grace=5.0)
    desk.close()
    QApplication.processEvents()
    assert told == []


def test_closing_waits_for_nobody_who_can_be_left_behind(desk, gate):
    desk.submit("a", lambda work: gate.wait(10), lambda found: None, grace=0.0)
    begin = time.monotonic()
    desk.close()
    assert time.monotonic() - begin < 0.3


def test_closing_waits_for_what_must_go_to_its_end(desk):
    done: list[str] = []
    begun = threading.Event()

    def tidy(work: Work) -> None:
        begun.set()
        pause = threading.Event()
        while not work.cancelled:
            pause.wait(0.001)
        pause.wait(0.1)
        done.append("tidied")

    desk.submit("a", tidy, lambda found: None, grace=0.0, to_its_end=True)
    assert begun.wait(5)
    desk.close(patience=0.0)
    assert done == ["tidied"]


def test_a_closed_desk_does_nothing(desk):
    desk.close()
    desk.submit("a", lambda work: 1, lambda found: pytest.fail("it was done"), grace=0.0)
    assert not desk.busy() and threads() == 0


def test_its_threads_have_a_deep_stack(desk, monkeypatch):
    """The small stacks that some systems give to threads would overflow in a deep recursion."""
    sizes, start = {}, threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        sizes[thread.name] = threading.stack_size()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    before = threading.stack_size()
    desk.submit("a", lambda work: 1, lambda found: None, grace=5.0)
    assert sizes == {"desk": STACK}
    assert threading.stack_size() == before


def test_an_interpreter_that_ends_while_a_job_goes_on_ends_well():
    """Else a thread tells its result to a window that is being taken apart, and the process dies of it."""
    script = (
        "import time\nfrom explorer.app import application\nfrom explorer.desk import Desk\napp = application()\n"
        "desk = Desk()\n"
        "desk.submit('long', lambda work: time.sleep(0.06), lambda found: None, 'working')\n"
    )
    ended = [subprocess.run([sys.executable, "-c", script], capture_output=True) for _ in range(3)]
    assert [one.returncode for one in ended] == [0, 0, 0], ended[0].stderr
