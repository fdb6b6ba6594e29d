"""How a program uses its names: as whole numbers, as lists, or changing them in place. Works on the tree alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from core.language.reading.scopes import Names
from core.language.reading.walk import Nodes, below

# Functions that take counts, with the place from which their arguments are counts.
WHOLE_CALLEES = {
    **dict.fromkeys(("range", "zeros", "ones", "eye", "empty", "arange", "randn", "rand", "randint", "identity"), 0),
    **dict.fromkeys(("random", "seed", "default_rng", "PRNGKey", "manual_seed", "full", "fill"), 0),
    **dict.fromkeys(("one_hot", "round", "islice", "reshape", "repeat", "tile"), 1),
    **dict.fromkeys(("linspace", "normal", "uniform"), 2),
}
ONLY_FIRST = frozenset(("full", "fill"))
METHODS = frozenset(("reshape", "repeat", "tile", "round"))
WHOLE_ARGUMENTS = frozenset((
    "axis", "dim", "num", "n_steps", "steps", "shape", "size", "depth", "num_classes", "seed", "k", "ndmin",
    "decimals", "dims",
))  # fmt: skip


BITS = frozenset((ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr))


@dataclass
class Uses:
    """What a program does with its names; each question is answered once, when first asked."""

    nodes: Nodes
    names: Names

    @cached_property
    def whole(self) -> set[str]:
        """Names used where only whole numbers can stand."""
        return _whole_names(self.nodes, self.names)

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


def _counts_of(node: ast.Call, names: Names) -> list[ast.expr]:
    """The positional arguments of a call that are counts; functions of the program itself take none."""
    if isinstance(node.func, ast.Name):
        callee, own = node.func.id, node.func.id in names.module.bound
    else:
        callee, own = getattr(node.func, "attr", ""), False
    if own or callee not in WHOLE_CALLEES:
        return []
    of_array = callee in METHODS and isinstance(node.func, ast.Attribute) and not _is_namespace(node.func.value)
    start = 0 if of_array else WHOLE_CALLEES[callee]
    return node.args[start : start + 1] if callee in ONLY_FIRST else node.args[start:]


def _is_namespace(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "tf", "torch", "jnp")


def _whole_names(nodes: Nodes, names: Names) -> set[str]:
    """Names used where only whole numbers can stand: range(n), x[i], axis=k, shapes."""
    found: set[str] = set()
    for node in nodes[ast.Call]:
        found |= _names_in(*_counts_of(node, names))
        found |= _names_in(*(item.value for item in node.keywords if item.arg in WHOLE_ARGUMENTS))
    for node in nodes[ast.Subscript]:
        found |= _names_in(node.slice)
    for node in nodes[ast.BinOp]:
        if node.op.__class__ in BITS:
            found |= _names_in(node.left, node.right)
        elif node.op.__class__ is ast.Mult:
            for repeated, count in ((node.left, node.right), (node.right, node.left)):
                found |= _names_in(count) if repeated.__class__ is ast.List else set()
    return found


def _names_in(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in below(node) if isinstance(part, ast.Name)}
