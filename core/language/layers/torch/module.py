"""`torch.nn.Module`: an object whose attributes may be parameters and other modules, found in the order of PyTorch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf, require
from core.language.layers.classes import ANYTHING, class_of, grouped, is_made_of, method
from core.language.layers.torch.parameter import Parameter
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import ON_SET, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import kind_of, show
from core.tensor import Tensor

BUFFERS, CALLED, PRINTED = "<buffers>", "<called>", "<printed>"  # kept beside the attributes: no text can name them
HOOKS = (
    "register_forward_hook", "register_backward_hook", "register_full_backward_hook", "register_forward_pre_hook",
)  # fmt: skip


def is_module(value: Any) -> bool:
    """Whether a value is a module."""
    return is_made_of(value, MODULE)


def children(module: Instance) -> Iterator[tuple[str, Instance]]:
    """The modules that a module holds, with the names of the attributes."""
    return ((name, one) for name, one in module.fields.items() if is_module(one))


def modules(module: Instance, path: str = "", known: set[int] | None = None) -> Iterator[tuple[str, Instance]]:
    """The module itself and all inside, each once, with their paths."""
    known = set() if known is None else known
    if id(module) in known:
        return
    known.add(id(module))
    yield path, module
    for name, one in children(module):
        yield from modules(one, f"{path}.{name}" if path else name, known)


def parameters(module: Instance) -> Iterator[tuple[str, Any]]:
    """All parameters with their paths, each once."""
    return _held(module, lambda one, name: isinstance(one.fields[name], Parameter))


def buffers(module: Instance) -> Iterator[tuple[str, Any]]:
    """What a module keeps and does not train, with its path."""
    return _held(module, lambda one, name: name in one.fields.get(BUFFERS, ()))


def _held(module: Instance, wanted: Any) -> Iterator[tuple[str, Any]]:
    known: set[int] = set()
    for path, one in modules(module):
        for name, value in one.fields.items():
            if wanted(one, name) and id(value) not in known:
                known.add(id(value))
                yield (f"{path}.{name}" if path else name), value


# -- the methods -----------------------------------------------------------------------------------------------------


def initialise(module: Instance, *values: Any, **named: Any) -> None:
    """`super().__init__()`."""
    module.fields["training"] = True


def call(here: Locals, span: Span, module: Instance, *values: Any, **named: Any) -> Any:
    """`module(x)`: its `forward`, whose entries are a group under the layer's name."""
    return grouped(here, span, module, group_name(module), "forward", list(values), named)


def group_name(module: Instance) -> str:
    """What the group of a call is called: the attribute under which the layer is held, or its class."""
    return module.fields.get(CALLED) or module.of.name


def missing_forward(here: Locals, span: Span, module: Instance, *values: Any, **named: Any) -> Any:
    raise here.fail(
        say("language.module-without-forward", "The module `{name}` has no method `forward`.", name=module.of.name),
        span,
        say("language.give-class-forward", "Give its class a method `forward`."),
        python="NotImplementedError",
    )


def _train(module: Instance, mode: Any = True) -> Instance:
    for _, one in modules(module):
        one.fields["training"] = bool(mode)
    return module


def _requires(module: Instance, wanted: Any = True) -> Instance:
    for _, one in parameters(module):
        require(one, bool(wanted))
    return module


def _zero(module: Instance, set_to_none: Any = True) -> None:
    for _, one in parameters(module):
        one.grad = None


def _state(module: Instance) -> dict[str, Any]:
    """The values of parameters and buffers by their paths, in the order of the modules."""
    found: dict[str, Any] = {}
    for path, one in modules(module):
        kept = one.fields.get(BUFFERS, ())
        held = [name for name, value in one.fields.items() if isinstance(value, Parameter)]
        for name in (*held, *(name for name in one.fields if name in kept)):
            value = one.fields[name]
            found[f"{path}.{name}" if path else name] = f.stop_gradient(value) if isinstance(value, Tensor) else value
    return found


def _load(here: Locals, span: Span, module: Instance, state: Any, strict: Any = True) -> None:
    own = dict((*parameters(module), *buffers(module)))
    unknown = sorted(map(str, set(state) ^ set(own))) if isinstance(state, dict) else []
    if not isinstance(state, dict) or strict and unknown:
        raise Refusal(
            say(
                "language.state-does-not-fit",
                "The names in this state and in the module differ: {names}.",
                names=", ".join(unknown) or kind_of(state),
            ),
            say("language.write-strict-false", "Write strict=False to leave out what differs."),
        )
    for name, value in state.items():
        if isinstance(own.get(name), Leaf):
            own[name].assign(value.primal if isinstance(value, Tensor) else np.asarray(value))


def _apply(here: Locals, span: Span, module: Instance, function: Any) -> Instance:
    """The function called of all modules, the innermost first."""
    for _, one in children(module):
        _apply(here, span, one, function)
    invoke(here, function, [module], {}, span)
    return module


def _register_buffer(module: Instance, name: Any, tensor: Any, persistent: Any = True) -> None:
    module.fields[str(name)] = tensor
    module.fields[BUFFERS] = (*module.fields.get(BUFFERS, ()), str(name))


def _register(module: Instance, name: Any, value: Any) -> None:
    module.fields[str(name)] = value
    adopt(module, str(name), value)


def adopt(owner: Instance, name: str, value: Any) -> None:
    """A module learns the name under which another holds it, first come, first served."""
    if is_module(value) and name.isidentifier():
        value.fields.setdefault(CALLED, name)


def _no_hooks(name: str) -> Any:
    def refuse(module: Instance, *values: Any, **named: Any) -> None:
        raise Refusal(say("language.no-hooks", "`{name}` is not part of this program: hooks do not run here.",
                          name=name))  # fmt: skip

    return refuse


def described(module: Instance, indent: str = "") -> str:
    """A module as PyTorch prints it."""
    own = module.fields.get(PRINTED, "")
    parts = [(name, described(one, indent + "  ")) for name, one in children(module)]
    lines = _alike(parts) if module.of.name == "ModuleList" else [f"({name}): {text}" for name, text in parts]
    if not lines:
        return f"{module.of.name}({own if isinstance(own, str) else show(own)})"
    inside = "".join(f"\n{indent}  {line}" for line in lines)
    return f"{module.of.name}({inside}\n{indent})"


def _alike(parts: list[tuple[str, str]]) -> list[str]:
    """Neighbours of one text on one line, as PyTorch prints a list of modules."""
    lines = []
    for text, group in groupby(parts, key=lambda part: part[1]):
        names = [name for name, _ in group]
        lines.append(f"({names[0]}): {text}" if len(names) == 1 else
                     f"({names[0]}-{names[-1]}): {len(names)} x {text}")  # fmt: skip
    return lines


MODULE = class_of("Module", (), {})  # its methods speak of it, so they come afterwards
MODULE.guarded = True
MODULE.names.update({
    ON_SET: adopt,
    "__init__": method("torch.nn.Module", initialise, " ".join(ANYTHING), alone=True),
    "__call__": method("module", call, " ".join(ANYTHING)),
    "__repr__": method("repr", described, alone=True),
    "forward": method("forward", missing_forward, " ".join(ANYTHING)),
    "parameters": method("parameters", lambda one, recurse=True: [x for _, x in parameters(one)], "recurse!", True),
    "named_parameters": method("named_parameters", lambda one: list(parameters(one)), "prefix! recurse!", True),
    "buffers": method("buffers", lambda one: [x for _, x in buffers(one)], "recurse!", True),
    "named_buffers": method("named_buffers", lambda one: list(buffers(one)), "prefix! recurse!", True),
    "modules": method("modules", lambda one: [x for _, x in modules(one)], "", True),
    "named_modules": method("named_modules", lambda one: list(modules(one)), "", True),
    "children": method("children", lambda one: [x for _, x in children(one)], "", True),
    "named_children": method("named_children", lambda one: list(children(one)), "", True),
    "zero_grad": method("zero_grad", _zero, "set_to_none", True),
    "train": method("train", _train, "mode", True),
    "eval": method("eval", lambda one: _train(one, False), "", True),
    "requires_grad_": method("requires_grad_", _requires, "requires_grad:wanted", True),
    "state_dict": method("state_dict", _state, "", True),
    "load_state_dict": method("load_state_dict", _load, "state_dict:state strict"),
    "apply": method("apply", _apply, "fn:function"),
    "register_buffer": method("register_buffer", _register_buffer, "name tensor persistent", True),
    "register_parameter": method("register_parameter", _register, "name param:value", True),
    "add_module": method("add_module", _register, "name module:value", True),
    "to": method("to", lambda one, *_, **__: one, " ".join(ANYTHING), True),
    **{name: method(name, lambda one, *_: one, "device!", True) for name in ("cuda", "cpu")},
    **{name: method(name, lambda one: one, "", True) for name in ("double", "float")},
    **{name: method(name, _no_hooks(name), " ".join(ANYTHING), True) for name in HOOKS},
})  # fmt: skip
