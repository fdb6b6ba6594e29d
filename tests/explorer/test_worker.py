"""The thread that runs programs beside the window."""

import threading

from explorer.worker import STACK, Worker


def test_the_engine_thread_starts_with_a_deep_stack(qtbot, monkeypatch):
    """The small stacks that some systems give to threads would overflow in a deep recursion."""
    sizes, start = {}, threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        sizes[thread.name.split("_")[0]] = threading.stack_size()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    before = threading.stack_size()
    worker = Worker()
    worker.close()
    assert sizes == {"engine": STACK}
    assert threading.stack_size() == before
