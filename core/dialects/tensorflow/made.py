"""TensorFlow's functions, made from the table of library functions over the engine's functions.

The table gives their names, their arguments, what numbers they take and which arguments count. What TensorFlow does
differently is written in the modules of the dialect and stands here instead, by the name of our function: a whole
function (`own`), or an op with another rule of derivation (`RULES`). Knows the dialect's tensors.
"""

import inspect
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from core import functions as f
from core.basics.cuts import Reason
from core.basics.words import say
from core.dialects.tensorflow.dtypes import as_numpy
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.tensor import EagerTensor, call, convert, floating, numbers, together, whole
from core.library import Name, Row, find, internal, public, rows
from core.tensor import cut, untracked

Function = Callable[..., Any]
OPERANDS = ("labels", "logits", "x", "y", "a_min", "a_max")  # arguments that are tensors, by our names
CHECKS = {"float": floating, "number": numbers}
OWN: dict[str, Function] = {}
RULES: dict[str, Function] = {}


def own(name: str) -> Callable[[Function], Function]:
    """Let a function stand for ours of that name, wherever TensorFlow has it."""

    def noted(function: Function) -> Function:
        OWN[name] = function
        return function

    return noted


def at(path: str) -> Function:
    """The function of TensorFlow at a path that the table has; KeyError where it has none."""
    found = find(path)
    function = None if found is None else _function(*found)
    if function is None:
        raise KeyError(path)
    return function


def functions_in(space: str) -> dict[str, Function]:
    """All functions that the table has in a namespace such as `tf.math`, by their names there."""
    found = {}
    for row in rows().values():
        for name in row.names:
            place, _, last = name.path.rpartition(".")
            if place == space and (function := _function(row, name)) is not None:
                found[last] = function
    return found


def _function(row: Row, name: Name) -> Function | None:
    return OWN.get(row.function) or _made(row.function, name.path)


@cache
def _made(ours: str, path: str) -> Function | None:
    """The function of a row at one of its paths; None where the engine has no function for it."""
    row, name = rows()[ours], next(one for one in rows()[ours].names if one.path == path)
    truth = row.fact("dtype") == "truth"
    rule = RULES.get(ours) or getattr(np if truth else f, ours, None)
    if rule is None:
        return None
    called = path.rpartition(".")[2]
    parts = [part for part in name.signature if part != "*"]
    inner = {public(part): None if part.endswith("!") else internal(part) for part in parts}
    operands = tuple(one for one in OPERANDS if one in inner.values())

    def function(*values: Any, **named: Any) -> Any:
        given = dict(name.defaults) | _bound(path, inner, values, named)
        if not given.keys() >= set(operands):
            raise TypeError(
                say(
                    "tensorflow.needs",
                    "{path}() needs {parts}",
                    path=path,
                    parts=", ".join(public(part) for part in parts),
                )
            )
        tensors = together(*(given.pop(one) for one in operands), *_listed(given.pop("xs", ())))
        options = {one: whole(value) if one in row.counts else value for one, value in given.items()}
        options = {one: value for one, value in options.items() if value is not None}
        if truth:
            return _truth(called, ours, partial(rule, **options), tensors)
        if row.fact("dtype") in CHECKS:
            tensors[0] = CHECKS[row.fact("dtype")](called, tensors[0])
        of_list = (lambda *xs: rule(xs, **options)) if "xs" in inner.values() else partial(rule, **options)
        result = call(of_list, *tensors)
        return in_kind(result, tensors[0]) if row.fact("dtype") == "number" else result

    function.__name__ = function.__qualname__ = called
    function.__doc__ = rule.__doc__
    function.__signature__ = _signature(name)  # type: ignore[attr-defined]
    return function


def _bound(path: str, inner: dict[str, str | None], values: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call by our names, without those that have no effect."""
    if len(values) > len(inner):
        raise TypeError(
            say(
                "tensorflow.takes-arguments-given",
                "{path}() takes {count} arguments, but {other} were given",
                path=path,
                count=len(inner),
                other=len(values),
            )
        )
    given = dict(zip(inner, values))
    for key, value in named.items():
        if key not in inner or key in given:
            if key in given:
                raise TypeError(say("tensorflow.got-twice", "{path}() got twice `{name}`", path=path, name=key))
            raise TypeError(say("tensorflow.has-no-argument", "{path}() has no argument `{name}`", path=path, name=key))
        given[key] = value
    return {ours: given[key] for key, ours in inner.items() if ours is not None and key in given}


def _listed(values: Any) -> list[Any]:
    """The tensors in a list; the rows of one tensor."""
    return list(values) if isinstance(values, list | tuple) else OWN["unstack"](values)


def _signature(name: Name) -> inspect.Signature:
    """The arguments as TensorFlow tells them."""
    parts = [public(part) for part in name.signature if part != "*"]
    free = name.signature.index("*") if "*" in name.signature else len(parts)
    before, after = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    kinds = [before if place < free else after for place in range(len(parts))]
    return inspect.Signature([inspect.Parameter(part, kind) for part, kind in zip(parts, kinds)])


def _truth(called: str, ours: str, function: Function, tensors: list[Any]) -> EagerTensor:
    if ours.startswith("logical_") and tensors[0].dtype != "bool":
        raise InvalidArgumentError(
            say(
                "tensorflow.needs-truth-values-not",
                "`{called}` needs truth values, not {name}",
                called=called,
                name=tensors[0].dtype.name,
            )
        )
    return undifferentiable(called, function, *tensors)


def undifferentiable(name: str, function: Function, *tensors: Any) -> EagerTensor:
    """A tensor of what NumPy makes of the values, through which no derivative flows."""

    def on_values(*plain: Any) -> Any:
        with np.errstate(all="ignore"):
            result = untracked(np.asarray(function(*(one.primal for one in plain)))[()])
        result.tape = cut(Reason.NO_DERIVATIVE, name, plain)
        return result

    on_values.__name__ = name
    return call(on_values, *tensors)


def in_kind(result: EagerTensor, x: Any) -> EagerTensor:
    """Whole numbers stay in their dtype."""
    x = convert(x)
    if x.dtype.is_integer and result.dtype != x.dtype:
        return call(f.cast, result, dtype=as_numpy(x.dtype))
    return result
