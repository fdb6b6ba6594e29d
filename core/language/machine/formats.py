"""Formats of numbers and strings: f-strings, `"...".format(...)` and `"..." % values`, within limits.

No format can ask for an attribute, for an item or for a gigabyte. Knows nothing of syntax or of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import numpy as np

from core.basics.words import say, say_many
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, kind_of, show
from core.tensor import Tensor

SPECIFICATION = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?(\d{0,3})[,_]?(?:\.(\d{1,2}))?[bdeEfFgGnosxX%]?\Z", re.DOTALL)
CONVERSION = re.compile(r"%(?:\((\w*)\))?([-+ #0]*)(\d{0,3})(?:\.(\d{0,2}))?[hlL]?(.)", re.DOTALL)
EXAMPLE = say("language.write-example", "Write for example {{x:.3f}} or {{x:>8.2e}}.")
PERCENT_HINT = say("language.write-example-3f-x", 'Write for example "%.3f" % x, or the f-string f"{{x:.3f}}".')


def formatted(value: Any, specification: str) -> str:
    """`format(value, specification)` for numbers and strings."""
    if not specification:
        return show(value)
    if SPECIFICATION.match(specification) is None:
        raise Refusal(
            say(
                "language.format-not-known",
                "The format `{specification}` is not known.",
                specification=specification[:20],
            ),
            EXAMPLE,
        )
    plain = _plain(value)
    if not isinstance(plain, int | float | str | np.number):
        raise Refusal(
            say(
                "language.cannot-formatted",
                "{kind} cannot be formatted by `{specification}`.",
                kind=kind_of(value).capitalize(),
                specification=specification,
            ),
            say("language.format-one-number-time", "Format one number at a time."),
        )
    try:
        return format(plain, specification)
    except (ValueError, TypeError, OverflowError):
        raise Refusal(
            say(
                "language.format-not-fit",
                "The format `{specification}` does not fit {kind}.",
                specification=specification,
                kind=kind_of(value),
            ),
            EXAMPLE,
        ) from None


def _plain(value: Any) -> Any:
    """The number in a tensor or array that holds one, anything else as it is."""
    plain = value.primal if isinstance(value, Tensor) else value
    return plain.item() if isinstance(plain, np.ndarray) and plain.size == 1 else plain


def joined(parts: Iterator[str]) -> str:
    """The parts as one string, as long as it does not grow too long."""
    texts, length = [], 0
    for text in parts:
        length += len(text)
        if length > MAX_LENGTH:
            raise Refusal(
                say("language.string-would-too-long", "This string would be too long."),
                say("language.use-smaller-one", "Use a smaller one."),
            )
        texts.append(text)
    return "".join(texts)


# -- "...".format(...) -----------------------------------------------------------------------------------------------


def filled(text: str, /, *values: Any, **named: Any) -> str:
    """`text.format(*values, **named)`."""
    return joined(_fill(text, values, named, iter(range(len(values)))))


def _fill(text: str, values: tuple, named: dict[str, Any], places: Iterator[int]) -> Iterator[str]:
    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        raise Refusal(
            say("language.braces-string-not-match", "The braces of this string do not match."),
            say("language.write-braces-themselves", "Write {{{{ and }}}} for braces themselves."),
        ) from None
    for literal, name, specification, conversion in fields:
        yield literal
        if name is None:
            continue
        value = _field(name, values, named, places)
        wanted = joined(_specification(specification or "", values, named, places))
        yield formatted(show(value, conversion != "s") if conversion else value, wanted)


def _specification(text: str, values: tuple, named: dict[str, Any], places: Iterator[int]) -> Iterator[str]:
    """A specification, which may itself hold `{}` for a width."""
    for literal, name, _, _ in Formatter().parse(text):
        yield literal
        if name is not None:
            yield show(_field(name, values, named, places))


def _field(name: str, values: tuple, named: dict[str, Any], places: Iterator[int]) -> Any:
    if name and not name.isidentifier() and not name.isdecimal():
        raise Refusal(
            say("language.cannot-look-into-value", "`{{{name}}}` cannot look into a value.", name=name[:20]),
            say("language.hand-part-itself-format", "Hand the part itself to `format`."),
        )
    if name.isidentifier():
        if name not in named:
            raise Refusal(
                say(
                    "language.format-given-nothing-called", "`format` is given nothing called `{name}`.", name=name[:20]
                ),
                say("language.write-format", "Write .format({name}=...).", name=name[:20]),
            )
        return named[name]
    place = int(name[:9]) if name else next(places, len(values))
    if place >= len(values):
        raise Refusal(
            say(
                "language.string-more-places-than",
                "This string has more places than the {count} given to `format`.",
                count=len(values),
            ),
            say("language.give-one-each", "Give it one for each."),
        )
    return values[place]


# -- "..." % values --------------------------------------------------------------------------------------------------


def percent(text: str, values: Any) -> str:
    """`text % values`."""
    given = list(values) if isinstance(values, tuple) else [values]
    used: list[Any] = []

    def parts() -> Iterator[str]:
        end = 0
        for match in CONVERSION.finditer(text):
            yield _literal(text[end : match.start()])
            end = match.end()
            yield _converted(match, values, given, used)
        yield _literal(text[end:])

    made = joined(parts())
    if len(used) < len(given) and not isinstance(values, dict):
        raise Refusal(
            say(
                "language.string-values-follow",
                "This string has {places}, but {given} values follow `%`.",
                places=_places(len(used)),
                given=len(given),
            ),
            PERCENT_HINT,
        )
    return made


def _literal(text: str) -> str:
    if "%" in text:
        raise Refusal(
            say("language.string-not-followed-format", "A `%` in this string is not followed by a format."),
            say("language.write-sign-itself", "Write %% for the sign itself."),
        )
    return text


def _converted(match: re.Match[str], values: Any, given: list[Any], used: list[Any]) -> str:
    name, flags, width, digits, kind = match.groups()
    if kind == "%":
        return "%"
    if kind not in "diuoxXeEfFgGsra":
        raise Refusal(
            say(
                "language.format-not-known",
                "The format `{specification}` is not known.",
                specification=match.group()[:20],
            ),
            PERCENT_HINT,
        )
    value = _percent_value(name, values, given, used)
    shown: Any = show(value, kind != "s") if kind in "sra" else _plain(value)
    if not isinstance(shown, str | int | float | np.number):
        raise Refusal(
            say(
                "language.cannot-formatted",
                "{kind} cannot be formatted by `{specification}`.",
                kind=kind_of(value).capitalize(),
                specification=match.group(),
            ),
            PERCENT_HINT,
        )
    pattern = f"%{flags[:8]}{width}{'' if digits is None else '.' + digits}{'s' if kind in 'ra' else kind}"
    try:
        return pattern % (shown,)
    except (ValueError, TypeError, OverflowError):
        raise Refusal(
            say(
                "language.format-not-fit",
                "The format `{specification}` does not fit {kind}.",
                specification=match.group(),
                kind=kind_of(value),
            ),
            PERCENT_HINT,
        ) from None


def _percent_value(name: str | None, values: Any, given: list[Any], used: list[Any]) -> Any:
    if name is not None:
        if not isinstance(values, dict) or name not in values:
            raise Refusal(
                say("language.no-value", "There is no value for `%({name})`.", name=name[:20]),
                say("language.write-s", 'Write "%(a)s" % {{"a": 1}}.'),
            )
        return values[name]
    if len(used) == len(given):
        raise Refusal(
            say("language.string-more-places-than-values", "This string has more places than values after `%`."),
            say("language.put-values-parentheses", "Put the values in parentheses."),
        )
    used.append(given[len(used)])
    return used[-1]


def _places(count: int) -> str:
    if not count:
        return say("language.no-places", "no places")
    return say_many("language.places", "{count} place", "{count} places", count)
