"""What programs use of Python's standard library: named tuples, data classes, `functools` and `itertools`.

Iterators without end are ended by the budget of the run.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from keyword import iskeyword
from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.machine import operators
from core.language.machine.chains import Generated, on_top
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, call_method, set_field
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, Parameters, Record, brief, kind_of
from core.language.names.builtins import BUILTINS

MOST_FIELDS = 200


# -- named tuples ----------------------------------------------------------------------------------------------------


def named_tuple(here: Locals, span: Span, typename: Any, field_names: Any, defaults: Any = ()) -> Builtin:
    """`namedtuple("Params", ["a", "b"])`: a function that makes tuples whose items have names."""
    parts = field_names.replace(",", " ").split() if isinstance(field_names, str) else field_names
    names = [one if isinstance(one, str) else "" for one in iterate(here, parts, span)]
    given = list(iterate(here, defaults, span))
    filled = dict(zip(names[len(names) - len(given) :], given))
    return record_maker(here, span, str(typename)[:100], names, filled)


def record_maker(here: Locals, span: Span, name: str, names: list[str], defaults: dict[str, Any]) -> Builtin:
    """What makes the tuples: called with the items, by place or by name."""
    for one in names:
        if not one.isidentifier() or one.startswith("_") or iskeyword(one) or names.count(one) > 1:
            raise Refusal(
                say("language.not-field-name", "{brief} cannot be the name of a field.", brief=brief(one)),
                say("language.use-plain-name", "Use a plain name."),
                "ValueError",
            )
    if len(names) > MOST_FIELDS:
        raise Refusal(say("language.too-many-fields", "These are too many fields."))
    kind = type(name, (Record,), {"_fields": tuple(names), "__slots__": ()})
    shape = Parameters(tuple(names))
    function = Function(name, shape, defaults, lambda inner: kind(*(inner[one] for one in names)), here, span)

    def make(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        return invoke(here, function, list(values), named, span)

    return Builtin(name, make, ("*values", "**named"), wants_locals=True)


def replaced(value: Record, **named: Any) -> Record:
    """`value._replace(a=1)`: the same with other items."""
    unknown = named.keys() - set(value._fields)
    if unknown:
        raise Refusal(say("language.no-field", "There is no field `{name}`.", name=min(unknown)), "", "ValueError")
    return type(value)(*(named.get(name, item) for name, item in zip(value._fields, value)))


RECORD_METHODS = {
    "_replace": Builtin("._replace", replaced, ("self", "**named")),
    "_asdict": Builtin("._asdict", lambda value: dict(zip(value._fields, value)), ("self",)),
}


def typed_tuple(here: Locals, span: Span, made: Class) -> Builtin:
    """A class that derives from `NamedTuple`: its annotated names are the fields."""
    names = list(made.names.get("__annotated__", ()))
    return record_maker(here, span, made.name, names, {one: made.names[one] for one in names if one in made.names})


# -- data classes ----------------------------------------------------------------------------------------------------


class Field:
    """The default of a field of a data class: a value, or a function that makes one."""

    __slots__ = ("default", "factory", "wanted")
    kind = say("language.a-field", "a field")

    def __init__(self, default: Any = MISSING, factory: Any = None, wanted: bool = True) -> None:
        self.default = default
        self.factory = factory
        self.wanted = wanted


def field(default: Any = MISSING, default_factory: Any = None, init: Any = True) -> Field:
    """`field(default_factory=list)`."""
    return Field(default, default_factory, bool(init))


def data_class(here: Locals, span: Span, made: Any = None, frozen: Any = False) -> Any:
    """`@dataclass`: `__init__` from the annotated names, and the values by which it prints and compares."""
    if made is None:
        return Builtin("dataclass", lambda here, span, made: data_class(here, span, made, frozen), ("cls",),
                       wants_locals=True)  # fmt: skip
    if not isinstance(made, Class):
        raise Refusal(say("language.dataclass-takes-class", "`dataclass` takes a class, not {kind}.",
                          kind=kind_of(made)))  # fmt: skip
    own = made.names.pop("__annotated__", ())
    inherited = next((one.made_of for one in made.order[1:] if one.data), ())
    made.made_of = tuple(dict.fromkeys((*inherited, *own)))
    made.data, made.frozen = True, bool(frozen)
    before = made.find("__init__")
    given = dict(before.defaults) if inherited and isinstance(before, Function) else {}
    given |= {name: found for name in made.made_of if (found := made.find(name)) is not MISSING}
    wanted = [name for name in made.made_of if not isinstance(given.get(name), Field) or given[name].wanted]
    defaults = {
        name: one for name, one in given.items()
        if not isinstance(one, Field) or one.default is not MISSING or one.factory is not None
    }  # fmt: skip
    for name, one in given.items():
        if isinstance(one, Field) and name in made.names:
            del made.names[name]
            if one.default is not MISSING:
                made.names[name] = one.default
    if "__init__" not in made.names:
        made.names["__init__"] = _initialiser(made, wanted, defaults, here, span)
    return made


def _initialiser(made: Class, wanted: list[str], defaults: dict[str, Any], here: Locals, span: Span) -> Function:
    def body(inner: Locals) -> None:
        owner = inner["self"]
        for name in made.made_of:
            value = inner[name] if name in wanted else defaults.get(name, MISSING)
            if isinstance(value, Field):
                value = invoke(inner, value.factory, [], {}, span) if value.factory is not None else value.default
            if value is not MISSING:
                set_field(inner, owner, name, value, span)
        if made.find("__post_init__") is not MISSING:
            call_method(inner, owner, "__post_init__", [], {}, span)

    shape = Parameters(("self", *wanted))
    return Function(made.name, shape, defaults, body, here, span)


def as_dict(value: Any) -> dict:
    """`asdict(point)`: the fields of an instance of a data class."""
    if not isinstance(value, Instance) or not value.of.data:
        raise Refusal(say("language.asdict-takes-data", "`asdict` takes an instance of a data class."), "", "TypeError")
    return {name: value.fields[name] for name in value.of.made_of if name in value.fields}


# -- functools and itertools -----------------------------------------------------------------------------------------


def partial(here: Locals, span: Span, function: Any, *values: Any, **named: Any) -> Builtin:
    """A function with some of its arguments given."""
    def call(here: Locals, span: Span, *more: Any, **other: Any) -> Any:
        return invoke(here, function, [*values, *more], {**named, **other}, span)

    return Builtin(getattr(function, "name", "partial"), call, ("*values", "**named"), wants_locals=True)


def _alike(function: Any) -> Builtin:
    """`@wraps(f)` only hands on what a function is called."""
    return Builtin("wraps", lambda made: made, ("function",))


def cached(here: Locals, span: Span, function: Any) -> Builtin:
    """`functools.cache`: remembers what was computed for the same arguments."""
    known: dict[Any, Any] = {}

    def call(here: Locals, span: Span, *values: Any) -> Any:
        operators.check_key(values)
        if values not in known:
            known[values] = invoke(here, function, list(values), {}, span)
        return known[values]

    return Builtin(getattr(function, "name", "cache"), call, ("*values",), wants_locals=True)


def _over(items: Iterator[Any], *sources: Any) -> Generated:
    """An iterator that knows how many others it stands on."""
    return on_top(Generated(items), sources)


def counted(start: Any = 0, step: Any = 1) -> Iterator[Any]:
    return _over(itertools.count(whole(start), whole(step)))


def product(here: Locals, span: Span, *values: Any, repeat: Any = 1) -> Iterator[Any]:
    pools = [list(iterate(here, one, span)) for one in values]
    times = whole(repeat)
    if not isinstance(times, int) or times * len(pools) > 50:
        raise Refusal(say("language.too-many-to-combine", "These are too many to combine."))
    return _over(itertools.product(*pools, repeat=times))


def chained(here: Locals, span: Span, *values: Any) -> Iterator[Any]:
    return _over((item for one in values for item in iterate(here, one, span)), *values)


def chained_in(here: Locals, span: Span, x: Any) -> Iterator[Any]:
    parts = list(iterate(here, x, span))
    return chained(here, span, *parts)


def repeated(value: Any, times: Any = None) -> Iterator[Any]:
    return _over(itertools.repeat(value) if times is None else itertools.repeat(value, whole(times)))


def cycled(here: Locals, span: Span, x: Any) -> Iterator[Any]:
    return _over(itertools.cycle(list(iterate(here, x, span))))


def accumulated(here: Locals, span: Span, x: Any, function: Any = None, initial: Any = None) -> Iterator[Any]:
    return _over(_sums(here, span, x, function, initial), x)


def _sums(here: Locals, span: Span, x: Any, function: Any, initial: Any) -> Iterator[Any]:
    combine = BUILTINS["sum"] if function is None else function
    items = iterate(here, x, span)
    value = initial if initial is not None else next(items, MISSING)
    if value is MISSING:
        return
    yield value
    for item in items:
        value = invoke(here, combine, [[value, item]] if function is None else [value, item], {}, span)
        yield value


def sliced(here: Locals, span: Span, x: Any, *limits: Any) -> Iterator[Any]:
    return _over(itertools.islice(iterate(here, x, span), *map(whole, limits)), x)


def longest(here: Locals, span: Span, *values: Any, fillvalue: Any = None) -> Iterator[Any]:
    return _over(itertools.zip_longest(*[iterate(here, one, span) for one in values], fillvalue=fillvalue), *values)


def pairs(here: Locals, span: Span, x: Any) -> Iterator[Any]:
    return _over(itertools.pairwise(iterate(here, x, span)), x)


def _chosen(choose: Any) -> Any:
    def call(here: Locals, span: Span, x: Any, r: Any = None) -> Iterator[Any]:
        pool = list(iterate(here, x, span))
        return _over(choose(pool, whole(r)) if r is not None else choose(pool))

    return call


ROWS: tuple[tuple[str, Any, str], ...] = (
    ("collections.namedtuple", named_tuple, "typename field_names defaults"),
    ("typing.NamedTuple", typed_tuple, "made"),
    ("dataclasses.dataclass", data_class, "cls:made frozen eq! repr! order! init! slots! unsafe_hash!"),
    ("dataclasses.field", field, "default default_factory init repr! compare!"),
    ("dataclasses.asdict", as_dict, "value"),
    ("functools.partial", partial, "*values **named"),
    ("functools.wraps", _alike, "wrapped:function"),
    ("functools.cache", cached, "function"),
    ("functools.lru_cache", cached, "function"),
    ("itertools.count", counted, "start step"),
    ("itertools.product", product, "*values repeat"),
    ("itertools.chain", chained, "*values"),
    ("itertools.chain.from_iterable", chained_in, "x"),
    ("itertools.repeat", repeated, "object:value times"),
    ("itertools.cycle", cycled, "x"),
    ("itertools.accumulate", accumulated, "x func:function initial"),
    ("itertools.islice", sliced, "*values"),
    ("itertools.zip_longest", longest, "*values fillvalue"),
    ("itertools.pairwise", pairs, "x"),
    ("itertools.combinations", _chosen(itertools.combinations), "x r"),
    ("itertools.permutations", _chosen(itertools.permutations), "x r"),
)
STANDARD = {
    name: Builtin(name, call, tuple(signature.split()), wants_locals="here" in call.__code__.co_varnames[:1])
    for name, call, signature in ROWS
}
STANDARD["functools.reduce"] = BUILTINS["reduce"]
