"""How the arguments of a call meet the parameters of a function, by Python's rules. Knows only names and values."""

from __future__ import annotations

import difflib
from typing import Any

from core.basics.words import say, say_many
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, Builtin, Function


def bind(names: dict[str, Any], function: Function, values: list, named: dict[str, Any]) -> None:
    """Give the parameters of a function of the program their values."""
    shape, positional = function.parameters, function.parameters.positional
    names.update(zip(positional, values))
    if len(values) > len(positional) and shape.rest is None:
        raise Refusal(
            _wrong_count(function, len(values)),
            say("language.line-reads", "Its line reads: {signature}.", signature=signature(function)),
        )
    if shape.rest is not None:
        names[shape.rest] = tuple(values[len(positional) :])
    if named:
        _bind_named(names, function, values, named)
    elif shape.rest_named is not None:
        names[shape.rest_named] = {}
    for name in (*positional, *shape.named):
        if name not in names:
            if name not in function.defaults:
                raise Refusal(
                    say(
                        "language.needs-value", "`{name}` needs a value for `{other}`.", name=function.name, other=name
                    ),
                    say("language.line-reads", "Its line reads: {signature}.", signature=signature(function)),
                )
            names[name] = function.defaults[name]


def _bind_named(names: dict[str, Any], function: Function, values: list, named: dict[str, Any]) -> None:
    shape = function.parameters
    open_names = (*shape.positional[shape.positional_only :], *shape.named)
    extra: dict[str, Any] = {}
    for name, value in named.items():
        if name in shape.positional[: len(values)] and name in open_names:
            raise Refusal(
                say("language.gets-twice", "`{name}` gets `{other}` twice.", name=function.name, other=name),
                say("language.line-reads", "Its line reads: {signature}.", signature=signature(function)),
            )
        if name in open_names:
            names[name] = value
        elif shape.rest_named is not None:
            extra[name] = value
        else:
            raise Refusal(
                say("language.no-parameter", "`{name}` has no parameter `{other}`.", name=function.name, other=name),
                say("language.line-reads", "Its line reads: {signature}.", signature=signature(function)),
            )
    if shape.rest_named is not None:
        names[shape.rest_named] = extra


def _wrong_count(function: Function, given: int) -> str:
    wanted = len(function.parameters.positional)
    return say_many(
        "language.takes-arguments",
        "`{name}` takes {count} argument, but {given}.",
        "`{name}` takes {count} arguments, but {given}.",
        wanted,
        name=function.name,
        given=say_many("language.were-given", "{count} was given", "{count} were given", given),
    )


def signature(function: Function) -> str:
    """How the function is called, as text."""
    shape = function.parameters
    parts = [*shape.positional, *([f"*{shape.rest}"] if shape.rest else []), *shape.named]
    parts += [f"**{shape.rest_named}"] if shape.rest_named else []
    return f"{function.name}({', '.join(parts)})"


def bind_builtin(callee: Builtin, values: list, named: dict[str, Any]) -> tuple[list, dict[str, Any]]:
    """The arguments for a function of ours: by the names its namespace uses, handed on by those of its code.

    A signature is a tuple of `name`, `name:its name in our code`, `name!` (accepted, without effect), `*rest`,
    `*` (what follows is given by name only), `**any names`.
    """
    if "." in callee.name and any(
        value.__class__ is range and value[MAX_LENGTH:] for value in (*values, *named.values())
    ):
        raise Refusal(
            say(
                "language.range-more-than-numbers",
                "This range has more than {max_length:,} numbers, too many for an array.",
                max_length=MAX_LENGTH,
            ),
            say("language.use-shorter-one", "Use a shorter one."),
        )
    signature = callee.signature
    if signature and signature[-1].startswith("**"):
        return values, named
    if not signature:
        if named:
            raise Refusal(
                say("language.takes-no-arguments-name", "`{name}` takes no arguments by name.", name=callee.name)
            )
        return values, {}
    rest = next((part for part in signature if part.startswith("*") and part != "*"), None)
    plain = [part for part in signature if not part.startswith("*")]
    wanted = signature.index("*") if "*" in signature else len(plain)
    if len(values) > wanted and rest is None:
        raise Refusal(
            say_many(
                "language.takes-at-most",
                "`{name}` takes at most {count} argument, but {given}.",
                "`{name}` takes at most {count} arguments, but {given}.",
                wanted,
                name=callee.name,
                given=say_many("language.were-given", "{count} was given", "{count} were given", len(values)),
            ),
            say(
                "language.write-arguments",
                "Write {name}({arguments}).",
                name=callee.name,
                arguments=", ".join(public(part) for part in plain),
            ),
        )
    keywords: dict[str, Any] = {}
    arguments = list(values) if rest is not None else _positional(plain, values, keywords)
    for name, value in named.items():
        part = next((part for part in plain if public(part) == name), None)
        if part is None:
            raise Refusal(
                say("language.no-argument", "`{name}` has no argument `{other}`.", name=callee.name, other=name),
                _known(plain, name),
            )
        if rest is None and part in plain[: len(values)]:
            raise Refusal(say("language.gets-twice", "`{name}` gets `{other}` twice.", name=callee.name, other=name))
        if not part.endswith("!"):
            keywords[internal(part)] = value
    return arguments, keywords


def _positional(plain: list[str], values: list, keywords: dict[str, Any]) -> list:
    """Operands stay positional; those whose names differ in our code are handed on by name."""
    arguments: list = []
    for part, value in zip(plain, values):
        if part.endswith("!"):
            continue
        if ":" in part or len(arguments) < plain.index(part):
            keywords[internal(part)] = value
        else:
            arguments.append(value)
    return arguments


def public(part: str) -> str:
    """The name of an argument as programs write it."""
    return part.rstrip("!").split(":")[0].lstrip("*")


def internal(part: str) -> str:
    """The name of an argument in our own code."""
    return part.rstrip("!").split(":")[-1]


def _known(plain: list[str], name: str) -> str:
    known = [public(part) for part in plain if part != "self"]
    near = difflib.get_close_matches(name, known, 1)
    return (
        say("language.did-mean", "Did you mean `{near}`?", near=near[0])
        if near
        else say("language.knows", "It knows: {known}.", known=", ".join(known))
    )
