"""Calls that concern tapes, variables and lists, read for what values are computed from.

`tf.GradientTape` and its methods, `assign`, `backward` and `.grad`, `append`. Knows links; runs nothing.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from core.basics.cuts import Reason
from core.language.abstract.domain import Call, Reader
from core.language.abstract.links import Findings, Link, Overwritten, Query, ReadTape, Value, joined, through

CONSTRUCTORS = ("Variable", "Parameter")
ASSIGNING = ("assign", "assign_add", "assign_sub", "copy_", "add_", "sub_", "mul_")
GROWING = ("append", "extend", "insert", "add", "update")


def special(found: Findings, walk: Reader[Value], call: Call[Value]) -> Value | None:
    """What such a call gives; None for all others."""
    name, owner, given = call.name, call.owner, call.given
    if name == "GradientTape":
        return _new_tape(found, call.node)
    if owner is not None and owner.kind == "tape":
        return _of_tape(found, walk, call, owner.content)
    if name in CONSTRUCTORS and given and given[0].sources():
        stored = through(given[:1], call.node, Reason.ASSIGNED, [])
        return replace(stored, source=f"variable@{call.node.lineno}", kind="variable", taped={})
    if owner is not None and owner.kind == "variable" and name in ASSIGNING:
        return _assigned(found, walk, call.node, owner, given)
    if name == "backward" and owner is not None:
        found.backward = owner
        return Value()
    if name in GROWING and isinstance(call.node.func, ast.Attribute) and isinstance(call.node.func.value, ast.Name):
        grown = found.through(call.positional, call.node)
        content = _items(owner, given, name)
        walk.scope.names[call.node.func.value.id] = replace(grown, kind="list", content=content)
        return Value()
    return None


def _items(owner: Value | None, given: list[Value], name: str) -> list[Value]:
    before = owner.content if owner is not None and owner.kind == "list" else []
    return [*before, *given] if name == "append" else []


def _new_tape(found: Findings, node: ast.Call) -> Value:
    flags = {one.arg: getattr(one.value, "value", None) for one in node.keywords}
    persistent = bool(flags.get("persistent") or node.args and getattr(node.args[0], "value", False))
    tape = ReadTape(watches_variables=flags.get("watch_accessed_variables") is not False, persistent=persistent)
    found.tapes.append(tape)
    return Value(kind="tape", content=tape)


def _assigned(found: Findings, walk: Reader[Value], node: ast.Call, owner: Value, given: list[Value]) -> Value:
    """A variable's new value: its former sources are those of the assigned value, cut."""
    cut = through(given, node, Reason.ASSIGNED, [])
    stored = Value({name: link for name, link in cut.links.items() if name != owner.source}, {}, node, owner.source)
    stored = replace(stored, kind="variable")
    for name, value in list(walk.scope.names.items()):
        if value is owner:
            walk.scope.names[name] = stored
            found.overwritten[owner.source] = Overwritten(name, node)
    return stored


# -- gradients -----------------------------------------------------------------------------------------------------


def _of_tape(found: Findings, walk: Reader[Value], call: Call[Value], tape: ReadTape) -> Value:
    if call.name == "watch":
        watched = [one for value in call.given for one in (value.content if value.kind == "list" else [value])]
        tape.watched |= {one.source for one in watched if one.source}
    elif call.name == "stop_recording":
        return Value(kind="pause", content=[tape])
    elif call.name == "reset":
        tape.watched.clear()
    elif call.name in ("gradient", "jacobian", "batch_jacobian"):
        node = call.node
        target = call.given[0] if call.given else call.named.get("target", Value())
        options = {one.arg: one.value for one in node.keywords}
        wanted = node.args[1] if len(node.args) > 1 else options.get("sources") or options.get("source")
        zero = getattr(options.get("unconnected_gradients"), "value", "") == "zero"
        if wanted is not None:
            return _gradients(found, walk, tape, target, wanted, node, zero)
    return Value()


def _gradients(
    found: Findings, walk: Reader[Value], tape: ReadTape, target: Value, wanted: ast.expr, node: ast.AST, zero: bool
) -> Value:
    if isinstance(wanted, ast.List | ast.Tuple):
        items = [_gradients(found, walk, tape, target, one, node, zero) for one in wanted.elts]
        return replace(found.through(items, node), kind="list", content=items)
    source = walk.value(wanted)
    link = _link_of_query(tape, target, source)
    if link is not None and link.flows or zero:
        return found.through([target], node)
    return _missing(found, Query(tape, target, source, ast.unparse(wanted), link, node))


def _missing(found: Findings, query: Query) -> Value:
    """A gradient that is None."""
    found.queries.append(query)
    return Value(kind="none", content=query, node=query.node)


def _link_of_query(tape: ReadTape, target: Value, source: Value) -> Link | None:
    targets = target.content if target.kind == "list" else [target]
    if source.former and source.source not in tape.watched:
        return Link(Reason.REPLACED, source.node)
    if not source.source:
        return Link(Reason.NOT_WATCHED, source.node)
    found = joined(one.link_on(tape, source.source) for one in targets)
    if source.source not in tape.watched and source.kind != "variable" and (found is None or not found.flows):
        cut = joined(one.link(source.source) for one in targets)
        return Link(Reason.NOT_WATCHED, source.node) if cut is None or cut.flows else cut
    return found


def torch_gradient(found: Findings, value: Value, node: ast.Attribute) -> Value:
    """`x.grad` after `y.backward()`: what the target is computed from, or None."""
    if found.backward is None or not value.source:
        return Value(node=node)
    link = found.backward.link(value.source)
    if link is not None and link.flows:
        return found.through([found.backward], node)
    return _missing(found, Query(ReadTape("autograd"), found.backward, value, ast.unparse(node.value), link, node))
