"""One walk over a syntax tree: its nodes by kind, in the order of the text, and no deeper than allowed.

Operators and contexts (`Add`, `Load`) are attributes of their nodes, not nodes to visit.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

Nodes = dict[type[ast.AST], list]
SKIPPED = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)
SKIPPED_FIELDS = frozenset(
    ("ctx", "op", "ops", "kind", "type_comment", "simple", "level", "id", "attr", "arg", "conversion", "name",
     "kwd_attrs", "rest")
)
ORDER = {
    "FunctionDef": ("decorator_list", "args", "returns", "type_params", "body"),
    "ClassDef": ("decorator_list", "bases", "keywords", "body"),
    "IfExp": ("test", "body", "orelse"),
    "DictComp": ("generators", "key", "value"),
    "ListComp": ("generators", "elt"),
    "SetComp": ("generators", "elt"),
    "GeneratorExp": ("generators", "elt"),
}


class Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each kind of node that hold other nodes, found when first asked."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        names = () if kind in LEAVES else ORDER.get(kind.__name__) or kind._fields
        self[kind] = found = tuple(name for name in names if name not in SKIPPED_FIELDS)
        return found


LEAVES = (
    ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias, ast.MatchSingleton,
)  # fmt: skip
FIELDS = Fields()


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes directly below a node."""
    for name in FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            for item in value:
                if isinstance(item, ast.AST):
                    yield item
        elif isinstance(value, ast.AST):
            yield value


def below(node: ast.AST) -> Iterator[ast.AST]:
    """A node and everything below it."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(children(node))


def collect(tree: ast.AST, deepest: int) -> Nodes | None:
    """All nodes by kind; None when the tree is deeper than allowed (a + b + c + ... counts as one level)."""
    nodes: Nodes = defaultdict(list)
    level: list[ast.AST] = [tree]
    for _ in range(deepest + 2):
        below: list[ast.AST] = []
        while level:
            node = level.pop()
            kind = node.__class__
            nodes[kind].append(node)
            if kind is ast.BinOp:
                below.append(node.right)  # type: ignore[attr-defined]
                (level if node.left.__class__ is ast.BinOp else below).append(node.left)  # type: ignore[attr-defined]
                continue
            for name in FIELDS[kind]:
                value = getattr(node, name, None)
                if value.__class__ is list:
                    below.extend(value)
                elif value is not None:
                    below.append(value)
        if not below:
            return nodes
        level = [node for node in below if isinstance(node, ast.AST)]
    return None
