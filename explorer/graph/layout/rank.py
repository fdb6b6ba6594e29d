"""Which column each node stands in, so that every edge points forward and long edges are few.

First every node as early as its operands allow; then operations slide towards their consumers where that
shortens the lines drawn, and back where it gained nothing. Knows no sizes and no positions.
"""

import numpy as np


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
        raise ValueError("The graph has a cycle, so its nodes can't be put in columns.")
    return np.array(order)


def rank(
    count: int, source: np.ndarray, target: np.ndarray, inputs: np.ndarray, output: int | None
) -> np.ndarray:
    """Column of each node: `inputs` in column 0, other sources just before their first consumer."""
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
    _move_early(columns, operands, consumed)
    if output is not None and consumed[place[output]] == 0:
        _put_last(columns, int(place[output]))
    result = np.array(columns)[place]
    return result - result.min()


def _grouped(count: int, keys: np.ndarray, values: np.ndarray) -> list[list[int]]:
    """The values of each key as lists; keys must be sorted."""
    starts = np.searchsorted(keys, np.arange(count + 1)).tolist()
    flat = values.tolist()
    return [flat[first:end] for first, end in zip(starts, starts[1:], strict=False)]


def _move_late(columns: list[int], operands: list[list[int]], pinned: list[bool]) -> list[int]:
    """Slide nodes towards their consumers where no operand's line gets longer than the own line gets shorter.

    Returns how many consumers each node has.
    """
    count = len(columns)
    furthest = [0] * count
    for node, given in enumerate(operands):
        for operand in given:
            furthest[operand] = max(furthest[operand], columns[node])
    consumed = [0] * count
    nearest = [count + 1] * count
    for node in range(count - 1, -1, -1):
        given = operands[node]
        if consumed[node] and not pinned[node] and nearest[node] - 1 > columns[node]:
            columns[node] = _latest(columns[node], nearest[node] - 1, [furthest[operand] for operand in given])
        column = columns[node]
        for operand in given:
            consumed[operand] += 1
            furthest[operand] = max(furthest[operand], column)
            nearest[operand] = min(nearest[operand], column)
    return consumed


def _latest(column: int, limit: int, horizons: list[int]) -> int:
    """How far a node may slide: one of its operands' lines may grow, the second one stops it."""
    if len(horizons) < 2:
        return limit
    return max(column, min(limit, sorted(horizons)[1]))


def _move_early(columns: list[int], operands: list[list[int]], consumed: list[int]) -> None:
    """Slide nodes back next to their operands where that costs nothing: a line of their own gets shorter."""
    for node, given in enumerate(operands):
        earliest = 1 + max([columns[operand] for operand in given], default=columns[node] - 1)
        if earliest < columns[node] and any(consumed[operand] == 1 for operand in given):
            columns[node] = earliest


def _put_last(columns: list[int], output: int) -> None:
    """The output stands alone at the very end."""
    others = max((column for node, column in enumerate(columns) if node != output), default=-1)
    columns[output] = max(columns[output], others + 1)
