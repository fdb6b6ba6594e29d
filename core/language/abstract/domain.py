"""What a walk over a program must be told about its values: the domain that it computes in.

A domain says what an operation, an index, a call or a join of branches makes of values; the walk (`walk`) says in
which order they happen. Knows syntax trees; knows neither shapes nor derivatives.
"""

from __future__ import annotations

import ast
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, Protocol, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class Scope(Generic[V]):
    """The names of a function's call, and those of where it was written."""

    names: dict[str, V] = field(default_factory=dict)
    parent: Scope[V] | None = None

    def find(self, name: str) -> V | None:
        """The value of the name here or further out."""
        scope: Scope[V] | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


class Function(NamedTuple):
    """A function of the program, with the scope in which it was written."""

    node: ast.FunctionDef | ast.Lambda
    home: Scope


@dataclass(frozen=True)
class Call(Generic[V]):
    """A call of something that the program does not define; `owner` is the value whose method it is, if it is one.

    `name` is the last part of what is called.
    """

    node: ast.Call
    name: str
    owner: V | None
    given: list[V]
    named: dict[str, V]

    @property
    def positional(self) -> list[V]:
        """The values that go in by their position, the owner of a method first."""
        return self.given if self.owner is None else [self.owner, *self.given]


class Reader(Protocol[V]):
    """What a domain may ask of the walk that goes through the program."""

    scope: Scope[V]

    def value(self, node: ast.expr) -> V: ...

    def follow(self, function: Function, given: Sequence[V], named: dict[str, V], node: ast.AST) -> V: ...


class Domain(ABC, Generic[V]):
    """The meaning of values in one walk; the defaults are those of a domain that asks for nothing special."""

    passes = 1  # how often the body of a loop is gone through
    deepest = 12  # calls within calls that are followed
    patience = math.inf  # expressions read before one is content with what is known

    # -- where values come from ----------------------------------------------------------------------------------

    @abstractmethod
    def unknown(self, node: ast.AST | None = None) -> V:
        """A constant, or something of which nothing is known."""

    @abstractmethod
    def input(self, name: str, node: ast.AST | None = None) -> V:
        """An input of the program, and the target that gets it, if the text assigns it."""

    @abstractmethod
    def function(self, function: Function) -> V:
        """A function of the program as a value."""

    @abstractmethod
    def function_in(self, value: V) -> Function | None:
        """The function that a value is, None for all others."""

    # -- what is computed from them ------------------------------------------------------------------------------

    @abstractmethod
    def operation(self, node: ast.AST, operands: list[V]) -> V:
        """An operator, a comparison, or any node without a method of its own here."""

    @abstractmethod
    def join(self, values: list[V], node: ast.AST) -> V:
        """One value for the several that a name, a choice or a function's result may have."""

    @abstractmethod
    def several(self, node: ast.AST, items: list[V]) -> V:
        """A list or tuple of these values."""

    @abstractmethod
    def collected(self, node: ast.expr, item: V) -> V:
        """A comprehension whose items are like this one."""

    @abstractmethod
    def index(self, node: ast.Subscript, owner: V, where: list[V]) -> V:
        """`owner[where]`; the parts of `where` belong to those of the node's index."""

    @abstractmethod
    def attribute(self, node: ast.Attribute, owner: V) -> V:
        """`owner.name`, where it is not called."""

    @abstractmethod
    def call(self, walk: Reader[V], call: Call[V]) -> V:
        """A call of a function or method that the program does not define."""

    # -- where they go -------------------------------------------------------------------------------------------

    @abstractmethod
    def pieces(self, value: V, targets: list[ast.expr], node: ast.AST) -> list[V]:
        """The value taken apart, one piece for each target."""

    @abstractmethod
    def stored(self, walk: Reader[V], target: ast.expr, old: V | None, value: V, node: ast.AST) -> V | None:
        """What `old` is after the value became a part of it (`old[i] = value`); None leaves it as it is."""

    def item(self, value: V) -> V:
        """What a loop over the value gives at each pass."""
        return value

    def bound(self, name: str, old: V | None, value: V, node: ast.AST) -> V:
        """The value as the name holds it from now on; `old` is what the name held before."""
        return value

    # -- what the run did ----------------------------------------------------------------------------------------

    def entered(self, block: list[ast.stmt] | ast.expr) -> bool:
        """Whether the run came to this block or branch."""
        return True

    def decided(self, value: V, tests: list[V]) -> V:
        """The value of something that is only computed because of these tests."""
        return value

    def within(self, opened: list[V]) -> AbstractContextManager[None]:
        """What holds while the block of a `with` statement is read."""
        return nullcontext()
