"""Sensible first values for inputs that the text gives none: numbers, or arrays where their use demands them."""

from __future__ import annotations

import ast
from dataclasses import replace

from core.language.inputs import Input


def with_guesses(tree: ast.Module, inputs: list[Input], entry: ast.FunctionDef | None) -> list[Input]:
    """The inputs with guessed defaults where the text gives none."""
    vectors = _vectors(tree)
    return [
        replace(one, default=vectors[one.name])
        if one.name in vectors and one.default == 1.0 and one.kind in ("free", "parameter")
        else one
        for one in inputs
    ]


def _vectors(tree: ast.AST) -> dict[str, list]:
    """Names that are indexed by whole numbers, gone through, or measured with len."""
    sizes: dict[str, int] = {}

    def at_least(node: ast.AST, size: int) -> None:
        if isinstance(node, ast.Name):
            sizes[node.id] = max(sizes.get(node.id, 0), size)

    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            index = node.slice
            known = isinstance(index, ast.Constant) and isinstance(index.value, int)
            at_least(node.value, index.value + 1 if known else 3)  # type: ignore[attr-defined]
        elif isinstance(node, ast.For) or isinstance(node, ast.comprehension):
            at_least(node.iter, 3)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("len", "enumerate", "zip")
        ):
            for part in node.args:
                at_least(part, 3)
    return {name: [float(number + 1) for number in range(min(size, 12))] for name, size in sizes.items()}
