"""Shapes as the values of a walk over a program, to see which inputs must be vectors or matrices.

A guess may be modest, but never an error: an axis that is looked for makes the input grow one. Knows no numbers.
"""

from __future__ import annotations

import ast

import numpy as np

from core.language.abstract.dimensions import COUNTED, Axis, Guess, Several, SideBySide, matrix_like, product, together
from core.language.abstract.domain import Call, Domain, Function, Reader
from core.language.abstract.shapes_of_calls import shape_of_call
from core.language.interface.inputs import Interface, literal


class ShapeOf(Guess):
    """The shape of another value: an index into it says how many axes that value has."""

    def __init__(self, of: Guess) -> None:
        super().__init__()
        self.of = of


class OwnFunction(Guess):
    """A function of the program."""

    def __init__(self, function: Function) -> None:
        super().__init__()
        self.function = function


class ShapeDomain(Domain[Guess]):
    """The domain of shapes; `guesses` are the inputs whose shapes are to be found, and grow while the walk goes on."""

    patience = 20_000

    def __init__(self, interface: Interface, guesses: dict[str, Guess]) -> None:
        self.guesses = guesses
        self.given = {one.name: one.default for one in interface.inputs if one.given}

    def unknown(self, node: ast.AST | None = None) -> Guess:
        return Guess()

    def input(self, name: str, node: ast.AST | None = None) -> Guess:
        if name in self.guesses:
            guess = self.guesses[name]
            return Guess(list(guess.axes), guess) if guess.axes else guess
        return Guess([Axis(length) for length in np.shape(self.given.get(name, 0.0))])

    def function(self, function: Function) -> Guess:
        return OwnFunction(function)

    def function_in(self, value: Guess) -> Function | None:
        return value.function if isinstance(value, OwnFunction) else None

    # -- operations ----------------------------------------------------------------------------------------------

    def operation(self, node: ast.AST, operands: list[Guess]) -> Guess:
        match node:
            case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
                left, right = operands
                return product(left, right)
            case ast.BinOp() | ast.AugAssign() | ast.UnaryOp() | ast.Compare():
                return together(operands)
        return Guess()

    def join(self, values: list[Guess], node: ast.AST) -> Guess:
        """The value with the most axes, the last of them; both sides of `a if c else b` agree."""
        if isinstance(node, ast.IfExp):
            return together(values)
        return max(reversed(values), key=lambda value: len(value.axes))

    def several(self, node: ast.AST, items: list[Guess]) -> Guess:
        made = literal(node) if isinstance(node, ast.expr) else None
        if made is not None:
            return Guess([Axis(length) for length in np.shape(made)])
        inner = next((part.axes for part in items if part.axes), [])
        return Several(items, [Axis(len(items)), *inner])

    def collected(self, node: ast.expr, item: Guess) -> Guess:
        return Guess([Axis(1), *item.axes])

    def attribute(self, node: ast.Attribute, owner: Guess) -> Guess:
        if node.attr in ("T", "mT"):
            owner.needs(2 if matrix_like(owner) else 0)
            return Guess(owner.axes[::-1], owner.source if len(owner.axes) != 1 else None) if owner.axes else owner
        return ShapeOf(owner) if node.attr == "shape" else Guess()

    def call(self, walk: Reader[Guess], call: Call[Guess]) -> Guess:
        values = [value for value in call.positional if not isinstance(value, OwnFunction)]
        return shape_of_call(call, values) if values else Guess()

    # -- taking apart --------------------------------------------------------------------------------------------

    def item(self, value: Guess) -> Guess:
        if isinstance(value, SideBySide):
            return Several([self.item(part) for part in value.parts])
        if value.source is None and not value.axes:
            return Guess()
        item = value.item()
        value.holds(COUNTED - 1)
        return item

    def pieces(self, value: Guess, targets: list[ast.expr], node: ast.AST) -> list[Guess]:
        if isinstance(value, ShapeOf):
            value.of.needs(len(targets))
        if isinstance(value, Several) and len(value.parts) == len(targets):
            return value.parts
        item = value.item() if value.source is not None or value.axes else Guess()
        starred = [isinstance(part, ast.Starred) for part in targets]
        if value.axes and not any(starred):
            value.axes[0].root.holds(len(targets) - 1)
        return [Guess() if rest else item for rest in starred]

    def stored(
        self, walk: Reader[Guess], target: ast.expr, old: Guess | None, value: Guess, node: ast.AST
    ) -> Guess | None:
        walk.value(target)  # an element that is set has a place, as one that is read
        return None

    def index(self, node: ast.Subscript, owner: Guess, where: list[Guess]) -> Guess:
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(owner, ShapeOf):
            position = literal(parts[0])
            owner.of.needs(position + 1 if isinstance(position, int) and position >= 0 else 1)
            return Guess()
        owner.needs(sum(not isinstance(part, ast.Constant) or part.value.__class__ is int for part in parts))
        axes, kept, whole = list(owner.axes), [], owner
        for part, value in zip(parts, where):
            if isinstance(part, ast.Constant) and part.value.__class__ is not int:
                kept += [Axis(1)] if part.value is None else []
            elif axes:
                kept += _cut(axes.pop(0), part, value)
                whole = whole.item() if not kept else Guess()
        return Guess([*kept, *axes], None if kept else whole.source, whole.within)


def _cut(axis: Axis, part: ast.expr, value: Guess) -> list[Axis]:
    """The axis after one index or slice: none, the same, or one of another length."""
    if not isinstance(part, ast.Slice):
        position = literal(part)
        axis.holds(position if isinstance(position, int) else COUNTED - 1)
        return [] if isinstance(position, int) else value.axes
    ends = [literal(end) for end in (part.lower, part.upper) if end is not None]
    for end in ends:
        if isinstance(end, int):
            axis.holds(end - 1 if end > 0 and part.upper is not None else end)
    if part.lower is None and part.upper is None:
        return [axis]
    axis.holds(COUNTED - 1)
    return [Axis(1)]  # of unknown length: it agrees with everything
