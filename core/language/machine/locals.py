"""The names a running program can see, and the state of the run itself."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.basics.budget import LOOP_HINT, Budget
from core.basics.cuts import Cut
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.leaves import with_value
from core.language.machine.outcome import RunError
from core.language.machine.weights import Weight
from core.tape import Provenance, Tape
from core.tensor import Tensor
from core.variable import Variable

if TYPE_CHECKING:
    from core.language.dialects.changing import Changing

CHECK_EVERY = 256
SEQUENCES = frozenset((str, list, tuple))
WEIGHTS = {str: 1, list: 8, tuple: 8, set: 64, dict: 100}
"""Bytes that each item of a container takes, without what the item is."""
SHORT = 8  # sequences up to this length are not counted
STEPS = 64  # so many items are gone through in the time of one operation
new_provenance = tuple.__new__


class Locals(dict):
    """The names of one call; `parent` are those among which its function was written."""

    __slots__ = ("calls", "loop", "parent", "result", "run", "sites")

    def __init__(
        self, run: Execution, parent: Locals | None, calls: tuple = (), loop: tuple = (), sites: tuple = ()
    ) -> None:
        self.run = run
        self.parent = parent
        self.calls = calls
        self.loop = loop
        self.sites = sites
        self.result: Any = None

    def fail(
        self, message: str, span: Span | None, hint: str = "", values: tuple = (), python: str = ""
    ) -> RunError:
        """The error to raise for something that goes wrong here and now; `python` is Python's class for it."""
        error = RunError(message, span, hint, self.calls, self.loop, values)
        error.python = python
        return error


class Follower(Protocol):
    """Who is told of the passes of loops that may train."""

    def begin(self, here: Locals, loop: ast.For | ast.While) -> None:
        """A pass begins."""

    def left(self, here: Locals, loop: ast.For | ast.While) -> None:
        """The loop is over."""


class Execution:
    """One run of a program: its tape, its budget, what it printed and which blocks it entered."""

    def __init__(self, tape: Any, budget: Budget, inputs: dict[str, Any], changing: Changing | None = None) -> None:
        self.tape = Tape() if tape is None else tape
        self.primals = self.tape.primals
        self.provenances = self.tape.provenances
        self.names = self.tape.names
        self.budget = budget = budget.begun()
        self.inputs = inputs
        self.globals = Locals(self, None)
        self.last_locals: dict[str, Locals] = {}
        self.entered: set[int] = set()
        self.printed: list[str] = []
        self.printed_size = 0
        self.operations = 0
        self.next_check = CHECK_EVERY
        self.tape.mark(None)
        self.marked = len(self.tape)
        self.next_size = self.marked + CHECK_EVERY
        self.bytes = 0
        self.largest = 1
        self.derivatives = 0
        self.traces: list[Tape] = []  # of JAX's transforms that are at work, outermost first
        self.typed_whole: list[Tensor] = []  # inputs of which the text wrote whole numbers
        self.whole: dict[int, Any] = {}  # what prints as whole numbers, by identity
        self.memory: dict[str, Any] = {}
        self.changing: Changing | None = changing
        self.weights: list[Any] = []  # that layers and objects hold, in the order in which they were made
        self.named_weights: Mapping[int, str] = {}  # by that order: the inputs that stand for them
        self.opens_tapes = True  # whether gradients are recorded in blocks of their own
        self.follower: Follower | None = None

    def input(self, name: str, made: Any) -> Any:
        """What stands for an input whose line has just made its default: the value that the user set."""
        given = self.inputs.get(name)
        if given is None:
            return made
        if hasattr(made, "birth"):
            made.birth = None  # it stands on a line of its own, and is this input
        if made.__class__ is int or made.__class__ is np.ndarray and made.dtype.kind in "iub":
            self.typed_whole.append(given)
            self.whole[id(given)] = given
        if made.__class__ is Tensor and self.memory.get("manner") == "torch":
            return with_value(made, given)
        if isinstance(made, Variable):
            if given.tape.__class__ is Cut and made.__class__ is Weight:  # switched off by the user
                made = Weight(made, trainable=False, name=made.name)
            made.primal, made.tape, made.index = given.primal, given.tape, given.index
            return made
        return given

    def note(self, value: Any, span: Span | None, here: Locals) -> None:
        """After an operation whose result may be on the tape: say where the new entries came from."""
        size = len(self.primals)
        if size == self.marked + 1:
            self.provenances.append(new_provenance(Provenance, (span, here.calls, here.loop, here.sites)))
            self.marked = size
            if value.__class__ is Tensor and value.primal.__class__ is float and size < self.next_size:
                return
        elif size != self.marked:
            self.tape.mark(Provenance(span, here.calls, here.loop, here.sites))
            self.marked = size
        self.operations += 1
        elements = getattr(value, "size", 1)
        if elements.__class__ is int and elements > 1:
            self.measure(elements, span, here)
        if self.operations >= self.next_check or size >= self.next_size:
            self.check(span, here)

    def measure(self, elements: int, span: Span | None, here: Locals) -> None:
        """Count the memory of an array that was made."""
        self.bytes += 8 * elements
        self.largest = max(self.largest, elements)
        if elements > 10_000 or self.bytes > self.budget.bytes:
            self.check(span, here)

    def hold(self, value: Any, span: Span | None, here: Locals) -> Any:
        """Count the memory and the time that it took to make a container or a string; gives it back."""
        if value.__class__ in WEIGHTS and len(value) > SHORT:
            length = len(value)
            self.bytes += WEIGHTS[value.__class__] * length
            self.largest = max(self.largest, length)
            self.spend(length // (STEPS * (16 if value.__class__ is str else 1)), span, here)
            if self.bytes > self.budget.bytes:
                self.check(span, here)
        return value

    def pass_over(self, value: Any, span: Span | None, here: Locals) -> None:
        """Count the time of going through a long sequence."""
        if value.__class__ in SEQUENCES and len(value) > SHORT:
            self.spend(len(value) // (STEPS * (16 if value.__class__ is str else 1)), span, here)

    def spend(self, operations: int, span: Span | None, here: Locals) -> None:
        """Count work that is about to be done."""
        self.operations += operations
        if self.operations >= self.next_check:
            self.check(span, here)

    def check(self, span: Span | None, here: Locals) -> None:
        """End the run when a limit is reached or somebody cancelled it."""
        budget = self.budget
        self.next_check = self.operations + CHECK_EVERY
        self.next_size = len(self.tape) + CHECK_EVERY
        if self.operations > budget.operations:
            raise here.fail(
                say(
                    "language.program-stopped-after-operations",
                    "The program was stopped after {operations:,} operations.",
                    operations=budget.operations,
                ),
                span,
                LOOP_HINT,
            )
        if len(self.tape) > budget.entries:
            raise here.fail(
                say(
                    "language.tape-full-holds-entries",
                    "The tape is full: it holds {entries:,} entries.",
                    entries=budget.entries,
                ),
                span,
                LOOP_HINT,
            )
        if self.bytes > budget.bytes:  # so much was made; what of it is still held?
            if budget.holds_too_much():
                message, hint = budget.too_much()
                raise here.fail(message, span, hint)
            self.bytes = 0
        reason = budget.used_up()
        if reason is not None:
            raise here.fail(reason[0], span, reason[1])

    def reserve(self, elements: int, span: Span | None, here: Locals) -> None:
        """Refuse an array before it is made when it would be too large."""
        if elements > self.budget.elements:
            limit = self.budget.elements
            message = say(
                "language.would-make-array-elements",
                "This would make an array of {elements:,} elements; at most {limit:,} are allowed.",
                elements=elements,
                limit=limit,
            )
            raise here.fail(message, span, say("language.use-smaller-one", "Use a smaller one."))

    def afford(self, work: int, span: Span | None, here: Locals) -> None:
        """Refuse a step that would take so long that nobody could cancel it."""
        if work > self.budget.work:
            limit = self.budget.work
            message = say(
                "language.step-would-take-about",
                "This step would take about {work:,} multiplications; at most {limit:,} are allowed at once.",
                work=work,
                limit=limit,
            )
            raise here.fail(message, span, say("language.use-smaller-arrays", "Use smaller arrays."))

    def write(self, text: str, span: Span | None, here: Locals) -> None:
        """Print for the program."""
        self.printed_size += len(text)
        if self.printed_size > self.budget.printed:
            limit = self.budget.printed
            raise here.fail(
                say(
                    "language.program-printed-more-than",
                    "The program printed more than {limit:,} characters.",
                    limit=limit,
                ),
                span,
                say("language.print-less", "Print less."),
            )
        self.printed.append(text)

