"""What a folded group shows at a step: the state of all that is inside, how far it is, its result, its largest adjoint.

Pure functions on timelines and groups. Wording comes from `core.notation`. Knows no widget.
"""

from collections.abc import Callable

import numpy as np

from core import notation
from core.basics.words import say
from core.events import AdjointAccumulated
from core.groups import Group, GroupTree, Parting
from core.timeline import Frame, State, Timeline


def magnitudes(timeline: Timeline) -> np.ndarray:
    """For every entry the largest absolute element of its final adjoint; 0 where none arrives."""
    result = np.zeros(timeline.computed)
    for index, (_, values) in timeline.arrivals.items():
        value = values[-1]
        result[index] = abs(value) if value.__class__ is float else np.max(np.abs(value), initial=0.0)
    return result


def carried_sizes(timeline: Timeline, links: np.ndarray, of: np.ndarray, count: int) -> np.ndarray:
    """For every drawn edge the largest absolute element of a contribution that it carries, else nan."""
    carried = {}
    for event in timeline.later:
        if isinstance(event, AdjointAccumulated):
            carried[event.source, event.slot] = float(np.max(np.abs(event.contribution), initial=0.0))
    result = np.full(count, np.nan)
    for edge, (_, target, slot) in zip(of.tolist(), links.tolist()):
        size = carried.get((target, slot))
        if edge >= 0 and size is not None:
            result[edge] = np.fmax(result[edge], size)
    return result


def summed_states(states: np.ndarray, parting: Parting) -> np.ndarray:
    """The state of every node from the states of its entries."""
    firsts = parting.starts[:-1]
    result = states[firsts].copy()
    groups = np.flatnonzero(parting.groups >= 0)
    if not len(groups):
        return result

    def count(*which: State) -> np.ndarray:
        return np.add.reduceat(np.isin(states, which), firsts, dtype=np.int64)[groups]

    sizes = np.diff(parting.starts)[groups]
    arrived = count(State.SEEDED, State.ACCUMULATING, State.COMPLETE)
    unconnected = count(State.UNCONNECTED, State.UNWATCHED)
    cases = [
        (np.ones(len(groups), bool), State.COMPUTED),
        (count(State.PENDING) == sizes, State.PENDING),
        (unconnected == sizes, State.UNCONNECTED),
        (arrived > 0, State.ACCUMULATING),
        ((count(State.COMPLETE) > 0) & (count(State.COMPLETE) + unconnected == sizes), State.COMPLETE),
        (count(State.CURRENT) > 0, State.CURRENT),
        (count(State.FAILED) > 0, State.FAILED),
    ]
    for holds, state in cases:
        result[groups[holds]] = state
    return result


def group_note(group: Group) -> str:
    """The small print beside a group's title: how much is inside."""
    return f"×{group.repeats:,}" if group.repeats > 1 else say("drawing.ops", "{count:,} ops", count=len(group.entries))


def status(tree: GroupTree, group: Group, frame: Frame, result: int) -> str:
    """How far a group is in this step: its pass or its entry while it is at work, else what comes out of it."""
    current = frame.current
    if current is not None and current in group.entries:
        around = tree.around(current)
        passes = [one for one in around if one.kind == "pass"]
        loops = [one for one in around if one.kind == "loop"]
        if passes and loops and (group in loops or group.kind == "passes") and passes[-1].parent >= 0:
            return _pass_status(tree, group, passes)
        return say(
            "drawing.entry",
            "entry {current:,} of {count:,}",
            current=current - group.first + 1,
            count=len(group.entries),
        )
    value = frame.primal(result)
    if value is None:
        return (
            say("drawing.operations", "{count:,} operations", count=len(group.entries))
            if group.kind != "inputs"
            else ""
        )
    return f"{frame.timeline.tape.label(result)} = {notation.number(value)}"


def _pass_status(tree: GroupTree, group: Group, passes: list[Group]) -> str:
    """The pass at work of a loop, in words."""
    for one in passes:
        loop = _loop_of(tree, one)
        if group.number in (loop.number, *[outer for outer in tree.outer(one.number) if outer > loop.number]):
            return say("drawing.of", "{title} of {repeats:,}", title=one.title, repeats=loop.repeats)
    return passes[-1].title


def _loop_of(tree: GroupTree, one: Group) -> Group:
    while one.kind != "loop" and one.number:
        one = tree[one.parent]
    return one


def largest(magnitude: np.ndarray, group: Group, frame: Frame) -> str:
    """The largest adjoint among the entries of a group whose adjoint is complete, in words."""
    inside = slice(group.first, group.stop)
    complete = frame.timeline.completed_at[inside] <= frame.step
    if not complete.any() or frame.step <= frame.timeline.forward_end:
        return ""
    return f"max |v̄| = {notation.number(float(np.max(magnitude[inside][complete])))}"


def progress(group: Group, frame: Frame) -> tuple[float, float]:
    """The shares of a group's entries that are computed, and whose adjoint is complete."""
    inside = slice(group.first, group.stop)
    computed = np.clip(frame.step - group.first, 0, len(group.entries)) / len(group.entries)
    if frame.step <= frame.timeline.forward_end:
        return float(computed), 0.0
    completed = frame.timeline.completed_at[inside] <= frame.step
    return float(computed), float(completed.mean())


def crossing(edges: np.ndarray) -> Callable[[Group], tuple[int, int, int]]:
    """For a group, how many values come in and go out, and the entry of the last that goes out."""

    def count(group: Group) -> tuple[int, int, int]:
        low, high = np.searchsorted(edges[:, 1], [group.first, group.stop])
        sources = edges[low:high, 0]
        incoming = len(np.unique(sources[sources < group.first]))
        later = edges[high:, 0]
        out = np.unique(later[(later >= group.first) & (later < group.stop)])
        return incoming, len(out), int(out[-1]) if len(out) else group.stop - 1

    return count
