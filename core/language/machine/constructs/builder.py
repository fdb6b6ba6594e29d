"""Turns a checked syntax tree, once, into nested closures that run it; `here` are the names that each then sees.

The builder knows where it is (scope, text); what each construct does is said in two tables that it is handed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from core.basics.span import Span
from core.language.dialects.leaving import as_left
from core.language.machine.locals import Locals
from core.language.names import namespaces
from core.language.reading.places import Places
from core.language.reading.scopes import Names, Scope

Evaluate = Callable[[Locals], Any]
Table = Mapping[type[ast.AST], Callable[["Builder", Any], Evaluate]]
"""For each kind of node, what builds its closure."""


class Builder:
    """Holds what building needs to know: the text's places, its names, the scope, and what each construct does.

    `library` is the one whose arrays the program computes with, `mixes_numpy` says whether it names NumPy besides.
    """

    def __init__(
        self, places: Places, names: Names, aliases: dict[str, str], expressions: Table, statements: Table
    ) -> None:
        self.expressions = expressions
        self.statements = statements
        self.places = places
        self.names = names
        self.aliases = aliases
        self.scope: Scope = names.module
        self.blocks: list[Span] = []
        self.inputs: Mapping[ast.AST, str] = {}
        self.free: frozenset[str] = frozenset()
        self.library = "numpy"
        self.followed: frozenset[ast.AST] = frozenset()
        self.mixes_numpy = False
        self.tells_whole = False  # whether a text that prints has typed whole numbers for inputs

    def expression(self, node: ast.expr) -> Evaluate:
        """The closure of an expression."""
        return self.expressions[type(node)](self, node)

    def statement(self, node: ast.stmt) -> Evaluate:
        """The closure of a statement."""
        return self.statements[type(node)](self, node)

    def span(self, node: ast.AST) -> Span:
        """The place of a node."""
        return self.places.of(node)

    def text(self, node: ast.AST) -> Callable[[], str]:
        """The text of a node, shortened, for when it is needed."""
        return lambda: self.places.text_of(node)

    def block_number(self, statements: list[ast.stmt] | ast.expr) -> int:
        """A number for a block that may or may not be entered."""
        span = self.places.block(statements) if isinstance(statements, list) else self.span(statements)
        self.blocks.append(span)
        return len(self.blocks) - 1

    def constant_of(self, node: ast.AST) -> Any:
        """The value from our tables that a name or dotted path stands for, MISSING if it is not one of ours."""
        path = namespaces.path_of(node, self.scope, self.aliases)
        if path is not None:
            return as_left(self.library, path, namespaces.find(path, self.span(node)))
        if isinstance(node, ast.Name) and self.is_builtin(node.id):
            return as_left(self.library, node.id, namespaces.BARE[node.id])
        return namespaces.MISSING

    def is_here(self, name: str) -> bool:
        """Whether a name is local to the very call that is running when this code runs."""
        return self.scope.kind == "module" or self.scope.find(name) == 0

    def near_name(self, node: ast.AST) -> str:
        """The name that a node reads from the running call, "" if it is anything else."""
        if not isinstance(node, ast.Name) or not self.is_here(node.id):
            return ""
        return node.id if self.constant_of(node) is namespaces.MISSING else ""

    def is_builtin(self, name: str) -> bool:
        """Whether a bare name means one of our functions here."""
        return name in namespaces.BARE and self.is_free(name)

    def is_free(self, name: str) -> bool:
        """Whether the program gives a bare name no meaning of its own here."""
        if name in self.free or name in self.names.module.bound:
            return False
        return self.scope.find(name) is None
