"""What is being differentiated: which names of a program are inputs, and what its output is.

Free names are inputs; so are names that the top level gives a number (or a list of numbers) once and never changes;
so are the parameters of the last function when nothing calls it. Works on the syntax tree alone.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.basics.span import Span
from core.language.interface.by_hand import ByHand, derivatives_by_hand, output_before
from core.language.interface.random_inputs import DRAWN, Drawn
from core.language.interface.uses import Uses
from core.language.names.namespaces import BARE, ROOTS
from core.language.reading.places import Places
from core.language.reading.scopes import Names
from core.language.reading.walk import below

VARIABLES = ("tf.Variable",)
CONSTANTS = {
    "tf.constant": False,
    "tf.convert_to_tensor": False,
    "np.array": True,
    "jnp.array": True,
    "np.asarray": True,
    "jnp.asarray": True,
    "torch.tensor": False,
    "np.float64": True,
    "np.float32": True,
}


@dataclass(frozen=True)
class Input:
    """A value the user may change; `kind` says where it comes from: free, parameter, literal, array, data or variable.

    `watched` says whether it is differentiated at first; `given` whether the text gives the default; `counts` whether
    it only counts or picks elements, so that there is nothing to differentiate.
    """

    name: str
    span: Span
    default: Any = 1.0
    kind: str = "free"
    watched: bool = True
    given: bool = False
    counts: bool = False


@dataclass(frozen=True)
class Interface:
    """What goes into a program and what comes out.

    `sources` maps targets of assignments to the inputs whose values stand there for what is assigned; the parameters
    of `main_function` are inputs, and its value is the output; `names` are those that the program assigns. `weights`
    are the inputs that stand for what layers and objects hold, by the order in which those are made.
    """

    inputs: tuple[Input, ...]
    sources: Mapping[ast.AST, str]
    main_function: ast.FunctionDef | None
    output: str
    names: tuple[str, ...]
    by_hand: tuple[ByHand, ...] = ()
    weights: Mapping[int, str] = field(default_factory=dict)


def find_interface(
    tree: ast.Module,
    uses: Uses,
    names: Names,
    places: Places,
    aliases: dict[str, str],
    leaves: Collection[ast.AST] = (),
) -> Interface:
    """The inputs and the output of a program; `leaves` are targets of numbers that objects of the same name hold."""
    main = _main_function(tree, names)
    inputs = [] if main is None else _parameters(main, places, uses.whole)
    inputs += _free(uses, places, inputs)
    literals = _literals(tree, uses, names, places, aliases, leaves)
    steady = [one for one in literals if one.steady]
    chosen = steady or ([] if inputs else [one for one in literals if one.fractional])
    by_hand = [] if main is not None else derivatives_by_hand(tree, [one.name for one in inputs] + [
        one.input.name for one in chosen
    ])  # fmt: skip
    hand = {one.name for one in by_hand}
    chosen = [one for one in chosen if one.input.name not in hand]
    inputs += [one.input for one in chosen]
    output = _output(tree, main)
    if output in hand and not _is_expression(tree.body[-1]):
        output = output_before(tree, by_hand) or output
    assigned = (
        name
        for name, node, scope in names.stores
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom) and scope.kind != "class"
    )
    return Interface(
        inputs=tuple(sorted(inputs, key=_in_order)),
        sources={one.target: one.input.name for one in chosen},
        main_function=main,
        output=output,
        by_hand=tuple(by_hand),
        names=tuple(dict.fromkeys(assigned)),
    )


def _is_expression(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and not is_print(node)


def _in_order(one: Input) -> tuple[bool, tuple[int, ...]]:
    """Parameters first, then the others in the order of the text."""
    return one.kind != "parameter", one.span if one.kind != "parameter" else (0, 0)


def _main_function(tree: ast.Module, names: Names) -> ast.FunctionDef | None:
    """The function whose parameters are inputs: the last one, when nothing outside it uses it."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    working = [node for node in tree.body if not _is_declaration(node)]
    if not functions or any(_computes(node) for node in working):
        return None
    for node in reversed(functions):
        inside = {id(part) for part in below(node)}
        if not any(load.id == node.name and id(load) not in inside for load, _ in names.loads):
            return node
    return functions[-1]


def _is_declaration(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _computes(node: ast.stmt) -> bool:
    """Whether a statement of the top level does more than giving a name a literal."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return literal(node.value) is None and not isinstance(node.value, ast.Lambda)
    return True


def _output(tree: ast.Module, main: ast.FunctionDef | None) -> str:
    """The name of the output: the last assigned one, or nothing for an expression."""
    body = main.body if main is not None else tree.body
    if main is not None:
        last = body[-1]
        if isinstance(last, ast.Return) and isinstance(last.value, ast.Name):
            return last.value.id
        return ""
    for node in reversed(body):
        name = _assigned(node)
        if isinstance(node, ast.Expr) and not is_print(node) and not isinstance(node.value, ast.Constant):
            return node.value.id if isinstance(node.value, ast.Name) else ""
        if name:
            return name
    return ""


def is_print(node: ast.stmt) -> bool:
    """Whether the statement is a call of print, which gives no value."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _assigned(node: ast.stmt) -> str:
    """The name a statement assigns last, also inside its blocks."""
    if isinstance(node, ast.Assign):
        target = node.targets[-1]
        while isinstance(target, ast.Tuple | ast.List) and target.elts:
            target = target.elts[-1]
        return target.id if isinstance(target, ast.Name) else ""
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return node.target.id if isinstance(node.target, ast.Name) else ""
    if isinstance(node, ast.For | ast.While | ast.With | ast.If | ast.Try):
        return next((name for part in reversed(node.body) if (name := _assigned(part))), "")
    return ""


def _parameters(main: ast.FunctionDef, places: Places, whole: set[str]) -> list[Input]:
    """The main function's parameters with their defaults; those with a default that must be whole stay as they are."""
    arguments = main.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    found = []
    for part, default in [*zip(positional, defaults), *zip(arguments.kwonlyargs, arguments.kw_defaults)]:
        value = None if default is None else literal(default)
        if default is not None and (value is None or (isinstance(value, int) and part.arg in whole)):
            continue
        found.append(
            Input(
                part.arg,
                places.of(part),
                1.0 if value is None else as_default(value),
                "parameter",
                given=value is not None,
            )
        )
    return found


def _free(uses: Uses, places: Places, known: list[Input]) -> list[Input]:
    """The names that are read but never given a value, and are not ours."""
    names = uses.names
    taken = names.module.bound | {one.name for one in known}
    found: dict[str, Input] = {}
    for node, _ in names.global_loads:
        name = node.id
        if name in taken or name in found or node in names.callees or name in ROOTS:
            continue
        if name in BARE and not _plainly_a_number(name, uses):
            taken.add(name)
            continue
        found[name] = Input(name, places.of(node))
    return list(found.values())


def _plainly_a_number(name: str, uses: Uses) -> bool:
    """A name such as `mean` that is one of ours, but is only computed with and never called, means a number."""
    if name in ("pi", "nan", "inf", "tau") or name in ROOTS:
        return False
    nodes = [node for node, _ in uses.names.global_loads if node.id == name]
    return all(node in uses.operands and node not in uses.names.callees for node in nodes)


@dataclass
class _Literal:
    input: Input
    target: ast.AST
    steady: bool
    fractional: bool


def _literals(
    tree: ast.Module,
    uses: Uses,
    names: Names,
    places: Places,
    aliases: dict[str, str],
    leaves: Collection[ast.AST],
) -> list[_Literal]:
    """The names that the top level gives a literal, in the order of the text."""
    counts: dict[str, int] = {}
    for name, _, scope in names.stores:
        if scope is names.module:
            counts[name] = counts.get(name, 0) + 1
    seen: set[str] = set()
    found: list[_Literal] = []
    drawn = Drawn(tree, uses.nodes, uses.whole, aliases, _path)
    for target, value in _top_assignments(tree):
        kind, made, watched = _read_value(value, aliases)
        if made is None and (drawn_kind := drawn.kind(target.id, value, target.id in uses.watched))[0]:
            (kind, watched), made = drawn_kind, DRAWN
        first = target.id not in seen
        seen.add(target.id)
        if target in leaves:
            kind = "array" if isinstance(made, list) else kind
        elif kind == "literal" and isinstance(made, list) and target.id in uses.as_lists:
            continue
        if made is None or not first or target.id in uses.changed or (type(made) is int and target.id in uses.whole):
            continue
        variable = kind == "variable" or drawn.is_leaf(target.id, value)
        watched = watched or target.id in drawn.leaves or target.id in uses.watched
        one = Input(target.id, places.of(target), as_default(made), kind, watched, True)
        steady = counts[target.id] == 1 or variable or target in leaves
        array = made is DRAWN or isinstance(made, list) and kind != "literal"
        fractional = variable or array or isinstance(made, float)
        found.append(_Literal(one, target, steady, fractional))
    return found


def _top_assignments(tree: ast.Module) -> list[tuple[ast.Name, ast.expr]]:
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for node in _carried_out_once(tree.body):
        if isinstance(node, ast.Assign):
            pairs += [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            pairs.append((node.target, node.value))
    spread: list[tuple[ast.expr, ast.expr]] = []
    for target, value in pairs:
        both = isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List)
        if both and len(target.elts) == len(value.elts):  # type: ignore[attr-defined]
            spread += zip(target.elts, value.elts)  # type: ignore[attr-defined]
        else:
            spread.append((target, value))
    return [(target, value) for target, value in spread if isinstance(target, ast.Name)]


def _carried_out_once(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block and of the `with` blocks in it."""
    for node in body:
        yield node
        if isinstance(node, ast.With):
            yield from _carried_out_once(node.body)


def _read_value(node: ast.expr, aliases: dict[str, str]) -> tuple[str, Any, bool]:
    """Kind, value and watch switch of a right-hand side; the value is None when it is not a literal."""
    value = literal(node)
    if value is not None:
        return "literal", value, True
    if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute):
        path = _path(node.func, aliases)
        made = literal(node.args[0])
        options = {item.arg: item.value for item in node.keywords}
        if path in VARIABLES:
            return "variable", made, _flag(options.get("trainable"), True)
        if path in CONSTANTS:
            return "array", made, _flag(options.get("requires_grad"), CONSTANTS[path])
    return "", None, True


def _flag(node: ast.expr | None, default: bool) -> bool:
    return bool(node.value) if isinstance(node, ast.Constant) else default


def _path(node: ast.expr, aliases: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    root = node.id if isinstance(node, ast.Name) else ""
    return ".".join((aliases.get(root) or ROOTS.get(root, root), *reversed(parts)))


def literal(node: ast.expr) -> Any:
    """The number or nested list of numbers that an expression spells out, None if it is anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = literal(node.operand)
        if type(value) not in (int, float):
            return None
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        items = [literal(item) for item in node.elts]
        return None if any(item is None for item in items) or not _even(items) else items
    return None


def _even(items: list) -> bool:
    """Whether nested lists make an array: all of one length, at each level."""
    lengths = {len(item) if isinstance(item, list) else -1 for item in items}
    return len(lengths) == 1 and (not isinstance(items[0], list) or _even([part for item in items for part in item]))


def as_default(value: Any) -> Any:
    """A literal as an input's value: a float or an array."""
    if value is DRAWN:
        return value
    if isinstance(value, list):
        return np.array(value, dtype=float)
    try:
        return float(value)
    except OverflowError:
        return float("inf")
