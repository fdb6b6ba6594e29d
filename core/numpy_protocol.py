"""NumPy's two protocols for tensors, so that a function written for plain NumPy differentiates unchanged.

Each NumPy function is answered by the function of the same name in `core.functions`, or by its plain result where
no derivative flows (comparisons, indices of extremes, tests), or refused by name. Knows nothing of sweeps.
"""

from collections.abc import Callable
from functools import cache, partial
from inspect import Parameter, Signature, signature
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.functions.calling import plain, shape_of
from core.library import fact, find
from core.tensor import Tensor

REMEDY = say(
    "numpy.remedy",
    "compute it from functions that have one, or cut it off on purpose with `.numpy()`",
)

# -- universal functions -----------------------------------------------------------------------------------------

REDUCTIONS = {"add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min", "logaddexp": "logsumexp"}
ACCUMULATIONS = {"add": "cumsum", "multiply": "cumprod"}


def array_ufunc(self: Tensor, ufunc: np.ufunc, method: str, *inputs: Any, **keywords: Any) -> Any:
    """What NumPy asks of tensors for a universal function and its methods reduce, accumulate and outer."""
    name = ufunc.__name__
    refuse_unusable(f"numpy.{name}", keywords)
    if fact(f"np.{name}", "dtype") == "truth":
        return getattr(ufunc, method)(*map(plain, inputs), **keywords)
    if method == "reduce" and name in REDUCTIONS:
        return _reduce(getattr(f, REDUCTIONS[name]), *inputs, **keywords)
    if method == "accumulate" and name in ACCUMULATIONS:
        return getattr(f, ACCUMULATIONS[name])(inputs[0], keywords.get("axis", 0))
    function = rule_of(f"np.{name}")
    if function is None or method not in ("__call__", "outer"):
        raise no_rule(f"numpy.{name}" + ("" if method == "__call__" else f".{method}"))
    if method == "outer":
        return function(f.reshape(inputs[0], shape_of(inputs[0]) + (1,) * len(shape_of(inputs[1]))), inputs[1])
    return function(*inputs, **{key: value for key, value in keywords.items() if key == "axis"})


def _reduce(function: Callable[..., Any], x: Any, axis: Any = 0, keepdims: bool = False, **_: Any) -> Any:
    return function(x, axis, keepdims)


# -- other functions ---------------------------------------------------------------------------------------------


@cache
def path_of(function: Any) -> str:
    """The path under which the table of library functions knows a function of NumPy."""
    return f"{function.__module__}.{function.__name__}"


@cache
def rule_of(path: str) -> Callable[..., Any] | None:
    """The function that answers a function of NumPy; None where it has no derivatives."""
    found = find(path)
    if found is None:
        return None
    row, name = found
    answers: dict[str, Callable[..., Any]] = {"where": where, "copy": same, "abs": f.modulus}
    function = answers.get(row.function) or getattr(f, row.function, None)
    return partial(function, **name.defaults) if function is not None and name.defaults else function


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """Elements of x where the condition holds, else of y; with the condition alone, where it holds."""
    return np.nonzero(plain(condition)) if x is None else f.where(plain(condition), x, y)


def same(x: Any) -> Any:
    """The tensor itself, which nobody can change."""
    return x


def array_function(self: Tensor, function: Any, types: Any, arguments: Any, keywords: dict[str, Any]) -> Any:
    """What NumPy asks of tensors for every other function."""
    name = f"{function.__module__}.{function.__name__}"
    path = path_of(function)
    rule = rule_of(path)
    cuts = fact(path, "cuts")
    filled = rule is not None and any(isinstance(one, Tensor) for one in (*arguments[1:], *keywords.values()))
    if cuts == "constant" and not filled or cuts == "integer" and rule is None:
        return function(*without_tape(arguments), **without_tape(keywords))
    if rule is None:
        raise no_rule(name)
    refuse_unusable(name, keywords)
    positional, named = by_name(function, arguments, keywords)
    unknown = [key for key in named if key not in parameters_of(rule)]
    if unknown and not any(kind.kind is Parameter.VAR_KEYWORD for kind in parameters_of(rule).values()):
        raise TypeError(
            say(
                "numpy.argument-no-derivative-rule",
                "{name}: the argument `{argument}` has no derivative rule; {remedy}",
                name=name,
                argument=unknown[0],
                remedy=REMEDY,
            )
        )
    return rule(*positional, **named)


def by_name(function: Any, arguments: Any, keywords: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The operands by position, and by NumPy's names the options that differ from NumPy's defaults.

    `numpy.sum(x, 0, None, None, True)` and `numpy.sum(x, axis=0, keepdims=True)` thus mean the same to a rule.
    """
    description = signature_of(function)
    if description is None:
        return arguments, {key: value for key, value in keywords.items() if value is not None}
    bound = description.bind(*arguments, **keywords)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for key, value in bound.arguments.items():
        parameter = description.parameters[key]
        if parameter.kind is Parameter.VAR_POSITIONAL:
            positional.extend(value)
        elif parameter.kind is Parameter.VAR_KEYWORD:
            named.update(value)
        elif parameter.default is Parameter.empty:
            positional.append(value)
        elif value is not parameter.default and value is not np._NoValue:
            named[key] = value
    return tuple(positional), named


@cache
def signature_of(function: Any) -> Signature | None:
    """The function's parameters, None where NumPy does not tell."""
    try:
        return signature(function)
    except (TypeError, ValueError):
        return None


@cache
def parameters_of(rule: Callable[..., Any]) -> dict[str, Parameter]:
    """The names that our function takes."""
    return dict(signature(rule).parameters)


def without_tape(value: Any) -> Any:
    """The arguments with every tensor replaced by its value."""
    if isinstance(value, dict):
        return {key: without_tape(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([without_tape(one) for one in value])
    return plain(value)


# -- refusals ----------------------------------------------------------------------------------------------------


def refuse_unusable(name: str, keywords: dict[str, Any]) -> None:
    """Raise for `out` and, in ufuncs and reductions, for `where`, `dtype` and `initial`."""
    if keywords.get("out") is not None:
        raise TypeError(
            say(
                "numpy.out-would-overwrite-array",
                "{name}: `out` would overwrite an array that may be recorded; use the result instead",
                name=name,
            )
        )
    for key in ("where", "dtype", "initial"):
        if not any(keywords.get(key) is unset for unset in (None, True, np._NoValue)):
            raise TypeError(
                say(
                    "numpy.argument-no-derivative-rule",
                    "{name}: the argument `{argument}` has no derivative rule; {remedy}",
                    name=name,
                    argument=key,
                    remedy=REMEDY,
                )
            )


def no_rule(name: str) -> TypeError:
    """The error for a function that cannot be differentiated."""
    return TypeError(
        say("numpy.no-derivative-rule", "{name} has no derivative rule; {remedy}", name=name, remedy=REMEDY)
    )


def install() -> None:
    """Let tensors answer NumPy."""
    Tensor.__array_ufunc__ = array_ufunc  # type: ignore[attr-defined]
    Tensor.__array_function__ = array_function  # type: ignore[attr-defined]


install()
