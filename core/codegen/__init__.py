"""A recorded tape as straight-line Python that computes the same: readable text, and functions made from it.

Text is made only from our own op table and tapes, never from what a user typed: names are checked identifiers.
Knows tapes and rules; knows nothing of programs, of when text is run, or of drawing.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core import kernels
from core.codegen.formulas import Expression
from core.codegen.statements import Statement, Writer
from core.codegen.tidy import tidied
from core.op import GENERAL, SCALAR
from core.sweeps import in_dtype_of
from core.tape import Tape

INDENT = "    "


class PathChanged(Exception):
    """A branch would be taken differently at this point, so the recorded path does not hold."""


@dataclass(frozen=True)
class Source:
    """Python text made from a tape.

    `line_of_entry` says in which line an entry is computed, `line_of_adjoint` in which its adjoint is complete, and
    `lines_of_pullback` in which it is pulled back, operand by operand; `constants` are the arrays that the text names.
    """

    text: str
    line_of_entry: dict[int, int]
    line_of_adjoint: dict[int, int]
    constants: dict[str, Any] = field(default_factory=dict)
    lines_of_pullback: dict[int, list[int]] = field(default_factory=dict)


NUMBERS: dict[str, Any] = {**SCALAR, "inf": float("inf"), "nan": float("nan"), "PathChanged": PathChanged}
ARRAYS: dict[str, Any] = {
    **GENERAL,
    **{name: value for name, value in vars(kernels).items() if not name.startswith("_")},
    "whole": lambda values: _whole(values),
    "in_dtype_of": lambda value, derivative: in_dtype_of(value, derivative),
    "with_item": GENERAL["setitem"], "always": np.all, "never": lambda answers: not np.any(answers),
    "inf": float("inf"), "nan": float("nan"), "PathChanged": PathChanged,
}  # fmt: skip
TAKEN = {*NUMBERS, *ARRAYS}


def tape_source(
    tape: Tape,
    target: int,
    inputs: Sequence[int] | None = None,
    program: str = "",
    short: bool = False,
    floats: bool = True,
) -> Source:
    """The tape as two functions, `forward` and `value_and_gradient`, of the inputs (all of the tape's when None).

    `program` is the text that was recorded; its lines are then quoted. `short` text is quicker and harder to read.
    Text for Python's `floats`, where the tape has nothing else, raises where they do: what divides by 0, for instance.
    """
    page = Page(tape, list(tape.inputs if inputs is None else inputs), tape.scalar and floats, short, program)
    page.constants()
    page.forward([target])
    page.gradient(target)
    return page.source()


class Page:
    """Text that grows line by line."""

    def __init__(
        self,
        tape: Tape,
        inputs: list[int],
        floats: bool,
        short: bool = True,
        program: str = "",
        follow: bool = False,
    ) -> None:
        self.writer = Writer(tape, inputs, TAKEN, floats, follow)
        self.short, self.program = short, program
        self.lines: list[str] = []
        self.of_entry: dict[int, int] = {}
        self.of_adjoint: dict[int, int] = {}
        self.of_pullback: dict[int, list[int]] = {}

    def source(self) -> Source:
        """What has been written."""
        text = "\n".join(self.lines) + "\n"
        return Source(text, self.of_entry, self.of_adjoint, self.writer.constants, self.of_pullback)

    def constants(self) -> None:
        """Comments that say what the arrays are that the text names."""
        self.writer.forward(range(len(self.writer.tape)))
        for name, value in self.writer.constants.items():
            self.lines.append(f"# {name} = {_brief(value)}")

    def forward(self, targets: Sequence[int]) -> None:
        """The function that computes the targets."""
        results = [self.writer.operand(target) for target in targets]
        self._function("forward", self.writer.forward(targets), [], results, _one_or_all)

    def gradient(self, target: int) -> None:
        """The function that computes the target and its derivative with respect to every input."""
        forward = self.writer.forward([target])
        reverse, adjoints = self.writer.reverse(target, self.writer.inputs)
        found = [adjoints.get(one, ast.Constant(None)) for one in self.writer.inputs]
        results = [self.writer.operand(target), *found]
        self._function("value_and_gradient", forward, reverse, results, _value_and_rest)

    def jacobian(self, targets: Sequence[int | None]) -> list[tuple[int, int]]:
        """The function that computes the lower triangle of the targets' derivatives (a target None is constant).

        It returns those that can differ from zero; their rows and columns are returned here.
        """
        forward = self.writer.forward(target for target in targets if target is not None)
        reverse: list[Statement] = []
        found: dict[tuple[int, int], Expression] = {}
        for row, target in enumerate(targets):
            inputs = self.writer.inputs[: row + 1]
            statements, adjoints = ([], {}) if target is None else self.writer.reverse(target, inputs, f"{row + 1}")
            reverse += statements
            found.update(((row, column), adjoints[one]) for column, one in enumerate(inputs) if one in adjoints)
        self._function("jacobian", forward, reverse, list(found.values()), lambda parts: ast.Tuple(parts, ast.Load()))
        return list(found)

    def _function(
        self,
        name: str,
        forward: list[Statement],
        reverse: list[Statement],
        results: list[Expression],
        returned: Callable[[list[Expression]], Expression],
    ) -> None:
        if self.lines:
            self.lines += ["", ""]
        parameters = ", ".join(self.writer.names[index] for index in self.writer.inputs)
        self.lines.append(f"def {name}({parameters}):")
        if self.short:
            forward, results = tidied([*forward, *reverse], results, self.writer.floats)
            reverse = []
        for statement in forward:
            self._line(statement, self._origin(statement.entry))
            self.of_entry[statement.entry] = len(self.lines)
        for statement in reverse:
            self._line(statement, f"through {self.writer.names[statement.entry]}" if statement.through else "the seed")
            self.of_adjoint[statement.receiver] = len(self.lines)
            if statement.through:
                self.of_pullback.setdefault(statement.entry, []).append(len(self.lines))
        self.lines.append(f"{INDENT}return {ast.unparse(returned(results))}")

    def _line(self, statement: Statement, comment: str) -> None:
        value = ast.unparse(statement.value)
        if statement.target is None:
            text = f"if not ({value}): raise PathChanged"
        elif statement.adds and not self.writer.floats:
            text = f"{statement.target} = {statement.target} + {value}"
        else:
            text = f"{statement.target} {'+=' if statement.adds else '='} {value}"
        self.lines.append(f"{INDENT}{text}" + (f"  # {comment}" if comment and not self.short else ""))

    def _origin(self, entry: int) -> str:
        """Where in the program the entry comes from."""
        provenances = self.writer.tape.provenances
        span = provenances[entry].span if entry < len(provenances) and provenances[entry] else None  # type: ignore[union-attr]
        if span is None:
            return ""
        quoted = span.text_in(self.program) if self.program else ""
        return f"line {span.line}" + (f": {' '.join(quoted.split())}" if quoted else "")


def _one_or_all(results: list[Expression]) -> Expression:
    return results[0] if len(results) == 1 else ast.Tuple(results, ast.Load())


def _value_and_rest(results: list[Expression]) -> Expression:
    return ast.Tuple([results[0], ast.Tuple(results[1:], ast.Load())], ast.Load())


def _whole(values: Any) -> Any:
    """Values that say which items are picked, as whole numbers."""
    found = np.asarray(values).astype(int)
    if np.any(found != values):
        raise PathChanged
    return found if found.ndim else int(found)


def _brief(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size <= 16 and value.dtype.kind in "fib":
        return f"array({value.tolist()})"
    return f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else repr(value)


def compiled(source: Source, floats: bool) -> dict[str, Callable[..., Any]]:
    """The functions of the text, on floats or on arrays."""
    space = {**(NUMBERS if floats else ARRAYS), **source.constants}
    exec(compile(source.text, "<replay>", "exec"), space)
    return {name: space[name] for name in ("forward", "value_and_gradient", "jacobian") if name in space}
