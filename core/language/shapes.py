"""Sensible first values for inputs that the text gives none: numbers, or arrays where their use demands them."""

from __future__ import annotations

import ast
from dataclasses import replace

import numpy as np

from core.language.inputs import Input
from core.language.uses import Uses
from core.language.walk import Nodes

COUNT = 3.0


def with_guesses(uses: Uses, inputs: list[Input]) -> list[Input]:
    """The inputs with guessed defaults where the text gives none."""
    sizes, whole = _vector_sizes(uses.nodes), uses.whole
    return [_guess(one, sizes, whole) for one in inputs]


def _guess(one: Input, sizes: dict[str, int], whole: set[str]) -> Input:
    if one.given:
        return one
    if one.name in sizes:
        return replace(one, default=np.arange(1.0, min(sizes[one.name], 12) + 1))
    if one.name in whole:
        return replace(one, default=COUNT, watched=False)
    return one


def _vector_sizes(nodes: Nodes) -> dict[str, int]:
    """Names that are indexed by whole numbers, gone through, or measured with len."""
    sizes: dict[str, int] = {}

    def at_least(node: ast.AST, size: int) -> None:
        if isinstance(node, ast.Name):
            sizes[node.id] = max(sizes.get(node.id, 0), size)

    for node in nodes[ast.Subscript]:
        index = node.slice
        known = isinstance(index, ast.Constant) and type(index.value) is int
        at_least(node.value, index.value + 1 if known else 3)
    for node in (*nodes[ast.For], *nodes[ast.comprehension]):
        at_least(node.iter, 3)
    for node in nodes[ast.Call]:
        if isinstance(node.func, ast.Name) and node.func.id in ("len", "enumerate", "zip"):
            for part in node.args:
                at_least(part, 3)
    return sizes
