"""JAX's loops and trees, whose functions the program defines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.tracing import branching
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, sprawls
from core.tensor import Tensor

MAX_DEPTH = 30


# -- loops -----------------------------------------------------------------------------------------------------------


def fori_loop(here: Locals, span: Span, lower: Any, upper: Any, body: Any, init: Any) -> Any:
    """value = body(i, value) for every i from lower up to upper."""
    value = init
    for number in range(whole(lower), whole(upper)):
        here.run.spend(1, span, here)
        value = invoke(here, body, [number, value], {}, span)
    return value


def while_loop(here: Locals, span: Span, cond: Any, body: Any, init: Any) -> Any:
    """As long as cond(value): value = body(value)."""
    value = init
    while _holds(here, invoke(here, cond, [value], {}, span)):
        here.run.spend(1, span, here)
        value = invoke(here, body, [value], {}, span)
    return value


def scan(here: Locals, span: Span, function: Any, init: Any, xs: Any = None, length: Any = None) -> tuple:
    """carry, y = function(carry, x) for every x; the last carry and all y as arrays."""
    carry, made = init, []
    items = repeat(None, whole(length)) if xs is None else _slices(here, span, xs)
    for item in items:
        here.run.spend(1, span, here)
        answer = invoke(here, function, [carry, item], {}, span)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise Refusal(
                say("language.function-scan-returns-two", "The function of `scan` returns two values."),
                say("language.write-return-carry-y", "Write `return carry, y`."),
            )
        carry, one = answer
        made.append(one)
    return carry, _stacked(made)


def _slices(here: Locals, span: Span, xs: Any) -> Iterator[Any]:
    """What each pass gets: an item of an array, or one of every array in a tuple, list or dictionary."""
    if isinstance(xs, dict):
        return (dict(zip(xs, row)) for row in _slices(here, span, tuple(xs.values())))
    if isinstance(xs, tuple) or isinstance(xs, list) and any(_is_array(part) for part in xs):
        return map(type(xs), _together([_slices(here, span, part) for part in xs]))
    return iterate(here, xs, span)


def _is_array(value: Any) -> bool:
    return isinstance(value, Tensor | np.ndarray) and value.ndim > 0


def _together(parts: list[Iterator[Any]]) -> Iterator[tuple]:
    try:
        yield from zip(*parts, strict=True)
    except ValueError:
        raise Refusal(
            say("language.arrays-scan-differ-length", "The arrays of `scan` differ in length."),
            say("language.give-each-same-number", "Give each the same number of items."),
        ) from None


def _stacked(parts: list) -> Any:
    """The results of all passes as one array, in the structure that each has."""
    if not parts or parts[0] is None:
        return None
    if isinstance(parts[0], tuple):
        return tuple(_stacked([part[place] for part in parts]) for place in range(len(parts[0])))
    return f.stack([f.array(part) for part in parts])


def choose(here: Locals, span: Span, pred: Any, true_fun: Any, false_fun: Any, *operands: Any) -> Any:
    """true_fun(*operands) or false_fun(*operands)."""
    return invoke(here, true_fun if _holds(here, pred) else false_fun, list(operands), {}, span)


def _holds(here: Locals, condition: Any) -> bool:
    """Whether a condition holds, also of a value that JAX traces."""
    with branching(here):
        return bool(condition)


# -- trees -----------------------------------------------------------------------------------------------------------


def tree_map(here: Locals, span: Span, *given: Any) -> Any:
    """function(leaf, ...) for the leaves of trees of one structure."""
    if len(given) < 2:
        raise Refusal(
            say("language.tree-map-takes-function", "`tree.map` takes a function and a tree."),
            say("language.write-jax-tree-map", "Write jax.tree.map(lambda p: 2*p, params)."),
        )
    if any(sprawls(tree) for tree in given[1:]):
        raise Refusal(
            say("language.tree-too-many-parts", "This tree has too many parts."),
            say("language.use-fewer", "Use fewer."),
        )
    return _mapped(here, span, given[0], list(given[1:]), 0)


def _mapped(here: Locals, span: Span, function: Any, trees: list, depth: int) -> Any:
    first = trees[0]
    if depth > MAX_DEPTH:
        raise Refusal(
            say("language.tree-nested-too-deeply", "This tree is nested too deeply."),
            say("language.use-flatter-one", "Use a flatter one."),
        )
    if isinstance(first, dict | list | tuple):
        keys = list(first) if isinstance(first, dict) else list(range(len(first)))
        if not all(isinstance(tree, type(first)) and _keys(tree) == keys for tree in trees):
            raise Refusal(
                say("language.trees-tree-map-differ", "The trees of `tree.map` differ in structure."),
                say("language.give-them-same-keys", "Give them the same keys and lengths."),
            )
        made = [_mapped(here, span, function, [tree[key] for tree in trees], depth + 1) for key in keys]
        return dict(zip(keys, made)) if isinstance(first, dict) else type(first)(made)
    return None if first is None else invoke(here, function, trees, {}, span)


def _keys(tree: Any) -> list:
    return list(tree) if isinstance(tree, dict) else list(range(len(tree)))


def leaves(tree: Any) -> list:
    """The leaves of a tree, in order."""
    if sprawls(tree):
        raise Refusal(
            say("language.tree-too-many-parts", "This tree has too many parts."),
            say("language.use-fewer", "Use fewer."),
        )
    if isinstance(tree, dict):
        return [leaf for key in sorted(tree, key=str) for leaf in leaves(tree[key])]
    if isinstance(tree, list | tuple):
        return [leaf for part in tree for leaf in leaves(part)]
    return [] if tree is None else [tree]


ROWS: tuple[tuple[str, Any, str], ...] = (
    ("jax.lax.fori_loop", fori_loop, "lower upper body_fun:body init_val:init"),
    ("jax.lax.while_loop", while_loop, "cond_fun:cond body_fun:body init_val:init"),
    ("jax.lax.scan", scan, "f:function init xs length"), ("jax.lax.cond", choose, "*operands"),
    ("jax.tree.map", tree_map, "*trees"), ("jax.tree_util.tree_map", tree_map, "*trees"),
    ("jax.tree_map", tree_map, "*trees"),
)  # fmt: skip
JAXLIKE = {path: Builtin(path, call, tuple(signature.split()), wants_locals=True) for path, call, signature in ROWS} | {
    path: Builtin(path, leaves, ("tree",)) for path in ("jax.tree.leaves", "jax.tree_util.tree_leaves")
}
