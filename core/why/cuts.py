"""Which parts of a text cut a value off from its derivative, and why. Reads syntax trees; knows no tape."""

import ast

from core.basics.cuts import Reason

DECIDES = "only decides"
TEXT = "text"

_NAMES: dict[str, str] = {
    Reason.INTEGER: """int bool argmax argmin argsort searchsorted count_nonzero digitize bincount isnan isfinite isinf
        any all reduce_any reduce_all greater greater_equal less less_equal equal not_equal logical_and logical_or
        logical_not isclose allclose""",
    Reason.NO_DERIVATIVE: "floor ceil round rint trunc fix around floor_divide floordiv",
    Reason.DETACHED: "numpy item tolist",
    Reason.STOP_GRADIENT: "stop_gradient detach detach_",
    Reason.CONSTANT: "zeros_like ones_like empty_like len shape ndim size rank dim type range",
    TEXT: "str format",
}
CUTTING = {name: reason for reason, names in _NAMES.items() for name in names.split()}
CASTS = frozenset(("astype", "cast", "to", "type"))
WHOLE_TYPES = ("int", "bool", "uint", "long")
SHAPES = frozenset(("shape", "size", "ndim", "dtype"))


def cut_of_call(name: str, node: ast.Call) -> str | None:
    """The reason why nothing flows through a call of the function or method of this name; None if it does."""
    if name in CASTS:
        given = [*node.args, *(item.value for item in node.keywords)]
        return Reason.INTEGER if any(_is_whole_type(one) for one in given) else None
    return CUTTING.get(name)


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
        case ast.BinOp(op=ast.FloorDiv()):
            return Reason.NO_DERIVATIVE
        case ast.Attribute(attr=name) if name in SHAPES:
            return Reason.CONSTANT
        case ast.Attribute(attr="data"):
            return Reason.STOP_GRADIENT
        case ast.JoinedStr():
            return TEXT
    return None
