"""Statements made shorter without changing a bit of what they compute, for text that is run rather than read.

Contributions to one adjoint are gathered into one sum, in their order; names that stand for a number or another
name are replaced; values used once are written where they are used; what nobody uses is left out. Knows
statements only.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Sequence

from core.codegen.formulas import Expression, constant_of, names_in, replaced
from core.codegen.statements import Statement

LONGEST_SUM = 8  # contributions in one statement
LARGEST = 24  # names in an expression that grows by writing values where they are used


def tidied(
    statements: Sequence[Statement], results: Iterable[Expression], floats: bool
) -> tuple[list[Statement], list[Expression]]:
    """The statements in short form, and the results in terms of them."""
    short = _gathered(statements)
    short, found = _propagated(short, list(results), floats)
    short = _used(short, found)
    return _inlined(short, found, floats)


def _gathered(statements: Sequence[Statement]) -> list[Statement]:
    """Each adjoint's contributions as one sum, placed where the last one was."""
    last = {one.target: place for place, one in enumerate(statements) if one.target}
    open_sums: dict[str, tuple[Expression, int, bool]] = {}
    short: list[Statement] = []
    for place, one in enumerate(statements):
        if one.target is None:
            short.append(one)
            continue
        before, count, begun = open_sums.pop(one.target, (None, 0, False))
        value, count = (ast.BinOp(before, ast.Add(), one.value), count + 1) if before is not None else (one.value, 1)
        if place == last[one.target]:
            short.append(Statement(one.target, value, one.entry))
        elif count == LONGEST_SUM:
            short.append(Statement(one.target, value, one.entry))
            open_sums[one.target] = (ast.Name(one.target, ast.Load()), 1, True)
        else:
            open_sums[one.target] = (value, count, begun)
    return short


def _propagated(
    statements: Sequence[Statement], results: list[Expression], floats: bool
) -> tuple[list[Statement], list[Expression]]:
    """Names that stand for a number or for a name replaced by it; numbers meet and are computed."""
    times = Counter(one.target for one in statements)
    known: dict[str, Expression] = {}
    short: list[Statement] = []
    for one in statements:
        value = replaced(one.value, known, floats)
        simple = isinstance(value, ast.Name) and times[value.id] < 2 or constant_of(value) is not None
        if simple and one.target and times[one.target] == 1:
            known[one.target] = value
        else:
            short.append(Statement(one.target, value, one.entry))
    return short, [replaced(result, known, floats) for result in results]


def _used(statements: Sequence[Statement], results: Iterable[Expression]) -> list[Statement]:
    """Only what the results and the guards need."""
    wanted = {used for result in results for used in names_in(result)}
    short: list[Statement] = []
    for one in reversed(statements):
        if one.target is None or one.target in wanted:
            short.append(one)
            wanted.update(names_in(one.value))
    return short[::-1]


def _inlined(
    statements: Sequence[Statement], results: list[Expression], floats: bool
) -> tuple[list[Statement], list[Expression]]:
    """Values that are used once written where they are used."""
    times = Counter(one.target for one in statements)
    reads = {place: names_in(one.value) for place, one in enumerate(statements)}
    uses = Counter(used for names in reads.values() for used in names)
    uses.update(used for result in results for used in names_in(result))
    pending: dict[str, tuple[Expression, int]] = {}
    short: list[Statement] = []
    for place, one in enumerate(statements):
        here = {used: pending.pop(used) for used in reads[place] if used in pending}
        size = len(reads[place]) + sum(count for _, count in here.values())
        if size > LARGEST:
            short += [Statement(used, value, one.entry) for used, (value, _) in here.items()]
            here, size = {}, len(reads[place])
        value = replaced(one.value, {used: value for used, (value, _) in here.items()}, floats) if here else one.value
        fixed = all(times[used] < 2 for used in names_in(value))
        if one.target and times[one.target] == 1 and uses[one.target] == 1 and fixed:
            pending[one.target] = (value, size)
        else:
            short.append(Statement(one.target, value, one.entry))
    given = {used: value for used, (value, _) in pending.items()}
    return short, [replaced(result, given, floats) for result in results]
