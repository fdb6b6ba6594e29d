"""Inputs that layers and objects hold: found by running the program until it asks for a gradient.

Each is called by the shortest name of its own, the last part of its path; where two would be called the same, by the
path as the library writes it. What is never read for a gradient is no input.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.language.interface.first_lines import FIRST_LINES, MAX_ELEMENTS
from core.language.interface.inputs import Input, Interface
from core.language.layers.table import LAYERS
from core.language.machine.machine import Machine
from core.language.machine.objects import Class, Instance
from core.language.machine.weights import Birth, Weight
from core.language.reading.walk import Nodes
from core.tensor import Tensor

MAKING = frozenset(("Parameter", "Variable", "add_weight", "requires_grad_"))
LAYER_NAMES = frozenset(path.rpartition(".")[2] for path, one in LAYERS.items() if isinstance(one, Class))
MOST = 200  # weights that become inputs
DEEPEST = 12


def makes_weights(nodes: Nodes, aliases: dict[str, str]) -> bool:
    """Whether objects or layers of the text may hold weights; most texts have neither."""
    called = {node.attr for node in nodes[ast.Attribute]} | {path.rpartition(".")[2] for path in aliases.values()}
    if not called.isdisjoint(LAYER_NAMES):
        return True
    keyword = any(one.arg == "requires_grad" for one in nodes[ast.keyword])
    return bool(nodes[ast.ClassDef]) and (not called.isdisjoint(MAKING) or keyword)


def with_weights(interface: Interface, machine: Machine, budget: Budget = FIRST_LINES) -> Interface:
    """The interface with the weights that the program makes and reads for a gradient."""
    known = {one.name: Tensor(one.default) for one in interface.inputs}
    execution = machine.run_until_asked(known, budget)
    paths = dict(_paths(execution.globals))
    weights = execution.weights
    found = {
        number: _as_its_library_does(one, paths[id(one)])
        for number, (one, birth) in enumerate(weights)
        if birth.first is not None and id(one) in paths and one.size <= MAX_ELEMENTS
    }
    if not found or len(found) > MOST:
        return interface
    names = _names(found, {*known, *interface.names} - {""}, set(known))
    made = tuple(_input(names[number], *weights[number]) for number in found)
    return replace(interface, inputs=(*interface.inputs, *made), weights=names)


def _as_its_library_does(weight: Any, path: tuple[str, ...]) -> tuple[str, ...]:
    """The path in the library's own words, where its variables have one."""
    own = getattr(weight, "path", "")
    return (path[0], *own.split("/")[-2:], "/") if own else (*path, ".")


def _input(name: str, weight: Any, birth: Birth) -> Input:
    value = float(birth.first) if not np.ndim(birth.first) else np.array(birth.first, dtype=float)
    kind = "variable" if isinstance(weight, Weight) else "array"
    return Input(name, birth.span, value, kind, bool(weight.trainable), True)


def _names(found: dict[int, tuple[str, ...]], assigned: set[str], inputs: set[str]) -> dict[int, str]:
    """A name for each weight, different from all others; `found` has the paths, and at the end what joins the parts."""
    short = Counter(path[-2] for path in found.values())
    names: dict[int, str] = {}
    taken = set(inputs)
    for number, (*path, joint) in found.items():
        inner = joint.join(path[1:]) or path[-1]
        tries = [path[-1]] if short[path[-1]] == 1 and path[-1] not in assigned else []
        tries += [inner, joint.join(path)]
        names[number] = next((one for one in tries if one not in taken), f"{joint.join(path)}{joint}{number}")
        taken.add(names[number])
    return names


def _paths(names: dict[str, Any]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For each variable that objects hold: the names that lead to it, the first way that is found."""
    seen: set[int] = set()
    for name, value in list(names.items()):
        if isinstance(value, Instance):
            yield from _inside(value, (name,), seen)
    for name, value in list(names.items()):
        if isinstance(value, list | tuple | dict):
            yield from _inside(value, (name,), seen)


def _inside(value: Any, path: tuple[str, ...], seen: set[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    if id(value) in seen or len(path) > DEEPEST:
        return
    if hasattr(value, "birth"):
        seen.add(id(value))
        yield id(value), path
    elif isinstance(value, Instance | list | tuple | dict):
        seen.add(id(value))
        parts = value.fields if isinstance(value, Instance) else value
        items = parts.items() if isinstance(parts, dict) else enumerate(parts)
        for key, part in list(items):
            yield from _inside(part, (*path, str(key)), seen)
