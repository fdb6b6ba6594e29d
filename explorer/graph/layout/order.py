"""Who stands above whom in each column, so that few segments cross.

Several starting orders are improved as lists of blocks, the worse half is dropped again and again, and the
best of all is finished cell by cell. Knows no sizes and no coordinates.
"""

import numpy as np

from explorer.graph.layout.blocks import Blocks
from explorer.graph.layout.columns import Columns
from explorer.graph.layout.crossings import weighed
from explorer.graph.layout.result import Watch
from explorer.graph.layout.sift import Sifter
from explorer.graph.layout.sweep import Sweeper

_HEATS = (2, 2, 4, 8, 16)  # rounds between two choices
_VISIT, _VISIT_LIST, _CASE = 30e-3, 2e-3, 30e-6  # rough milliseconds for a block, times lists, times cases


def ordered(columns: Columns, guesses: list[np.ndarray], effort: float, watch: Watch) -> tuple[np.ndarray, float]:
    """Position of each cell in its column, and the crossings; `guesses` are first orders (a number per cell).

    `effort` is about the milliseconds it may take; what is done depends on sizes, never on the clock.
    """
    blocks = Blocks(columns)
    starts = _starts(columns, blocks, guesses)
    round_cost = [_round_cost(blocks, number) for number in range(len(starts) + 1)]
    number = max([1] + [k for k in range(1, len(starts) + 1) if _HEATS[0] * round_cost[k] <= effort / 2])
    lists = np.array(starts[:number])
    for rounds in _HEATS:
        rounds = max(1, min(rounds, int(effort / round_cost[len(lists)])))
        effort -= rounds * round_cost[len(lists)]
        blocks.improve(lists, rounds, watch)
        if effort <= 0:
            break
        lists = lists[_best(columns, blocks, lists)[: (len(lists) + 1) // 2]]
    position = by_key(columns, lists[_best(columns, blocks, lists)[0]][blocks.of])
    found = weighed(columns, position)
    if effort > 0:
        sifted = position.copy()
        Sifter(columns).improve(sifted, 4, watch)
        count = weighed(columns, sifted)
        if count < found:
            return sifted, count
    return position, found


def _round_cost(blocks: Blocks, lists: int) -> float:
    return blocks.count * (_VISIT + _VISIT_LIST * lists) + blocks.size * lists * _CASE


def _best(columns: Columns, blocks: Blocks, lists: np.ndarray) -> np.ndarray:
    """The numbers of the lists, those with the fewest crossings first."""
    counts = [weighed(columns, by_key(columns, places[blocks.of])) for places in lists]
    return np.argsort(counts, kind="stable")


def _starts(columns: Columns, blocks: Blocks, guesses: list[np.ndarray]) -> list[np.ndarray]:
    """Lists of blocks to start from: each guess after a sweep from left to right, and as it is."""
    sweeper = Sweeper(columns)
    size = np.maximum(np.diff(columns.starts)[columns.column], 1)
    number = np.bincount(blocks.of, minlength=blocks.count)
    starts = []
    for guess in guesses:
        position = by_key(columns, guess)
        sweeper.sweep(position, forward=True)
        share = np.bincount(blocks.of, (position + 0.5) / size, blocks.count) / number
        starts.append(blocks.places(share))
    for guess in guesses:
        starts.append(blocks.places(np.bincount(blocks.of, guess, blocks.count) / number))
    return starts


def by_key(columns: Columns, key: np.ndarray) -> np.ndarray:
    """Positions in each column by a key per cell, connected parts kept together."""
    column = columns.column
    order = np.lexsort((key, columns.part, column))
    position = np.empty(len(order), int)
    position[order] = np.arange(len(order)) - columns.starts[column[order]]
    return position
