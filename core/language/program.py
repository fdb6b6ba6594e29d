"""A program: validated source that names its inputs and its output and can be run. Knows nothing of sweeps."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.basics.budget import Budget
from core.language.dialects.differing import library_of
from core.language.interface.inputs import Input, Interface
from core.language.machine.machine import Machine
from core.language.machine.outcome import Outcome
from core.language.passes.view import View
from core.language.reading.passing_over import PassedOver
from core.language.reading.scopes import Names


@dataclass(frozen=True, eq=False)
class Program:
    """A text that has been read and checked; `output` is the name of what it computes, "" for an expression."""

    text: str
    tree: ast.Module = field(repr=False)
    names_found: Names = field(repr=False)
    interface: Interface = field(repr=False)
    aliases: dict[str, str] = field(repr=False)
    build: Callable[..., Machine] = field(repr=False)
    """Makes the closures that run it, which are wanted once."""
    passed_over: tuple[PassedOver, ...] = ()
    """Lines that only show or load something, which do not run."""
    view: View | None = None
    """One pass of a loop that trains, where only that is run."""
    through: bool = False
    """Whether all passes of such a loop are meant to be on one tape."""
    text_program: Program | None = None
    """The program of the whole text, where this is one of a pass."""

    @property
    def whole(self) -> Program:
        """The program of the whole text: itself, unless it is one of a pass."""
        return self.text_program or self

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the user may set, in the order in which it is shown."""
        return self.interface.inputs

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs' names."""
        return tuple(one.name for one in self.interface.inputs)

    @property
    def output(self) -> str:
        """The name of the output, or "" for the value of an expression."""
        return self.interface.output

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the program assigns, any of which can be the target."""
        return self.interface.names

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What was found out about it by running it, by whoever needs that again."""
        return {}

    @cached_property
    def library(self) -> str:
        """The library whose arrays it computes with: "torch", "jax", "tensorflow", else "numpy"."""
        return library_of(self.names_found, self.aliases)

    @cached_property
    def machine(self) -> Machine:
        """The program as closures, built once."""
        return self.build()

    def execute(
        self, inputs: dict[str, Any], tape: Any = None, budget: Budget | None = None, target: str | None = None
    ) -> Outcome:
        """Run with these input values; a failure half-way is part of the outcome, with what was recorded so far."""
        if self.view is not None:
            return self.view.execute(self.machine, inputs, tape, budget or Budget(), target)[0]
        return self.machine.run(inputs, tape, budget or Budget(), target)

    def __str__(self) -> str:
        """The program as lines of text: its numbered source, its inputs and its output."""
        lines = [f"{number:>3}  {line}" for number, line in enumerate(self.text.rstrip().split("\n"), 1)]
        lines += [f"input  {one.name} = {one.default}  (line {one.span.line}, {one.kind})" for one in self.inputs]
        return "\n".join((*lines, f"output {self.output or 'the last expression'}"))
