"""Types that programs can name, ask for and compare: of Python, NumPy and the frameworks.

They are names of ours with a test: none leads to a type of Python.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.language.dialects.torch.leaves import Leaf, leaf
from core.language.layers.torch.parameter import Parameter
from core.language.machine.keys import whole
from core.language.machine.objects import Instance
from core.language.machine.values import Builtin, Function, Kind, is_array
from core.language.machine.weights import Weight
from core.language.names.creation import checked_shape
from core.language.names.library import values_of
from core.tensor import Tensor


def _plain(value: Any) -> Any:
    return value.primal if isinstance(value, Tensor) and not value.ndim else value


def _one_of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(_plain(value), kinds)


def _old_tensor(here: Any, span: Any, *given: Any) -> Leaf:
    """`torch.Tensor([1, 2])` of floats, and `torch.Tensor(2, 3)` of a shape."""
    if len(given) == 1 and not isinstance(whole(given[0]), int):
        return leaf(np.array(values_of(given[0]), dtype=float), False)
    return leaf(np.zeros(checked_shape(here, span, given) if given else (0,)), False)


def _old_whole_tensor(here: Any, span: Any, *given: Any) -> Leaf:
    """`torch.LongTensor([1, 2])` of whole numbers."""
    return leaf(np.asarray(_old_tensor(here, span, *given).primal).astype(np.int64), False)


def _tensor_kind(name: str) -> Kind:
    return Kind(name, np.dtype(float) if name != "torch.Tensor" else None, _old_tensor, ("*given",), True)


def _is_whole(value: Any) -> bool:
    return isinstance(value, Tensor) and np.asarray(value.primal).dtype.kind in "iu"


NUMBER = _one_of(int, float, np.number)
TYPES: dict[str, tuple[Kind, Callable[[Any], bool]]] = {
    "torch.Tensor": (_tensor_kind("torch.Tensor"), lambda value: isinstance(value, Tensor)),
    "torch.FloatTensor": (_tensor_kind("torch.FloatTensor"), lambda value: isinstance(value, Tensor)),
    "torch.DoubleTensor": (_tensor_kind("torch.DoubleTensor"), lambda value: isinstance(value, Tensor)),
    **{
        f"torch.{name}": (Kind(f"torch.{name}", np.dtype("int64"), _old_whole_tensor, ("*given",), True), _is_whole)
        for name in ("LongTensor", "IntTensor")
    },
    "np.ndarray": (Kind("np.ndarray"), is_array),
    "jnp.ndarray": (Kind("jnp.ndarray"), lambda value: isinstance(value, Tensor | np.ndarray)),
    "jax.Array": (Kind("jax.Array"), lambda value: isinstance(value, Tensor | np.ndarray)),
    "tf.Tensor": (Kind("tf.Tensor"), lambda value: isinstance(value, Tensor) and not isinstance(value, Weight)),
    "np.integer": (Kind("np.integer"), lambda value: _one_of(np.integer)(value)),
    "np.floating": (Kind("np.floating"), _one_of(float, np.floating)),
    "np.number": (Kind("np.number"), _one_of(float, np.number)),
    "numbers.Number": (Kind("numbers.Number"), NUMBER),
    "numbers.Real": (Kind("numbers.Real"), NUMBER),
}
NAMED = {path: kind for path, (kind, _) in TYPES.items()}
OTHERS: dict[str, Callable[[Any], bool]] = {
    "tf.Variable": lambda value: isinstance(value, Weight),
    "torch.nn.Parameter": lambda value: isinstance(value, Parameter),
    "np.float64": _one_of(float), "np.float32": _one_of(np.float32), "np.int64": _one_of(np.int64),
}  # fmt: skip
PYTHONS = {
    "int": int, "float": float, "bool": bool, "str": str, "list": list, "tuple": tuple, "dict": dict, "set": set,
}  # fmt: skip


def is_of(value: Any, kind: Any) -> bool:
    """Whether a value is of a type that has a name."""
    name = kind.name
    if name in PYTHONS:
        return isinstance(_plain(value), PYTHONS[name])
    test = TYPES[name][1] if name in TYPES else OTHERS.get(name)
    return test is not None and not isinstance(value, Instance) and test(value)


def type_of(here: Any, span: Any, value: Any, builtins: dict[str, Any]) -> Any:
    """`type(x)`: a class of the text, or one of these names."""
    if isinstance(value, Instance):
        return value.of
    if isinstance(value, Tensor | np.ndarray) and (is_array(value) or isinstance(value, Leaf | Weight)):
        library = here.run.memory.get("library")
        path = {"torch": "torch.Tensor", "tensorflow": "tf.Tensor", "jax": "jax.Array"}.get(library, "np.ndarray")
        return NAMED["np.ndarray" if isinstance(value, np.ndarray) else path]
    plain = _plain(value)
    for name in ("bool", "int", "float", "str", "list", "tuple", "dict", "set"):
        if isinstance(plain, PYTHONS[name]):
            return builtins[name]
    return OTHER_KINDS.get(plain.__class__, OBJECT)


OBJECT = Kind("object")
OTHER_KINDS = {type(None): Kind("NoneType"), Function: Kind("function"), Builtin: Kind("builtin_function_or_method")}
