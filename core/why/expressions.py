"""What each kind of expression is computed from: operators, calls, methods, and the calls that concern tapes."""

import ast
from dataclasses import replace
from typing import Any

from core.basics.cuts import Reason
from core.why.cuts import cut_of_call, cut_of_node
from core.why.reading import Overwritten, Query, Reading, Scope
from core.why.values import Link, ReadTape, Value, joined, merged, through

CONSTRUCTORS = ("Variable", "Parameter")
ASSIGNING = ("assign", "assign_add", "assign_sub", "copy_", "add_", "sub_", "mul_")
CHOOSING = ("max", "min", "sorted", "next", "pop")
GROWING = ("append", "extend", "insert", "add", "update")


def read(reading: Reading, node: ast.AST) -> Value:
    """What the expression is computed from."""
    match node:
        case ast.Constant():
            return Value(node=node)
        case ast.Name(id=name):
            return reading.scope.find(name) or Value(node=node)
        case ast.BinOp():
            return _chain(reading, node)
        case ast.Call():
            return _call(reading, node)
        case ast.Lambda():
            return Value(kind="function", content=(node, reading.scope))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _choice(reading, test, [body, orelse])
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            items = [reading.expression(part) for part in parts]
            return replace(through(items, node, None, reading.tapes), kind="list", content=items)
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
            return _comprehension(reading, node)
        case ast.Subscript(value=owner, slice=index):
            return _item(reading, node, owner, index)
        case ast.Attribute(value=owner, attr="grad"):
            return _torch_gradient(reading, reading.expression(owner), owner, node)
        case ast.NamedExpr(target=target, value=value):
            found = reading.expression(value)
            reading.bind(target, found, node)
            return found
    operands = [reading.expression(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    return through(operands, node, cut_of_node(node), reading.tapes)


def _chain(reading: Reading, node: ast.BinOp) -> Value:
    """Operators from left to right, however long the chain is."""
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    value = reading.expression(chain[-1].left)
    for part in reversed(chain):
        value = through([value, reading.expression(part.right)], part, cut_of_node(part), reading.tapes)
    return value


def _choice(reading: Reading, test: ast.expr, branches: list[ast.expr]) -> Value:
    reading.deciding.append(reading.expression(test))
    values = [reading.decided(reading.expression(one)) for one in branches if reading.entered(one)]
    reading.deciding.pop()
    return merged(values) if values else Value()


def _comprehension(reading: Reading, node: Any) -> Value:
    outer, reading.scope = reading.scope, Scope({}, reading.scope)
    for part in node.generators:
        reading.bind(part.target, reading.expression(part.iter), node)
    value = through([reading.expression(node.elt)], node, None, reading.tapes)
    reading.scope = outer
    return value


def _item(reading: Reading, node: ast.Subscript, owner: ast.expr, index: ast.expr) -> Value:
    value = reading.expression(owner)
    match index:
        case ast.Constant(value=int(place)) if value.kind == "list" and abs(place) < len(value.content):
            return value.content[place]
    where = through([reading.expression(index)], node, Reason.INTEGER, [])
    item = through([value, where], node, None, reading.tapes)
    if value.kind == "list":
        reading.choices.append(item)
    return item


# -- calls ---------------------------------------------------------------------------------------------------------


def _call(reading: Reading, node: ast.Call) -> Value:
    callee = node.func
    name = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
    owner = reading.expression(callee.value) if isinstance(callee, ast.Attribute) else None
    given = [reading.expression(one.value if isinstance(one, ast.Starred) else one) for one in node.args]
    named = {one.arg or "": reading.expression(one.value) for one in node.keywords}
    special = _special(reading, node, name, owner, given, named)
    if special is not None:
        return special
    function = reading.scope.find(name) if owner is None else None
    if function is not None and function.kind == "function":
        return reading.call(function, given, named, node)
    return _builtin(reading, node, name, ([owner] if owner is not None else []) + given + list(named.values()))


def _builtin(reading: Reading, node: ast.Call, name: str, operands: list[Value]) -> Value:
    """A function of ours, or of the program when it was handed to one of ours."""
    plain = [one for one in operands if one.kind != "function"]
    if not isinstance(node.func, ast.Name | ast.Attribute):  # grad(f)(x): as f(x)
        made = reading.expression(node.func)
        if made.kind == "function":
            return reading.call(made, plain, {}, node)
        return through(plain, node, None, reading.tapes)
    functions = [one for one in operands if one.kind == "function"]
    if functions and not plain:
        return functions[0]
    if functions:
        plain = [reading.call(functions[0], plain, {}, node)]
    value = through(plain, node, cut_of_call(name, node), reading.tapes)
    if name in CHOOSING:
        reading.choices.append(value)
    return value


def _special(
    reading: Reading, node: ast.Call, name: str, owner: Value | None, given: list[Value], named: dict[str, Value]
) -> Value | None:
    """Calls that concern tapes, variables and lists; None for all others."""
    if name == "GradientTape":
        return _new_tape(reading, node)
    if owner is not None and owner.kind == "tape":
        return _of_tape(reading, node, name, owner.content, given, named)
    if name in CONSTRUCTORS and given and given[0].sources():
        stored = through(given[:1], node, Reason.ASSIGNED, [])
        return replace(stored, source=f"variable@{node.lineno}", kind="variable", taped={})
    if owner is not None and owner.kind == "variable" and name in ASSIGNING:
        return _assigned(reading, node, owner, given)
    if name == "backward" and owner is not None:
        reading.backward = owner
        return Value()
    if name in GROWING and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        grown = through([*([owner] if owner else []), *given], node, None, reading.tapes)
        reading.scope.names[node.func.value.id] = replace(grown, kind="list", content=_items(owner, given, name))
        return Value()
    return None


def _items(owner: Value | None, given: list[Value], name: str) -> list[Value]:
    before = owner.content if owner is not None and owner.kind == "list" else []
    return [*before, *given] if name == "append" else []


def _new_tape(reading: Reading, node: ast.Call) -> Value:
    flags = {one.arg: getattr(one.value, "value", None) for one in node.keywords}
    persistent = bool(flags.get("persistent") or node.args and getattr(node.args[0], "value", False))
    tape = ReadTape(watches_variables=flags.get("watch_accessed_variables") is not False, persistent=persistent)
    reading.tapes.append(tape)
    return Value(kind="tape", content=tape)


def _assigned(reading: Reading, node: ast.Call, owner: Value, given: list[Value]) -> Value:
    """A variable's new value: its former sources are those of the assigned value, cut."""
    cut = through(given, node, Reason.ASSIGNED, [])
    stored = Value({name: link for name, link in cut.links.items() if name != owner.source}, {}, node, owner.source)
    stored = replace(stored, kind="variable")
    for name, value in list(reading.scope.names.items()):
        if value is owner:
            reading.scope.names[name] = stored
            reading.overwritten[owner.source] = Overwritten(name, node)
    return stored


def _of_tape(
    reading: Reading, node: ast.Call, name: str, tape: ReadTape, given: list[Value], named: dict[str, Value]
) -> Value:
    if name == "watch":
        watched = [one for value in given for one in (value.content if value.kind == "list" else [value])]
        tape.watched |= {one.source for one in watched if one.source}
        return Value()
    if name == "stop_recording":
        return Value(kind="pause", content=[tape])
    if name == "reset":
        tape.watched.clear()
        return Value()
    if name in ("gradient", "jacobian", "batch_jacobian"):
        target = given[0] if given else named.get("target", Value())
        options = {one.arg: one.value for one in node.keywords}
        wanted = node.args[1] if len(node.args) > 1 else options.get("sources") or options.get("source")
        zero = getattr(options.get("unconnected_gradients"), "value", "") == "zero"
        return _gradients(reading, tape, target, wanted, node, zero) if wanted is not None else Value()
    return Value()


def _gradients(reading: Reading, tape: ReadTape, target: Value, wanted: ast.expr, node: ast.AST, zero: bool) -> Value:
    if isinstance(wanted, ast.List | ast.Tuple):
        items = [_gradients(reading, tape, target, one, node, zero) for one in wanted.elts]
        return replace(through(items, node, None, reading.tapes), kind="list", content=items)
    source = reading.expression(wanted)
    link = _link_of_query(tape, target, source)
    query = Query(tape, target, source, ast.unparse(wanted), link, node)
    if link is not None and link.flows or zero:
        return through([target], node, None, reading.tapes)
    reading.queries.append(query)
    return Value(kind="none", content=query, node=node)


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


def _torch_gradient(reading: Reading, value: Value, owner: ast.expr, node: ast.AST) -> Value:
    """`x.grad` after `y.backward()`: what the target is computed from, or None."""
    if reading.backward is None or not value.source:
        return Value(node=node)
    link = reading.backward.link(value.source)
    if link is not None and link.flows:
        return through([reading.backward], node, None, reading.tapes)
    query = Query(ReadTape("autograd"), reading.backward, value, ast.unparse(owner), link, node)
    reading.queries.append(query)
    return Value(kind="none", content=query, node=node)
