"""Groups: every entry lies in exactly one node, whatever is open; calls, loops, lines and repeats are found."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core.functions as np_like
from core import GradientTape, Variable
from core.groups import FEW, ROOT, GroupTree, group_tree
from core.language import parse
from core.run import record
from core.tape import Tape

HELPERS = """
def dense(x, w):
    return tanh(x*w + 1)

def f(a, b):
    x = a
    for i in range(3):
        x = dense(dense(x, b), a)
        x = x - x**2
    return x*b
"""
NEWTON = """
def f(a):
    x = a
    for i in range(100):
        x = x - (x*x - a)/(2*x)
    return x
"""
STRAIGHT = "def f(a):\n    x = a\n" + "    x = sin(x*a) + x\n" * 400 + "    return x\n"
TEXTS = [HELPERS, NEWTON, STRAIGHT, "f(x) = x*x", "a + b"]


def run_of(text: str) -> Tape:
    program = parse(text)
    return record(program, {one.name: 0.5 for one in program.inputs}).tape


def tree_of(text: str) -> GroupTree:
    return group_tree(run_of(text), text)


def titles(tree: GroupTree, depth: int) -> list[str]:
    return [group.title for group in tree.groups if group.depth == depth]


@pytest.mark.parametrize("text", [HELPERS, NEWTON, STRAIGHT, "a + b"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_folding_and_unfolding_lose_nothing(text: str, data: Any) -> None:
    """Without this an entry could vanish from the picture, or be drawn twice."""
    tree = tree_of(text)
    numbers = st.sets(st.integers(0, len(tree) - 1))
    parting = tree.parting(data.draw(numbers))
    count = tree[ROOT].stop
    assert [entry for node in range(len(parting)) for entry in parting.entries_of(node)] == list(range(count))
    for node in range(len(parting)):
        assert all(parting.node_of(entry) == node for entry in parting.entries_of(node))
        assert (parting.groups[node] < 0) == (len(parting.entries_of(node)) == 1)
    everything = tree.parting(range(len(tree)))
    assert len(everything) == count


@pytest.mark.parametrize("text", [HELPERS, NEWTON, STRAIGHT])
def test_groups_nest(text: str) -> None:
    tree = tree_of(text)
    for group in tree.groups[1:]:
        around = tree[group.parent]
        assert around.first <= group.first < group.stop <= around.stop
        assert group.depth == around.depth + 1 and len(group.entries) > 1
        assert tree.around(group.first)[: group.depth][-1] == group
        assert tree.find(tree.key(group.number)) == group.number


def test_helpers_and_passes_are_told_apart() -> None:
    tree = tree_of(HELPERS)
    assert titles(tree, 1) == ["for i in range(3)"]
    assert titles(tree, 2) == ["pass 1", "pass 2", "pass 3"]
    assert titles(tree, 3) == ["dense()"] * 6
    assert tree[1].repeats == 3 and len(tree.passes(1)) == 3


def test_a_loop_inside_a_helper_is_inside_it() -> None:
    helper = "def g(x):\n    for i in range(3):\n        x = sin(x*x)\n    return x\n\n"
    tree = tree_of(helper + "def f(a):\n    return g(a) + g(a*a)\n")
    assert titles(tree, 1) == ["g()", "g()"] and titles(tree, 2) == ["for i in range(3)"] * 2


def test_two_calls_in_a_row_that_begin_with_other_calls_are_two() -> None:
    """Their loops count from the beginning again; without this the layers of a network become one."""
    helper = "def unit(x, k):\n    return sin(x*k) + k\n\n"
    helper += "def layer(x):\n    return [unit(x, k + 1.0) for k in range(3)]\n\n"
    tree = tree_of(helper + "def f(a):\n    h = layer(a)\n    h = layer(h[0])\n    return h[1]\n")
    assert titles(tree, 1) == ["layer()", "layer()"]


@pytest.mark.parametrize("text", [NEWTON, STRAIGHT])
def test_the_first_view_of_a_large_run_has_a_few_dozen_nodes(text: str) -> None:
    tree = tree_of(text)
    assert tree[ROOT].stop > FEW
    assert 3 < len(tree.parting(tree.first_view())) <= 40
    assert all(len(tree.children[group.number]) <= 40 for group in tree.groups)


def test_a_tape_that_says_nothing_is_parted_by_what_repeats() -> None:
    """A tape from the library has no provenance; its blocks are found by their operations."""
    x: Any = Variable(0.5)
    y = x
    with GradientTape() as recorder:
        for _ in range(300):
            y = np_like.sin(y * x) + x
    tree = group_tree(recorder.tape)
    assert {group.kind for group in tree.groups} >= {"block", "part"}
    blocks = [group for group in tree.groups if group.kind == "block"]
    assert {len(block.entries) for block in blocks[:-1]} == {3}


def test_many_inputs_are_one_group() -> None:
    names = [f"x{k}" for k in range(40)]
    text = f"def f({', '.join(names)}):\n    return {' + '.join(names)}\n"
    assert titles(tree_of(text), 1)[0] == "40 inputs"


def test_open_groups_are_found_again_in_an_edited_run() -> None:
    before, after = tree_of(HELPERS), tree_of(HELPERS.replace("x = a\n", "x = a + b\n"))
    opened = before.to_depth(2) | {before.find((("for i in range(3)", 0), ("pass 2", 0)))}
    kept = after.same([one for one in opened if one is not None], before)
    assert sorted(after[one].title for one in kept) == ["for i in range(3)", "pass 2"]


def test_an_empty_tape_is_one_empty_run() -> None:
    tree = group_tree(Tape())
    assert len(tree.parting(())) == 0 and tree.depth == 0 and tree.around(0) == []


def test_deep_recursion_takes_time_in_proportion() -> None:
    """Of each path there is one object; comparing the paths themselves took the cube of the depth."""
    text = "def f(n):\n    if n > {}:\n        return n\n    return f(n + 1)\nf(x)"
    seconds = []
    for depth in (200, 800):
        run = record(parse(text.format(depth)), {"x": 0.0})
        begun = process_time()
        group_tree(run.tape, run.program.text)
        seconds.append(process_time() - begun)
    assert seconds[1] < 40 * seconds[0] + 0.05
