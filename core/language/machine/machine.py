"""A program as closures, ready to be run any number of times."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.dialects.differing import LIBRARY, MANNER, libraries_in, library_of, manner_of
from core.language.dialects.policies import POLICIES
from core.language.dialects.torch.graph import own_autograd
from core.language.interface.inputs import Interface, is_print
from core.language.machine.collector import garbage_kept
from core.language.machine.constructs.builder import Builder
from core.language.machine.constructs.expressions import EXPRESSIONS
from core.language.machine.constructs.signals import Enough
from core.language.machine.constructs.statements import STATEMENTS, final_expression
from core.language.machine.failures import DOES_IT_END, NO_MEMORY, SMALLER_ARRAYS, TOO_DEEP
from core.language.machine.invocation import invoke
from core.language.machine.locals import Execution, Follower
from core.language.machine.objects import number_in
from core.language.machine.outcome import Failure, Outcome
from core.language.machine.values import holds_itself, sprawls
from core.language.passes.loops import loops_that_may_train
from core.language.reading.places import Places
from core.language.reading.scopes import Names
from core.tape import Tape, set_recorders
from core.tensor import Tensor, snapshot
from core.variable import Variable

MAX_PARTS = 1_000_000


class Ending(list):
    """The gradients that a program asks for, where the run ends with the first."""

    def append(self, index: Any) -> None:
        """End the run."""
        raise ProgramError(say("language.gradient-was-asked", "A gradient was asked for."), None)


def opens_tapes(tree: ast.Module) -> bool:
    """Whether the text opens a tape of TensorFlow's."""
    return any(
        node.attr == "GradientTape" if isinstance(node, ast.Attribute) else getattr(node, "id", "") == "GradientTape"
        for node in ast.walk(tree)
    )


def _tells_whole(tree: ast.Module, interface: Interface) -> bool:
    """Whether a text that prints has typed a whole number for an input."""
    typed = any(
        isinstance(node, ast.Assign) and node.targets[0] in interface.sources
        and any(type(getattr(one, "value", None)) is int for one in ast.walk(node.value))
        for node in tree.body
    )  # fmt: skip
    return typed and any(isinstance(node, ast.Name) and node.id in ("print", "str") for node in ast.walk(tree))


class Machine:
    """The built program: one closure for each statement of the top level."""

    def __init__(
        self, tree: ast.Module, names: Names, interface: Interface, places: Places, aliases: dict[str, str],
        shows: bool = False,
    ) -> None:  # fmt: skip
        """With `shows` every expression of the top level leaves its value, as in the cells of a notebook."""
        builder = Builder(places, names, aliases, EXPRESSIONS, STATEMENTS)
        builder.inputs = interface.sources
        builder.free = self.free = frozenset(one.name for one in interface.inputs if one.kind == "free")
        builder.library = self.library = library_of(names, aliases)
        builder.mixes_numpy = "np" in libraries_in(names, aliases)
        builder.tells_whole = _tells_whole(tree, interface)
        self.interface = interface
        self.names = names
        self.loops = builder.followed = frozenset(loops_that_may_train(tree) if interface.main_function is None else ())
        self.steps = []
        for number, statement in enumerate(tree.body):
            last = shows or number == len(tree.body) - 1
            last = last and isinstance(statement, ast.Expr) and not is_print(statement)
            self.steps.append(final_expression(builder, statement) if last else builder.statement(statement))  # type: ignore[arg-type]
        self.places = places
        self.last = tree.body[-1]
        self.manner = manner_of(names, aliases)
        self.changing = POLICIES[builder.library] if names.changes_elements else None
        self.blocks = tuple(builder.blocks)
        self.opens_tapes = self.library != "tensorflow" or opens_tapes(tree)

    def run(
        self, inputs: dict[str, Any], tape: Any, budget: Budget, target: str | None, follower: Follower | None = None
    ) -> Outcome:
        """Run all statements; what was printed and recorded is kept when one of them fails.

        A `follower` is told of the passes of loops that may train, and may end the run.
        """
        inputs = self._own(inputs)
        execution = self._execution(tape, budget, inputs)
        execution.follower = follower
        failure = None
        value = None
        for one in self.interface.inputs:
            if one.kind == "free" and one.name in inputs:
                execution.globals[one.name] = inputs[one.name]
        try:
            with garbage_kept(), own_autograd(), np.errstate(all="ignore"):
                for step in self.steps:
                    step(execution.globals)
                value = self._value(execution, inputs)
            if sprawls(value, MAX_PARTS):
                value, endless = None, holds_itself(value)
                raise self._too_large(endless)
        except Enough:
            pass
        except ProgramError as error:
            failure = Failure.of(error)
        except RecursionError:
            failure = Failure(TOO_DEEP, None, DOES_IT_END)
        except MemoryError:
            failure = Failure(NO_MEMORY, None, SMALLER_ARRAYS)
        _name_variables(execution)
        skipped = tuple(span for number, span in enumerate(self.blocks) if number not in execution.entered)
        chosen = self._target(execution, target, value)
        chosen = None if sprawls(chosen, MAX_PARTS) else chosen
        names = execution.globals
        by_hand = {one.name: names[one.name] for one in self.interface.by_hand if one.name in names}
        return Outcome(value, chosen, "".join(execution.printed), failure, skipped, by_hand)

    def run_first(self, count: int, inputs: dict[str, Any], budget: Budget, look_at: Callable[..., None]) -> None:
        """Run the first statements for their values alone; `look_at` is told of each one that was run."""
        execution = self._execution(None, budget, self._own(inputs))
        self._run_alone(execution, count, (), look_at)

    def run_until_asked(self, inputs: dict[str, Any], budget: Budget) -> Execution:
        """Run until the program asks for a gradient, or ends: for the weights that it makes."""
        probe = Tape()
        probe.notes.asked = Ending()
        execution = self._execution(probe, budget, self._own(inputs))
        self._run_alone(execution, len(self.steps), (probe,), lambda number, names: None)
        return execution

    def _execution(self, tape: Any, budget: Budget, inputs: dict[str, Any]) -> Execution:
        execution = Execution(tape, budget, inputs, self.changing)
        execution.memory |= {MANNER: self.manner, LIBRARY: self.library}
        execution.named_weights, execution.opens_tapes = self.interface.weights, self.opens_tapes
        return execution

    def _run_alone(self, execution: Execution, count: int, tapes: tuple, look_at: Callable[..., None]) -> None:
        """Run the first statements with these tapes recording; whatever ends them early is said by the run itself."""
        before = set_recorders(tapes)
        try:
            execution.globals.update(
                (name, execution.inputs[name]) for name in self.free & execution.inputs.keys()
            )
            with garbage_kept(), own_autograd(), np.errstate(all="ignore"):
                for number, step in enumerate(self.steps[:count]):
                    step(execution.globals)
                    look_at(number, execution.globals)
        except (ProgramError, RecursionError, MemoryError):
            pass
        finally:
            set_recorders(before)

    def _own(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The inputs as tensors that the program may change without changing what was handed in."""
        if self.changing is None:
            return inputs
        return {name: snapshot(one) if one.__class__ is Tensor else one for name, one in inputs.items()}

    def _value(self, execution: Execution, inputs: dict[str, Any]) -> Any:
        main, here = self.interface.main_function, execution.globals
        if main is not None:
            named = {
                one.name: inputs[one.name]
                for one in self.interface.inputs
                if one.kind == "parameter" and one.name in inputs
            }
            return invoke(here, here[main.name], [], named, self.places.head(main))
        if here.result is not None:
            return number_in(here.result)
        output = self.interface.output
        return number_in(here[output]) if output in here else self._last_number(here)

    def _last_number(self, here: Any) -> Any:
        """Where the last line gives no value: the last name of the top level that an input flows to."""
        if not self.names.scopes or not any(isinstance(node, ast.ClassDef) for node in self.names.scopes):
            return None
        inputs = {one.name for one in self.interface.inputs}
        for name in reversed(self.interface.names):
            found = number_in(here.get(name))
            if found.__class__ is Tensor and name not in inputs and found.tape is here.run.tape:
                return found
        return None

    def _too_large(self, endless: bool) -> ProgramError:
        """What is wrong with an output that nobody could go through, told of the last line."""
        span = self.places.of(self.last)
        if endless:
            message = say("language.output-holds-itself", "The output is a list that holds itself.")
            return ProgramError(message, span, say("language.give-copy-instead", "Let it hold a copy: `a[:]`."))
        message = say(
            "language.output-more-than-parts", "The output has more than {max_parts:,} parts.", max_parts=MAX_PARTS
        )
        return ProgramError(message, span, say("language.make-smaller-one", "Make it a smaller one."))

    def _target(self, execution: Execution, target: str | None, value: Any) -> Any:
        if target is None or target == self.interface.output and value is not None:
            return value
        main = self.interface.main_function
        places = [execution.globals, *execution.last_locals.values()]
        if main is not None and main.name in execution.last_locals:
            places.insert(0, execution.last_locals[main.name])
        return number_in(next((names[target] for names in places if target in names), None))


def _name_variables(execution: Execution) -> None:
    """Label the entries at which the tape read variables of the text by itself."""
    tape = execution.tape
    for name, value in execution.globals.items():
        if isinstance(value, Variable) and id(value) in tape.sources:
            for index in tape.sources[id(value)][1]:
                tape.names.setdefault(index, name)
    for number, name in execution.named_weights.items():
        weight = execution.weights[number][0] if number < len(execution.weights) else None
        if id(weight) in tape.sources:
            for index in tape.sources[id(weight)][1]:
                tape.names.setdefault(index, name)
