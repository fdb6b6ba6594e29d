"""How a program uses its names: as whole numbers, as lists, or changing them in place. Works on the tree alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.language.reading.scopes import Names
from core.language.reading.walk import Nodes, below, children
from core.library import ROOTS, counts, fact, row_at

BITS = frozenset((ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr))


@dataclass
class Uses:
    """What a program does with its names; each question is answered once, when first asked."""

    nodes: Nodes
    names: Names
    aliases: Mapping[str, str]

    @cached_property
    def whole(self) -> set[str]:
        """Names used where only whole numbers can stand."""
        return _whole_names(self.nodes, self.names, self.aliases)

    @cached_property
    def indices(self) -> set[str]:
        """Names that point at items."""
        return _names_in(*(node.slice for node in self.nodes[ast.Subscript]))

    @cached_property
    def operands(self) -> set[ast.AST]:
        """The operands of arithmetic."""
        found = {side for node in self.nodes[ast.BinOp] for side in (node.left, node.right)}
        return found | {node.operand for node in self.nodes[ast.UnaryOp]}

    @cached_property
    def changed(self) -> set[str]:
        """Names whose elements are assigned, or that grow as lists do."""
        return _changed_in_place(self.nodes)

    @cached_property
    def as_lists(self) -> set[str]:
        """Names used where a list is not the same as an array."""
        return _used_as_lists(self.nodes, self.names)

    @cached_property
    def watched(self) -> set[str]:
        """Names that the text lets a tape watch."""
        calls = [node for node in self.nodes[ast.Call] if isinstance(node.func, ast.Attribute)]
        return _names_in(*(part for node in calls if node.func.attr == "watch" for part in node.args))


def _changed_in_place(nodes: Nodes) -> set[str]:
    """Names whose elements are assigned, or that are used as lists (`.append`)."""
    found: set[str] = set()
    for node in nodes[ast.Subscript]:
        if not isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name):
            found.add(node.value.id)
    for node in nodes[ast.Attribute]:
        if node.attr in LIST_METHODS and isinstance(node.value, ast.Name):
            found.add(node.value.id)
    return found


LIST_METHODS = ("append", "extend", "insert", "pop", "remove", "reverse", "clear", "index", "count")


def _used_as_lists(nodes: Nodes, names: Names) -> set[str]:
    """Names used where a list is not the same as an array: computed with, handed on, returned, printed.

    What is left is read by index, gone through item by item, or given to a function of ours.
    """
    safe: set[ast.AST] = {node.value for node in nodes[ast.Subscript]}
    safe.update(node.iter for node in (*nodes[ast.For], *nodes[ast.comprehension]))
    for node in nodes[ast.Call]:
        own = isinstance(node.func, ast.Name) and (node.func.id in names.module.bound or node.func.id in LIST_MAKERS)
        method = isinstance(node.func, ast.Attribute) and node.func.attr in LIST_METHODS
        if isinstance(node.func, ast.Attribute | ast.Name) and not own and not method:
            safe.update(node.args)
    return {node.id for node, _ in names.loads if node not in safe}


LIST_MAKERS = ("print", "list", "str", "sorted", "isinstance", "map", "filter", "reduce")


def _counts_of(node: ast.Call, path: str) -> Iterator[ast.expr]:
    """The arguments of a call that are counts: only functions of a library, known by their path, take them."""
    for place, given in enumerate(node.args):
        if counts(path, place):
            yield given
    for item in node.keywords:
        if item.arg is not None and counts(path, item.arg):
            yield item.value


def _path(node: ast.expr, own: set[ast.AST], aliases: Mapping[str, str]) -> str:
    """The path of what is called: dotted, a method's name after a dot, a bare name; "" for functions of the program."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    root = node.id if isinstance(node, ast.Name) and node not in own else ""
    if root in aliases:
        return ".".join((aliases[root], *parts))
    if root and (not parts or root in ROOTS):
        return ".".join((root, *parts))
    return f".{parts[-1]}" if parts else ""


def _whole_names(nodes: Nodes, names: Names, aliases: Mapping[str, str]) -> set[str]:
    """Names used where only whole numbers can stand: range(n), x[i], axis=k, shapes."""
    bound = names.module.bound - aliases.keys()
    own: set[ast.AST] = {node for node, scope in names.loads if node.id in bound or scope.find(node.id) is not None}
    found: set[str] = set()

    def of_counts(*counted: ast.AST) -> set[str]:
        parts = (part for node in counted for part in _counted(node, own, aliases))
        return {part.id for part in parts if isinstance(part, ast.Name)}

    for node in nodes[ast.Call]:
        found |= of_counts(*_counts_of(node, _path(node.func, own, aliases)))
    for node in nodes[ast.Subscript]:
        found |= of_counts(node.slice)
    for node in nodes[ast.BinOp]:
        if node.op.__class__ in BITS:
            found |= _names_in(node.left, node.right)
        elif node.op.__class__ is ast.Mult:
            for repeated, count in ((node.left, node.right), (node.right, node.left)):
                found |= _names_in(count) if repeated.__class__ is ast.List else set()
    return found


def _counted(node: ast.AST, own: set[ast.AST], aliases: Mapping[str, str]) -> Iterator[ast.AST]:
    """What a count is computed from: not what lies behind an attribute, a comparison or a question of size or place.

    In `x.reshape(x.shape)` and `a[np.argmax(x)]` x may have fractions.
    """
    todo = [node]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Attribute | ast.Compare):
            continue
        if isinstance(node, ast.Call):
            path = _path(node.func, own, aliases)
            row = row_at(path)
            if fact(path, "gives") == "places" or row is not None and row.function in MEASURES:
                continue
        yield node
        todo.extend(children(node))


MEASURES = frozenset(("len", "size", "shape", "rank"))  # functions that give lengths whatever the elements are


def _names_in(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in below(node) if isinstance(part, ast.Name)}
