"""How many segments cross, counted without looking at pairs.

Knows only numbers: which end lies above which.
"""

import numpy as np

from explorer.drawing.layout.columns import Columns

PORT_WEIGHT = 0.5  # of a crossing where two lines meet anyway, just before the operand ports of one node


def weighed(columns: Columns, position: np.ndarray) -> float:
    """Crossings, those just before the ports of a common target counting less."""
    free = crossings(columns, position, ports=False)
    return free + PORT_WEIGHT * (crossings(columns, position) - free)


def crossings(columns: Columns, position: np.ndarray, ports: bool = True) -> int:
    """Crossing pairs of segments, with the cells of each column at the given positions.

    Without `ports`, lines enter a node in any order.
    """
    if len(columns.source) < 2:
        return 0
    base = columns.starts[columns.column]
    absolute = base + position
    heads = absolute[columns.target] + (columns.port if ports else 0.0)
    rank = np.empty(len(heads), int)
    rank[np.lexsort((absolute[columns.source], heads))] = np.arange(len(heads))
    return inversions(rank[np.lexsort((rank, absolute[columns.source]))])


def inversions(permutation: np.ndarray) -> int:
    """Pairs of a permutation of 0..n-1 that stand in the wrong order; n log n, one binary digit at a time.

    Numbers that agree in their higher digits stand together in a block; within it, those with the digit set
    must come after those without, and are then sorted so.
    """
    total = 0
    row = permutation
    index = np.arange(len(row))
    for digit in reversed(range((len(row) - 1).bit_length())):
        block = (row >> (digit + 1)) << (digit + 1)
        high = (row >> digit) & 1
        highs = np.cumsum(high) - high
        ahead = highs - highs[block]
        total += int(ahead[high == 0].sum())
        place = np.where(high == 1, block + (1 << digit) + ahead, index - ahead)
        row_next = np.empty_like(row)
        row_next[place] = row
        row = row_next
    return total
