"""Recording one pass of a loop that trains: its tape, with the numbers that the loop carries as its leaves.

The loop is run to its end once, with no tape, for what it prints and how many passes there are. Then one pass is
recorded: the first, unless another is wanted, or what follows the loop. What a pass is differentiated of is what the
text asks the gradient of; in a loop that goes down by hand, the last number in a pass that depends on a state and does
not serve the step itself. Knows programs and runs; knows nothing of sweeps, steps or words about them.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.types import Point
from core.basics.words import say
from core.dependence import ancestors, descendants
from core.language.interface.first_values import points
from core.language.interface.inputs import Input, is_print
from core.language.machine.objects import number_in
from core.language.machine.outcome import Outcome
from core.language.passes.follower import OnePass, Survey
from core.language.passes.places import value_at
from core.language.passes.states import State
from core.language.passes.view import View
from core.language.program import Program
from core.language.reading.walk import below
from core.running.once import Passes, Run, run_at
from core.tape import Tape, set_recorders
from core.tensor import Tensor, untracked

At = int | Literal["last", "after", "all"]
"""What of a loop that trains is recorded: a pass, counted from 1, the last one, what follows the loop, or all of it."""


MANY = 50
"""Passes of a loop without a loss from which on it is looked at pass by pass too."""
class NoSuchPass(ProgramError):
    """The loop has fewer passes than the one that is wanted."""


NOTHING_THERE = say(
    "run.nothing-in-pass", "Nothing that is computed there depends on what the loop changes."
)
OTHER_VALUE = say("run.choose-value-or-all", "Choose a value to differentiate, or all passes.")


@dataclass(frozen=True, eq=False)
class _Found:
    """What one run to the end has shown of a program at one point: its loop, and what can be looked at in it.

    `inside` are the states on which what a pass computes depends, and `aim` what that is, None where the text asks.
    """

    survey: Survey
    outcome: Outcome
    starts: Mapping[str, Any]
    inside: tuple[State, ...]
    aim: str | int | None = None


def recorded_pass(
    program: Program, point: Point, watch: Collection[str], target: str | None, budget: Budget, at: At | None
) -> Run | None:
    """The run of one pass of the program's loop; None where no loop trains, or where all of it is wanted.

    Raises ProgramError for a pass that there is not.
    """
    if program.view is not None or program.through or not program.machine.loops:
        return None
    found = _found(program, point, budget)
    if found is None:
        return None
    if at == "all":
        return _through(program, found, watch, target, budget)
    where = _where(program, found, target, at)
    number = None if where == "after" else where
    states: tuple[State, ...] | None = found.inside
    if number is None and target is not None:
        states = found.survey.states
    elif number is None:
        states = _states_behind(program, found, budget)
    if states is None:
        raise ProgramError(NOTHING_THERE, None, OTHER_VALUE)
    values = _values_at(program, found, number, budget)
    if values is None:
        return None
    if number == 1:
        values = {**values, **_chosen(program, values, point)}
    one = _of_view(program, found, number, states, values)
    again = {one.name for one in states} - {one.name for one in program.inputs}
    run = run_at(one, _point(one, found.starts, values), {*watch, *again}, target, budget)
    outcome = found.outcome
    return replace(
        run, passes=_passes(program, found, where, states), printed=outcome.printed,
        failure=run.failure or outcome.failure, skipped=outcome.skipped,
    )  # fmt: skip


def _chosen(program: Program, values: Point, point: Point) -> Point:
    """The values that were given for states which the text does not let one set: they are those of the first pass."""
    known = set(program.input_names)
    return {
        name: point[name]
        for name, value in values.items()
        if name in point and name not in known and np.shape(point[name]) == np.shape(value)
    }


def _through(
    program: Program, found: _Found, watch: Collection[str], target: str | None, budget: Budget
) -> Run:
    """The run with all passes on one tape."""
    run = run_at(replace(program, through=True, text_program=program), dict(found.starts), watch, target, budget)
    return replace(run, passes=_passes(program, found, "all", ()))


def _passes(
    program: Program, found: _Found, at: int | Literal["after", "all"], states: tuple[State, ...]
) -> Passes:
    loop = found.survey.loop
    assert loop is not None
    names = tuple(state.name for state in states)
    line: int = getattr(loop, "lineno", 1)
    return Passes(at, found.survey.count, line, names, _has_after(program, loop), found.survey.kept)


def _where(program: Program, found: _Found, target: str | None, at: At | None) -> int | Literal["after"]:
    """Which pass, or "after": the one that is wanted, that of the target, or the first where it tells something."""
    count = found.survey.count
    if isinstance(at, int):
        if not 1 <= at <= count:
            told = say("run.no-such-pass", "The loop has {count:,} passes; there is no pass {number}.", count=count,
                       number=at)  # fmt: skip
            raise NoSuchPass(told, None, say("run.choose-pass", "Choose one from 1 to {count:,}.", count=count))
        return at
    if at == "last":
        return count
    if at == "after":
        return "after"
    if target is not None:
        return "after" if target in _names_after(program, found.survey.loop) else count
    return 1


def _names_after(program: Program, loop: ast.AST | None) -> set[str]:
    """The names that get a value after the statement that holds the loop, or calls what holds it."""
    body = program.tree.body
    place = next((number for number, node in enumerate(body) if any(one is loop for one in below(node))), None)
    if place is None or isinstance(body[place], ast.FunctionDef | ast.ClassDef):
        return set()
    return set(_stored(body[place + 1 :]))


def _has_after(program: Program, loop: ast.AST) -> bool:
    """Whether the output of the text is computed after the loop."""
    last = program.tree.body[-1]
    shown = isinstance(last, ast.Expr) and not is_print(last)
    return shown and all(one is not loop for one in below(last)) or program.output in _names_after(program, loop)


def _stored(nodes: Iterable[ast.AST]) -> list[str]:
    """The names that get a value, in the order of the text."""
    found = [part for node in nodes for part in below(node) if isinstance(part, ast.Name)]
    stored = [part for part in found if isinstance(part.ctx, ast.Store)]
    return [part.id for part in sorted(stored, key=lambda part: (part.lineno, part.col_offset))]


# -- looking -----------------------------------------------------------------------------------------------------------


def _found(program: Program, point: Point, budget: Budget) -> _Found | None:
    """What the loop does from this point; remembered for the last one."""
    starts = next(points(program.inputs, point))
    key = tuple((name, np.shape(value), np.asarray(value, float).tobytes()) for name, value in starts.items())
    remembered = program.remembered.get("passes")
    if remembered is None or remembered[0] != key:
        remembered = program.remembered["passes"] = key, _look(program, starts, budget)
    found: _Found | None = remembered[1]
    return found


def _look(program: Program, starts: Point, budget: Budget) -> _Found | None:
    survey = Survey()
    idle = Tape(watches_variables=False)
    before = set_recorders((idle,))
    try:
        inputs = {name: untracked(value) for name, value in starts.items()}
        outcome = program.machine.run(inputs, idle, budget, None, survey)
    finally:
        set_recorders(before)
    if not survey.done() or survey.count < 2 or budget.cancelled:
        return None
    return _with_aim(program, _Found(survey, outcome, starts, ()), budget)


def _probe(program: Program, found: _Found, number: int | None, budget: Budget) -> tuple[Run, OnePass] | None:
    """A run with all states as leaves, and who followed it."""
    values = _values_at(program, found, number, budget)
    if values is None:
        return None
    seen: list[OnePass] = []
    one = _of_view(program, found, number, found.survey.states, values, seen.append)
    run = run_at(one, _point(one, found.starts, values), [each.name for each in one.inputs], None, budget)
    return (run, seen[0]) if seen and seen[0].began is not None and not run.failure else None


def _with_aim(program: Program, found: _Found, budget: Budget) -> _Found | None:
    """With what a pass is about; None where nothing in it is to be differentiated."""
    probe = _probe(program, found, 1, budget)
    if probe is None:
        return None
    run, follower = probe
    assert follower.began is not None
    leaves = _leaves(run, found.survey.states)
    if run.target is not None and run.target >= follower.began:  # the text asks for a gradient
        used = _used(run.tape, run.target, leaves)
        return replace(found, inside=used) if used else None
    aim = _aim_by_hand(run.tape, follower, found, leaves)
    if aim is None and found.survey.count >= MANY:
        aim = _step_itself(run.tape, follower, leaves)
    if aim is None:
        return None
    index, name = aim
    return replace(found, inside=_used(run.tape, index, leaves), aim=name or index - follower.began)


def _states_behind(program: Program, found: _Found, budget: Budget) -> tuple[State, ...] | None:
    """The states on which the output after the loop depends, where it is computed from any."""
    probe = _probe(program, found, None, budget)
    if probe is None or probe[0].target is None or probe[0].target in probe[0].tape.inputs:
        return None
    run = probe[0]
    return _used(run.tape, run.target, _leaves(run, found.survey.states)) or None if run.target is not None else None


def _leaves(run: Run, states: tuple[State, ...]) -> dict[int, State]:
    return {run.inputs[state.name]: state for state in states if state.name in run.inputs}


def _used(tape: Tape, target: int, leaves: dict[int, State]) -> tuple[State, ...]:
    behind = set(ancestors(tape, [target]))
    return tuple(state for index, state in leaves.items() if index in behind)


def _aim_by_hand(
    tape: Tape, follower: OnePass, found: _Found, leaves: dict[int, State]
) -> tuple[int, str] | None:
    """The entry, with its name, that a pass is about: the last number that depends on a state and serves no step."""
    here, began, loop = follower.here, follower.began, found.survey.loop
    assert here is not None and began is not None
    reached = set(descendants(tape, leaves))
    serving = set(ancestors(tape, _ends(tape, here, leaves)))

    def fits(index: int | None) -> bool:
        return (
            index is not None and index >= began and index in reached and index not in serving
            and index not in leaves and np.size(tape.primals[index]) == 1
        )  # fmt: skip

    for name in reversed(_stored([loop] if loop is not None else [])):
        value = number_in(here.get(name, here.run.globals.get(name)))
        index = tape.index_of(value) if isinstance(value, Tensor) else None
        if index is not None and fits(index):
            return index, name
    used = {item for index in range(len(tape)) for item in tape.operands(index) if item.__class__ is int}
    index = next((index for index in reversed(range(began, len(tape))) if index not in used and fits(index)), None)
    return None if index is None else (index, "")


def _step_itself(tape: Tape, follower: OnePass, leaves: dict[int, State]) -> tuple[int, str] | None:
    """The last of the states after the pass, where a pass works out nothing else."""
    ends = [index for index in _ends(tape, follower.here, leaves) if index >= (follower.began or 0)]
    return (ends[-1], "") if ends else None


def _ends(tape: Tape, here: Any, leaves: dict[int, State]) -> list[int]:
    """The entries that the states are after the pass; sums that merely grow by something are none."""
    ends = []
    for leaf, state in leaves.items():
        for path in state.paths:
            value = value_at(here, path)
            index = tape.index_of(value) if isinstance(value, Tensor) else None
            if index is not None and index != leaf and set(descendants(tape, [leaf])) - {leaf, index}:
                ends.append(index)
    return ends


# -- a program of one pass ---------------------------------------------------------------------------------------------


def _values_at(program: Program, found: _Found, number: int | None, budget: Budget) -> Point | None:
    """The values of all states when a pass begins, or when the loop is over; None where the run does not get there."""
    survey = found.survey
    if number in survey.kept:
        return survey.kept[number]
    seen: list[OnePass] = []
    view = View(survey.loop, number, survey.exits, survey.states, {}, seen=seen.append)  # type: ignore[arg-type]
    tape = Tape(watches_variables=False)
    before = set_recorders((tape,))
    try:
        outcome, follower = view.execute(
            program.machine, {name: untracked(value) for name, value in found.starts.items()}, tape, budget, None
        )
    finally:
        set_recorders(before)
    if follower.values is None or outcome.failure and number is not None:
        return None
    survey.kept[number] = follower.values
    return follower.values


def _of_view(
    program: Program, found: _Found, number: int | None, states: tuple[State, ...], values: Point,
    seen: Any = None,
) -> Program:  # fmt: skip
    """The program of one pass: its inputs are those of the text, with the states in the place of where they start."""
    survey = found.survey
    assert survey.loop is not None
    aim = found.aim if number is not None else None
    view = View(survey.loop, number, survey.exits, states, found.starts, aim, number is not None and aim is None, seen)
    known = {one.name: one for one in program.inputs}
    named = {state.name for state in states}
    inputs = [replace(one, default=values[one.name], kind="state") if one.name in named else one
              for one in program.inputs]  # fmt: skip
    inputs += [
        Input(state.name, _span(program, state), values[state.name], "state", given=True)
        for state in states
        if state.name not in known
    ]
    interface = replace(program.interface, inputs=tuple(inputs))
    return replace(
        program, interface=interface, build=lambda: program.machine, view=view, text_program=program
    )


def _span(program: Program, state: State) -> Span:
    """Where a state is first named in the text."""
    name = state.paths[0][0].key
    places = program.machine.places
    node = next((node for stored, node, _ in program.names_found.stores if stored == name), program.tree.body[0])
    return places.of(node)


def _point(program: Program, starts: Point, values: Point) -> Point:
    return {one.name: values[one.name] if one.kind == "state" else starts[one.name] for one in program.inputs}
