"""Paths over a tape: from one entry to another along operands. Loops over indices, never recursion."""

from core.tape import Tape


def path_between(tape: Tape, start: int | None, end: int | None) -> tuple[int, ...]:
    """The entries of a shortest path from one entry to a later one; only the end where there is none."""
    if end is None:
        return ()
    before: dict[int, int | None] = {end: None}
    waiting = [end]
    for index in waiting:
        if index == start:
            return _walked(before, index)
        for operand in tape.operands(index):
            if operand.__class__ is int and operand not in before:
                before[operand] = index
                waiting.append(operand)
    return (end,)


def _walked(towards: dict[int, int | None], start: int) -> tuple[int, ...]:
    path = [start]
    while (following := towards[path[-1]]) is not None:
        path.append(following)
    return tuple(path)
