"""Control flow, functions and modules: what TensorFlow compiles runs here as it is written.

Knows the dialect's tensors only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from core.basics.structure import flatten, map_structure
from core.basics.words import say
from core.dialects.tensorflow.arrays import unstack
from core.dialects.tensorflow.made import at
from core.dialects.tensorflow.tensor import Variable, convert

NAMES = [
    "cond", "case", "switch_case", "while_loop", "map_fn", "vectorized_map", "scan", "foldl", "foldr", "function",
    "Module", "TensorSpec", "group", "no_op", "name_scope", "control_dependencies", "device", "print",
    "executing_eagerly", "py_function", "numpy_function",
]  # fmt: skip
builtin_print = print
stack = at("tf.stack")


def cond(pred: Any, true_fn: Any = None, false_fn: Any = None, name: Any = None) -> Any:
    """What the one or the other function gives."""
    return _tensors(true_fn() if bool(pred) else false_fn())


def case(
    pred_fn_pairs: Any, default: Any = None, exclusive: bool = False, strict: bool = False, name: Any = None
) -> Any:
    """What the function beside the first true condition gives."""
    for condition, branch in pred_fn_pairs:
        if bool(condition):
            return _tensors(branch())
    if default is None:
        raise ValueError(
            say("tensorflow.no-condition-case-holds", "no condition of the case holds, and there is no default")
        )
    return _tensors(default())


def switch_case(branch_index: Any, branch_fns: Any, default: Any = None, name: Any = None) -> Any:
    """What the function with that number gives; the default (or the last one) for other numbers."""
    branches = (
        dict(branch_fns if not callable(branch_fns[0]) else enumerate(branch_fns))
        if not isinstance(branch_fns, dict)
        else branch_fns
    )
    chosen = branches.get(int(branch_index), default or branches[max(branches)])
    return _tensors(chosen())


def while_loop(cond: Any, body: Any, loop_vars: Any, *_: Any, maximum_iterations: Any = None, **__: Any) -> Any:
    """The loop variables after the body has run for as long as the condition holds."""
    values, passes = map_structure(convert, loop_vars), 0
    while (maximum_iterations is None or passes < int(maximum_iterations)) and bool(cond(*values)):
        found = body(*values)
        found = found if isinstance(found, list | tuple) else (found,)
        if len(found) != len(values):
            raise ValueError(
                say(
                    "tensorflow.body-loop-returned-values",
                    "the body of the loop returned {count} values for {other} loop variables",
                    count=len(found),
                    other=len(values),
                )
            )
        values, passes = type(loop_vars)(map(_tensors, found)), passes + 1
    return values


def _tensors(values: Any) -> Any:
    return map_structure(lambda one: one if one is None or isinstance(one, Variable) else convert(one), values)


def map_fn(fn: Callable[..., Any], elems: Any, *_: Any, **__: Any) -> Any:
    """The function of each row, stacked."""
    rows = list(zip(*(unstack(one) for one in flatten(elems)), strict=True))
    results = [fn(row[0] if not isinstance(elems, list | tuple) else type(elems)(row)) for row in rows]
    return _stacked(results)


vectorized_map = map_fn


def _stacked(results: list[Any]) -> Any:
    if isinstance(results[0], list | tuple):
        return type(results[0])(_stacked(list(parts)) for parts in zip(*results, strict=True))
    return stack(results)


def scan(fn: Callable[..., Any], elems: Any, initializer: Any = None, *_: Any, **__: Any) -> Any:
    """All intermediate results of folding the rows from the left."""
    return _stacked(_folded(fn, unstack(elems), initializer))


def foldl(fn: Callable[..., Any], elems: Any, initializer: Any = None, *_: Any, **__: Any) -> Any:
    """The rows combined from the left."""
    return _folded(fn, unstack(elems), initializer)[-1]


def foldr(fn: Callable[..., Any], elems: Any, initializer: Any = None, *_: Any, **__: Any) -> Any:
    """The rows combined from the right."""
    return _folded(fn, unstack(elems)[::-1], initializer)[-1]


def _folded(fn: Callable[..., Any], rows: list[Any], initializer: Any) -> list[Any]:
    results = [] if initializer is not None else [rows.pop(0)]
    value = results[0] if results else map_structure(convert, initializer)
    for row in rows:
        value = fn(value, row)
        results.append(value)
    return results or [value]


def function(func: Any = None, **options: Any) -> Any:
    """A function as it is: what TensorFlow would trace and compile runs eagerly."""
    if func is None:
        return lambda inner: function(inner, **options)

    @wraps(func)
    def called(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **kwargs)

    called.python_function = func  # type: ignore[attr-defined]
    called.get_concrete_function = lambda *_, **__: called  # type: ignore[attr-defined]
    return called


class TensorSpec:
    """A shape and a dtype."""

    def __init__(self, shape: Any = None, dtype: Any = "float32", name: Any = None) -> None:
        self.shape, self.dtype, self.name = shape, dtype, name


class Module:
    """Something that holds variables and other modules as attributes."""

    def __init__(self, name: str | None = None) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """The name given, or that of the class."""
        return getattr(self, "_name", None) or type(self).__name__.lower()

    @property
    def submodules(self) -> tuple["Module", ...]:
        """All modules inside."""
        inside = [part for part in self._parts() if isinstance(part, Module)]
        return tuple(found for part in inside for found in (part, *part.submodules))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables inside, in the order of the attributes' names."""
        found: dict[int, Variable] = {}
        for part in self._parts():
            for one in part.variables if isinstance(part, Module) else [part]:
                found.setdefault(id(one), one)
        return tuple(found.values())

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        """Those that are trained."""
        return tuple(variable for variable in self.variables if variable.trainable)

    @contextmanager
    def name_scope(self) -> Iterator[None]:
        """Has no effect."""
        yield

    def _parts(self) -> Iterator[Any]:
        for key in sorted(vars(self)):
            for leaf in flatten(vars(self)[key]):
                if isinstance(leaf, Variable | Module):
                    yield leaf


@contextmanager
def name_scope(*_: Any, **__: Any) -> Iterator[None]:
    """Has no effect."""
    yield


control_dependencies = device = name_scope


def group(*_: Any, **__: Any) -> None:
    """Has no effect: everything ran already."""


no_op = group


def print(*inputs: Any, **options: Any) -> None:
    """Prints the values."""
    builtin_print(*(one.numpy() if hasattr(one, "numpy") else one for one in inputs), end=options.get("end", "\n"))


def executing_eagerly() -> bool:
    """Always."""
    return True


def py_function(func: Any = None, inp: Any = (), Tout: Any = None, name: Any = None) -> Any:
    """The function of the tensors."""
    return _tensors(func(*map(convert, inp)))


def numpy_function(func: Any = None, inp: Any = (), Tout: Any = None, *_: Any, **__: Any) -> Any:
    """The function of the arrays; no derivative flows through it."""
    return _tensors(func(*(convert(one).numpy() for one in inp)))
