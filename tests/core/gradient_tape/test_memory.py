"""What a tape lets go of, and when."""

import gc
import weakref
from typing import Any

import numpy as np

from core import GradientTape, Variable, constant, cos
from core.functions import square, sum


def test_a_used_up_tape_has_freed_its_records() -> None:
    x = Variable(np.ones(10))
    with GradientTape() as tape:
        y = sum(cos(x))
    record = tape.tape
    tape.gradient(y, x)
    assert len(record) == 0


def test_a_training_loop_keeps_no_tape_and_no_array_alive() -> None:
    """Every tape of 1000 steps must be gone when its step is over, without the garbage collector's help."""
    w, x = Variable(np.full(3, 0.5)), constant([1.0, 2.0, 3.0])
    tapes: list[Any] = []
    gc.collect()
    gc.disable()
    try:
        for step in range(1000):
            with GradientTape(persistent=step % 2 == 0) as tape:
                tape.watch(x)
                loss = sum(square(w * x - 1.0))
            w.assign_sub(0.01 * tape.gradient(loss, w).primal)
            tapes.append(weakref.ref(tape.tape))
            del tape, loss
        assert len([1 for record in tapes if record() is not None]) <= 1
    finally:
        gc.enable()


def test_nested_tapes_in_a_loop_do_not_grow_what_an_outer_tape_knows() -> None:
    w = Variable(2.0)
    with GradientTape(persistent=True) as outer:
        w * w
        before = len(outer.tape.elsewhere.get(0, []))
        for _ in range(50):
            with outer.stop_recording(), GradientTape() as inner:
                y = w * w
            inner.gradient(y, w)
        w * w
    assert len(outer.tape.elsewhere.get(0, [])) <= before + 2
