"""`match`: literals, names, sequences, mappings, classes with their attributes, alternatives and guards."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.basics.words import say
from core.language.machine import operators
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import truth
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, attribute
from core.language.machine.values import Builtin, Kind
from core.language.names.builtins import is_kind

Fits = Callable[[Locals, Any], bool]
"""Whether a value has the form of a pattern; gives its names their values on the way."""


def build_match(builder: Builder, node: ast.Match) -> Evaluate:
    """The closure of a whole `match`."""
    subject = builder.expression(node.subject)
    cases = [
        (
            _pattern(builder, case.pattern),
            builder.expression(case.guard) if case.guard is not None else None,
            builder.span(case.guard or case.pattern),
            build_block(builder, case.body),
        )
        for case in node.cases
    ]

    def execute(here: Locals) -> Any:
        value = subject(here)
        for fits, guard, span, block in cases:
            if fits(here, value) and (guard is None or truth(here, guard(here), span)):
                return block(here)
        return None

    return execute


def _pattern(builder: Builder, node: ast.pattern) -> Fits:
    return PATTERNS[type(node)](builder, node)


def _value(builder: Builder, node: ast.MatchValue) -> Fits:
    wanted, equal = builder.expression(node.value), operators.COMPARISONS[ast.Eq]
    span = builder.span(node)
    return lambda here, value: truth(here, equal(value, wanted(here)), span)


def _singleton(builder: Builder, node: ast.MatchSingleton) -> Fits:
    return lambda here, value: value is node.value


def _name(builder: Builder, name: str | None, node: ast.AST) -> Callable[[Locals, Any], None]:
    if name is None:
        return lambda here, value: None
    return build_target(builder, ast.copy_location(ast.Name(name, ast.Store()), node))


def _as(builder: Builder, node: ast.MatchAs) -> Fits:
    inner = _pattern(builder, node.pattern) if node.pattern is not None else None
    assign = _name(builder, node.name, node)

    def fits(here: Locals, value: Any) -> bool:
        if inner is not None and not inner(here, value):
            return False
        assign(here, value)
        return True

    return fits


def _or(builder: Builder, node: ast.MatchOr) -> Fits:
    parts = [_pattern(builder, part) for part in node.patterns]
    return lambda here, value: any(part(here, value) for part in parts)


def _sequence(builder: Builder, node: ast.MatchSequence) -> Fits:
    star = next((place for place, part in enumerate(node.patterns) if isinstance(part, ast.MatchStar)), None)
    parts = [None if isinstance(part, ast.MatchStar) else _pattern(builder, part) for part in node.patterns]
    rest = _name(builder, node.patterns[star].name, node) if star is not None else None  # type: ignore[attr-defined]
    count = len(parts)

    def fits(here: Locals, value: Any) -> bool:
        if not isinstance(value, list | tuple):
            return False
        if rest is None or star is None:
            return len(value) == count and all(part(here, one) for part, one in zip(parts, value) if part is not None)
        after = count - star - 1
        if len(value) < count - 1:
            return False
        ends = [*zip(parts[:star], value), *zip(parts[star + 1 :], value[len(value) - after :])]
        if not all(part(here, one) for part, one in ends if part is not None):
            return False
        rest(here, list(value[star : len(value) - after]))
        return True

    return fits


def _mapping(builder: Builder, node: ast.MatchMapping) -> Fits:
    parts = [(builder.expression(key), _pattern(builder, part)) for key, part in zip(node.keys, node.patterns)]
    rest = _name(builder, node.rest, node)

    def fits(here: Locals, value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        left = dict(value)
        for key, part in parts:
            wanted = key(here)
            if wanted not in left or not part(here, left.pop(wanted)):
                return False
        rest(here, left)
        return True

    return fits


def _class(builder: Builder, node: ast.MatchClass) -> Fits:
    kind, span = builder.expression(node.cls), builder.span(node)
    places = [_pattern(builder, part) for part in node.patterns]
    named = [(name, _pattern(builder, part)) for name, part in zip(node.kwd_attrs, node.kwd_patterns)]

    def fits(here: Locals, value: Any) -> bool:
        wanted = kind(here)
        if isinstance(wanted, Builtin | Kind) and (named or len(places) > 1):
            raise here.fail(
                say("language.pattern-of-plain-kind", "A pattern of `{name}` takes one part and no names.",
                    name=wanted.name),
                span,
                say("language.pattern-with-if", "Test the rest behind the pattern: case float() if x > 0."),
                python="TypeError",
            )
        if isinstance(wanted, Builtin | Kind):
            return is_kind(value, wanted) and all(part(here, value) for part in places)
        names = wanted.names.get("__match_args__", wanted.made_of) if isinstance(wanted, Class) else ()
        if not isinstance(wanted, Class) or len(places) > len(names):
            raise here.fail(
                say("language.pattern-names-attributes", "This pattern does not fit its class."),
                span,
                say("language.write-pattern-names", "Name the attributes: Point(x=0, y=y)."),
                python="TypeError",
            )
        if not isinstance(value, Instance) or wanted not in value.of.order:
            return False
        for name, part in (*zip(names, places), *named):
            held = attribute(here, value, name, span)
            if held is MISSING or not part(here, held):
                return False
        return True

    return fits


PATTERNS: dict[type[ast.AST], Callable[[Builder, Any], Fits]] = {
    ast.MatchValue: _value, ast.MatchSingleton: _singleton, ast.MatchAs: _as, ast.MatchOr: _or,
    ast.MatchSequence: _sequence, ast.MatchMapping: _mapping, ast.MatchClass: _class,
}  # fmt: skip
