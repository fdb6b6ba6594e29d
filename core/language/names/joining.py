"""`np.c_[a, b]` and `np.r_[a, b]`: arrays side by side, and one behind the other, written with brackets."""

from __future__ import annotations

from typing import Any

from core import functions as f
from core.basics.words import say
from core.language.machine.keys import whole
from core.language.machine.objects import ON_SET, Class, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.language.names.creation import arange
from core.language.names.library import as_array


def _parts(here: Any, span: Any, key: Any) -> list[Any]:
    """What stands between the brackets, as arrays."""
    found = []
    for one in key if isinstance(key, tuple) else (key,):
        if isinstance(one, str):
            raise Refusal(
                say("language.no-text-in-brackets", "A text between these brackets is not part of this program."),
                say("language.write-np-concatenate", "Write np.concatenate([a, b], axis=1)."),
            )
        if isinstance(one, slice):
            step = 1 if one.step is None else whole(one.step)
            one = arange(here, span, whole(one.start or 0), whole(one.stop), step)
        made = as_array(one)
        found.append(f.reshape(made, (1,)) if not f.shape_of(made) else made)
    return found


def _columns(here: Any, span: Any, owner: Instance, key: Any) -> Any:
    parts = [f.expand_dims(one, 1) if len(f.shape_of(one)) == 1 else one for one in _parts(here, span, key)]
    return f.concatenate(parts, -1)


def _rows(here: Any, span: Any, owner: Instance, key: Any) -> Any:
    return f.concatenate(_parts(here, span, key), 0)


def _fixed(owner: Instance, name: str, value: Any) -> None:
    raise Refusal(say("language.attribute-cannot-be-set", "`.{name}` cannot be set here.", name=name))


def _joiner(name: str, join: Any) -> Instance:
    of = Class(name, (), {"__getitem__": Builtin(name, join, ("self", "key"), wants_locals=True), ON_SET: _fixed},
               None, None)  # fmt: skip
    of.guarded = True
    return Instance(of)


JOINERS = {"np.c_": _joiner("np.c_", _columns), "np.r_": _joiner("np.r_", _rows)}
