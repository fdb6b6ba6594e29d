"""`getattr`, `hasattr`, `setattr` with a name that a text computes: only what may stand after a dot."""

from __future__ import annotations

import ast
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.exceptions import exception_of
from core.language.machine.locals import Locals
from core.language.machine.values import kind_of
from core.language.names.methods import attribute_of, set_attribute
from core.language.reading.class_names import is_pythons_own

REFLECTING = {"getattr": (2, 3), "hasattr": (2, 2), "setattr": (3, 3)}


def build_reflection(builder: Builder, node: ast.Call, name: str) -> Evaluate:
    """The closure of a call of one of the three."""
    starred = any(isinstance(one, ast.Starred) for one in node.args)
    parts, span = [] if starred else [builder.expression(one) for one in node.args], builder.span(node)
    least, most = REFLECTING[name]

    def checked(here: Locals) -> list[Any]:
        values = [part(here) for part in parts]
        if node.keywords or not least <= len(values) <= most:
            raise here.fail(
                say("language.reflection-arguments", "`{name}` takes an object and a name.", name=name), span
            )
        if not isinstance(values[1], str):
            raise here.fail(
                say("language.attribute-name-string", "The name of an attribute is a string, not {kind}.",
                    kind=kind_of(values[1])),
                span,
                python="TypeError",
            )  # fmt: skip
        if is_pythons_own(values[1]) or values[1].startswith("<"):
            raise here.fail(
                say("language.not-part-language-3", "`.{attr}` is not part of this language.", attr=values[1][:40]),
                span,
                say("language.names-begin-belong-to-python", "Names that begin with `__` belong to Python itself."),
            )
        return values

    def get(here: Locals) -> Any:
        values = checked(here)
        try:
            return attribute_of(here, values[0], values[1], span)
        except ProgramError as error:
            if len(values) < 3 or not _is_missing(error):
                raise
            return values[2]

    def has(here: Locals) -> bool:
        values = checked(here)
        try:
            attribute_of(here, values[0], values[1], span)
        except ProgramError as error:
            if not _is_missing(error):
                raise
            return False
        return True

    def put(here: Locals) -> None:
        owner, attribute, value = checked(here)
        set_attribute(here, owner, attribute, value, span)

    return {"getattr": get, "hasattr": has, "setattr": put}[name]


def _is_missing(error: ProgramError) -> bool:
    """Whether an error says that there is no such attribute."""
    thrown = exception_of(error)
    return thrown is not None and thrown.of.name == "AttributeError"
