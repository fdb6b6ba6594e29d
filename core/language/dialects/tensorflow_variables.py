"""What changes a `tf.Variable` in place: `assign` and its like, whole, in part (`v[0].assign(5.)`), by indices.

No derivative flows through an assignment. Measured of TensorFlow 2.21; knows the engine's variables.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects.tensorflow_tape import taught
from core.language.machine.keys import plain_key
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.language.machine.weights import Weight
from core.language.names.scattering import fitting, rows_of
from core.tensor import look
from core.variable import Variable


def is_variable(value: Any) -> bool:
    """Whether it is TensorFlow's; PyTorch's leaves change in other ways."""
    return isinstance(value, Weight)


def assign_item(variable: Variable, key: Any, value: Any) -> Variable:
    """Put a value at a place of the variable, which must be slices and whole numbers."""
    place = plain_key(key)
    parts = place if isinstance(place, tuple) else (place,)
    if any(isinstance(part, list | np.ndarray) and np.ndim(part) for part in parts):
        raise Refusal(
            say("language.assign-to-slices", "Only slices of a variable can be assigned to, not chosen elements."),
            say("language.use-scatter-nd-update", "Write v.scatter_nd_update([[0], [2]], values)."),
        )
    made = np.array(variable.primal)
    given = f.array(value) if isinstance(value, list | tuple) else value
    made[place] = np.broadcast_to(look(given), np.shape(made[place]))
    variable.assign(made)
    return variable


def _put(variable: Variable, indices: Any, updates: Any, sign: int) -> Variable:
    made = np.array(variable.primal)
    key = rows_of(indices, made.shape)
    given = np.asarray(look(f.array(updates) if isinstance(updates, list | tuple) else updates))
    fitting(given, key, made.shape)
    if sign:
        np.add.at(made, key, sign * given)
    else:
        made[key] = given
    return variable.assign(made)


def _plain(value: Any) -> Any:
    return f.array(value) if isinstance(value, list | tuple) else value


METHODS = {
    name: Builtin(f".{name}", taught(call), ("self", *signature.split()))
    for name, call, signature in (
        ("assign", lambda v, value: v.assign(_plain(value)), "value use_locking! name! read_value!"),
        ("assign_add", lambda v, delta: v.assign_add(_plain(delta)), "delta use_locking! name! read_value!"),
        ("assign_sub", lambda v, delta: v.assign_sub(_plain(delta)), "delta use_locking! name! read_value!"),
        ("scatter_nd_update", lambda v, i, u: _put(v, i, u, 0), "indices:i updates:u name!"),
        ("scatter_nd_add", lambda v, i, u: _put(v, i, u, 1), "indices:i updates:u name!"),
        ("scatter_nd_sub", lambda v, i, u: _put(v, i, u, -1), "indices:i updates:u name!"),
        ("value", lambda v: v.value(), ""),
        ("read_value", lambda v: v.value(), ""),
    )
}
AT_A_PLACE = Builtin(".assign", taught(assign_item), ("self", "key", "value", "use_locking!", "name!", "read_value!"))


def refuse_update(sign: str) -> Refusal:
    """`v += 1` of a variable."""
    method = {"+": "assign_add(...)", "-": "assign_sub(...)"}.get(sign, f"assign(v {sign} ...)")
    return Refusal(
        say("language.variable-no-update", "A tf.Variable cannot be changed by `{sign}=`.", sign=sign),
        say(
            "language.write-assign-or-new-tensor",
            "Write v.{method} to change it, or y = v {sign} ... for a tensor of its own.",
            method=method,
            sign=sign,
        ),
    )
