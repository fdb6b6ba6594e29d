"""Classes that a program defines, and their instances: dictionaries of attributes, and where a name is looked up.

An instance is our own value with a reference to our own class: nothing here leads to a type, a frame or a module of
Python. Methods are functions of the program; Python's own operations (`==`, `<`, `bool`, `hash`) ask them through
`ask`, the operators of the text through `operate`, which knows the call that is running.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Callee, Function, Parameters, Written, kind_of, show
from core.language.machine.weights import put_into_object
from core.tape import note_asked
from core.tensor import Tensor

MISSING = object()
SWEEPS = frozenset(("backward", "backprop", "backpropagate"))  # how texts call the reverse sweeps that they write
SWEEPING = "sweeping"
INSTANCE_BYTES = 400
ON_SET = "<set>"  # in a class of ours: what is told of attributes that are set
DEEPEST = 30  # methods that Python's own operations ask for within each other

OPERATORS: dict[str, str] = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
    "&": "and", "|": "or", "<<": "lshift", ">>": "rshift",
}  # fmt: skip
SIGNED = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


class Class(Callee, Written):
    """A class: its own attributes, and the classes in which a name is looked up, itself first.

    `made_of` are the fields of a data class, `data` says that it prints and compares by them.
    """

    __slots__ = ("data", "frozen", "guarded", "home", "kind", "made_of", "name", "names", "order", "span")
    data: bool
    frozen: bool
    guarded: bool

    def __init__(self, name: str, bases: tuple[Class, ...], names: dict[str, Any], home: Locals | None, span: Any):
        self.name = name
        self.names = names
        self.home = home
        self.span = span
        self.order = (self, *linearized(bases))
        self.guarded = any(isinstance(one, Property) for part in self.order for one in part.names.values()) or any(
            part.guarded for part in self.order[1:]
        )
        self.made_of: tuple[str, ...] = next((part.made_of for part in self.order[1:] if part.made_of), ())
        self.data = any(part.data for part in self.order[1:])
        self.frozen = any(part.frozen for part in self.order[1:])
        self.kind = say("language.a-class", "a class")

    def find(self, name: str) -> Any:
        """What the class or the first of its bases that has the name holds; MISSING where none has it."""
        for part in self.order:
            if name in part.names:
                return part.names[name]
        return MISSING

    def called(self, here: Locals, values: list, named: dict[str, Any], span: Span) -> Any:
        """A new instance."""
        return construct(here, self, values, named, span)

    def written(self, quoted: bool) -> str:
        """As `print` shows it."""
        return f"<class '{self.name}'>"


def linearized(bases: tuple[Class, ...]) -> list[Class]:
    """The bases in the order of look-up: Python's C3. Raises Refusal where there is none."""
    rows = [list(base.order) for base in bases] + [list(bases)]
    found: list[Class] = []
    while rows := [row for row in rows if row]:
        head = next((row[0] for row in rows if not any(row[0] in other[1:] for other in rows)), None)
        if head is None:
            raise Refusal(
                say("language.bases-in-no-order", "These bases cannot be put in one order."),
                say("language.change-their-order", "Change their order."),
            )
        found.append(head)
        rows = [row[1:] if row[0] is head else row for row in rows]
    return found


class Property:
    """An attribute that methods compute, and set where there is a setter."""

    __slots__ = ("get", "put")

    def __init__(self, get: Any, put: Any = None) -> None:
        self.get = get
        self.put = put


class Unbound:
    """A static method, or with `of_class` one whose first argument is the class."""

    __slots__ = ("function", "of_class")

    def __init__(self, function: Any, of_class: bool) -> None:
        self.function = function
        self.of_class = of_class


class Instance(Callee, Written):
    """A value of a class of the program: its attributes, by name."""

    __slots__ = ("fields", "of")
    __array_ufunc__ = None  # arrays leave operators to the program's own methods

    def __init__(self, of: Class) -> None:
        self.of = of
        self.fields: dict[str, Any] = {}

    @property
    def kind(self) -> str:
        """What it is, for sentences."""
        return say("language.an-instance", "a value of the class `{name}`", name=self.of.name)

    def called(self, here: Locals, values: list, named: dict[str, Any], span: Span) -> Any:
        """Call it: its `__call__`."""
        method = self.of.find("__call__")
        if method is MISSING:
            raise here.fail(
                say("language.value-of-class-cannot-be-called", "A value of the class `{name}` cannot be called.",
                    name=self.of.name),
                span,
                say("language.give-class-call", "Give its class a method `__call__`."),
                python="TypeError",
            )  # fmt: skip
        return invoke(here, method, [self, *values], named, span)

    def written(self, quoted: bool) -> str:
        """As `print` shows it, by its own `__str__` or `__repr__`; `quoted` as it stands inside a list."""
        for name in ("__repr__",) if quoted else ("__str__", "__repr__"):
            if self.of.find(name) is not MISSING:
                text = ask(self, name)
                return text if isinstance(text, str) else show(text)
        if self.of.data:
            inside = ", ".join(f"{name}={show(self.fields.get(name), True, 1)}" for name in self.of.made_of)
            return f"{self.of.name}({inside})"
        return f"<{self.of.name} object>"

    def __eq__(self, other: object) -> Any:
        if self is other:
            return True if self.of.find("__eq__") is MISSING else ask(self, "__eq__", other)
        if self.of.find("__eq__") is not MISSING:
            return ask(self, "__eq__", other)
        if self.of.data and isinstance(other, Instance) and other.of is self.of:
            return all(bool(self.fields[name] == other.fields[name]) for name in self.of.made_of)
        return NotImplemented

    def __hash__(self) -> int:
        own = self.of.find("__hash__")
        if own is not MISSING and own is not None:
            return hash(ask(self, "__hash__"))
        if self.of.data and self.of.frozen:
            return hash(tuple(self.fields[name] for name in self.of.made_of))
        if own is None or self.of.data or self.of.find("__eq__") is not MISSING:
            raise Refusal(
                say("language.value-of-class-cannot-be-key", "A value of the class `{name}` cannot be a key.",
                    name=self.of.name),
                say("language.give-class-hash", "Its class has `__eq__`: give it `__hash__` as well."),
                "TypeError",
            )  # fmt: skip
        return object.__hash__(self)

    def __bool__(self) -> bool:
        for name in ("__bool__", "__len__"):
            if self.of.find(name) is not MISSING:
                return bool(ask(self, name))
        return True

    def __lt__(self, other: object) -> Any:
        return self._ordered("__lt__", other)

    def __le__(self, other: object) -> Any:
        return self._ordered("__le__", other)

    def __gt__(self, other: object) -> Any:
        return self._ordered("__gt__", other)

    def __ge__(self, other: object) -> Any:
        return self._ordered("__ge__", other)

    def _ordered(self, name: str, other: object) -> Any:
        return NotImplemented if self.of.find(name) is MISSING else ask(self, name, other)


class Super:
    """What `super()` stands for: an instance, looked at from behind one of its classes."""

    __slots__ = ("behind", "owner")
    kind = say("language.an-instance-super", "the base of a class")

    def __init__(self, behind: Class, owner: Any) -> None:
        self.behind = behind
        self.owner = owner

    def find(self, name: str) -> Any:
        """What the classes behind hold under that name."""
        order = (self.owner if isinstance(self.owner, Class) else self.owner.of).order
        for part in order[order.index(self.behind) + 1 :] if self.behind in order else ():
            if name in part.names:
                return part.names[name]
        return Builtin("object.__init__", lambda self: None, ("self",)) if name == "__init__" else MISSING


def ask(instance: Instance, name: str, *values: Any) -> Any:
    """Call a method for an operation of Python's own, which knows no place in the text."""
    method = instance.of.find(name)
    home = next((part.home for part in instance.of.order if part.home is not None), None)
    if home is None:  # a class of ours
        return method.call(instance, *values)
    run = home.run
    asked = run.memory.get("asked", 0)
    if asked >= DEEPEST:
        raise home.fail(
            say("language.methods-call-each-other", "The methods of `{name}` call each other without end.",
                name=instance.of.name),
            instance.of.span,
        )  # fmt: skip
    run.memory["asked"] = asked + 1
    try:
        return invoke(run.globals, method, [instance, *values], {}, instance.of.span)
    finally:
        run.memory["asked"] = asked


def construct(here: Locals, of: Class, values: list, named: dict[str, Any], span: Span) -> Instance:
    """A new instance, initialised by its class."""
    run = here.run
    run.bytes += INSTANCE_BYTES
    run.spend(1, span, here)
    made = Instance(of)
    start = of.find("__init__")
    if start is not MISSING:
        invoke(here, start, [made, *values], named, span)
    elif values or named:
        raise here.fail(
            say("language.class-takes-no-arguments", "`{name}` takes no arguments.", name=of.name),
            span,
            say("language.give-class-init", "Give its class a method `__init__`."),
            python="TypeError",
        )
    return made


def bound(function: Any, owner: Any) -> Any:
    """A method of one owner, as a function of the remaining arguments."""
    if function.__class__ is not Function:
        return _bound_other(function, owner) if isinstance(function, Builtin | Callee) else function
    shape = function.parameters
    if not shape.positional:
        first, rest = None, shape
    else:
        first = shape.positional[0]
        rest = Parameters(shape.positional[1:], max(shape.positional_only - 1, 0), shape.named, shape.rest,
                          shape.rest_named)  # fmt: skip

    def body(here: Locals) -> Any:
        if first is not None:
            here[first] = owner
        elif shape.rest is not None:
            here[shape.rest] = (owner, *here[shape.rest])
        return function.body(here)

    return Function(function.name, rest, function.defaults, body, function.around, function.span)


def _bound_other(function: Any, owner: Any) -> Builtin:
    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        return invoke(here, function, [owner, *values], named, span)

    return Builtin(getattr(function, "name", "method"), call, ("*values", "**named"), wants_locals=True)


def attribute(here: Locals, owner: Any, name: str, span: Span) -> Any:
    """An attribute of an instance, a class, or `super()`; MISSING where there is none."""
    if owner.__class__ is Instance:
        if name in owner.fields:
            return owner.fields[name]
        if name == "__class__":
            return owner.of
        instance: Any = owner
        found, of = owner.of.find(name), owner.of
    elif owner.__class__ is Super:
        found = owner.find(name)
        instance, of = (None, owner.owner) if isinstance(owner.owner, Class) else (owner.owner, owner.owner.of)
    else:
        if name == "__name__":
            return owner.name
        found, instance, of = owner.find(name), None, owner
    if found.__class__ is Unbound:
        return bound(found.function, of) if found.of_class else found.function
    if instance is None:
        return found
    if found.__class__ is Property:
        return invoke(here, found.get, [instance], {}, span)
    return bound(found, instance) if isinstance(found, Function | Builtin) else found


def call_method(here: Locals, owner: Any, name: str, values: list, named: dict[str, Any], span: Span) -> Any:
    """owner.name(...), without making a bound method; MISSING where there is no such name."""
    if owner.__class__ is Instance and name not in owner.fields:
        function = owner.of.find(name)
        if name in SWEEPS and function.__class__ is Function and SWEEPING not in here.run.memory:
            return _swept(here, owner, function, values, named, span)
        if function.__class__ is Function:
            return invoke(here, function, [owner, *values], named, span)
    found = attribute(here, owner, name, span)
    return MISSING if found is MISSING else invoke(here, found, values, named, span)


def _swept(here: Locals, owner: Instance, function: Function, values: list, named: dict[str, Any], span: Span) -> Any:
    """A reverse sweep that the program writes itself: it asks for the gradient of the number in its instance.

    What it records computes that gradient by hand; what depends on it belongs to a later pass.
    """
    run = here.run
    number = number_in(owner)
    index = run.tape.index_of(number) if number.__class__ is Tensor and not number.ndim else None
    started = len(run.tape)
    run.memory[SWEEPING] = True
    try:
        if index is not None and index not in run.tape.inputs:
            note_asked(number)
        return invoke(here, function, [owner, *values], named, span)
    finally:
        del run.memory[SWEEPING]
        run.tape.notes.by_hand.update(range(started, len(run.tape)))


def set_field(here: Locals, owner: Any, name: str, value: Any, span: Span) -> None:
    """Give an attribute of an instance, a class or a function its value."""
    if owner.__class__ is Instance:
        if owner.of.guarded or owner.of.frozen:
            held = owner.of.find(name)
            if held.__class__ is Property and held.put is not None:
                invoke(here, held.put, [owner, value], {}, span)
                return
            if held.__class__ is Property or owner.of.frozen and name in owner.fields:
                raise here.fail(
                    say("language.attribute-is-read-only", "`.{name}` of `{owner}` can only be read.", name=name,
                        owner=owner.of.name),
                    span,
                    say("language.give-it-setter", "Give it a setter, or another name."),
                    python="AttributeError",
                )  # fmt: skip
            told = owner.of.find(ON_SET)
            if told is not MISSING:
                told(owner, name, value)
        owner.fields[name] = value
        if hasattr(value, "birth") or value.__class__ is list:
            put_into_object(here.run, span, value)
    elif owner.__class__ is Class and owner.home is not None:
        owner.names[name] = value
    elif owner.__class__ is Function:
        owner.fields = owner.fields or {}
        owner.fields[name] = value
    else:
        raise Refusal(say("language.attributes-are-fixed", "The attributes of {kind} are fixed.", kind=kind_of(owner)))
    if value.__class__ is Tensor:
        here.run.tape.name(value, name)


def operate(here: Locals, sign: str, left: Any, right: Any, span: Span, in_place: bool = False) -> Any:
    """left sign right, where an operand is an instance; MISSING where no method takes them."""
    name = OPERATORS.get(sign)
    tries = [(left, f"__{name}__", right)]
    if right.__class__ is Instance and not (left.__class__ is Instance and left.of is right.of):
        tries.append((right, f"__r{name}__", left))
    if _is_more_special(right, left):
        tries.reverse()
    if in_place:
        tries.insert(0, (left, f"__i{name}__", right))
    for owner, method, other in tries if name else ():
        if owner.__class__ is Instance and owner.of.find(method) is not MISSING:
            value = call_method(here, owner, method, [other], {}, span)
            if value is not NotImplemented:
                return value
    return MISSING


def _is_more_special(one: Any, other: Any) -> bool:
    both = one.__class__ is Instance and other.__class__ is Instance
    return both and one.of is not other.of and other.of in one.of.order


def steps(here: Locals, instance: Instance, span: Span) -> Iterator[Any] | Any:
    """What an instance is gone through by: what its `__iter__` gives, or its items; MISSING where it has neither."""
    if instance.of.find("__iter__") is not MISSING:
        return call_method(here, instance, "__iter__", [], {}, span)
    return MISSING


def number_in(value: Any) -> Any:
    """The number an instance stands for: the first of its attributes that is on the tape; other values as they are."""
    if value.__class__ is Instance:
        held = list(value.fields.values())
        found = next((one for one in held if one.__class__ is Tensor), None)
        return next((one for one in held if isinstance(one, float)), value) if found is None else found
    return value
