"""Which of Python's own names a class may use: an allow-list of methods, and what may be read with a dot.

Works on the syntax tree alone.
"""

from __future__ import annotations

import ast

from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.reading.places import Places
from core.language.reading.scopes import PYTHONS_OWN
from core.language.reading.walk import Nodes

ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "lshift", "rshift")
METHODS = frozenset((
    *(f"__{kind}{name}__" for name in ARITHMETIC for kind in ("", "r", "i")),
    "__init__", "__post_init__", "__call__", "__repr__", "__str__", "__len__", "__iter__", "__next__", "__getitem__",
    "__setitem__", "__contains__", "__bool__", "__float__", "__int__", "__abs__", "__neg__", "__pos__", "__invert__",
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__enter__", "__exit__", "__round__",
    "__reversed__", "__xor__", "__rxor__",
))  # fmt: skip
"""The methods by which Python's own operations reach a class."""
ATTRIBUTES = frozenset(("__slots__", "__array_priority__", "__match_args__", "__doc__"))
"""What the body of a class may assign besides methods; without effect."""
READABLE = METHODS | {"__class__"}
"""What may stand after a dot in a text with classes, besides `__name__`; only what the text made has them."""


def is_pythons_own(name: str) -> bool:
    """Whether a name begins and ends with two underscores, or has nothing but them."""
    return name.startswith("__") and (name.endswith("__") or not name.strip("_"))


def names_in_classes(nodes: Nodes) -> set[ast.AST]:
    """The names of Python's own that stand where they may: `super()`, decorators, bases, `__radd__ = __add__`."""
    found: set[ast.AST] = set()
    if not nodes[ast.ClassDef]:
        return found
    found |= {node for node in nodes[ast.Attribute] if node.attr in READABLE}
    found |= {node.func for node in nodes[ast.Call] if isinstance(node.func, ast.Name) and node.func.id == "super"}
    for node in nodes[ast.ClassDef]:
        found |= {base for base in node.bases if isinstance(base, ast.Name) and base.id == "object"}
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                decorators = (one for one in part.decorator_list if isinstance(one, ast.Name))
                found |= {one for one in decorators if one.id in PYTHONS_OWN}
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                inside = (one for one in ast.walk(part) if isinstance(one, ast.Name))
                found |= {one for one in inside if one.id in METHODS | ATTRIBUTES}
    return found


def check_class(node: ast.ClassDef, places: Places) -> None:
    """Refuse metaclasses, and methods that would change what an attribute or a class is."""
    for keyword in node.keywords:
        if keyword.arg != "frozen":
            raise ProgramError(
                say("language.classes-take-bases-only", "A class takes bases here, and nothing by name."),
                places.of(keyword.value),
                say("language.leave-out", "Leave it out."),
            )
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and is_pythons_own(part.name) and part.name not in METHODS:
            raise ProgramError(
                say("language.method-not-part-language", "The method `{name}` is not part of this language.",
                    name=part.name),
                places.head(part),
                say("language.write-method-of-own", "Write a method with a name of its own."),
            )  # fmt: skip


def check_yields(nodes: Nodes, places: Places) -> None:
    """A `yield` is a statement of its own, or all that is assigned to a name."""
    if not nodes[ast.Yield] and not nodes[ast.YieldFrom]:
        return
    allowed = {node.value for node in nodes[ast.Expr]}
    allowed |= {node.value for node in nodes[ast.Assign] if isinstance(node.value, ast.Yield) and not node.targets[1:]}
    for node in (*nodes[ast.Yield], *nodes[ast.YieldFrom]):
        if node not in allowed:
            raise ProgramError(
                say("language.yield-inside-expression", "A `yield` cannot stand inside an expression here."),
                places.of(node),
                say("language.write-yield-line", "Write it on a line of its own."),
            )
    blocks = (part for node in nodes[ast.With] for statement in node.body for part in ast.walk(statement))
    for part in blocks:
        if isinstance(part, ast.Yield | ast.YieldFrom):
            raise ProgramError(
                say("language.yield-inside-with", "A `yield` cannot stand inside `with` here."),
                places.of(part),
                say("language.collect-values-list-return", "Collect the values in a list and return it."),
            )
