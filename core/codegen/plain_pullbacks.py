"""The helpers of the reverse rules as text for NumPy alone, made from the text of the helpers themselves.

They are written in terms of the engine's functions, so that they work on tensors too. A script has arrays only: there a
function is NumPy's of the same name, or one of the kernels, or one of the few in `numpy_helpers`.
"""

import ast
import inspect
from collections.abc import Callable
from functools import cache
from types import ModuleType

import numpy as np

from core import functions, pullbacks
from core.codegen import numpy_helpers
from core.kernels import arrays

FROM_FUNCTIONS: tuple[Callable[..., object], ...] = (functions.cofactors,)
"""What the helpers call that is neither NumPy's nor a kernel's."""
RENAMED = {"setitem": "with_item"}
Definitions = dict[str, ast.stmt]


def definitions(module: ModuleType) -> Definitions:
    """The functions, classes and numbers of a module, by name."""
    found: Definitions = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_number(node.value):
            found[node.targets[0].id] = node
    return found


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


@cache
def plain_pullbacks() -> Definitions:
    """The helpers, and what they call, for arrays alone."""
    found = definitions(pullbacks)
    found |= {one.__name__: ast.parse(inspect.getsource(one)).body[0] for one in FROM_FUNCTIONS}
    return {name: _ForArrays().visit(node) for name, node in found.items()}


class _ForArrays(ast.NodeTransformer):
    """Calls of the engine's functions become calls of NumPy; what is done for tensors is left out."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "f":
            return ast.parse(_name_for_arrays(node.attr), mode="eval").body
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        called = ast.unparse(node.func)
        if called == "f.plain":
            return self.visit(node.args[0])
        if called == "call":
            name, *operands = node.args
            assert isinstance(name, ast.Constant)
            node = ast.Call(ast.Name(str(name.value), ast.Load()), operands, node.keywords)
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self.visit(node.orelse) if _only_beside_tensors(node.test) else self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        return [self.visit(one) for one in node.orelse] if _only_beside_tensors(node.test) else self.generic_visit(node)


def _only_beside_tensors(test: ast.expr) -> bool:
    """Whether it asks if this is a tensor, or not one: for arrays the general way remains."""
    text = ast.unparse(test)
    return (text.startswith("isinstance(") and text.endswith(", Tensor)")) or text.endswith(".__class__ is np.ndarray")


def _name_for_arrays(name: str) -> str:
    """What the engine's function is called in a script."""
    if RENAMED.get(name, name) in vars(numpy_helpers):
        return RENAMED.get(name, name)
    if hasattr(np, name):
        return f"np.{name}"
    assert hasattr(arrays, name) or name in {one.__name__ for one in FROM_FUNCTIONS}, name
    return name
