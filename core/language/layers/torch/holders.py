"""`torch.nn`: what holds other modules: `Sequential`, `ModuleList`, `ModuleDict`."""

from __future__ import annotations

from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import method
from core.language.layers.torch.layer import LAYERS, layer
from core.language.layers.torch.module import MODULE, adopt
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import show


def _sequential(here: Locals, span: Span, module: Instance, *values: Any) -> None:
    given = values[0].items() if len(values) == 1 and isinstance(values[0], dict) else enumerate(values)
    for name, one in given:
        _hold(module, str(name), one)


def _hold(module: Instance, name: str, one: Any) -> None:
    module.fields[name] = one
    adopt(module, name, one)


def _inside(module: Instance) -> list[Any]:
    return [one for name, one in module.fields.items() if name != "training" and not name.startswith("<")]


def _one_after_the_other(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    for one in _inside(module):
        x = invoke(here, one, [x], {}, span)
    return x


def _picked(here: Locals, span: Span, module: Instance, key: Any) -> Any:
    held, place = _inside(module), key if isinstance(key, slice) else whole(key)
    if isinstance(place, slice):
        made = Instance(module.of)
        made.fields["training"] = module.fields["training"]
        for number, one in enumerate(held[place]):
            _hold(made, str(number), one)
        return made
    if not isinstance(place, int) or not -len(held) <= place < len(held):
        raise Refusal(
            say("language.no-such-layer", "There are the layers 0 to {last}, not {key}.", last=len(held) - 1,
                key=show(key)), "", "IndexError",
        )  # fmt: skip
    return held[place]


def _append(module: Instance, one: Any) -> Instance:
    _hold(module, str(len(_inside(module))), one)
    return module


def _extend(here: Locals, span: Span, module: Instance, many: Any) -> Instance:
    for one in iterate(here, many, span):
        _append(module, one)
    return module


HOLDING = {
    "__len__": method("len", lambda module: len(_inside(module)), alone=True),
    "__getitem__": method("item", _picked, "key"),
    "__iter__": method("iter", lambda module: _inside(module), alone=True),
    "append": method("append", _append, "module:one", alone=True),
    "extend": method("extend", _extend, "modules:many"),
}
layer("Sequential", "*values", _sequential, _one_after_the_other, more=HOLDING)


def _list(here: Locals, span: Span, module: Instance, many: Any = ()) -> None:
    for one in iterate(here, many, span):
        _append(module, one)


def _dictionary(here: Locals, span: Span, module: Instance, many: Any = None) -> None:
    for name, one in (many or {}).items():
        _hold(module, str(name), one)


def _pairs(module: Instance) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in module.fields.items() if name != "training" and not name.startswith("<")]


MODULE_LIST = layer("ModuleList", "modules:many", _list, MODULE.names["forward"].call, "*values", HOLDING)
LAYERS["torch.nn.ParameterList"] = MODULE_LIST
layer("ModuleDict", "modules:many", _dictionary, MODULE.names["forward"].call, "*values", {
    "__getitem__": method("item", lambda module, key: module.fields[key], "key", True),
    "__len__": HOLDING["__len__"],
    "keys": method("keys", lambda module: [name for name, _ in _pairs(module)], "", True),
    "values": method("values", _inside, "", True),
    "items": method("items", _pairs, "", True),
})  # fmt: skip
