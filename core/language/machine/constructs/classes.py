"""`class`: its body run with names of its own, which become the attributes of the class."""

from __future__ import annotations

import ast

from core.basics.words import say
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.decorators import build_decorators
from core.language.machine.constructs.targets import build_target
from core.language.machine.locals import Locals
from core.language.machine.objects import Class
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of


def build_class(builder: Builder, node: ast.ClassDef) -> Evaluate:
    """The closure that makes a class and gives it its name."""
    span, name = builder.places.head(node), node.name
    bases = [
        (builder.expression(base), builder.span(base))
        for base in node.bases
        if ast.unparse(base) not in NOTHING
    ]
    decorate = build_decorators(builder, node)
    store = build_target(builder, ast.copy_location(ast.Name(name, ast.Store()), node))
    annotated = _annotated(node)
    outer, builder.scope = builder.scope, builder.names.scopes[node]
    block = build_block(builder, node.body)
    builder.scope = outer

    def execute(here: Locals) -> None:
        found = []
        maker = None
        for base, place in bases:
            value = base(here)
            if value.__class__ is Class:
                found.append(value)
            elif isinstance(value, Builtin) and value.name in MAKERS:
                maker = value
            else:
                raise here.fail(
                    say("language.cannot-be-base", "{kind} cannot be the base of a class.",
                        kind=kind_of(value).capitalize()),
                    place,
                    say("language.use-class-of-program", "Use a class of the program."),
                    python="TypeError",
                )  # fmt: skip
        here.run.spend(1, span, here)
        inner = Locals(here.run, here, here.calls, here.loop, here.sites)
        block(inner)
        inner.pop("__doc__", None)
        try:
            made = Class(name, tuple(found), inner, inner, span)
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint, python="TypeError") from None
        inner.result = made
        inner["__annotated__"] = annotated
        value = made if maker is None else maker.call(here, span, made)
        store(here, decorate(here, value))

    return execute


NOTHING = ("object", "ABC", "abc.ABC")  # bases that add nothing here
MAKERS = ("typing.NamedTuple",)


def _annotated(node: ast.ClassDef) -> tuple[str, ...]:
    """The names that the body of a class declares with a type, as fields of a data class."""
    parts = [part for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)]
    return tuple(part.target.id for part in parts if "ClassVar" not in ast.unparse(part.annotation))  # type: ignore[union-attr]
