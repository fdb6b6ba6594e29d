"""JAX's `vmap` and `jit`: a function carried out for each row of its arguments, and a function that is traced once.

Neither changes what a function computes; what JAX refuses while it traces is refused in the first call. Knows values
of programs and their structure; takes no derivatives.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import CONTAINERS, map_structure
from core.basics.words import say
from core.language.dialects.tracing import Tracing
from core.language.dialects.transforms import ANY_ARGUMENTS, checked_function
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.tensor import Tensor

# -- vmap ------------------------------------------------------------------------------------------------------------


def vmap(
    here: Locals, span: Span, function: Any, in_axes: Any = 0, out_axes: Any = 0, axis_size: Any = None
) -> Builtin:
    """The function for each row along the axes; results are stacked along `out_axes`, leaf by leaf."""
    checked_function(function, "vmap")

    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        axes = list(in_axes) if isinstance(in_axes, tuple | list) else [in_axes] * len(values)
        if len(axes) != len(values):
            raise Refusal(
                say(
                    "language.in-axes-one-for-each",
                    "`in_axes` has {count} entries, but the function was given {given} arguments.",
                    count=len(axes),
                    given=len(values),
                ),
                say("language.write-none-for-those-shared", "Write None for those that all rows share."),
            )
        along = [_spread(axis, value) for axis, value in zip(axes, values)]
        along_named = {name: _spread(0, value) for name, value in named.items()}
        length = _length(axis_size, [*zip(along, values), *((along_named[name], named[name]) for name in named)])
        rows, fixed = [], None
        for row in range(length):
            arguments = [_row(value, axis, row) for value, axis in zip(values, along)]
            keywords = {name: _row(named[name], along_named[name], row) for name in named}
            if row:
                rows.append(invoke(here, function, arguments, keywords, span))
                continue
            tracing = Tracing(here)
            arguments = [_traced(tracing, value, axis) for value, axis in zip(arguments, along)]
            with tracing.recording():
                result = invoke(here, function, arguments, keywords, span)
            fixed = tracing.untouched(result)
            rows.append(tracing.released(result))
        return _stacked(rows, _spread(out_axes, rows[0]), fixed)

    return Builtin(f"vmap({function.name})", call, ANY_ARGUMENTS, wants_locals=True)


def _spread(axes: Any, value: Any) -> Any:
    """An axis for each leaf of a value, where `axes` may name one for a whole part of it."""
    if isinstance(axes, CONTAINERS) and isinstance(value, CONTAINERS) and _keys(axes) == _keys(value):
        parts = {key: _spread(axes[key], value[key]) for key in _keys(value)}
        return parts if isinstance(value, dict) else list(parts.values())
    if isinstance(axes, CONTAINERS):
        raise Refusal(
            say("language.axes-of-another-structure", "The axes of `vmap` have another structure than what they say."),
            say("language.give-axis-or-same-structure", "Give one axis, or the same keys and lengths."),
        )
    axis = whole(axes)
    if axis is not None and not isinstance(axis, int):
        raise Refusal(
            say("language.axis-of-vmap", "An axis of `vmap` is a whole number or None."),
            say("language.write-in-axes-0-none", "Write in_axes=(0, None)."),
        )
    if isinstance(value, CONTAINERS):
        parts = {key: _spread(axis, value[key]) for key in _keys(value)}
        return parts if isinstance(value, dict) else list(parts.values())
    return axis


def _keys(value: Any) -> list[Any]:
    return sorted(value, key=str) if isinstance(value, dict) else list(range(len(value)))


def _pairs(axes: Any, value: Any) -> list[tuple[Any, Any]]:
    """Each leaf of a value with its axis."""
    if isinstance(value, CONTAINERS):
        return [pair for key in _keys(value) for pair in _pairs(axes[key], value[key])]
    return [(axes, value)]


def _length(axis_size: Any, arguments: list[tuple[Any, Any]]) -> int:
    """The number of rows, on which all mapped arguments agree."""
    lengths = set() if axis_size is None else {whole(axis_size)}
    for axis, leaf in [pair for axes, value in arguments for pair in _pairs(axes, value)]:
        if axis is None:
            continue
        shape = f.shape_of(leaf)
        if not -len(shape) <= axis < len(shape):
            raise Refusal(
                say(
                    "language.vmap-no-such-axis",
                    "`vmap` goes along axis {axis}, but this argument has shape {shape}.",
                    axis=axis,
                    shape=shape,
                ),
                say("language.write-none-for-those-shared", "Write None for those that all rows share."),
            )
        lengths.add(shape[axis])
    if len(lengths) > 1:
        raise Refusal(
            say(
                "language.vmap-lengths-differ",
                "The arguments of `vmap` differ in length: {lengths}.",
                lengths=", ".join(map(str, sorted(lengths))),
            ),
            say("language.give-each-same-number-rows", "Give each the same number of rows."),
        )
    if not lengths or not min(lengths):
        raise Refusal(
            say("language.vmap-nothing-to-map", "`vmap` has no rows to go through."),
            say("language.give-one-argument-axis", "Give at least one argument an axis that is not empty."),
        )
    return int(lengths.pop())


def _row(value: Any, axes: Any, row: int) -> Any:
    """One row of an argument, in its structure."""
    if isinstance(value, dict):
        return {key: _row(value[key], axes[key], row) for key in value}
    if isinstance(value, list | tuple):
        return type(value)([_row(one, axis, row) for one, axis in zip(value, axes)])
    return value if axes is None else f.take(value, row, axes)


def _traced(tracing: Tracing, value: Any, axes: Any) -> Any:
    """The first row of an argument, of which what is mapped is traced."""
    if isinstance(value, dict):
        return {key: _traced(tracing, value[key], axes[key]) for key in value}
    if isinstance(value, list | tuple):
        return type(value)([_traced(tracing, one, axis) for one, axis in zip(value, axes)])
    return value if axes is None else tracing.argument(value)


def _stacked(rows: list[Any], axes: Any, fixed: Any) -> Any:
    """The results of all rows as one, each leaf along its axis."""
    first = rows[0]
    if isinstance(first, CONTAINERS):
        keys = list(first) if isinstance(first, dict) else list(range(len(first)))
        made = {key: _stacked([row[key] for row in rows], axes[key], fixed[key]) for key in keys}
        return made if isinstance(first, dict) else type(first)(made.values())
    if first is None:
        return None
    if axes is None:
        if fixed:
            return first
        raise Refusal(
            say("language.out-axes-none-differs", "`out_axes` is None for a result that differs from row to row."),
            say("language.write-out-axes-0", "Write out_axes=0."),
        )
    if not isinstance(first, Tensor | np.ndarray | np.generic | float | int):
        raise Refusal(
            say("language.vmap-cannot-stack", "`vmap` cannot stack {kind}.", kind=kind_of(first)),
            say("language.return-numbers-arrays", "Return numbers or arrays."),
        )
    return f.stack([f.array(row) for row in rows], axes)


# -- jit -------------------------------------------------------------------------------------------------------------


def jit(here: Locals, span: Span, function: Any, static_argnums: Any = (), static_argnames: Any = ()) -> Builtin:
    """The function itself. Its first call for each new shape of the arguments is traced, as JAX does."""
    checked_function(function, "jit")
    names = {static_argnames} if isinstance(static_argnames, str) else set(static_argnames or ())
    places = {whole(one) for one in (static_argnums if isinstance(static_argnums, list | tuple) else [static_argnums])}
    seen: set[Any] = set()

    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        outline = (str(map_structure(_outline, list(values))), str(map_structure(_outline, named)))
        if outline in seen:
            return invoke(here, function, list(values), named, span)
        seen.add(outline)
        tracing, static = Tracing(here), {place % len(values) for place in places if values and place is not None}
        arguments = [one if at in static else tracing.argument(one) for at, one in enumerate(values)]
        keywords = {name: one if name in names else tracing.argument(one) for name, one in named.items()}
        with tracing.recording():
            result = invoke(here, function, arguments, keywords, span)
        return tracing.released(result)

    return Builtin(f"jit({function.name})", call, ANY_ARGUMENTS, wants_locals=True)


def _outline(leaf: Any) -> Any:
    """What JAX compiles anew for: another shape."""
    return f.shape_of(leaf) if isinstance(leaf, Tensor | np.ndarray | float | int) else type(leaf).__name__


VMAP = {
    path: Builtin("vmap", vmap, ("func:function", "in_dims:in_axes", "out_dims:out_axes"), wants_locals=True)
    for path in ("torch.func.vmap", "torch.vmap")
}
MAPPINGS: dict[str, Any] = {
    **VMAP,
    "jax.vmap": Builtin(
        "vmap", vmap, ("fun:function", "in_axes", "out_axes", "axis_name!", "axis_size"), wants_locals=True
    ),
    "jax.jit": Builtin(
        "jit", jit, ("fun:function", "static_argnums", "static_argnames", "donate_argnums!"), wants_locals=True
    ),
}
