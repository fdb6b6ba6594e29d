"""Which loops of a text may train: those that ask for gradients, or go down one that the text works out by hand.

A step by hand is `w -= lr * dw` in one of its spellings: something is taken off that a rate is a factor of. Whether
such a loop carries numbers from pass to pass is found by running it. Works on the syntax tree alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from core.language.reading.given_at_calls import DERIVING
from core.language.reading.walk import below, children

Loop = ast.For | ast.While

DEEPEST = 5
"""Calls through which a step is found, where functions are written before those that they call."""
ASKING = frozenset(("backward", "gradient", "apply_gradients", "minimize", "backprop", "train_on_batch"))
"""Methods that ask for a gradient, or use one."""
RATE = re.compile(r"(?i)^(lr|eta|learn\w*|lrate|l_r|η)(_\w+|\d*)$|_lr$|learn\w*_rate")
PERHAPS_RATE = re.compile(r"(?i)^(alpha|rate|α|step_?size)(_\w+|\d*)$|_rate$")
"""Names that mean a rate unless each pass works them out anew, as conjugate gradients do."""
SLOPE = re.compile(r"(?i)grad|nabla|^d_?(?!t$|h$|r$|s$)[a-z]{1,2}\d*$|^d[lj]_?d\w+$|^g(_[a-z]|\d*)$|deriv|slope")


def loops_that_may_train(tree: ast.Module) -> list[Loop]:
    """In the order of the text."""
    if not any(isinstance(node, ast.For | ast.While) for node in below(tree)):
        return []
    found = _Steps(tree)
    return [loop for loop in found.loops if loop in found.training]


class _Steps:
    """The steps of a text, and the innermost loop around each that does not merely go through the parameters."""

    def __init__(self, tree: ast.Module) -> None:
        self.loops: list[Loop] = []
        self.training: set[Loop] = set()
        self.deriving = _derived(tree)
        self.stepping: set[str] = set()  # functions and methods that step when called
        for _ in range(DEEPEST):  # a function that calls one that steps does so too
            before, self.loops = len(self.stepping), []
            self._go(tree, (), "")
            if len(self.stepping) == before:
                break

    def _go(self, node: ast.AST, around: tuple[Loop, ...], function: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            around, function = (), getattr(node, "name", "") or function
        elif isinstance(node, ast.For | ast.While):
            self.loops.append(node)
            around = (*around, node)
        if self._asks(node):
            self._note(around, function)
        elif isinstance(node, ast.Assign | ast.AugAssign) and steps_by_hand(node, _worked_out(around)):
            target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
            self._note(tuple(one for one in around if not _goes_through(one, target)), function)
        for child in children(node):
            self._go(child, around, function)

    def _note(self, around: tuple[Loop, ...], function: str) -> None:
        if around:
            self.training.add(around[-1])
        elif function:
            self.stepping.add(function)

    def _asks(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        called = node.func
        if isinstance(called, ast.Attribute):
            return called.attr in ASKING or called.attr in self.stepping
        if isinstance(called, ast.Name):
            return called.id in self.deriving or called.id in self.stepping
        return _derives(called)  # grad(f)(w)


def _derived(tree: ast.Module) -> set[str]:
    """The names of functions that are derivatives: `df = jax.grad(f)`."""
    return {
        target.id
        for node in below(tree)
        if isinstance(node, ast.Assign) and _derives(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _derives(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = _last_name(node.func)
    if name in ("jit", "function", "checkpoint"):
        return any(map(_derives, node.args))
    return name in DERIVING


def _goes_through(loop: Loop, target: ast.AST) -> bool:
    """Whether the loop goes through what is changed: `for p in parameters: p -= ...`."""
    if isinstance(loop, ast.While):
        return False
    names = {part.id for part in below(loop.target) if isinstance(part, ast.Name)}
    return any(isinstance(part, ast.Name) and part.id in names for part in below(target))


def _worked_out(around: tuple[Loop, ...]) -> set[str]:
    """The names to which the innermost loop assigns."""
    nodes = below(around[-1]) if around else ()
    targets = (target for node in nodes if isinstance(node, ast.Assign) for target in node.targets)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def steps_by_hand(node: ast.Assign | ast.AugAssign, worked_out: Collection[str] = ()) -> bool:
    """Whether an assignment adds or takes off something of which a rate, or a slope and a number, are factors.

    Names that each pass has `worked_out` may be no rates.
    """
    target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
    if SLOPE.search(_last_name(target)):
        return False  # it adds to a gradient
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Add | ast.Sub) and _is_step(node.value, worked_out)
    return any(
        isinstance(part, ast.BinOp)
        and isinstance(part.op, ast.Add | ast.Sub)
        and _is_step(part.right, worked_out)
        for part in below(node.value)
    )


def _is_step(node: ast.expr, worked_out: Collection[str]) -> bool:
    factors = list(_factors(node))
    names = [_last_name(one) for one in factors]
    if any(RATE.search(name) or PERHAPS_RATE.search(name) and name not in worked_out for name in names):
        return len(factors) > 1
    numbers = any(isinstance(one, ast.Constant) and isinstance(one.value, float) for one in factors)
    return numbers and any(SLOPE.search(name) for name in names)


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    """What a product is made of."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.MatMult):
        yield from _factors(node.left)
        yield from _factors(node.right)
    elif isinstance(node, ast.UnaryOp):
        yield from _factors(node.operand)
    else:
        yield node


def _last_name(node: ast.AST) -> str:
    """The name at the end of `lr`, `self.lr`, `grads["w"]`, `grad(w)`."""
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
