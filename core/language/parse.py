"""From text to a Program: read, checked against the allow-list, with its names resolved."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import chain, count
from typing import Any

from core.basics.errors import ProgramError
from core.basics.lines import with_plain_lines
from core.basics.words import say
from core.language.abstract.first_values import with_guesses
from core.language.interface.first_lines import draws, with_drawn
from core.language.interface.first_values import with_first_values
from core.language.interface.inputs import Input, Interface, find_interface
from core.language.interface.uses import Uses
from core.language.interface.weights import makes_weights, with_weights
from core.language.machine.collector import garbage_kept
from core.language.machine.machine import Machine
from core.language.names import namespaces
from core.language.program import Program
from core.language.reading import check
from core.language.reading.check import IGNORED_MODULES, MODULES
from core.language.reading.flow import check_flow
from core.language.reading.given_at_calls import name_what_is_given
from core.language.reading.passing_over import pass_over, without_magics
from core.language.reading.places import Places
from core.language.reading.read_text import MAX_DEPTH, read, too_nested
from core.language.reading.scopes import Names, analyse
from core.language.reading.walk import Nodes, collect


def parse(text: str) -> Program:
    """The program that a text stands for; raises `ProgramError` with the place of the first thing wrong.

    The program's own text has a newline at the end of each line, whatever this one has there.
    """
    with garbage_kept():
        return _parse(with_plain_lines(text))


def _parse(text: str) -> Program:
    plain, passed_over = without_magics(text)
    tree = read(plain)
    places = Places(text)
    passed_over += pass_over(tree, places)
    leaves = name_what_is_given(tree)
    _name_last_lambda(tree)
    nodes = collect(tree, MAX_DEPTH)
    if nodes is None:
        raise too_nested(None)
    check.check(nodes, places)
    check_flow(tree, nodes, places)
    names = analyse(tree, places)
    aliases = find_aliases(nodes)
    uses = Uses(nodes, names, aliases)
    interface = find_interface(tree, uses, names, places, aliases, leaves)
    check_calls(names, places, interface.inputs)
    check_imports(nodes, places)
    check_paths(names, places, aliases)

    def machine_of(interface: Interface, shows: bool = False) -> Machine:
        return Machine(tree, names, interface, places, aliases, shows)

    if draws(interface):
        interface = with_drawn(interface, tree, machine_of(interface))
    if makes_weights(nodes, aliases):
        interface = with_weights(interface, machine_of(interface))
    interface = replace(interface, inputs=with_first_values(with_guesses(tree, uses, interface)))
    shown = tuple(sorted(passed_over, key=lambda one: (one.span.line, one.span.column)))
    return Program(text, tree, names, interface, aliases, partial(machine_of, interface), shown)


def _name_last_lambda(tree: ast.Module) -> None:
    """A lambda at the end, which nothing can call any more, is the function that is meant: as if written with `def`."""
    match tree.body[-1:]:
        case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as given)]:
            pass
        case [ast.Expr(value=ast.Lambda() as given)]:
            taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            name = next(one for one in chain("fgh", map("f{}".format, count())) if one not in taken)
        case _:
            return
    function = ast.parse(f"def {name}(): return 0").body[0]
    assert isinstance(function, ast.FunctionDef) and isinstance(function.body[0], ast.Return)
    function.args, function.body[0].value = given.args, given.body
    ast.copy_location(function, tree.body[-1])
    ast.copy_location(function.body[0], given.body)
    tree.body[-1] = function


def find_aliases(nodes: Nodes) -> dict[str, str]:
    """What the names of import lines stand for, as canonical paths."""
    aliases: dict[str, str] = {}
    for node in (*nodes[ast.Import], *nodes[ast.ImportFrom]):
        if isinstance(node, ast.Import):
            for one in node.names:
                if one.name in IGNORED_MODULES:
                    aliases[one.asname or one.name.split(".")[0]] = "ignored"
                elif one.asname:
                    aliases[one.asname] = MODULES[one.name]
                else:
                    root = one.name.split(".")[0]
                    aliases[root] = MODULES[root]
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for one in node.names:
                if f"{node.module}.{one.name}" in MODULES:
                    aliases[one.asname or one.name] = MODULES[f"{node.module}.{one.name}"]
                elif one.name != "*":
                    aliases[one.asname or one.name] = f"{MODULES[node.module or '']}.{one.name}"
    return aliases


def check_calls(names: Names, places: Places, inputs: Iterable[Input]) -> None:
    """A free name that is called is an unknown function."""
    free = {one.name for one in inputs}
    for node, _ in names.global_loads:
        called = node.id in check.ONLY_CALLED and node in names.callees
        if node.id in check.FORBIDDEN and node.id not in names.module.bound and not called:
            raise check.forbidden(node.id, places.of(node))
        if node.id in names.module.bound or node.id in namespaces.ROOTS or node not in names.callees:
            continue
        if called or node.id == "super":
            continue
        if node.id in free:
            message = say(
                "language.used-number-called-function",
                "`{id}` is used as a number and called as a function.",
                id=node.id,
            )
            raise ProgramError(
                message, places.of(node), say("language.write-multiply", "Write `{id}*(...)` to multiply.", id=node.id)
            )
        if node.id not in namespaces.BARE:
            known = [*namespaces.BARE, *names.module.bound]
            raise ProgramError(
                say("language.not-known", "`{id}` is not known.", id=node.id),
                places.of(node),
                suggestion(node.id, known),
            )


def check_imports(nodes: Nodes, places: Places) -> None:
    """What is imported from a namespace must be one of ours."""
    for node in nodes[ast.ImportFrom]:
        for one in node.names if node.module in MODULES else ():
            if one.name != "*" and f"{node.module}.{one.name}" not in MODULES:
                namespaces.find(f"{MODULES[node.module]}.{one.name}", places.of(one))


def check_paths(names: Names, places: Places, aliases: dict[str, str]) -> None:
    """A dotted name that starts at a namespace must be one of ours."""
    unknown: list[tuple[Any, str]] = []
    for node, scope in names.attributes:
        if isinstance(node, ast.Name) and node.id not in aliases and node.id not in namespaces.ROOTS:
            continue
        path = namespaces.path_of(node, scope, aliases)
        if path is not None and path not in namespaces.TABLE:
            unknown.append((node, path))
    if unknown:
        node, path = min(unknown, key=lambda pair: (pair[0].lineno, pair[0].col_offset))
        namespaces.find(path, places.of(node))
        raise ProgramError(
            say("language.namespace-not-value", "`{path}` is a namespace, not a value.", path=path),
            places.of(node),
            say("language.write-8", "Write {example}.", example=example_of(path)),
        )


def example_of(path: str) -> str:
    """A function of a namespace, as an example."""
    known = [one for one in namespaces.TABLE if one.startswith(f"{path}.")]
    usual = [f"{path}.{name}" for name in ("sin", "norm", "relu", "normal", "grad")]
    return next((one for one in usual if one in known), min(known))


def is_one_slip_away(typed: str, meant: str) -> bool:
    """Whether two neighbouring letters were exchanged, the slip that a similarity of letters in order misses."""
    return any(typed == meant[:k] + meant[k + 1] + meant[k] + meant[k + 2 :] for k in range(len(meant) - 1))


def suggestion(name: str, known: list[str]) -> str:
    """The nearest known name, as a question."""
    close = difflib.get_close_matches(name, known, 1, 0.76) or difflib.get_close_matches(name.lower(), known, 1, 0.76)
    near = close or [one for one in known if is_one_slip_away(name.lower(), one)][:1]
    return (
        say("language.did-mean", "Did you mean `{near}`?", near=near[0])
        if near
        else say("language.define-def-write-product", "Define it with `def`, or write a product as `a*(...)`.")
    )
