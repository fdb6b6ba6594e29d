"""How large a run is, and what its derivatives cost."""

from __future__ import annotations

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import alternatives, say
from core.costs import Cost, costs, memory
from core.dependence import routes_between, uses
from core.groups import group_tree
from core.lessons.study import Known
from core.navigation.grammar import Function
from core.navigation.moments import target
from core.navigation.places import Place


def paths(known: Known, one: Place) -> int:
    """How many routes lead from an entry to the target; exact also where they are too many to be listed."""
    return routes_between(known["timeline"].tape, one.index, target(known).index, 0).count


def used(known: Known, one: Place) -> int:
    """How many operations use an entry; one that uses it twice counts twice."""
    tape = known["timeline"].tape
    return sum(operand == one.index for index in range(len(tape)) for _, operand in uses(tape, index))


def cost(known: Known, method: str) -> Cost:
    """What all derivatives cost by a method."""
    found = {one.method: one for one in costs(known["study"].run)}
    if method not in found:
        raise ProgramError(
            say("lessons.no-method", "There is no method `{name}`; there are {known}.",
                name=method, known=alternatives(found))
        )  # fmt: skip
    return found[method]


def bytes_kept(known: Known, how: str = "") -> int:
    """The most bytes that the tape keeps at any step."""
    return int(np.max(memory(known["timeline"], how == "persistent"), initial=0))


def shape(known: Known, one: Place) -> list[int]:
    """The lengths of an entry's axes."""
    return list(np.shape(known["timeline"].tape.primals[one.index]))


FUNCTIONS = (
    Function("shape", ("entry",), shape, "the lengths of its axes"),
    Function("size", ("entry",), lambda known, one: int(np.size(known["timeline"].tape.primals[one.index])),
             "how many numbers it holds"),
    Function("uses", ("entry",), used, "how many operations use it"),
    Function("paths", ("entry",), paths, "how many routes lead from it to the target"),
    Function("entries", (), lambda known: len(known["timeline"].tape), "how many entries the tape has"),
    Function("groups", (), lambda known: len(group_tree(known["timeline"].tape, known["study"].run.program.text)) - 1,
             "into how many groups it folds"),
    Function("operations", ("word",), lambda known, method: cost(known, method).operations,
             'operations for the whole gradient by "reverse mode", "forward mode", "central differences" ...'),
    Function("sweeps", ("word",), lambda known, method: cost(known, method).sweeps, "sweeps for it by that method"),
    Function("runs", ("word",), lambda known, method: cost(known, method).evaluations, "runs of the program for it"),
    Function("bytes_kept", ("word?",), bytes_kept, 'the most bytes the tape keeps; "persistent": frees nothing'),
)  # fmt: skip
