"""Reads a program with shapes in the place of values, to see which inputs must be vectors or matrices.

What it does not understand it passes over: a guess may be modest, but never an error. Knows no values.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core.language.abstract.dimensions import COUNTED, Axis, Guess, broadcast, join, loosen, matrix_like, product
from core.language.interface.inputs import Interface, literal
from core.language.machine.values import Builtin
from core.language.names import namespaces
from core.language.reading.scopes import Scope

PATIENCE = 20_000  # nodes read before one is content with what is known
DEEPEST = 12


class Reader:
    """One reading; `names` are the shapes of what the names mean at the line where one is."""

    PRODUCTS = ("dot", "matmul", "mm", "mv", "bmm", "matvec", "inner", "vdot")
    REDUCTIONS = ("sum", "mean", "prod", "std", "var", "norm", "reduce_sum", "reduce_mean", "reduce_prod", "max", "min",
                  "median", "logsumexp", "argmax", "argmin", "reduce_max", "reduce_min", "amax", "amin")  # fmt: skip
    ALONG = ("softmax", "log_softmax", "cumsum", "cumprod", "diff", "flip", "sort", "argsort", "normalize")
    SQUARE = ("inv", "det", "solve", "slogdet", "cholesky", "eigvalsh", "trace", "matrix_power", "logdet", "diagonal")
    COUNTS = ("len", "enumerate", "zip", "list", "tuple", "sorted", "reversed", "map", "iter")
    DEMANDING = frozenset(
        (*PRODUCTS, *REDUCTIONS, *ALONG, *SQUARE, *COUNTS, "outer", "cross", "reshape", "concatenate", "einsum")
    )

    def __init__(self, tree: ast.Module, interface: Interface, guesses: dict[str, Guess]) -> None:
        self.tree = tree
        self.interface = interface
        self.guesses = guesses
        self.given = {one.name: one.default for one in interface.inputs if one.given}
        self.names: dict[str, Any] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        self.left = PATIENCE
        self.depth = 0

    def read(self) -> None:
        """Read the whole program, and then the function whose parameters are inputs."""
        self.block(self.tree.body)
        entry = self.interface.main_function
        if entry is not None:
            self.names = {part.arg: self.input(part.arg) for part in entry.args.args} | self.names
            self.block(entry.body)

    def input(self, name: str) -> Guess:
        """What is known of an input."""
        if name in self.guesses:
            guess = self.guesses[name]
            return Guess(list(guess.axes), guess) if guess.axes else guess
        return Guess([Axis(length) for length in np.shape(self.given.get(name, 0.0))])

    # -- statements --------------------------------------------------------------------------------------------------

    def block(self, statements: list[ast.stmt]) -> Guess | None:
        """Read statements one after the other; what the last `return` gives."""
        result = None
        for statement in statements:
            found = self.statement(statement)
            result = found if found is not None else result
        return result

    def statement(self, node: ast.stmt) -> Guess | None:
        """Read one statement."""
        if isinstance(node, ast.Assign):
            self.assign(node)
        elif isinstance(node, ast.AugAssign):
            made = broadcast(self.value(node.target), self.value(node.value))
            if isinstance(node.target, ast.Name):
                self.names[node.target.id] = made
        elif isinstance(node, ast.FunctionDef):
            self.functions[node.name] = node
        elif isinstance(node, ast.For):
            self.bind(node.target, self.item_of(node.iter))
            return self.block([*node.body, *node.orelse])
        elif isinstance(node, ast.If | ast.While):
            self.value(node.test)
            return self.block([*node.body, *node.orelse])
        elif isinstance(node, ast.With):
            return self.block(node.body)
        elif isinstance(node, ast.Return | ast.Expr | ast.AnnAssign) and node.value is not None:
            made = self.value(node.value)
            if isinstance(node, ast.AnnAssign):
                self.bind(node.target, made)
            return made if isinstance(node, ast.Return) else None
        return None

    def assign(self, node: ast.Assign) -> None:
        """a = value; shapes that are taken apart say how many axes there are."""
        first, value = node.targets[0], node.value
        if isinstance(first, ast.Tuple | ast.List) and isinstance(value, ast.Attribute) and value.attr == "shape":
            self.value(value.value).needs(len(first.elts))
            return
        if isinstance(first, ast.Name) and first.id in self.given and len(node.targets) == 1:
            self.names[first.id] = self.input(first.id)
            return
        if isinstance(first, ast.Tuple) and isinstance(value, ast.Tuple) and len(first.elts) == len(value.elts):
            for target, made in zip(first.elts, [self.value(part) for part in value.elts]):
                self.bind(target, made)
            return
        made = self.value(value)
        for target in node.targets:
            self.bind(target, made)

    def bind(self, target: ast.expr, value: Guess) -> None:
        """Give a target its shape."""
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            pieces = getattr(value, "parts", None)
            if pieces is None:
                item = value.item() if value.source is not None or value.axes else Guess()
                if value.axes and not any(isinstance(part, ast.Starred) for part in target.elts):
                    value.axes[0].root.holds(len(target.elts) - 1)
                pieces = [item] * len(target.elts)
            for part, piece in zip(target.elts, pieces):
                self.bind(part, piece)
        elif isinstance(target, ast.Subscript):
            self.value(target)

    # -- expressions -------------------------------------------------------------------------------------------------

    def value(self, node: ast.expr | None) -> Guess:
        """The shape of an expression."""
        self.left -= 1
        if node is None or self.left < 0:
            return Guess()
        read = READERS.get(type(node))
        return read(self, node) if read is not None else Guess()

    def name(self, node: ast.Name) -> Guess:
        if node.id in self.names:
            return self.names[node.id]
        return self.input(node.id) if node.id in self.guesses or node.id in self.given else Guess()

    def binary(self, node: ast.BinOp) -> Guess:
        chain = [node]
        while isinstance(chain[-1].left, ast.BinOp):
            chain.append(chain[-1].left)
        value = self.value(chain[-1].left)
        for part in reversed(chain):
            right = self.value(part.right)
            value = product(value, right) if isinstance(part.op, ast.MatMult) else broadcast(value, right)
        return value

    def unary(self, node: ast.UnaryOp) -> Guess:
        return self.value(node.operand)

    def compare(self, node: ast.Compare) -> Guess:
        value = self.value(node.left)
        for part in node.comparators:
            value = broadcast(value, self.value(part))
        return value

    def choice(self, node: ast.IfExp) -> Guess:
        self.value(node.test)
        return broadcast(self.value(node.body), self.value(node.orelse))

    def several(self, node: ast.List | ast.Tuple) -> Guess:
        made = literal(node)
        if made is not None:
            return Guess([Axis(length) for length in np.shape(made)])
        parts = [self.value(part) for part in node.elts]
        inner = next((part.axes for part in parts if part.axes), [])
        return Guess([Axis(len(parts)), *inner])

    def attribute(self, node: ast.Attribute) -> Guess:
        value = self.value(node.value)
        if node.attr in ("T", "mT"):
            value.needs(2 if matrix_like(value) else 0)
            return Guess(value.axes[::-1], value.source if len(value.axes) != 1 else None) if value.axes else value
        return Guess()

    def subscript(self, node: ast.Subscript) -> Guess:
        owner, index = node.value, node.slice
        if isinstance(owner, ast.Attribute) and owner.attr == "shape":
            position = literal(index)
            self.value(owner.value).needs(position + 1 if isinstance(position, int) and position >= 0 else 1)
            return Guess()
        value = self.value(owner)
        parts = index.elts if isinstance(index, ast.Tuple) else [index]
        value.needs(sum(not isinstance(part, ast.Constant) or part.value.__class__ is int for part in parts))
        return self.pick(value, parts)

    def pick(self, value: Guess, parts: list[ast.expr]) -> Guess:
        """What indices leave of the axes."""
        axes, kept, whole = list(value.axes), [], value
        for part in parts:
            if isinstance(part, ast.Constant) and part.value.__class__ is not int:
                kept += [Axis(1)] if part.value is None else []
            elif axes:
                axis = axes.pop(0)
                kept += self.cut(axis, part)
                whole = whole.item() if not kept else Guess()
        return Guess([*kept, *axes], None if kept else whole.source, whole.within)

    def cut(self, axis: Axis, part: ast.expr) -> list[Axis]:
        """The axis after one index or slice: none, the same, or one of another length."""
        if not isinstance(part, ast.Slice):
            position = literal(part)
            if isinstance(position, int):
                axis.holds(position)
                return []
            found = self.value(part)
            axis.holds(COUNTED - 1)
            return found.axes
        ends = [literal(end) for end in (part.lower, part.upper) if end is not None]
        for end in ends:
            if isinstance(end, int):
                axis.holds(end - 1 if end > 0 and part.upper is not None else end)
        if part.lower is None and part.upper is None:
            return [axis]
        axis.holds(COUNTED - 1)
        return [Axis(1)]  # of unknown length: it agrees with everything

    def call(self, node: ast.Call) -> Guess:
        name = name_called(node)
        if isinstance(node.func, ast.Name) and name in self.functions:
            return self.own(self.functions[name], node)
        is_method = isinstance(node.func, ast.Attribute) and not self.is_namespace(node.func.value)
        given = [node.func.value, *node.args] if is_method else node.args  # type: ignore[attr-defined]
        values = [self.value(part) for part in given if not isinstance(part, ast.Starred | ast.Lambda)]
        options = {item.arg: item.value for item in node.keywords}
        for item in node.keywords:
            self.value(item.value)
        if name in self.PRODUCTS and len(values) > 1:
            root = namespaces.path_of(node.func, Scope("module"), {}) or ""
            return product(values[0], values[1], name == "mm" or root.startswith("tf.") and name == "matmul")
        return self.answer(name, values, given, options) if values else Guess()

    def answer(self, name: str, values: list[Guess], given: list[ast.expr], options: dict) -> Guess:
        """The shape that a function of ours gives."""
        first = values[0]
        if name in ("outer", "cross"):
            for value in values[:2]:
                value.needs(1)
                if name == "cross":
                    value.holds(2)
                else:
                    loosen(value)
            return Guess([axis for value in values[:2] for axis in value.axes[:1]]) if name == "outer" else first
        if name in self.REDUCTIONS and (len(values) == 1 or name not in ("max", "min")):
            return self.reduced(first, options.get("axis") or options.get("dim") or next(iter(given[1:]), None))
        if name in self.ALONG:
            first.needs(1)
            return Guess(list(first.axes)) if name != "diff" else Guess([Axis(1)])
        if name in self.SQUARE:
            return self.square(name, values)
        if name == "einsum":
            return einstein(given, values)
        if name == "concatenate" and isinstance(given[0], ast.List | ast.Tuple):
            for part in given[0].elts:
                self.value(part).needs(1)
        if name in ("reshape", "view"):
            return self.reshaped(first, [literal(part) for part in given[1:]])
        if name in self.COUNTS:
            for value in values:
                value.needs(1)
                value.holds(COUNTED - 1)
            return first
        if name in ("array", "asarray", "constant", "tensor", "copy", "abs", "Variable", "transpose"):
            return Guess(first.axes[::-1]) if name == "transpose" else first
        builtin = namespaces.BARE.get(name)
        if isinstance(builtin, Builtin) and builtin.direct:
            return first
        if name in ("maximum", "minimum", "power", "where", "add", "multiply", "subtract"):
            for value in values[1:]:
                first = broadcast(first, value)
            return first
        return Guess()

    def reduced(self, value: Guess, axis: ast.expr | None) -> Guess:
        """After a sum or its like."""
        number = literal(axis) if axis is not None else None
        value.needs(number + 1 if isinstance(number, int) and number >= 0 else 1)
        if not isinstance(number, int):
            return Guess()
        return Guess([one for place, one in enumerate(value.axes) if place != number % max(len(value.axes), 1)])

    def square(self, name: str, values: list[Guess]) -> Guess:
        """After an inverse, a determinant and their like."""
        matrix = values[0]
        matrix.needs(2)
        if len(matrix.axes) < 2:
            return Guess()
        loosen(matrix)
        join(matrix.axes[-1], matrix.axes[-2])
        if matrix.source is not None:
            matrix.source.regular = True
        if name == "solve" and len(values) > 1:
            return product(matrix, values[1])
        return matrix if name in ("inv", "cholesky", "matrix_power") else Guess()

    def reshaped(self, value: Guess, lengths: list[Any]) -> Guess:
        """After a change of shape: a vector of as many numbers will do."""
        shape = lengths[0] if len(lengths) == 1 and isinstance(lengths[0], list) else lengths
        if not shape or not all(isinstance(length, int) for length in shape):
            return Guess()
        if len(value.axes) < 2 and min(shape) > 0:
            value.needs(1)
            value.holds(math.prod(shape) - 1)
        return Guess([Axis(length if length > 0 else 1) for length in shape])

    def own(self, function: ast.FunctionDef, node: ast.Call) -> Guess:
        """What a function of the program gives, read with the shapes of its arguments."""
        values = [self.value(part) for part in node.args if not isinstance(part, ast.Starred)]
        if self.depth >= DEEPEST:
            return Guess()
        outer, self.depth = self.names, self.depth + 1
        defaults = {item.arg: self.value(item.value) for item in node.keywords if item.arg}
        unknown = {part.arg: Guess() for part in function.args.args}
        self.names = {**outer, **unknown, **defaults, **dict(zip((part.arg for part in function.args.args), values))}
        result = self.block(function.body)
        self.names, self.depth = outer, self.depth - 1
        return result or Guess()

    def item_of(self, node: ast.expr) -> Guess:
        """What a loop over an expression gives at each pass."""
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name in ("zip", "enumerate") and isinstance(node, ast.Call):
            parts = [self.item_of(part) for part in node.args]
            return Several([Guess(), *parts] if name == "enumerate" else parts)
        if name == "range":
            self.value(node)
            return Guess()
        value = self.value(node)
        if value.source is None and not value.axes:
            return Guess()
        item = value.item()
        value.holds(COUNTED - 1)
        return item

    def comprehension(self, node: Any) -> Guess:
        outer = dict(self.names)
        for part in node.generators:
            self.bind(part.target, self.item_of(part.iter))
            for condition in part.ifs:
                self.value(condition)
        inner = self.value(getattr(node, "elt", None) or node.value)
        self.names = outer
        return Guess([Axis(1), *inner.axes])

    def is_namespace(self, node: ast.expr) -> bool:
        """Whether a dotted name starts at one of ours."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in namespaces.ROOTS and node.id not in self.names


def einstein(given: list[ast.expr], values: list[Guess]) -> Guess:
    """Each letter of an Einstein sum is an axis."""
    text = given[0].value if isinstance(given[0], ast.Constant) else None
    if not isinstance(text, str) or "." in text:
        return Guess()
    letters, _, result = text.replace(" ", "").partition("->")
    found: dict[str, Axis] = {}
    for group, value in zip(letters.split(","), values[1:]):
        value.needs(len(group))
        loosen(value)
        for letter, axis in zip(group, value.axes):
            join(found.setdefault(letter, axis), axis)
    return Guess([found[letter] for letter in result if letter in found])


def name_called(node: ast.Call) -> str:
    """The last part of what a call names."""
    return str(getattr(node.func, "attr", "") or getattr(node.func, "id", ""))


class Several(Guess):
    """Several values side by side, as a loop over `zip` gives them."""

    def __init__(self, parts: list[Guess]) -> None:
        super().__init__()
        self.parts = parts


READERS: dict[type[ast.AST], Callable[[Reader, Any], Guess]] = {
    ast.Name: Reader.name, ast.BinOp: Reader.binary, ast.UnaryOp: Reader.unary, ast.Compare: Reader.compare,
    ast.IfExp: Reader.choice, ast.List: Reader.several, ast.Tuple: Reader.several, ast.Attribute: Reader.attribute,
    ast.Subscript: Reader.subscript, ast.Call: Reader.call, ast.ListComp: Reader.comprehension,
    ast.GeneratorExp: Reader.comprehension, ast.SetComp: Reader.comprehension, ast.DictComp: Reader.comprehension,
}  # fmt: skip
