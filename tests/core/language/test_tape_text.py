"""What a text says about its tapes: if these fail, the window names the wrong tape or hides a gap."""

from core.language import parse
from core.language.interface.opened_tapes import Gap, OpenedTape, tapes_in

NESTED = """
x = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape() as inner:
        y = x * x
        with inner.stop_recording():
            z = y * 2
            z = z + 1
    g = inner.gradient(y, x)
h = outer.gradient(g, x)
"""


def test_nested_tapes_and_their_gaps_are_named():
    tapes, gaps = tapes_in(parse(NESTED))
    assert tapes == (OpenedTape("outer", 3, True, ""), OpenedTape("inner", 4, False, "outer"))
    assert gaps == (Gap(7, 8, "inner"),)


def test_a_text_without_a_tape_says_nothing():
    assert tapes_in(parse("x*x")) == ((), ())


def test_no_grad_is_a_gap_of_whichever_tape_records():
    text = "x = torch.tensor(2.0, requires_grad=True)\nwith torch.no_grad():\n    y = x * 2\nz = x * x\nz.backward()\n"
    assert tapes_in(parse(text))[1] == (Gap(3, 3, ""),)
