"""Python's own functions that programs can call: `len`, `range`, `sum`, `print` and so on, with Python's meaning."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.machine import operators
from core.language.machine.chains import Filtered, Mapped, Numbered, Zipped, on_top
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, call_method, operate
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, Kind, brief, is_array, kind_of, show
from core.language.machine.wholes import as_typed
from core.language.names.types import is_of, type_of
from core.tensor import Tensor, look

LARGEST_RANGE = 10**12


def asked(method: str, plain: Any) -> Any:
    """A function that instances answer by a method of their own."""

    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        if values and isinstance(values[0], Instance) and values[0].of.find(method) is not MISSING:
            return call_method(here, values[0], method, list(values[1:]), named, span)
        return plain(*values, **named)

    return call


def absolute(x: Any) -> Any:
    return f.absolute(x) if is_array(x) or isinstance(x, Tensor) else abs(_number(x, "abs"))


def _number(x: Any, name: str) -> Any:
    if isinstance(x, int | float | np.generic | Tensor | np.ndarray):
        return x
    raise Refusal(
        say("language.cannot-take", "`{name}` cannot take {kind}.", name=name, kind=kind_of(x)),
        say("language.give-number", "Give it a number."),
    )


def length(x: Any) -> int:
    if isinstance(x, list | tuple | dict | set | str | range):
        return len(x)
    if is_array(x):
        return len(x)
    raise Refusal(
        say("language.no-length", "{kind} has no length.", kind=kind_of(x).capitalize()),
        say("language.use-list-array", "Use a list or an array."),
    )


def count(*limits: Any) -> range:
    parts = [whole(part) for part in limits]
    for part in parts:
        if not isinstance(part, int | np.integer):
            raise Refusal(
                say(
                    "language.range-counts-whole-numbers",
                    "`range` counts in whole numbers; {brief} is not one.",
                    brief=brief(part),
                ),
                say("language.write-range-int-n", "Write range(int(n)), or np.arange."),
            )
    if not 1 <= len(parts) <= 3 or (len(parts) == 3 and not parts[2]):
        raise Refusal(
            say(
                "language.range-takes-stop-start",
                "`range` takes a stop, or start and stop, or start, stop and a step other than 0.",
            )
        )
    if any(abs(part) > LARGEST_RANGE for part in parts):
        raise Refusal(
            say("language.range-longer-than-any", "This range is longer than any program could follow."),
            say("language.use-smaller-number", "Use a smaller number."),
        )
    return range(*map(int, parts))


def total(here: Locals, span: Span, x: Any, start: Any = 0, axis: Any = None) -> Any:
    if is_array(x):
        made = f.sum(x, axis=0 if axis is None else axis)
        return made if start.__class__ is int and start == 0 else made + start
    if isinstance(x, Tensor | int | float):
        raise Refusal(
            say(
                "language.sum-adds-up-items", "`sum` adds up the items of a list or an array; this is a single number."
            ),
            say("language.write-b-2", "Write `a + b`."),
        )
    value = start
    for item in iterate(here, x, span):
        if isinstance(item, str):
            raise Refusal(
                say("language.sum-not-join-strings", "`sum` does not join strings."),
                say("language.write-join-parts", "Write ''.join(parts)."),
            )
        if value.__class__ is Instance or item.__class__ is Instance:
            made = operate(here, "+", value, item, span)
            value = item if made is MISSING and value.__class__ is int and value == 0 else made
            if value is MISSING:
                raise Refusal(say("language.cannot-add-these", "`sum` cannot add these up."), "", "TypeError")
            continue
        value = operators.careful("+", operator.add)(value, item)
        if value.__class__ is Tensor:
            here.run.note(value, span, here)
    return value


def _extreme(largest: bool) -> Any:
    name = "max" if largest else "min"

    def choose(here: Locals, span: Span, *values: Any, key: Any = None, default: Any = None, axis: Any = None) -> Any:
        if len(values) == 1 and is_array(values[0]) and key is None:
            return getattr(f, name)(values[0], axis)
        items = list(iterate(here, values[0], span)) if len(values) == 1 else list(values)
        if not items:
            if default is not None:
                return default
            raise Refusal(
                say("language.nothing-no-value", "`{name}` of nothing has no value.", name=name),
                say("language.give-least-one-item", "Give it at least one item."),
                "ValueError",
            )
        if len(items) == 2 and key is None and any(is_array(item) for item in items):
            raise Refusal(
                say("language.cannot-choose-between-arrays", "`{name}` cannot choose between arrays.", name=name),
                say("language.write-np-imum-b", "Write np.{name}imum(a, b).", name=name),
            )
        rank = _ranking(here, span, key)
        best, best_rank = items[0], rank(items[0])
        for item in items[1:]:
            one = rank(item)
            better = operators.compared(lambda a, b: a > b if largest else a < b)(one, best_rank)
            if bool(better):
                best, best_rank = item, one
        return best

    return choose


def _ranking(here: Locals, span: Span, key: Any) -> Any:
    if key is None:
        return lambda item: item
    return lambda item: invoke(here, key, [item], {}, span)


def to_float(value: Any = 0.0) -> Any:
    if isinstance(value, Tensor):
        if value.size != 1:
            raise Refusal(
                say("language.array-shape-not-one", "An array of shape {shape} is not one number.", shape=value.shape),
                say("language.pick-one-element-x", "Pick one element: x[0]."),
            )
        return f.reshape(value, ()) if value.ndim else value
    if isinstance(value, str):
        if len(value) > 100:
            raise Refusal(say("language.string-too-long-number", "This string is too long for a number."))
        try:
            return float(value)
        except ValueError:
            raise Refusal(
                say("language.string-not-number", "The string {brief} is not a number.", brief=brief(value)),
                say("language.write-float-1-5", "Write float('1.5')."),
                "ValueError",
            ) from None
    if isinstance(value, np.ndarray):
        if value.size != 1:
            raise Refusal(
                say("language.array-shape-not-one", "An array of shape {shape} is not one number.", shape=value.shape),
                say("language.pick-one-element-x", "Pick one element: x[0]."),
            )
        return float(value.item())
    return float(_number(value, "float"))


def to_int(value: Any = 0, base: Any = 10) -> int:
    if isinstance(value, str):
        try:
            return int(value, whole(base)) if len(value) <= 100 else int("x")
        except ValueError:
            raise Refusal(
                say(
                    "language.string-not-whole-number", "The string {brief} is not a whole number.", brief=brief(value)
                ),
                say("language.write-int-15", "Write int('15')."),
                "ValueError",
            ) from None
    plain = _number(value, "int")
    plain = look(plain)
    try:
        return int(plain)
    except (OverflowError, ValueError):
        raise Refusal(
            say("language.no-whole-part", "{brief} has no whole part.", brief=brief(plain)),
            say("language.use-finite-number", "Use a finite number."),
        ) from None
    except TypeError:
        raise Refusal(
            say("language.not-one-number", "{kind} is not one number.", kind=kind_of(value).capitalize()),
            say("language.pick-one-element-x", "Pick one element: x[0]."),
        ) from None


def rounded(value: Any, digits: Any = None) -> Any:
    places = None if digits is None else whole(digits)
    if places is not None and (not isinstance(places, int) or abs(places) > 400):
        raise Refusal(
            say("language.round-cannot-round-digits", "`round` cannot round to {brief} digits.", brief=brief(digits)),
            say("language.use-number-0-15", "Use a number from 0 to 15."),
        )
    if isinstance(value, Tensor | np.ndarray):
        return f.round(value, places or 0)
    try:
        return round(_number(value, "round"), places)
    except (OverflowError, ValueError):
        raise Refusal(
            say(
                "language.cannot-rounded-whole-number",
                "{brief} cannot be rounded to a whole number.",
                brief=brief(value),
            ),
            say("language.use-finite-number", "Use a finite number."),
        ) from None


def power(base: Any, exponent: Any) -> Any:
    return operators.careful("**", operator.pow)(_number(base, "pow"), _number(exponent, "pow"))


def write(here: Locals, span: Span, *values: Any, sep: Any = " ", end: Any = "\n") -> None:
    parts = (" " if sep is None else show(sep)).join(show(as_typed(here.run, value)) for value in values)
    here.run.write(parts + ("\n" if end is None else show(end)), span, here)


def make_list(here: Locals, span: Span, x: Any = ()) -> list:
    return list(iterate(here, x, span))


def make_tuple(here: Locals, span: Span, x: Any = ()) -> tuple:
    return tuple(iterate(here, x, span))


def make_set(here: Locals, span: Span, x: Any = ()) -> set:
    items = list(iterate(here, x, span))
    for item in items:
        operators.check_key(item)
    return set(items)


def make_dict(here: Locals, span: Span, x: Any = (), **named: Any) -> dict:
    pairs = list(x.items()) if isinstance(x, dict) else [tuple(pair) for pair in iterate(here, x, span)]
    for key, _ in pairs:
        operators.check_key(key)
    return {**dict(pairs), **named}


def numbered(here: Locals, span: Span, x: Any, start: Any = 0) -> Iterator[Any]:
    return on_top(Numbered(iterate(here, x, span), whole(start)), (x,))


def side_by_side(here: Locals, span: Span, *values: Any, strict: Any = False) -> Iterator[Any]:
    return on_top(Zipped(*[iterate(here, value, span) for value in values]), values)


def mapped(here: Locals, span: Span, function: Any, *values: Any) -> Iterator[Any]:
    items = [iterate(here, value, span) for value in values]
    return on_top(Mapped(lambda *each: invoke(here, function, list(each), {}, span), *items), values)


def filtered(here: Locals, span: Span, function: Any, x: Any) -> Iterator[Any]:
    wanted = None if function is None else lambda item: invoke(here, function, [item], {}, span)
    return on_top(Filtered(wanted, iterate(here, x, span)), (x,))


def reverse(here: Locals, span: Span, x: Any) -> Iterator[Any]:
    return reversed(list(iterate(here, x, span)))


def in_order(here: Locals, span: Span, x: Any, key: Any = None, reverse: Any = False) -> list:
    rank = _ranking(here, span, key)
    ranked = [(rank(item), item) for item in iterate(here, x, span)]
    if all(one.__class__ in (int, float) for one, _ in ranked):
        return [item for _, item in sorted(ranked, key=operator.itemgetter(0), reverse=bool(reverse))]
    less = operators.compared(lambda a, b: a < b)

    def order(one: Any, other: Any) -> int:
        here.run.spend(1, span, here)
        return -1 if bool(less(one[0], other[0])) else 1 if bool(less(other[0], one[0])) else 0

    return [item for _, item in sorted(ranked, key=functools.cmp_to_key(order), reverse=bool(reverse))]


def any_of(here: Locals, span: Span, x: Any) -> bool:
    return any(bool(item) for item in iterate(here, x, span))


def all_of(here: Locals, span: Span, x: Any) -> bool:
    return all(bool(item) for item in iterate(here, x, span))


def text_of(here: Locals, span: Span, value: Any = "") -> str:
    return show(as_typed(here.run, value))


def both(x: Any, y: Any) -> tuple:
    return operators.floor_divide(_number(x, "divmod"), _number(y, "divmod")), x % y


def stepped(here: Locals, span: Span, x: Any) -> Any:
    """`iter(x)`."""
    if isinstance(x, Instance) and x.of.find("__iter__") is not MISSING:
        return call_method(here, x, "__iter__", [], {}, span)
    return x if hasattr(x, "__next__") else iterate(here, x, span)


def hashed(x: Any) -> int:
    """`hash(x)`, for what can be a key."""
    operators.check_key(x)
    return hash(x)


def following(here: Locals, span: Span, x: Any, default: Any = None) -> Any:
    if isinstance(x, Instance) and x.of.find("__next__") is not MISSING:
        return call_method(here, x, "__next__", [], {}, span)
    if not hasattr(x, "__next__"):
        raise Refusal(
            say(
                "language.next-takes-next-item",
                "`next` takes the next item of an iterator, not of {kind}.",
                kind=kind_of(x),
            ),
            say("language.write-x-0", "Write x[0]."),
        )
    found = next(x, here)
    if found is here and default is None:
        raise Refusal(
            say("language.no-next-item", "There is no next item."),
            say("language.give-second-argument-case", "Give a second argument for this case."),
            "StopIteration",
        )
    return default if found is here else found


def repeatedly(here: Locals, span: Span, function: Any, x: Any, start: Any = None) -> Any:
    items = iterate(here, x, span)
    value = next(items, None) if start is None else start
    for item in items:
        value = invoke(here, function, [value, item], {}, span)
    return value


def is_kind(value: Any, kinds: Any) -> bool:
    """`isinstance`: of classes of the text, of Python's types and of those of the frameworks."""
    wanted = list(_flat(kinds if isinstance(kinds, tuple) else (kinds,)))
    if isinstance(value, Instance):
        return any(isinstance(one, Class) and one in value.of.order for one in wanted)
    return any(isinstance(one, Builtin | Kind) and is_of(value, one) for one in wanted)


def _flat(kinds: tuple) -> Iterator[Any]:
    for one in kinds:
        yield from _flat(one) if isinstance(one, tuple) else (one,)


def is_subclass(value: Any, kinds: Any) -> bool:
    wanted = kinds if isinstance(kinds, tuple) else (kinds,)
    return isinstance(value, Class) and any(one in value.order for one in wanted)


def callable_value(value: Any) -> bool:
    if isinstance(value, Instance):
        return value.of.find("__call__") is not MISSING
    return isinstance(value, Function | Builtin | Class)


ROWS: tuple[tuple[str, Any, str], ...] = (
    ("abs", asked("__abs__", absolute), "x"),
    ("len", asked("__len__", length), "x"),
    ("range", count, "*limits"),
    ("sum", total, "iterable:x start axis"),
    ("max", _extreme(True), "*values key default axis"),
    ("min", _extreme(False), "*values key default axis"),
    ("float", asked("__float__", to_float), "value"),
    ("int", asked("__int__", to_int), "value base"),
    ("round", rounded, "number:value ndigits:digits"),
    ("pow", power, "base exp:exponent"),
    ("print", write, "*values sep end flush! file!"),
    ("list", make_list, "x"),
    ("tuple", make_tuple, "x"),
    ("set", make_set, "x"),
    ("dict", make_dict, "*values **named"),
    ("enumerate", numbered, "iterable:x start"),
    ("zip", side_by_side, "*values strict"),
    ("map", mapped, "*values"),
    ("filter", filtered, "function x"),
    ("reversed", reverse, "x"),
    ("sorted", in_order, "iterable:x key reverse"),
    ("any", any_of, "x"),
    ("all", all_of, "x"),
    ("str", text_of, "value"),
    ("repr", lambda value: show(value, True), "value"),
    ("divmod", both, "x y"),
    ("next", following, "x default"),
    ("iter", stepped, "x"),
    ("hash", hashed, "x"),
    ("isinstance", is_kind, "value kinds"),
    ("type", lambda here, span, value: type_of(here, span, value, BUILTINS), "value"),
    ("ord", lambda text: ord(text), "text"),
    ("chr", lambda number: chr(whole(number)), "number"),
    ("bin", lambda number: bin(whole(number)), "number"),
    ("hex", lambda number: hex(whole(number)), "number"),
    ("issubclass", is_subclass, "value kinds"),
    ("callable", callable_value, "value"),
    ("bool", bool, "x"),
    ("reduce", repeatedly, "function iterable:x initial:start"),
)
NEEDS_LOCALS = frozenset(
    [
        "type",
        "str",
        "abs",
        "len",
        "float",
        "int",
        "sum",
        "max",
        "min",
        "print",
        "list",
        "tuple",
        "set",
        "dict",
        "enumerate",
        "zip",
        "map",
        "filter",
        "reversed",
        "sorted",
        "any",
        "all",
        "next",
        "iter",
        "reduce",
    ]
)
BUILTINS: dict[str, Any] = {
    name: Builtin(name, function, tuple(signature.split()), wants_locals=name in NEEDS_LOCALS)
    for name, function, signature in ROWS
}
