"""What is done at each pass of a loop while a program runs: look what it changes, or record one pass alone.

The machine tells a follower when a pass begins and when a loop is left. Knows places, states and tapes.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from core.language.dialects.torch.segments import Segment
from core.language.machine.constructs.signals import Enough
from core.language.machine.locals import Locals
from core.language.machine.weights import take_what_is_given
from core.language.passes.loops import Loop
from core.language.passes.places import (
    Held,
    Path,
    numbers_at,
    numbers_held,
    one_path_each,
    replace_at,
    shared_paths,
    value_at,
)
from core.language.passes.states import State, changed, frozen, named, with_siblings
from core.tape import Tape, recorders, set_recorders
from core.tensor import Tensor
from core.variable import Variable

LOOKS = 4
"""Passes at whose beginning one looks which numbers have changed."""
KEPT, OVERHEAD = 4_000_000, 32
"""Numbers of states that are kept in all, and as how many of them keeping those of one pass counts."""


class Survey:
    """Finds the loop that trains, its states, and their values at the beginning of each pass.

    `count` are the passes that there were, `exits` how often the loop was left; `kept` are the values of the states,
    by the number of the pass; None is for when the loop was left the last time.
    """

    def __init__(self) -> None:
        self.loop: ast.AST | None = None
        self.states: tuple[State, ...] = ()
        self.count = self.exits = 0
        self.kept: dict[int | None, dict[str, Any]] = {}
        self._firsts: dict[ast.AST, list[Held]] = {}
        self._dismissed: set[ast.AST] = set()
        self._called: dict[Path, str] = {}
        self._variables: dict[ast.AST, set[Path]] = {}
        self._at_exit: Held = {}
        self._paths: dict[Path, None] = {}
        self._size = 0
        self._fixed = False

    def begin(self, here: Locals, loop: Loop) -> None:
        """A pass of the loop begins."""
        if loop in self._dismissed or self.loop is not None and loop is not self.loop:
            return
        if here.run.traces or _is_inside_another_tape(here):
            self._dismissed.add(loop)
            return
        looked = self._firsts.setdefault(loop, [])
        if not self._fixed:
            self._look(here, loop, looked)
        if self.loop is not loop:
            return
        self.count = self.count + 1 if self._fixed else len(looked)
        if self._fixed:
            self._keep(here)
        elif self.count == LOOKS:
            self._fix()

    def left(self, here: Locals, loop: Loop) -> None:
        """The loop is over."""
        if loop is not self.loop:
            return
        self.exits += 1
        if self._fixed:
            self.kept[None] = {one.name: one.read(here) for one in self.states}
        else:
            self._at_exit = frozen(numbers_at(here, self._firsts[loop][0]))

    def done(self) -> bool:
        """The program is over: whether a loop that trains was found."""
        if self.loop is not None and not self._fixed:
            self._fix()
        return bool(self.states)

    def _look(self, here: Locals, loop: Loop, looked: list[Held]) -> None:
        take_what_is_given(here.run)
        now = numbers_at(here, looked[0]) if looked else numbers_held(here)
        variables = {path for path, value in now.items() if isinstance(value, Variable)}
        if any(path in now and path not in variables for path in self._variables.setdefault(loop, variables)):
            self._dismissed.add(loop)  # a variable was lost to a tensor of its name: that has to be told as a whole
            self.loop = None
            return
        weights = {id(one): number for number, (one, _) in enumerate(here.run.weights)}
        called = {path: here.run.named_weights.get(weights.get(id(value), -1)) for path, value in now.items()}
        self._called.update((path, name) for path, name in called.items() if name is not None)
        held = frozen(now)
        if looked:
            found = changed(looked[0], held) & one_path_each(now)
            found -= {path for path in held if path[0].key in _targets(loop)}
            self._paths.update((path, None) for path in held if path in found)
            if found:
                self.loop = loop
        looked.append(held)
        if len(looked) == LOOKS and self.loop is not loop:
            self._dismissed.add(loop)

    def _fix(self) -> None:
        """From now on it is known what is carried from pass to pass."""
        if self._fixed or self.loop is None:
            return
        self._fixed = True
        looked = self._firsts.pop(self.loop)
        first = looked[0]
        self.states = named(with_siblings(self._paths, first), first, self._called)
        for number, held in enumerate(looked, 1):
            if all(path in held for one in self.states for path in one.paths):
                self.kept[number] = {one.name: one.of(held) for one in self.states}
        if self._at_exit and all(path in self._at_exit for one in self.states for path in one.paths):
            self.kept[None] = {one.name: one.of(self._at_exit) for one in self.states}

    def _keep(self, here: Locals) -> None:
        if self._size > KEPT or self.count in self.kept:
            return
        values = {one.name: one.read(here) for one in self.states}
        self._size += OVERHEAD + sum(getattr(value, "size", 1) for value in values.values())
        self.kept[self.count] = values


class OnePass:
    """Records what comes before the loop, and one pass or, with `number` None, what follows the loop.

    At its beginning `given` values, which have their places on the tape, stand for the states: what led to them is not
    recorded. `values` are those that the states had, `exits` tells at which leaving of the loop the rest begins. When
    the pass is over the run ends.
    """

    def __init__(
        self, loop: ast.AST, number: int | None, exits: int, states: tuple[State, ...], given: Mapping[str, Tensor]
    ) -> None:
        self.loop, self.number, self.exits = loop, number, exits
        self.states, self.given = states, given
        self.count = self.lefts = 0
        self._idle = Tape(watches_variables=False)
        self.began: int | None = None
        self.here: Locals | None = None
        self.values: dict[str, Any] | None = None

    def begin(self, here: Locals, loop: Loop) -> None:
        """A pass of the loop begins."""
        if loop is not self.loop:
            return
        if self.began is not None and self.number is not None:
            raise Enough
        self.count += 1
        if self.count == self.number:
            self._record(here)
        elif self.count == 1:
            self._exchange(here.run.tape, self._idle)

    def left(self, here: Locals, loop: Loop) -> None:
        """The loop is over."""
        if loop is not self.loop:
            return
        if self.began is not None and self.number is not None:
            raise Enough
        self.lefts += 1
        if self.number is None and self.lefts == self.exits:
            self._record(here)

    def _record(self, here: Locals) -> None:
        run = here.run
        self.here, self.began = here, len(run.tape)
        self.values = {state.name: state.read(here) for state in self.states}
        self._exchange(self._idle, run.tape)
        held = numbers_held(here) if self.given else {}
        shared = shared_paths(held)
        for state in self.states:
            given = self.given.get(state.name)
            if given is not None:
                self._replace(here, state, given, shared)
        run.note(None, None, here)

    def _exchange(self, old: Tape, new: Tape) -> None:
        """From now on another tape records, or, where it is idle, goes without saying that one does."""
        set_recorders((new, *(one for one in recorders() if one is not old and one is not new)))

    def _replace(self, here: Locals, state: State, given: Tensor, shared: dict[int, list[Path]]) -> None:
        in_place = here.run.changing is not None
        if state.shape is None:
            items: Any = [given]
        else:
            items = given if len(state.shape) == 1 else given.reshape(-1)  # type: ignore[attr-defined]
        for place, path in enumerate(state.paths):
            others = shared.get(id(value_at(here, path)), [])
            for one in {path: None} | dict.fromkeys(others):
                replace_at(here, one, items[place], in_place)


def _is_inside_another_tape(here: Locals) -> bool:
    """Whether a tape of the text records the whole loop: then it is one thing, which is differentiated as such."""
    return any(one is not here.run.tape and not isinstance(one, Segment) for one in recorders())


def _targets(loop: ast.AST) -> set[str]:
    """The names that the loop itself binds in each pass."""
    target = getattr(loop, "target", None)
    return set() if target is None else {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
