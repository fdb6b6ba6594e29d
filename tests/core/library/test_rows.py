"""The table of library functions reads its rows exactly, and says of a wrong row what is wrong and where."""

import pytest

from core.library import RowError, counts, fact, find, row_at, rows
from core.library.table import built

SUM = """
each | torch. input:x | counts: axis | dtype: number
sum | np.sum a:x axis * keepdims | tf.reduce_sum tf.math.reduce_sum input_tensor:x axis=0 name!
    | torch. input:x dim:axis | .sum axis dim:axis   # a method
abs | torch. torch.absolute | (np.fabs) x | dtype: float | counts:
"""


def test_a_row_tells_its_names_its_arguments_and_its_facts():
    found = built([SUM])
    one = found["sum"]
    assert [name.path for name in one.names] == ["np.sum", "tf.reduce_sum", "tf.math.reduce_sum", "torch.sum", ".sum"]
    assert one.names[0].signature == ("a:x", "axis", "*", "keepdims")
    assert one.names[1].signature == ("input_tensor:x", "axis", "name!") and one.names[1].defaults == {"axis": 0}
    assert one.counts == {"axis"} and one.fact("dtype") == "number" and one.fact("cuts") == ""


def test_what_holds_for_each_row_gives_way_to_what_a_row_says_itself():
    one = built([SUM])["abs"]
    assert [(name.path, name.signature) for name in one.names[:2]] == [
        ("torch.abs", ("input:x",)), ("torch.absolute", ("input:x",)),
    ]  # fmt: skip
    assert one.fact("dtype") == "float" and not one.counts
    assert [name.typed for name in one.names] == [True, True, False]


WRONG = {
    "two words | np.a x": "begins with the name of our function",
    "f | np.f x | shaep: same": "`shaep` is not a fact",
    "f | np.f x | shape: round": "`shape: round`; there are same,",
    "f | np.f x | dtype: float | dtype: any": "`dtype` is said twice",
    "f | np.f x | counts: axis": "no argument `axis` that could count",
    "f | np.f x, y": "`x,` among the arguments of `np.f` is not an argument",
    "f | np.f x x": "`np.f` has two arguments `x`",
    "f | np.f x | np.f y": "`np.f` stands twice",
    "f | np.f x=one": "the default `one` of `np.f` is not a constant",
    "f | numpy.f x": "begins with no path and no fact",
    "f | np.f x\nf | tf.f x": "two rows of this name",
    "f | np.f x\ng | np.f x": "`np.f` is a name of `f` already",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_row_is_refused_by_its_name_when_the_table_is_built(text):
    with pytest.raises(RowError) as caught:
        built([text])
    assert WRONG[text] in str(caught.value)
    assert str(caught.value).startswith(("`f`", "`g`", "`two words`"))


@pytest.mark.parametrize(
    ("path", "function"),
    [("np.sum", "sum"), ("numpy.sum", "sum"), ("jnp.sum", "sum"), ("tensorflow.reduce_sum", "sum"), (".sum", "sum"),
     ("exp", "exp"), ("torch.max", "torch_max"), ("np.nothing", None), ("reduce_nothing", None)],
)  # fmt: skip
def test_a_row_is_found_by_its_whole_path(path, function):
    row = row_at(path)
    assert (row.function if row else None) == function


def test_arguments_that_count_are_told_by_place_and_by_name():
    assert counts("np.sum", 1) and counts("np.sum", "axis") and not counts("np.sum", 0)
    assert counts("torch.zeros", 0) and counts("torch.zeros", 3)
    assert counts(".reshape", 0) and counts(".reshape", 1) and counts("range", 1)
    assert not counts("np.sum", "k") and not counts("torch.max", 1) and not counts("h", "axis")


def test_facts_are_asked_by_path():
    assert fact("np.argmax", "cuts") == "integer" and fact("len", "cuts") == "constant"
    assert fact("np.tile", "size") == "times" and fact("np.nothing", "size") == ""


def test_the_table_is_not_read_when_the_engine_is_imported():
    import subprocess
    import sys

    told = "import core, sys; print([name for name in sys.modules if name.startswith('core.library.subjects.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_row_is_reached_by_its_names():
    for row in rows().values():
        for name in row.names:
            assert find(name.path) == (row, name)
