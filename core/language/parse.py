"""From text to a Program: read, checked against the allow-list, with its names resolved."""

from __future__ import annotations

import ast
import difflib

from core.errors import ProgramError
from core.language import namespaces
from core.language.check import IGNORED_MODULES, MODULES, check
from core.language.inputs import find_interface
from core.language.places import Places
from core.language.program import Program
from core.language.scopes import Names, analyse
from core.language.shapes import with_guesses
from core.language.text import read


def parse(text: str) -> Program:
    """The program that a text stands for; raises `ProgramError` with the place of the first thing wrong."""
    tree = read(text)
    places = Places(text)
    check(tree, places)
    names = analyse(tree, places)
    aliases = find_aliases(tree)
    interface = find_interface(tree, names, places, aliases)
    check_calls(names, places, aliases, interface.inputs)
    interface.inputs = with_guesses(tree, interface.inputs, interface.entry)
    program = Program(text, tree, names, interface, aliases)
    program.machine  # noqa: B018 - building finds unknown names of the namespaces
    return program


def find_aliases(tree: ast.Module) -> dict[str, str]:
    """What the names of import lines stand for, as canonical paths."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
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
                if one.name != "*":
                    aliases[one.asname or one.name] = f"{MODULES[node.module or '']}.{one.name}"
    return aliases


def check_calls(names: Names, places: Places, aliases: dict[str, str], inputs: list) -> None:
    """A free name that is called is an unknown function."""
    free = {one.name for one in inputs}
    for node, scope in names.global_loads():
        if node.id in names.module.bound or node not in names.callees:
            continue
        if node.id in free:
            message = f"`{node.id}` is used as a number and called as a function."
            raise ProgramError(message, places.of(node), f"Write `{node.id}*(...)` to multiply.")
        if node.id in namespaces.ROOTS:
            raise ProgramError(
                f"`{node.id}` is a namespace and cannot be called.", places.of(node), f"Write {node.id}.sin(x)."
            )
        if node.id not in namespaces.BARE:
            known = [*namespaces.BARE, *names.module.bound]
            raise ProgramError(f"`{node.id}` is not known.", places.of(node), suggestion(node.id, known))


def suggestion(name: str, known: list[str]) -> str:
    """The nearest known name, as a question."""
    near = difflib.get_close_matches(name, known, 1, 0.6) or difflib.get_close_matches(name.lower(), known, 1, 0.6)
    return f"Did you mean `{near[0]}`?" if near else "Define it with `def`, or write a product as `a*(...)`."
