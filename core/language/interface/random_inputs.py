"""Inputs whose first value the text computes: random numbers, and what `tf.Variable` or `requires_grad=True` is given.

Which they are is read from the syntax tree alone; what their values are is found by running the program's first
lines, see `first_lines`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import cache
from typing import Any

from core.language.names.namespaces import BARE, ROOTS
from core.language.reading.walk import Nodes, below
from core.library import fact, rows

DRAWN = object()
SETTINGS = ("dtype", "device", "generator", "name")
TENSORS = ("tf.", "torch.")  # whose tensors are constants unless they are watched


class Drawn:
    """Recognises right-hand sides that give an input its first value; `path` resolves a callee's dotted path."""

    def __init__(self, tree: ast.Module, nodes: Nodes, whole: set[str], aliases: dict[str, str], path: Any) -> None:
        self.possible = _may_draw(nodes, aliases)
        self.whole = whole
        self.aliases = aliases
        self.path = path
        self.sources = self._sources(tree)
        self.assigned = _assigned_once(tree, self._path)
        self.leaves = {name for node in tree.body if (name := _requires(node))} | set(_made_in_loops(tree))

    def _sources(self, tree: ast.Module) -> set[str]:
        """Names that the top level gives a random generator or a random key."""
        makers = (
            "np.random.default_rng", "np.random.RandomState", "jax.random.PRNGKey", "jax.random.key",
            "jax.random.split",
        )  # fmt: skip
        found: set[str] = set()
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and self._path(node.value) in makers:
                found |= {part.id for target in node.targets for part in below(target) if isinstance(part, ast.Name)}
        return found

    def _path(self, call: ast.Call) -> str:
        return self.path(call.func, self.aliases)

    def kind(self, name: str, node: ast.expr, watched: bool = False) -> tuple[str, bool]:
        """The kind of input (variable, array or data) and whether it is watched; "" for what gives none.

        One that a tape of the text watches is an input however it is made.
        """
        if not (self.possible or watched) or not self._closed(node) and not self._cuts(name, node):
            return "", False
        calls = [part for part in below(node) if isinstance(part, ast.Call)]
        if isinstance(node, ast.Call) and self._path(node) == "tf.Variable":
            return ("variable", _is_true(node, "trainable", True)) if node.args else ("", False)
        if self.is_leaf(name, node):
            return "array", True
        if watched and isinstance(node, ast.Call):
            return "array", True
        drawn = [call for call in calls if self._is_random(call)]
        return ("data", not all(self._path(call).startswith(TENSORS) for call in drawn)) if drawn else ("", False)

    def _cuts(self, name: str, node: ast.expr) -> bool:
        """Whether it makes a leaf or a variable of what the text computed before, which no derivative passes."""
        makes = isinstance(node, ast.Call) and (self._path(node) == "tf.Variable" or self.is_leaf(name, node))
        return makes and name not in self.leaves and self._closed(node, self.assigned)

    def is_leaf(self, name: str, node: ast.expr) -> bool:
        """torch.f(..., requires_grad=True), (...).requires_grad_(), or a name that the text asks to require one."""
        if name in self.leaves or not isinstance(node, ast.Call):
            return name in self.leaves
        if isinstance(node.func, ast.Attribute) and node.func.attr == "requires_grad_":
            return True
        return self._path(node).startswith("torch.") and _is_true(node, "requires_grad", False)

    def _is_random(self, call: ast.Call) -> bool:
        path = self._path(call)
        space, _, name = path.rpartition(".")
        if space in self.sources:
            return fact(f"np.random.{name}", "draws") == "numbers"
        return fact(path, "draws") == "numbers"

    def _closed(self, node: ast.expr, besides: Collection[str] = ()) -> bool:
        """Whether nothing but counts, namespaces and sources of random numbers enters, or what is named `besides`."""
        parts = list(below(node))
        if any(isinstance(part, ast.Lambda | ast.comprehension) for part in parts):
            return False
        settings = [part.value for part in parts if isinstance(part, ast.keyword) and part.arg in SETTINGS]
        parts = [part for part in parts if part not in settings]
        known = self.whole | self.sources | self.aliases.keys() | ROOTS.keys() | BARE.keys()
        return all(part.id in known or part.id in besides for part in parts if isinstance(part, ast.Name))


@cache
def _makers() -> frozenset[str]:
    """The last words of what draws real numbers or makes variables."""
    drawing = [name.path for row in rows().values() if row.fact("draws") == "numbers" for name in row.names]
    return frozenset(path.rpartition(".")[2] for path in (*drawing, "tf.Variable"))


def _may_draw(nodes: Nodes, aliases: dict[str, str]) -> bool:
    """Whether the text calls anything that draws or makes a leaf, under whatever name; most texts do not."""
    called = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in nodes[ast.Call]}
    called |= {path.rpartition(".")[2] for path in aliases.values()}
    named = {keyword.arg for keyword in nodes[ast.keyword]} | {node.attr for node in nodes[ast.Attribute]}
    return not called.isdisjoint(_makers()) or not named.isdisjoint(("requires_grad", "requires_grad_"))


def leaf_name(node: ast.stmt) -> str:
    """The name in the statement `name.requires_grad_()`."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="requires_grad_"))):
            return name
    return ""


OLD_TENSORS = frozenset(("torch.Tensor", "torch.FloatTensor", "torch.DoubleTensor"))


def _assigned_once(tree: ast.Module, path: Any) -> set[str]:
    """The names that the top level gives a tensor once, in the old spelling, which makes no input."""
    made = [
        (target.id, node.value) for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    ]  # fmt: skip
    names = [name for name, _ in made]
    return {
        name for name, value in made
        if names.count(name) == 1 and isinstance(value, ast.Call) and path(value) in OLD_TENSORS
    }  # fmt: skip


def _made_in_loops(tree: ast.Module) -> list[str]:
    """The names in `for p in [a, b]: p.requires_grad = True`, the list written there or given a name before."""
    lists: dict[str, ast.expr] = {}
    found: list[str] = []
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() | ast.Tuple() as value):
                lists[name] = value
            case ast.For(target=ast.Name(id=name), iter=items, body=[first, *_]) if _requires(first) == name:
                items = lists.get(items.id, items) if isinstance(items, ast.Name) else items
                found += [one.id for one in getattr(items, "elts", ()) if isinstance(one, ast.Name)]
    return found


def _requires(node: ast.stmt) -> str:
    """The name in `name.requires_grad = True` or `name.requires_grad_()`, and "" where False is written."""
    match node:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr="requires_grad")], value=wanted):
            return "" if _is_false(wanted) else name
        case ast.Expr(value=ast.Call(args=given, keywords=named)):
            off = any(map(_is_false, (*given, *(one.value for one in named))))
            return "" if off else leaf_name(node)
    return ""


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _is_true(call: ast.Call, name: str, default: bool) -> bool:
    found = next((item.value for item in call.keywords if item.arg == name), None)
    return bool(found.value) if isinstance(found, ast.Constant) else default
