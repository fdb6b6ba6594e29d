"""What Python finds only when it compiles: `return` outside a function, `break` outside a loop, and their like.

Works on the syntax tree alone.
"""

from __future__ import annotations

import ast

from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.reading.places import Places
from core.language.reading.scopes import parameters
from core.language.reading.walk import Nodes


def check_flow(tree: ast.Module, nodes: Nodes, places: Places) -> None:
    """Raise a `ProgramError` for a statement or a star that stands where it means nothing."""
    if not any(not isinstance(node, ast.Pass) for node in tree.body):
        raise ProgramError(
            say("language.nothing-run-yet", "There is nothing to run yet."),
            None,
            say("language.type-expression-example-3", "Type an expression, for example 3*x**2 + 2*x*y."),
        )
    _check_block(tree.body, False, False, places)
    for node in (*nodes[ast.FunctionDef], *nodes[ast.Lambda]):
        _check_parameters(node, places)
    for node in nodes[ast.Call]:
        _check_keywords(node, places)
    allowed = _allowed_stars(nodes) if nodes[ast.Starred] else set()
    for node in nodes[ast.Starred]:
        if node not in allowed:
            raise ProgramError(
                say("language.star-only-used-inside", "A star can only be used inside a list, a tuple or a call."),
                places.of(node),
                say("language.write-b", "Write [*a, *b]."),
            )
    for node in (*nodes[ast.Tuple], *nodes[ast.List]):
        if isinstance(node.ctx, ast.Store) and sum(isinstance(part, ast.Starred) for part in node.elts) > 1:
            raise ProgramError(
                say("language.only-one-names-star", "Only one of the names can have a star."),
                places.of(node),
                say("language.write-b-values", "Write a, *b = values."),
            )


def _check_block(statements: list[ast.stmt], inside_function: bool, inside_loop: bool, places: Places) -> None:
    for node in statements:
        if isinstance(node, ast.Return) and not inside_function:
            raise ProgramError(
                say("language.return-outside-any-function", "`return` is outside any function."),
                places.of(node),
                say("language.write-expression-without", "Write the expression without it."),
            )
        if isinstance(node, ast.Break | ast.Continue) and not inside_loop:
            word = type(node).__name__.lower()
            raise ProgramError(
                say("language.outside-any-loop", "`{word}` is outside any loop.", word=word),
                places.of(node),
                say("language.put-inside-while", "Put it inside `for` or `while`."),
            )
        if isinstance(node, ast.Nonlocal) and not inside_function:
            raise ProgramError(
                say("language.nonlocal-outside-any-function", "`nonlocal` is outside any function."),
                places.of(node),
                say("language.remove-line", "Remove the line."),
            )
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom) and not inside_function:
            raise ProgramError(
                say("language.yield-outside-any-function", "`yield` is outside any function."),
                places.of(node),
                say("language.write-expression-without", "Write the expression without it."),
            )
        if isinstance(node, ast.FunctionDef):
            _check_block(node.body, True, False, places)
        elif isinstance(node, ast.ClassDef):
            _check_block(node.body, False, False, places)
        elif isinstance(node, ast.Try):
            for block in (node.body, *(one.body for one in node.handlers), node.orelse, node.finalbody):
                _check_block(block, inside_function, inside_loop, places)
        elif isinstance(node, ast.Match):
            for case in node.cases:
                _check_block(case.body, inside_function, inside_loop, places)
        elif isinstance(node, ast.For | ast.While):
            _check_block(node.body, inside_function, True, places)
            _check_block(node.orelse, inside_function, inside_loop, places)
        elif isinstance(node, ast.If | ast.With):
            _check_block(node.body, inside_function, inside_loop, places)
            _check_block(getattr(node, "orelse", []), inside_function, inside_loop, places)


def _check_parameters(node: ast.FunctionDef | ast.Lambda, places: Places) -> None:
    seen: set[str] = set()
    for part in parameters(node.args):
        if part.arg in seen:
            raise ProgramError(
                say("language.two-parameters-called", "Two parameters are called `{arg}`.", arg=part.arg),
                places.of(part),
                say("language.rename-one-them", "Rename one of them."),
            )
        seen.add(part.arg)
    for statement in node.body if isinstance(node, ast.FunctionDef) else ():
        if isinstance(statement, ast.Global | ast.Nonlocal) and seen & set(statement.names):
            raise ProgramError(
                say("language.parameter-cannot-global-nonlocal", "A parameter cannot be `global` or `nonlocal`."),
                places.of(statement),
                say("language.rename-one-them", "Rename one of them."),
            )


def _check_keywords(node: ast.Call, places: Places) -> None:
    seen: set[str | None] = set()
    for item in node.keywords:
        if item.arg is not None and item.arg in seen:
            raise ProgramError(
                say("language.argument-given-twice", "The argument `{arg}` is given twice.", arg=item.arg),
                places.of(item),
                say("language.leave-one-them-out", "Leave one of them out."),
            )
        seen.add(item.arg)


def _allowed_stars(nodes: Nodes) -> set[ast.AST]:
    holders = [part for kind in (ast.Tuple, ast.List, ast.Set) for node in nodes[kind] for part in node.elts]
    return {*holders, *(part for node in nodes[ast.Call] for part in node.args)}
