"""What kinds of values a running program can hold, how they are called in sentences, and how they print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from types import GeneratorType
from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.language.machine import chains
from core.language.machine.outcome import Refusal
from core.tensor import Tensor

MAX_SHOWN_DEPTH = 30
MAX_LENGTH = 1_000_000  # items of a list, characters of a string
MAX_SHOWN = 20_000
PLAIN = frozenset((int, float, bool, str, type(None), list, tuple, dict, set, range))


class Function:
    """A function or lambda of the program: its parameters, its body, and the names around it where it was written."""

    __slots__ = ("around", "body", "defaults", "fields", "name", "parameters", "span")

    def __init__(
        self, name: str, parameters: Parameters, defaults: dict[str, Any], body: Any, around: Any, span: Span
    ) -> None:
        self.name = name
        self.parameters = parameters
        self.defaults = defaults
        self.body = body
        self.around = around
        self.span = span
        self.fields: dict[str, Any] | None = None  # attributes that the program gives it


class Callee:
    """A value that says itself how it is called: a class of the program, or one of its instances."""

    __slots__ = ()

    def called(self, here: Any, values: list, named: dict[str, Any], span: Span) -> Any:
        """What the call gives."""
        raise NotImplementedError


class Written:
    """A value that says itself how it is printed."""

    __slots__ = ()

    def written(self, quoted: bool) -> str:
        """As `print` shows it; `quoted` as it stands inside a list."""
        raise NotImplementedError


class Record(tuple):
    """A tuple whose items have names, as `namedtuple` makes them; each kind is a class with its own `_fields`."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __new__(cls, *items: Any) -> Record:
        """The items in the order of the fields."""
        return tuple.__new__(cls, items)


@dataclass(frozen=True)
class Parameters:
    """The names a function takes: by position, by name only, and the collectors `*rest` and `**rest`."""

    positional: tuple[str, ...]
    positional_only: int = 0
    named: tuple[str, ...] = ()
    rest: str | None = None
    rest_named: str | None = None


@dataclass(frozen=True, eq=False)
class Builtin:
    """A function of ours that programs can call; with `direct` it takes its operands as they are.

    One that does not make arrays, however large what it is given, is not `measured` before it is called.
    """

    name: str
    call: Callable[..., Any]
    signature: tuple[str, ...] = ()
    direct: bool = False
    wants_locals: bool = False
    measured: bool = True


@dataclass(frozen=True, eq=False)
class Module:
    """A namespace such as `np` or `tf.math`, named by its canonical dotted path."""

    path: str


@dataclass(frozen=True, eq=False)
class Kind:
    """A type such as `np.float32` or `float`, which programs can name but not take apart."""

    name: str
    dtype: Any = None
    convert: Callable[..., Any] | None = None
    signature: tuple[str, ...] = ("value",)
    wants_locals: bool = False

    def __eq__(self, other: object) -> bool:
        """Whether it is the same type: of numbers, or of the same name."""
        if not isinstance(other, Kind):
            return False
        return self.name == other.name or self.dtype is not None and self.dtype == other.dtype

    def __hash__(self) -> int:
        return hash(str(self.dtype) if self.dtype is not None else self.name)


TYPE_NAMES = frozenset(("int", "float", "bool", "str", "list", "tuple", "dict", "set"))
NUMBERS = (int, float, np.number, np.bool_)
ITERATORS: Any = (range, GeneratorType, *chains.KINDS, reversed, type(reversed([])), type(reversed({})))


def is_array(value: Any) -> bool:
    """Whether the value is a NumPy array or a tensor with axes."""
    return isinstance(value, np.ndarray) or (isinstance(value, Tensor) and value.ndim > 0)


def kind_of(value: Any) -> str:
    """What a value is, for sentences."""
    if value is None:
        return "None"
    if isinstance(value, bool | np.bool_):
        return say("language.truth-value", "a truth value")
    if isinstance(value, Tensor | np.ndarray):
        return say("language.array-shape", "an array of shape {shape}", shape=value.shape) if value.ndim else A_NUMBER
    for kinds, name in KINDS:
        if isinstance(value, kinds):
            return name
    return getattr(value, "kind", say("language.another-kind", "a value of another kind"))


A_NUMBER = say("language.a-number", "a number")
KINDS: tuple[tuple[Any, str], ...] = (
    (int, say("language.a-whole-number", "a whole number")),
    (NUMBERS, A_NUMBER),
    (str, say("language.a-string", "a string")),
    (list, say("language.a-list", "a list")),
    (tuple, say("language.a-tuple", "a tuple")),
    (dict, say("language.a-dictionary", "a dictionary")),
    (set, say("language.a-set", "a set")),
    (range, say("language.a-range", "a range")),
    ((Function, Builtin), say("language.a-function", "a function")),
    (Module, say("language.a-namespace", "a namespace")),
    (Kind, say("language.a-type", "a type")),
    (slice, say("language.a-slice", "a slice")),
    (type(...), say("language.an-ellipsis", "an ellipsis")),
    (ITERATORS, say("language.an-iterator", "an iterator")),
)


def show(value: Any, quoted: bool = False, depth: int = 0) -> str:
    """A value as `print` shows it; `quoted` as it stands inside a list."""
    if depth > MAX_SHOWN_DEPTH:
        return "..."
    if depth == 0 and isinstance(value, list | tuple | set | dict) and parts_in(value, MAX_SHOWN) > MAX_SHOWN:
        raise Refusal(
            say(
                "language.more-than-parts-too",
                "This has more than {max_shown:,} parts, too many to write out.",
                max_shown=MAX_SHOWN,
            ),
            say("language.write-out-part-such", "Write out a part of it, such as y[:10]."),
        )
    if isinstance(value, str):
        return repr(value) if quoted else value
    if isinstance(value, Record):
        pairs = (f"{name}={show(item, True, depth + 1)}" for name, item in zip(value._fields, value))
        return f"{type(value).__name__}({', '.join(pairs)})"
    if isinstance(value, list | tuple | set):
        return _show_items(value, depth)
    if isinstance(value, dict):
        pairs = (f"{show(key, True, depth + 1)}: {show(item, True, depth + 1)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Tensor):
        return show(value.primal, quoted, depth)
    if isinstance(value, np.ndarray):
        text = np.array2string(value, threshold=200, separator=", " if quoted else " ")
        return f"array({text})" if quoted else text
    if isinstance(value, np.generic):
        return str(value)
    if value is None or isinstance(value, bool | int | float | range):
        return repr(value)
    if isinstance(value, Function):
        return f"<function {value.name}>"
    if isinstance(value, Written):
        return value.written(quoted)
    if isinstance(value, Kind):
        return value.name if "." not in value.name and value.dtype is not None else f"<class '{value.name}'>"
    if isinstance(value, Builtin) and value.name in TYPE_NAMES:
        return f"<class '{value.name}'>"
    return f"<{getattr(value, 'name', None) or kind_of(value)}>"


def _show_items(value: Any, depth: int) -> str:
    items = [show(item, True, depth + 1) for item in value]
    if isinstance(value, list):
        return f"[{', '.join(items)}]"
    if isinstance(value, tuple):
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    return "{" + ", ".join(items) + "}" if items else "set()"


def brief(value: Any) -> str:
    """A value in a few characters, for sentences about what went wrong."""
    if is_array(value) and value.size > 6 or isinstance(value, Written):
        return kind_of(value)
    if isinstance(value, list | tuple | set | dict) and parts_in(value, 100) > 100:
        return say("language.items", "{kind} of {count:,} items", kind=kind_of(value), count=len(value))
    text = " ".join(show(value, True).split())
    return text if len(text) <= 60 else text[:57] + "..."


def parts_in(value: Any, enough: int) -> int:
    """How much there is to write out in lists of lists, counted until it is more than enough."""
    todo, count = [(value, 0)], 0
    while todo and count <= enough:
        item, depth = todo.pop()
        count += 1
        if depth > MAX_SHOWN_DEPTH:
            continue
        if isinstance(item, dict):
            todo.extend((part, depth + 1) for pair in islice(item.items(), enough) for part in pair)
        elif isinstance(item, list | tuple | set):
            todo.extend((part, depth + 1) for part in islice(item, enough))
        elif isinstance(item, np.ndarray | Tensor):
            count += min(item.size, 200)
    return count + len(todo)


def sprawls(value: Any, enough: int = 200_000) -> bool:
    """Whether lists of lists hold more parts than anyone should go through; shared parts count each time."""
    todo, count = [value], 0
    while todo and count <= enough:
        item = todo.pop()
        count += 1
        if isinstance(item, dict):
            todo.extend(islice(item.values(), enough))
        elif isinstance(item, list | tuple | set):
            todo.extend(islice(item, enough))
    return count + len(todo) > enough


def holds_itself(value: Any) -> bool:
    """Whether one of the containers in a value is a part of itself."""
    around: set[int] = set()
    through: set[int] = set()
    todo: list[tuple[Any, bool]] = [(value, False)]
    while todo:
        item, done = todo.pop()
        if done:
            around.discard(id(item))
            through.add(id(item))
        elif isinstance(item, list | tuple | dict) and id(item) not in through:
            if id(item) in around:
                return True
            around.add(id(item))
            todo.append((item, True))
            todo.extend((part, False) for part in (item.values() if isinstance(item, dict) else item))
    return False


def depth_of(value: Any, limit: int) -> int:
    """How deeply lists, tuples and dictionaries are nested, counted no further than the limit."""
    todo, deepest = [(value, 0)], 0
    while todo:
        item, depth = todo.pop()
        deepest = max(deepest, depth)
        if deepest > limit:
            return deepest
        if isinstance(item, list | tuple | set):
            todo.extend((part, depth + 1) for part in item)
        elif isinstance(item, dict):
            todo.extend((part, depth + 1) for part in item.values())
    return deepest
