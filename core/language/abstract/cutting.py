"""Which parts of a text cut a value off from its derivative, and why. Reads syntax trees; knows no tape."""

import ast

from core.basics.cuts import Reason
from core.library import ROOTS, fact

DECIDES = "only decides"
TEXT = "text"

CASTS = frozenset(("astype", "cast", "to", "type"))
WHOLE_TYPES = ("int", "bool", "uint", "long")
SHAPES = frozenset(("shape", "size", "ndim", "dtype"))


def cut_of_call(name: str, node: ast.Call) -> str | None:
    """The reason why nothing flows through a call of a library's function or method; None if it does."""
    if name in CASTS:
        given = [*node.args, *(item.value for item in node.keywords)]
        return Reason.INTEGER if any(_is_whole_type(one) for one in given) else None
    word = fact(_path(node.func), "cuts")
    return TEXT if word == TEXT else Reason[word.upper()] if word else None


def _path(node: ast.expr) -> str:
    """The path under which the table of library functions knows what is called."""
    dotted = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    root, dot, _ = dotted.partition(".")
    return dotted if not dot or root in ROOTS else f".{dotted.rpartition('.')[2]}"


def _is_whole_type(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", getattr(node, "value", ""))
    return isinstance(name, str) and name.startswith(WHOLE_TYPES)


def cut_of_node(node: ast.AST) -> str | None:
    """The reason why nothing flows through an operator or an attribute; None if it does."""
    match node:
        case ast.Compare():
            return Reason.INTEGER
        case ast.UnaryOp(op=ast.Not()):
            return Reason.INTEGER
        case ast.BinOp(op=ast.FloorDiv()) | ast.AugAssign(op=ast.FloorDiv()):
            return Reason.NO_DERIVATIVE
        case ast.Attribute(attr=name) if name in SHAPES:
            return Reason.CONSTANT
        case ast.Attribute(attr="data"):
            return Reason.STOP_GRADIENT
        case ast.JoinedStr():
            return TEXT
    return None
