"""Which column each node stands in, so that every edge points forward and long edges are few.

A value that goes to many places is one line, as long as its farthest consumer is away. `best_rank` finds the
least total exactly; `rank` is for large graphs: first every node as early as its operands allow, then nodes
slide towards their consumers where that shortens lines. Knows no sizes and no positions.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from core.basics.words import say
from explorer.drawing.layout.simplex import Edge, shortest


def topological_order(count: int, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Nodes in an order in which every edge points forward; the given order where that already holds."""
    if not len(source) or bool((source < target).all()):
        return np.arange(count)
    waiting = np.bincount(target, minlength=count).tolist()
    by_source = np.argsort(source, kind="stable")
    starts = np.searchsorted(source[by_source], np.arange(count + 1)).tolist()
    targets = target[by_source].tolist()
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        for consumer in targets[starts[node] : starts[node + 1]]:
            waiting[consumer] -= 1
            if not waiting[consumer]:
                order.append(consumer)
    if len(order) < count:
        raise ValueError(
            say("drawing.graph-cycle-nodes-t", "The graph has a cycle, so its nodes can't be put in columns.")
        )
    return np.array(order)


def best_rank(
    count: int, edges: np.ndarray, inputs: np.ndarray, output: int | None, late: bool, check: Callable[[], None]
) -> np.ndarray:
    """Column of each node with the shortest lines in total; of equal places the last with `late`, or the first."""
    source, target = edges[:, 0], edges[:, 1]
    order = topological_order(count, source, target)
    place = np.empty(count, int)
    place[order] = np.arange(count)
    pairs = np.unique(np.stack([place[source], place[target]], 1), axis=0)
    weight = 2 * count
    joined: list[Edge] = []
    hubs = count  # a hub stands with the farthest consumer of a value
    for node, consumers in enumerate(_grouped(count, pairs[:, 0], pairs[:, 1])):
        if len(consumers) == 1:
            joined.append((node, consumers[0], weight, 1))
        elif consumers:
            joined += [(node, consumer, 0, 1) for consumer in consumers]
            joined += [(consumer, hubs, 0, 0) for consumer in consumers]
            joined.append((node, hubs, weight, 1))
            hubs += 1
    pinned = np.zeros(hubs, bool)
    pinned[place[inputs]] = True
    bias = [1 if late else -1] * count + [0] * (hubs - count)
    columns = shortest(bias, joined, pinned.tolist(), check)[:count]
    if output is not None and not (source == output).any():
        _put_last(columns, int(place[output]))
    result = np.array(columns, int)[place]
    return result - result.min(initial=count)


def rank(count: int, source: np.ndarray, target: np.ndarray, inputs: np.ndarray, output: int | None) -> np.ndarray:
    """Column of each node in linear time: `inputs` in column 0, other sources just before their consumers."""
    if count == 0:
        return np.zeros(0, int)
    order = topological_order(count, source, target)
    place = np.empty(count, int)
    place[order] = np.arange(count)
    pairs = np.unique(np.stack([place[target], place[source]], 1), axis=0)
    operands = _grouped(count, pairs[:, 0], pairs[:, 1])
    columns = [0] * count
    for node, given in enumerate(operands):
        if given:
            columns[node] = 1 + max([columns[operand] for operand in given])
    pinned = np.zeros(count, bool)
    pinned[place[inputs]] = True
    consumed = _move_late(columns, operands, pinned.tolist())
    _move_early(columns, operands, consumed, pinned.tolist())
    if output is not None and consumed[place[output]] == 0:
        _put_last(columns, int(place[output]))
    result = np.array(columns)[place]
    return result - result.min()


def _grouped(count: int, keys: np.ndarray, values: np.ndarray) -> list[list[int]]:
    """The values of each key as lists; keys must be sorted."""
    starts = np.searchsorted(keys, np.arange(count + 1)).tolist()
    flat = values.tolist()
    return [flat[first:end] for first, end in pairwise(starts)]


def _move_late(columns: list[int], operands: list[list[int]], pinned: list[bool]) -> list[int]:
    """Slide nodes towards their consumers unless more lines get longer than shorter.

    Returns how many consumers each node has.
    """
    count = len(columns)
    consumed = [0] * count
    for given in operands:
        for operand in given:
            consumed[operand] += 1
    pull = _pulls(operands, consumed, pinned)
    nearest = [count + 1] * count
    for node in range(count - 1, -1, -1):
        if consumed[node] >= pull[node] and consumed[node]:
            columns[node] = max(columns[node], nearest[node] - 1)
        for operand in operands[node]:
            nearest[operand] = min(nearest[operand], columns[node])
    return consumed


def _pulls(operands: list[list[int]], consumed: list[int], pinned: list[bool]) -> list[int]:
    """How many lines get longer when a node slides and takes along what serves it alone (a smallest cut)."""
    pull = [0] * len(operands)
    for node, given in enumerate(operands):
        for operand in given:
            pull[node] += 1 if consumed[operand] > 1 else min(1, pull[operand])
        if pinned[node]:
            pull[node] = len(operands)
    return pull


def _move_early(columns: list[int], operands: list[list[int]], consumed: list[int], pinned: list[bool]) -> None:
    """Slide nodes back next to their operands where no more lines get longer than shorter."""
    for node, given in enumerate(operands):
        earliest = 1 + max([columns[operand] for operand in given], default=columns[node] - 1)
        held = [operand for operand in given if operands[operand] or pinned[operand]]
        shorter = sum(consumed[operand] == 1 for operand in held)
        if earliest < columns[node] and consumed[node] <= shorter:
            columns[node] = earliest


def _put_last(columns: list[int], output: int) -> None:
    """The output stands alone at the very end."""
    others = max((column for node, column in enumerate(columns) if node != output), default=-1)
    columns[output] = max(columns[output], others + 1)
