"""Methods that mean one thing in NumPy and another in PyTorch: `max`, `std`, `var`, `repeat`, `numpy`.

An array is NumPy's, whatever the program speaks; a tensor is PyTorch's where the program uses `torch`. Where it makes
inputs with both, what could mean either is refused.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects import kinks
from core.language.dialects.torch.leaves import Leaf, requires_grad
from core.language.machine.keys import plain_key, whole
from core.language.machine.outcome import Refusal
from core.language.names import namespaces, reductions
from core.language.reading.scopes import Names
from core.tensor import Tensor, look

MANNER = "manner"
LIBRARY = "library"
ARRAY_MAKERS = ("np.array", "np.asarray")


def manner_of(names: Names, aliases: dict[str, str]) -> str:
    """Whether a program speaks "torch", "numpy" (as TensorFlow and JAX do) or "both"."""
    found = {namespaces.path_of(node, scope, aliases) or "" for node, scope in names.attributes}
    found |= set(aliases.values())
    if not any(path.partition(".")[0] == "torch" for path in found):
        return "numpy"
    return "both" if found & set(ARRAY_MAKERS) else "torch"


def libraries_in(names: Names, aliases: dict[str, str]) -> frozenset[str]:
    """The roots of all libraries that a program names: "np", "jnp", "tf" and so on."""
    found = {namespaces.path_of(node, scope, aliases) or "" for node, scope in names.attributes}
    return frozenset(path.partition(".")[0] for path in found | set(aliases.values()))


def library_of(names: Names, aliases: dict[str, str]) -> str:
    """The library whose arrays a program computes with: "torch", "jax", "tensorflow", else "numpy".

    A text that names none, but has methods such as `add_`, is one of PyTorch.
    """
    roots = libraries_in(names, aliases)
    for library, own in (("torch", {"torch"}), ("jax", {"jax", "jnp"}), ("tensorflow", {"tf"})):
        if roots & own:
            return library
    return "torch" if names.has_torch_methods and not roots - {""} else "numpy"


def _in_torch(here: Any, x: Any, name: str, remedy: str) -> bool:
    """Whether a method is PyTorch's."""
    if isinstance(x, Leaf):
        return True
    manner = here.run.memory.get(MANNER) if isinstance(x, Tensor) else "numpy"
    if manner == "both":
        raise Refusal(
            say(
                "language.means-one-thing-numpy",
                "`.{name}` means one thing in NumPy and another in PyTorch.",
                name=name,
            ),
            remedy,
        )
    return manner == "torch"


def reduced(function: Any) -> Any:
    """A reduction as a method: PyTorch lets a single number be reduced along its "axis 0"."""

    def call(here: Any, span: Any, x: Any, *values: Any, **named: Any) -> Any:
        values = tuple(map(plain_key, values))
        axis = values[0] if values else plain_key(named.get("axis"))
        if axis.__class__ is int and axis in (0, -1) and not f.shape_of(x) and here.run.memory.get(MANNER) == "torch":
            values, named = (None, *values[1:]) if values else (), {**named, **({} if values else {"axis": None})}
        return function(x, *values, **named)

    return call


def extreme(name: str) -> Any:
    """`.max` and `.min`: along an axis PyTorch gives the values and where they are."""

    def call(
        here: Any, span: Any, x: Any, axis: Any = None, keepdims: Any = False, dim: Any = None, keepdim: Any = False
    ) -> Any:
        if dim is None and axis is None:
            return getattr(f, name)(x, None, keepdims)
        remedy = say(
            "language.write-x-dim-1",
            "Write x.{name}(dim=1) for PyTorch's, np.{name}(x, axis=1) for NumPy's.",
            name=name,
        )
        if dim is not None or _in_torch(here, x, name, remedy):
            return reductions.torch_extreme(name, x, axis if dim is None else whole(dim), bool(keepdims or keepdim))
        return getattr(f, name)(x, axis, keepdims)

    return call


def clip(here: Any, span: Any, x: Any, a_min: Any = None, a_max: Any = None) -> Any:
    """The values moved between the bounds, with the program's own slope there."""
    function = kinks.clip if here.run.memory.get(LIBRARY) == "jax" else f.clip
    return function(x, a_min, a_max)


def spread(name: str) -> Any:
    """`.var` and `.std`: PyTorch divides by one less than the number of elements, NumPy by that number."""

    def call(
        here: Any, span: Any, x: Any, axis: Any = None, ddof: Any = None, keepdims: Any = False, dim: Any = None,
        correction: Any = None, unbiased: Any = None, keepdim: Any = False,
    ) -> Any:  # fmt: skip
        if isinstance(axis, bool):
            axis, unbiased = None, axis
        taken = next((one for one in (ddof, correction, unbiased) if one is not None), None)
        if taken is None:
            taken = _in_torch(
                here,
                x,
                name,
                say(
                    "language.write-x-correction-1",
                    "Write x.{name}(correction=1) for PyTorch's, 0 for NumPy's.",
                    name=name,
                ),
            )
        flat = name == "std" and here.run.memory.get(LIBRARY) == "torch"
        function = kinks.flat_deviation if flat else getattr(f, name)
        return function(x, axis if dim is None else dim, int(whole(taken)), bool(keepdims or keepdim))

    return call


def _reversed_axes(x: Any, axes: Any) -> Any:
    return f.transpose(x, (axes[0] if len(axes) == 1 and isinstance(axes[0], tuple | list) else axes) or None)


def transpose(here: Any, span: Any, x: Any, *axes: Any) -> Any:
    """NumPy's transpose(*axes), or PyTorch's transpose(dim0, dim1)."""
    rank = len(f.shape_of(x))
    if len(axes) != 2 or rank < 2 or not all(isinstance(whole(part), int) for part in axes):
        return _reversed_axes(x, axes)
    one, other = map(whole, axes)
    speaks_torch = here.run.memory.get(MANNER) == "torch" or isinstance(x, Leaf)
    if speaks_torch or rank > 2 or (one % 2, other % 2) == (1, 0):
        return f.swapaxes(x, one, other)
    if isinstance(x, Tensor) and (one % 2, other % 2) == (0, 1):
        message = say(
            "language.transpose-0-1-swaps", "`transpose(0, 1)` swaps the axes in PyTorch and leaves them in NumPy."
        )
        raise Refusal(message, say("language.write-x-t-swap", "Write x.T to swap them."))
    return _reversed_axes(x, axes)


def repeat(here: Any, span: Any, x: Any, *counts: Any, repeats: Any = None, axis: Any = None) -> Any:
    """NumPy repeats each element, PyTorch the whole tensor."""
    repeats = counts if repeats is None else (repeats,)
    if axis is None and _in_torch(
        here, x, "repeat", say("language.write-torch-tile-x", "Write torch.tile(x, (2,)) or np.repeat(x, 2).")
    ):
        times = repeats[0] if len(repeats) == 1 and isinstance(repeats[0], list | tuple) else repeats
        return f.tile(x, tuple(whole(part) for part in times))
    return f.repeat(x, repeats[0] if repeats else 1, repeats[1] if len(repeats) > 1 else axis)


def numpy(here: Any, span: Any, x: Any) -> Any:
    """The values without a place on a tape; PyTorch wants a tensor that requires a gradient detached first."""
    if requires_grad(x):
        raise Refusal(
            say(
                "language.tensor-requires-gradient-numpy",
                "This tensor requires a gradient, and NumPy's arrays know none.",
            ),
            say("language.write-x-detach-numpy", "Write x.detach().numpy()."),
        )
    return np.array(look(x)) if f.shape_of(x) else look(x)
