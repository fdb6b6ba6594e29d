"""Inputs that the text itself makes of whole numbers, which TensorFlow never differentiates by: `tf.Variable(3)`.

Knows programs; knows no run.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from core.language.abstract.cutting import is_whole_type

if TYPE_CHECKING:
    from core.language.program import Program

MAKERS = ("Variable", "constant", "convert_to_tensor")


def whole_call(program: Program, name: str) -> ast.Call | None:
    """The call of TensorFlow that gives the input whole numbers; None where it has others."""
    for target, source in program.interface.sources.items():
        if source == name:
            given = _assigned_to(program.tree, target)
            return given if given is not None and _is_whole(given) else None
    return None


def _assigned_to(tree: ast.AST, target: ast.AST) -> ast.Call | None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and target in node.targets and isinstance(node.value, ast.Call):
            return node.value
    return None


def _is_whole(call: ast.Call) -> bool:
    path = ast.unparse(call.func)
    if path.partition(".")[0] not in ("tf", "tensorflow") or path.rpartition(".")[2] not in MAKERS or not call.args:
        return False
    kind = next((item.value for item in call.keywords if item.arg == "dtype"), None)
    return is_whole_type(kind) if kind is not None else _whole_literal(call.args[0])


def _whole_literal(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _whole_literal(operand)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return bool(parts) and all(map(_whole_literal, parts))
    return False


def with_points(call: ast.Call) -> str:
    """The call as it would be with floating-point numbers."""
    return ast.unparse(_Pointed().visit(ast.parse(ast.unparse(call), mode="eval")))


class _Pointed(ast.NodeTransformer):
    """Whole numbers become floating-point numbers, also in the name of the type."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number with a point."""
        return ast.Constant(float(node.value)) if isinstance(node.value, int) else node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        """The type of floating-point numbers; other options as they are."""
        return ast.keyword(node.arg, ast.parse("tf.float32", mode="eval").body) if node.arg == "dtype" else node
