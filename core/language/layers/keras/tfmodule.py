"""`tf.Module`: an object that finds the variables in its attributes, in the order of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from core.basics.span import Span
from core.language.layers.classes import class_of, is_made_of, method
from core.language.layers.keras.layer import prop
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.language.machine.weights import Weight


def _initialise(here: Locals, span: Span, module: Instance, name: Any = None) -> None:
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", module.of.name).lower()
    module.fields["name"] = name if isinstance(name, str) else plain


def _parts(value: Any) -> Iterator[Any]:
    """Variables and modules in a value, also in lists and dictionaries."""
    if isinstance(value, Weight | Instance):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _parts(one)
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _parts(value[key])


def _variables(module: Instance) -> tuple:
    """All variables: its own first, by the names of the attributes, then those of the modules inside."""
    found: dict[int, Any] = {}
    inner: list[Instance] = []
    for name in sorted(module.fields):
        for part in _parts(module.fields[name]):
            if isinstance(part, Weight):
                found.setdefault(id(part), part)
            elif is_made_of(part, TF_MODULE):
                inner.append(part)
    for one in inner:
        found = {**{id(part): part for part in _variables(one)}, **found} if not found else {
            **found, **{id(part): part for part in _variables(one) if id(part) not in found}
        }  # fmt: skip
    return tuple(found.values())


def _submodules(module: Instance) -> tuple:
    found: list[Instance] = []
    for name in sorted(module.fields):
        for part in _parts(module.fields[name]):
            if is_made_of(part, TF_MODULE) and not any(part is one for one in found):
                found += [part, *_submodules(part)]
    return tuple(found)


TF_MODULE: Class = class_of("Module", (), {})
TF_MODULE.names.update({
    "__init__": method("tf.Module", _initialise, "name"),
    "variables": prop(_variables),
    "trainable_variables": prop(lambda module: tuple(one for one in _variables(module) if one.trainable)),
    "submodules": prop(_submodules),
})  # fmt: skip
TF_MODULE.guarded = True
