"""How a tape becomes a schedule: one pass over its entries, which gives each number a level and a group.

Arrays are followed as arrays of places, one for each element, so that picking a row or joining numbers costs nothing.
Knows tapes; knows nothing of how a schedule is carried out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod
from typing import Any

import numpy as np

from core.basics.types import Attributes, Operand, Primal
from core.codegen.statements import guards_of
from core.custom import CustomOp
from core.dependence import ancestors
from core.op import Op
from core.ops import INPUT
from core.replay.schedule import PICK, SUM, Constants, Draft, Exponent, Kind, Places, Schedule, arranged
from core.tape import NO_ATTRIBUTES, Tape

SELECTIONS = frozenset(("getitem", "reshape", "transpose", "flip", "broadcast_to", "stack", "concatenate"))
"""Operations that only say where elements are found: they are carried out on places, once."""
LARGEST = 256
"""Elements of an array that is computed: larger ones are quick as they are."""
MOST_INPUTS = 1_000_000
"""Numbers among the inputs, of which each has a place."""


def schedule_of(tape: Tape, target: int, inputs: Mapping[str, int]) -> Schedule | None:
    """The schedule of what the target is computed from; None where something is neither elementwise nor a selection."""
    return _Scheduler(tape, target, inputs).schedule()


class _Scheduler:
    """One pass over the tape. Numbers get provisional places in the order in which they are met."""

    def __init__(self, tape: Tape, target: int, inputs: Mapping[str, int]) -> None:
        self.tape, self.target, self.inputs = tape, target, inputs
        self.keys = _whole_keys(tape)
        self.guards = guards_of(tape, self.keys)
        asked = {side for guard in self.guards for side in (guard.left, guard.right) if side.__class__ is int}
        kept = {target, *asked, *self.keys.values()}
        self.needed = ancestors(tape, kept)
        self.parts = _parts_of_sums(tape, self.needed, kept)
        self.level: list[int] = []  # of each place
        self.places: dict[int, Places] = {}  # of each entry
        self.constants = Constants()
        self.terms: dict[int, list[int]] = {}  # of additions that are part of a longer one
        self.drafts: dict[Kind, Draft] = {}

    def schedule(self) -> Schedule | None:
        """The schedule, or None."""
        if sum(np.size(self.tape.primals[index]) for index in self.inputs.values()) > MOST_INPUTS:
            return None
        where = {name: self._input(index) for name, index in self.inputs.items()}
        for index in self.needed:
            if index not in self.places and not self._take(index):
                return None
        target = self.places.get(self.target)
        if target.__class__ is not int:
            return None
        questions = [
            (guard.comparison, self._operand(guard.left), self._operand(guard.right), guard.outcome)
            for guard in self.guards
        ]
        if any(np.ndim(one[1]) or np.ndim(one[2]) for one in questions):
            return None
        return arranged(where, self.level, self.constants, self.drafts, questions, target)

    def _input(self, index: int) -> slice:
        shape = np.shape(self.tape.primals[index])
        begin = len(self.level)
        self.level.extend([0] * prod(shape))
        self.places[index] = np.arange(begin, len(self.level)).reshape(shape) if shape else begin
        return slice(begin, len(self.level))

    def _take(self, index: int) -> bool:
        """Give the entry its places; False for one that this cannot do."""
        op, attributes = self.tape.ops[index], self.tape.attributes.get(index, NO_ATTRIBUTES)
        if op is INPUT or isinstance(op, CustomOp) or not _is_double(self.tape.primals[index]):
            return False
        operands = [self._operand(item) for item in self.tape.operands(index)]
        if index in self.keys:
            self.places[index] = self._pick(operands[0], self.places.get(self.keys[index]))
        elif op.name in SELECTIONS:
            found = op.forward(*map(np.asarray, operands), **attributes)
            self.places[index] = found if np.ndim(found) else int(found)
        elif op.name == "sum" and self.tape.primals[index].__class__ is float:
            self.places[index] = self._sum(np.ravel(operands[0]).tolist())
        elif not op.elementwise or op.variadic or np.size(self.tape.primals[index]) > LARGEST:
            return False
        elif index in self.parts:
            self.terms[index] = self._terms(index, operands)
        elif _is_addition(self.tape, index) and len(terms := self._terms(index, operands)) > 2:
            self.places[index] = self._sum(terms)
        else:
            self.places[index] = self._elementwise(op, attributes, operands)
        return True

    def _operand(self, item: Operand) -> Places:
        """Where an operand lies; a part of a sum lies nowhere."""
        if item.__class__ is int:
            return self.places.get(item, -1)
        value: Primal = getattr(item, "primal", item)
        if not np.ndim(value):
            return self.constants.place(float(value), self.level)
        places = [self.constants.place(float(one), self.level) for one in np.ravel(value)]
        return np.array(places, dtype=int).reshape(np.shape(value))

    def _terms(self, index: int, operands: list[Places]) -> list[int]:
        """The terms of an addition, and those of its parts; the longest list of a part is used up."""
        lists = []
        for item, place in zip(self.tape.operands(index), operands, strict=True):
            part = self.terms.pop(item, None) if item.__class__ is int else None
            lists.append([place] if part is None else part)
        lists.sort(key=len, reverse=True)
        lists[0].extend(lists[1])
        return lists[0]

    def _pick(self, table: Places, key: Places) -> Places:
        """The item of a table that the number at `key` names, whichever that will be."""
        rows = np.reshape(table, (len(table), -1))
        level = 1 + max(self.level[place] for place in (*rows.ravel().tolist(), key))
        draft = self.drafts.setdefault((level, PICK, "", rows.shape), Draft(2))
        draft.operands[0].append(rows)
        draft.operands[1].append(key)
        found = np.array([self._new(draft, level) for _ in range(rows.shape[1])], dtype=int)
        return found.reshape(np.shape(table)[1:]) if np.ndim(table) > 1 else int(found[0])

    def _sum(self, terms: list[int]) -> int:
        level = 1 + max((self.level[term] for term in terms), default=0)
        draft = self.drafts.setdefault((level, SUM, "", len(terms)), Draft(1))
        draft.operands[0].append(terms)
        return self._new(draft, level)

    def _elementwise(self, op: Op, attributes: Attributes, operands: list[Places]) -> Places:
        exponent = None
        if op.name == "pow" and (exponent := self.constants.value(operands[1])) is not None:
            operands = operands[:1]
        if all(one.__class__ is int for one in operands):
            return self._lanes(op, attributes, exponent, [[one] for one in operands])[0]
        shape = np.broadcast_shapes(*map(np.shape, operands))
        spread = [np.broadcast_to(one, shape).ravel().tolist() for one in operands]
        return np.array(self._lanes(op, attributes, exponent, spread), dtype=int).reshape(shape)

    def _lanes(self, op: Op, attributes: Attributes, exponent: Exponent, operands: list[list[int]]) -> list[int]:
        level = 1 + max([max([self.level[place] for place in places], default=0) for places in operands])
        kind = level, op, repr(attributes) if attributes else "", exponent
        draft = self.drafts.get(kind)
        if draft is None:
            draft = self.drafts[kind] = Draft(len(operands), attributes)
        for slot, places in zip(draft.operands, operands, strict=True):
            slot.extend(places)
        return [self._new(draft, level) for _ in operands[0]]

    def _new(self, draft: Draft, level: int) -> int:
        place = len(self.level)
        self.level.append(level)
        draft.found.append(place)
        return place


def _parts_of_sums(tape: Tape, needed: Collection[int], kept: Collection[int]) -> set[int]:
    """The additions whose only use is as a term of another addition."""
    user_of: dict[int, int] = {}
    several = set(kept)
    for index in needed:
        for item in tape.operands(index):
            if item.__class__ is int:
                if item in user_of:
                    several.add(item)
                user_of[item] = index
    return {
        index
        for index, user in user_of.items()
        if index not in several and _is_addition(tape, index) and _is_addition(tape, user)
    }


def _whole_keys(tape: Tape) -> dict[int, int]:
    """Of entries that pick by one number alone, the entry of that number."""
    return {
        index: picks[0].entry
        for index, picks in tape.notes.keys.items()
        if picks[0].part is None and not np.ndim(tape.primals[picks[0].entry])
    }


def _is_addition(tape: Tape, index: int) -> bool:
    return tape.ops[index].name == "add" and tape.primals[index].__class__ is float


def _is_double(primal: Any) -> bool:
    return primal.__class__ is float or getattr(primal, "dtype", None) == np.float64
