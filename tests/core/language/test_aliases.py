"""An array that is changed in place is changed under all its names, as in NumPy, also when a tensor changes it."""

import pytest

from core.language import parse
from core.run import record

SUMS = {
    "two names": ("b = np.ones(3)\na = b\nb += x\na.sum()", 18.0, 3.0),
    "an element, then the whole": ("z = np.ones(2)\nw = z\nz[0] = x\nz *= 2\nw.sum()", 12.0, 2.0),
    "a name given after the first change": ("z = np.ones(2)\nz[0] = x\nw = z\nz[1] = x\nw.sum()", 10.0, 2.0),
    "a parameter": ("def f(v):\n    v += x\nz = np.ones(2)\nf(z)\nz.sum()", 12.0, 2.0),
    "a parameter, after a change": ("def f(v):\n    v[1] = x\nz = np.ones(2)\nz[0] = x\nf(z)\nz.sum()", 10.0, 2.0),
    "a list given to a function": ("z = np.ones(2)\nl = [z]\nz[0] = x\nnp.sum(l)", 6.0, 1.0),
    "a list made after the first change": ("z = np.ones(2)\nz[0] = x\nl = [z]\nz[1] = x\nnp.sum(l)", 10.0, 2.0),
    "a list beside an array": ("z = np.ones(2)\nl = [z]\nz[0] = x\n(np.ones(2) + l).sum()", 8.0, 1.0),
    "a sum in a loop": ("s = np.zeros(3)\nt = s\nfor i in range(3):\n    s += x*i\nt.sum()", 45.0, 9.0),
}


@pytest.mark.parametrize(("text", "value", "slope"), SUMS.values(), ids=SUMS.keys())
def test_all_names_see_a_change_in_place(text, value, slope):
    run = record(parse(text), {"x": 5.0})
    assert run.failure is None, str(run.failure)
    assert (run.value, run.gradients()) == (value, {"x": slope})


def test_a_list_that_is_the_output_holds_what_its_arrays_are_now():
    assert parse("z = np.ones(2)\nl = [z]\nz[0] = x\nl").execute({"x": 5.0}).value[0].tolist() == [5.0, 1.0]


def test_what_numpy_cannot_do_in_place_is_refused():
    failure = record(parse("s = np.zeros(3)\ns += np.ones((2, 3))*x"), {"x": 5.0}).failure
    assert failure is not None and "in place" in failure.message
