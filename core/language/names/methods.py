"""Attributes and methods: the only ones there are. Nothing here looks a user's name up on a real object."""

from __future__ import annotations

import difflib
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects import (
    differing,
    jax_places,
    leaving,
    own_rules,
    tensorflow_tape,
    tensorflow_variables,
)
from core.language.dialects.torch import leaves, notes, optimizers, schedules
from core.language.dialects.torch import methods as torch
from core.language.layers.keras.layer import KerasWeight
from core.language.machine import objects
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.objects import Class, Instance, Super
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, Kind, Module, Record, kind_of
from core.language.names import gathering, library, namespaces, reductions
from core.language.names.containers import DICT, LIST, SET, STRING, TUPLE, Table, method_table
from core.language.names.creation import cast
from core.language.names.randoms import GENERATOR_METHODS, RandomSource
from core.language.names.standard import RECORD_METHODS
from core.library import rows
from core.library.row import internal
from core.tensor import Tensor, look
from core.variable import Variable


def _view(x: Any, *shape: Any) -> Any:
    """NumPy's `x.view()`, and PyTorch's with another shape."""
    return _reshape(x, *shape) if shape else f.reshape(x, f.shape_of(x))


def _reshape(x: Any, *shape: Any) -> Any:
    lengths = shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape
    return f.reshape(x, tuple(whole(part) for part in lengths))


def _transpose(x: Any, *axes: Any) -> Any:
    return f.transpose(x, (axes[0] if len(axes) == 1 and isinstance(axes[0], tuple | list) else axes) or None)


def _same(x: Any) -> Any:
    return f.call("identity", x) if isinstance(x, Tensor) else np.array(x)


def _as_float(x: Any) -> Any:
    """Floats; of what are floats already, a copy with its place on the tape."""
    return _same(x) if np.asarray(look(x)).dtype.kind == "f" else cast(x, np.dtype(float))


def _item(x: Any) -> Any:
    if library.size(x) != 1:
        raise Refusal(
            say("language.array-shape-not-one", "An array of shape {shape} is not one number.", shape=f.shape_of(x)),
            say("language.pick-one-element-x", "Pick one element: x[0]."),
        )
    return np.asarray(library.values_of(x)).item()


def _size(x: Any, dim: Any = None) -> Any:
    return f.shape_of(x) if dim is None else f.shape_of(x)[whole(dim)]


def _to(x: Any, target: Any = None, dtype: Any = None) -> Any:
    """Another type of numbers; there is but one device."""
    wanted = target if isinstance(target, Kind) else dtype
    return cast(x, wanted) if isinstance(wanted, Kind) else x


def _to_list(x: Any) -> Any:
    return np.asarray(library.values_of(x)).tolist()


def _as_whole(x: Any) -> Any:
    return cast(x, np.dtype("int64"))


def _as_truth(x: Any) -> Any:
    return cast(x, np.dtype("bool"))


def _fill(here: Any, span: Span, x: Any, value: Any) -> None:
    if isinstance(x, Tensor):
        if here.run.changing.is_array(x):
            here.run.changing.overwrite(x, value)
    else:
        x[...] = value


# Where a method of arrays is not the function of its row as it is.
OWN: dict[str, Any] = {
    ".reshape": _reshape, ".view": _view, ".permute": _transpose, ".copy": _same,
    ".clone": _same, ".cpu": _same, ".contiguous": _same,
    ".block_until_ready": _same, ".item": _item, ".tolist": _to_list, ".size": _size,
    ".to": _to, ".type": _to, ".float": _as_float, ".double": _as_float, ".long": _as_whole, ".int": _as_whole,
    ".bool": _as_truth,
}  # fmt: skip
OF_THE_DIALECT: dict[str, Any] = {
    ".max": differing.extreme("max"), ".min": differing.extreme("min"), ".var": differing.spread("var"),
    ".std": differing.spread("std"), ".repeat": differing.repeat, ".numpy": differing.numpy,
    ".fill": _fill,
    ".clip": differing.clip,
    ".transpose": differing.transpose,
    ".sum": differing.reduced(f.sum), ".mean": differing.reduced(f.mean),
}  # fmt: skip


def _of_arrays() -> Table:
    """The methods of arrays that the table of library functions has."""
    found: Table = {}
    for row in rows().values():
        for name in row.names:
            if name.path.startswith(".") and row.fact("cuts") != "text":
                call = OWN.get(name.path) or OF_THE_DIALECT.get(name.path) or namespaces.implementation(row.function)
                wants_locals = name.path in OF_THE_DIALECT or name.path in (".new_zeros", ".new_ones")
                order = [] if wants_locals else ["self", *map(internal, name.signature)]
                call = library.with_whole_numbers(call, row.counts, order) if row.counts else call
                found[name.path[1:]] = Builtin(name.path, call, ("self", *name.signature), wants_locals=wants_locals)
    return found


ARRAY = _of_arrays()
IN_PLACE: Table = {
    f"{name}_": torch.in_place(f"{name}_", ARRAY[name].call, ARRAY[name].signature)
    for row in rows().values() if row.fact("shape") in ("same", "broadcast")
    for name in (one.path[1:] for one in row.names if one.path.startswith("."))
}  # fmt: skip
TORCH: Table = {**IN_PLACE, **torch.METHODS}

METHODS: tuple[tuple[Any, Table], ...] = (
    (Variable, {**ARRAY, **tensorflow_variables.METHODS, **TORCH}),
    (Tensor, {**ARRAY, **TORCH}),
    (np.ndarray, ARRAY),
    ((float, int), {**ARRAY, "is_integer": Builtin(".is_integer", lambda x: float(x).is_integer(), ("self",))}),
    (str, STRING),
    (list, LIST),
    (Record, RECORD_METHODS),
    (tuple, TUPLE),
    (gathering.Filling, {**DICT, **method_table((("most_common", gathering.most_common, "n"),))}),
    (dict, DICT),
    (set, SET),
    (RandomSource, GENERATOR_METHODS),
    (tensorflow_tape.TextTape, tensorflow_tape.TAPE_METHODS),
    (optimizers.Optimizer, optimizers.OPTIMIZER_METHODS),
    (schedules.Schedule, schedules.SCHEDULE_METHODS),
    (jax_places.Place, jax_places.PLACE_METHODS),
    (own_rules.OwnRule, own_rules.OWN_RULE_METHODS),
)

ATTRIBUTES: tuple[tuple[Any, dict[str, Any]], ...] = (
    (
        (Tensor, np.ndarray, float, int),
        {
            "shape": f.shape_of,
            "ndim": library.rank,
            "size": library.size,
            "T": lambda x: f.transpose(x),
            "real": lambda x: x,
            "mT": lambda x: f.swapaxes(x, -1, -2),
            "dtype": lambda x: Kind(str(kind := np.asarray(library.values_of(x)).dtype), kind),
            "data": torch.data_of,
            "flat": lambda x: f.ravel(x),
            "grad": torch.grad_of,
            "requires_grad": leaves.requires_grad,
            "grad_fn": notes.grad_fn,
            "name": lambda x: _name_of(x) if isinstance(x, Variable) else _nameless(),
            "path": lambda x: x.path if isinstance(x, KerasWeight) else _nameless(),
            "trainable": lambda x: bool(getattr(x, "trainable", False)),
            "is_leaf": leaves.is_leaf,
            "at": jax_places.At,
        },
    ),
    (optimizers.Optimizer, optimizers.OPTIMIZER_ATTRIBUTES),
    (notes.GradFn, {"next_functions": lambda one: one.next_functions(), "name": lambda one: one.name_method()}),
    (reductions.Extremes, {"values": lambda pair: pair[0], "indices": lambda pair: pair[1]}),
)


def _name_of(variable: Variable) -> str:
    """The name as TensorFlow gives it, with the number of the output that holds the value; Keras gives none."""
    if isinstance(variable, KerasWeight):
        return variable.name
    return variable.name if ":" in variable.name else f"{variable.name}:0"


def _nameless() -> Any:
    raise Refusal(say("language.only-variables-name", "Only variables have a name."))


def method_of(here: Any, value: Any, name: str, span: Span) -> Builtin:
    """The method of that name for this kind of value."""
    if here.run.traces:
        leaving.check_method(here, value, name, span)
    for kinds, table in METHODS:
        if isinstance(value, kinds) and name in table:
            return table[name]
    raise here.fail(*_unknown(value, name, True, span), python="AttributeError")


def attribute_of(here: Any, value: Any, name: str, span: Span) -> Any:
    """The attribute of that name of this value."""
    if isinstance(value, Instance | Class | Super):
        found = objects.attribute(here, value, name, span)
        if found is not objects.MISSING:
            return found
    elif isinstance(value, Function) and (name in (value.fields or ()) or name == "__name__"):
        return value.name if name == "__name__" else (value.fields or {})[name]
    elif isinstance(value, Record) and name in value._fields:
        return value[value._fields.index(name)]
    for kinds, table in ATTRIBUTES:
        if isinstance(value, kinds) and name in table:
            try:
                if name == "grad" and torch.lacks_grad(value):
                    here.run.write(notes.no_grad_kept(here, value), span, here)
                found = table[name](value)
                changing = here.run.changing
                return found if changing is None else changing.attribute(value, name, found, table[name])
            except Refusal as refusal:
                raise here.fail(refusal.message, span, refusal.hint) from None
    for kinds, methods in METHODS:
        if isinstance(value, kinds) and name in methods:
            return _bound(value, methods[name])
    raise here.fail(*_unknown(value, name, False, span), python="AttributeError")


def _bound(value: Any, method: Builtin) -> Builtin:
    def call(here: Any, span: Span, *values: Any, **named: Any) -> Any:
        return invoke(here, method, [value, *values], named, span)

    return Builtin(method.name, call, ("*values", "**named"), wants_locals=True)


HINTS = {
    "assign": say("language.only-tf-variable-makes", "Only what tf.Variable(...) makes can be assigned to."),
    "assign_add": say("language.only-tf-variable-makes", "Only what tf.Variable(...) makes can be assigned to."),
    "assign_sub": say("language.only-tf-variable-makes", "Only what tf.Variable(...) makes can be assigned to."),
    "gradient": say("language.tape-opened-tf-gradienttape", "A tape is opened by `with tf.GradientTape() as tape:`."),
    "watch": say("language.tape-opened-tf-gradienttape", "A tape is opened by `with tf.GradientTape() as tape:`."),
    "append": say(
        "language.lists-write-values-first", "Lists have it: write values = [] first, or np.append(x, value)."
    ),
    "push": say("language.write-append-item", "Write `.append(item)`."),
    "length": say("language.write-len-x", "Write len(x)."),
}


def _unknown(value: Any, name: str, called: bool, span: Span) -> tuple[str, Span, str]:
    known = {one for kinds, table in (*METHODS, *ATTRIBUTES) if isinstance(value, kinds) for one in table}
    near = difflib.get_close_matches(name, sorted(known), 1, 0.7)
    hint = (
        say("language.did-you-mean-attribute", "Did you mean `.{near}`?", near=near[0])
        if near
        else say("language.help-page-language-lists", "The help page `Language` lists what there is.")
    )
    if name in HINTS and not near:
        hint = HINTS[name]
    what = kind_of(value)[0].upper() + kind_of(value)[1:]
    if isinstance(value, Module):
        what = f"`{value.path}`"
    if called:
        told = say("language.no-such-method", "{what} has no method `.{name}`.", what=what, name=name)
    else:
        told = say("language.no-such-attribute", "{what} has no attribute `.{name}`.", what=what, name=name)
    return told, span, hint


def set_attribute(here: Any, value: Any, name: str, new: Any, span: Span) -> None:
    """Assign to an attribute: of instances, classes and functions any, of tensors PyTorch's `grad` and its like."""
    try:
        if isinstance(value, Instance | Class | Function):
            objects.set_field(here, value, name, new, span)
            return
        if isinstance(value, Tensor) and name in torch.SETTERS:
            torch.SETTERS[name](value, new)
            return
    except Refusal as refusal:
        raise here.fail(refusal.message, span, refusal.hint) from None
    raise here.fail(
        say(
            "language.attribute-cannot-assigned",
            "The attribute `.{name}` of {kind} cannot be assigned.",
            name=name,
            kind=kind_of(value),
        ),
        span,
        say("language.assign-name-instead", "Assign to a name instead."),
    )
