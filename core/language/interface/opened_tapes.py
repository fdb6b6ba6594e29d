"""What a program's text says about its tapes: which it opens, how they nest, and where recording is stopped.

Reads the checked syntax tree; knows nothing of runs.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from core.basics.words import say
from core.language.program import Program


class OpenedTape(NamedTuple):
    """A tape that the text opens in a line; `inside` is the tape in whose block that happens, "" for none."""

    name: str
    line: int
    persistent: bool
    inside: str


class Gap(NamedTuple):
    """Lines in which a tape (any, where `tape` is "") records nothing."""

    first: int
    last: int
    tape: str


def tapes_in(program: Program) -> tuple[tuple[OpenedTape, ...], tuple[Gap, ...]]:
    """The tapes in the order in which they are opened, and the gaps."""
    tapes: list[OpenedTape] = []
    gaps: list[Gap] = []
    for item, block, around in _blocks(program.tree, ""):
        called = item.context_expr
        if not isinstance(called, ast.Call):
            continue
        word = _last_word(called.func)
        if word == "GradientTape":
            tapes.append(OpenedTape(_name(item), block.lineno, _is_persistent(called), around))
        elif word in ("stop_recording", "no_grad"):
            owner = called.func.value if isinstance(called.func, ast.Attribute) else None
            of = owner.id if word == "stop_recording" and isinstance(owner, ast.Name) else ""
            gaps.append(Gap(block.body[0].lineno, block.body[-1].end_lineno or block.lineno, of))
    return tuple(tapes), tuple(gaps)


def _blocks(node: ast.AST, around: str) -> Iterator[tuple[ast.withitem, ast.With, str]]:
    """Every item of every `with` block, with the name of the innermost tape around it."""
    waiting: list[tuple[ast.AST, str]] = [(node, around)]
    while waiting:
        here, tape = waiting.pop(0)
        if isinstance(here, ast.With):
            for item in here.items:
                yield item, here, tape
                if isinstance(item.context_expr, ast.Call) and _last_word(item.context_expr.func) == "GradientTape":
                    tape = _name(item)
        waiting = [(child, tape) for child in ast.iter_child_nodes(here)] + waiting


def _name(item: ast.withitem) -> str:
    return (
        item.optional_vars.id
        if isinstance(item.optional_vars, ast.Name)
        else say("language.tape-without-name", "a tape without a name")
    )


def _last_word(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_persistent(call: ast.Call) -> bool:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "persistent"] or call.args[:1]
    return bool(given) and isinstance(given[0], ast.Constant) and given[0].value is True
