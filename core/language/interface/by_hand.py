"""Derivatives that a text works out by hand, told by how they are called: `dx` and `grad_w`, `dfdx` and `df_dq`.

A name counts only where what it says it derives by has a value in the text, and comes before it. Works on the syntax
tree alone; whether the numbers are right is found by the tape.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from typing import NamedTuple

_BY = re.compile(r"^(?:d|∂|grad|gradient|d_|grad_)_?(\w+?)$|^(\w+?)_(?:grad|gradient|bar)$")
MOST = 60


class ByHand(NamedTuple):
    """A name whose value is said to be the derivative of a value by another; `of` is "" for the output's."""

    name: str
    of: str
    by: str


def derivatives_by_hand(tree: ast.Module, inputs: Collection[str]) -> list[ByHand]:
    """The derivatives that the top level works out, in the order of the text; names of functions derive nothing."""
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = [pair for node in tree.body for pair in _assigned(node)]
    known = set(inputs) - {name for name, _ in assigned}
    found: dict[str, ByHand] = {}
    for name, _ in assigned:
        one = _read(name, known - functions)
        if one is not None and (one.of or not (name in inputs and one.by in inputs)):  # not `t` and `dt`, both given
            found[name] = one
        elif name not in found:
            known.add(name)
    return list(found.values())[:MOST]


def _assigned(node: ast.stmt) -> list[tuple[str, ast.expr | None]]:
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    if isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets, value = [node.target], None if isinstance(node, ast.AugAssign) else node.value
    pairs: list[tuple[str, ast.expr | None]] = []
    for target in targets:
        parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
        pairs += [(part.id, value) for part in parts if isinstance(part, ast.Name)]
    return pairs


def _read(name: str, known: Collection[str]) -> ByHand | None:
    """What a name says it is, where the names in it are known."""
    for end in range(2, len(name)):
        head, tail = name[:end], name[end:]
        of, by = re.sub(r"^(d|∂)_?", "", head), re.sub(r"^_?(d|∂)_?", "", tail)
        if head != of and tail != by and of.rstrip("_") in known and by in known:
            return ByHand(name, of.rstrip("_"), by)
    match = _BY.match(name)
    by = next((part for part in match.groups() if part), "") if match else ""
    return ByHand(name, "", by) if by in known and name not in known else None


def output_before(tree: ast.Module, found: Collection[ByHand]) -> str:
    """The last name of the top level that is no such derivative and comes before the first of them; "" for none."""
    hand = {one.name for one in found}
    last = ""
    for node in tree.body:
        for name, _ in _assigned(node):
            if name in hand:
                return last
            last = name
    return last
