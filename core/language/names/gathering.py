"""More of Python's standard library: `collections`, `copy` and `operator`, as far as short programs use them."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.machine import operators
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.language.names.builtins import make_dict
from core.language.reading.class_names import is_pythons_own
from core.tensor import Tensor

DEEPEST = 100


class Filling(dict):
    """A dictionary that makes what is missing."""

    def __init__(self, make: Any) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Any) -> Any:
        self[key] = made = self.make()
        return made


def filling(here: Locals, span: Span, make: Any = None, *values: Any) -> dict:
    """`defaultdict(list)`."""
    if make is None:
        return make_dict(here, span, *values)
    found = Filling(lambda: invoke(here.run.globals, make, [], {}, span))
    found.update(make_dict(here, span, *values))
    return found


def counted(here: Locals, span: Span, x: Any = ()) -> dict:
    """`Counter("aab")`: how often each item comes."""
    found = Filling(lambda: 0)
    for item in iterate(here, x, span):
        operators.check_key(item)
        found[item] = found.get(item, 0) + 1
    return found


def most_common(pairs: dict, n: Any = None) -> list:
    """The items that come most often, with their counts."""
    ranked = sorted(pairs.items(), key=operator.itemgetter(1), reverse=True)
    return ranked if n is None else ranked[:n]


def shallow(here: Locals, span: Span, x: Any) -> Any:
    """`copy.copy(x)`."""
    if isinstance(x, Instance):
        made = Instance(x.of)
        made.fields |= x.fields
        return made
    return x.copy() if isinstance(x, list | dict | set | np.ndarray) else x


def deep(here: Locals, span: Span, x: Any) -> Any:
    """`copy.deepcopy(x)`: containers, objects and arrays anew, whatever is shared inside stays shared."""
    return _deep(here, span, x, {}, 0)


def _deep(here: Locals, span: Span, x: Any, known: dict[int, Any], depth: int) -> Any:
    if depth > DEEPEST:
        raise Refusal(say("language.nested-too-deeply-to-copy", "This is nested too deeply to be copied."))
    if id(x) in known:
        return known[id(x)]
    here.run.spend(1, span, here)
    if isinstance(x, Instance):
        made: Any = Instance(x.of)
        known[id(x)] = made
        made.fields |= {name: _deep(here, span, one, known, depth + 1) for name, one in x.fields.items()}
    elif isinstance(x, dict):
        made = known[id(x)] = {}
        made.update({key: _deep(here, span, one, known, depth + 1) for key, one in x.items()})
    elif x.__class__ is list:
        made = known[id(x)] = []
        made += [_deep(here, span, one, known, depth + 1) for one in x]
    elif x.__class__ is tuple:
        made = tuple(_deep(here, span, one, known, depth + 1) for one in x)
    elif x.__class__ is Tensor:
        made = f.call("identity", x)
    else:
        made = x.copy() if isinstance(x, set | np.ndarray) else x
    return made


def item_getter(*keys: Any) -> Builtin:
    """`operator.itemgetter(0)`."""
    def pick(x: Any) -> Any:
        found = tuple(x[key] for key in keys)
        return found[0] if len(found) == 1 else found

    return Builtin("itemgetter", pick, ("x",))


def attribute_getter(name: Any) -> Builtin:
    """`operator.attrgetter("loss")`, of objects of the text."""
    if not isinstance(name, str) or is_pythons_own(name) or name.startswith("<"):
        raise Refusal(say("language.attribute-name-plain", "The name of an attribute is a plain string here."))

    def pick(x: Any) -> Any:
        if not isinstance(x, Instance) or name not in x.fields:
            raise Refusal(say("language.no-attribute-of-name", "There is no attribute `.{name}` here.", name=name), "",
                          "AttributeError")  # fmt: skip
        return x.fields[name]

    return Builtin("attrgetter", pick, ("x",))


def _binary(sign: str, plain: Any) -> Builtin:
    return Builtin(f"operator.{plain.__name__}", operators.careful(sign, plain), ("a", "b"))


def _compared(plain: Any) -> Builtin:
    return Builtin(f"operator.{plain.__name__}", operators.compared(plain), ("a", "b"))


GATHERING: dict[str, Any] = {
    "collections.defaultdict": Builtin("collections.defaultdict", filling, ("*values",), wants_locals=True),
    "collections.OrderedDict": Builtin("collections.OrderedDict", make_dict, ("*values", "**named"), wants_locals=True),
    "collections.Counter": Builtin("collections.Counter", counted, ("x",), wants_locals=True),
    "copy.copy": Builtin("copy.copy", shallow, ("x",), wants_locals=True),
    "copy.deepcopy": Builtin("copy.deepcopy", deep, ("x", "memo!"), wants_locals=True),
    "operator.itemgetter": Builtin("operator.itemgetter", item_getter, ("*items",)),
    "operator.attrgetter": Builtin("operator.attrgetter", attribute_getter, ("name",)),
    **{
        f"operator.{plain.__name__}": _binary(sign, plain)
        for sign, plain in (("+", operator.add), ("-", operator.sub), ("*", operator.mul), ("/", operator.truediv),
                            ("**", operator.pow), ("%", operator.mod), ("@", operator.matmul))
    },
    **{f"operator.{plain.__name__}": _compared(plain) for plain in (operator.lt, operator.le, operator.eq, operator.ne,
                                                                    operator.gt, operator.ge)},
    "operator.neg": Builtin("operator.neg", lambda x: -x, ("x",)),
}  # fmt: skip
