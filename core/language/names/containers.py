"""The methods of strings, lists, tuples, dictionaries and sets."""

from __future__ import annotations

import operator
from typing import Any

from core.basics.span import Span
from core.basics.words import say
from core.language.machine import operators
from core.language.machine.formats import filled
from core.language.machine.iteration import iterate
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, Builtin, brief, kind_of, show
from core.language.machine.wholes import as_typed
from core.language.names.builtins import in_order

Table = dict[str, Builtin]


def method_table(rows: tuple[tuple[str, Any, str], ...], wants_locals: bool = False) -> Table:
    return {
        name: Builtin(f".{name}", call, ("self", *signature.split()), wants_locals=wants_locals, measured=False)
        for name, call, signature in rows
    }


STRING = method_table(
    (
        ("upper", lambda text: text.upper(), ""),
        ("lower", lambda text: text.lower(), ""),
        ("strip", lambda text: text.strip(), ""),
        ("startswith", lambda text, prefix: text.startswith(show(prefix)), "prefix"),
        ("endswith", lambda text, suffix: text.endswith(show(suffix)), "suffix"),
        ("split", lambda text, sep=None: text.split(sep), "sep"),
        ("ljust", lambda text, width: text.ljust(_width(width)), "width"),
        ("rjust", lambda text, width: text.rjust(_width(width)), "width"),
        ("center", lambda text, width: text.center(_width(width)), "width"),
        ("title", lambda text: text.title(), ""),
        ("capitalize", lambda text: text.capitalize(), ""),
        ("lstrip", lambda text: text.lstrip(), ""),
        ("rstrip", lambda text: text.rstrip(), ""),
        ("splitlines", lambda text: text.splitlines(), ""),
        ("zfill", lambda text, width: text.zfill(_width(width)), "width"),
        ("count", lambda text, part: text.count(_string(part)), "part"),
        ("find", lambda text, part: text.find(_string(part)), "part"),
        ("index", lambda text, part: _place_in(text, _string(part)), "part"),
        ("replace", lambda text, old, new: _replaced(text, _string(old), _string(new)), "old new"),
        ("isdigit", lambda text: text.isdigit(), ""),
        ("isalpha", lambda text: text.isalpha(), ""),
        ("isupper", lambda text: text.isupper(), ""),
        ("islower", lambda text: text.islower(), ""),
        ("isspace", lambda text: text.isspace(), ""),
        ("partition", lambda text, sep: text.partition(_string(sep)), "sep"),
        ("isalnum", lambda text: text.isalnum(), ""),
    )
)


def _width(width: Any) -> int:
    if not isinstance(width, int) or width > 1000:
        raise Refusal(say("language.width-whole-number-up", "A width is a whole number up to 1,000."))
    return width


def _string(part: Any) -> str:
    if not isinstance(part, str):
        raise Refusal(
            say("language.not-string", "{kind} is not a string.", kind=kind_of(part).capitalize()),
            say("language.write-quotes-str-x", "Write it in quotes, or str(x)."),
        )
    return part


def _place_in(text: str, part: str) -> int:
    if part not in text:
        raise Refusal(
            say("language.not-part-string", "{brief} is not part of this string.", brief=brief(part)),
            say("language.find-gives-1-case", "`find` gives -1 in this case."),
        )
    return text.index(part)


def _replaced(text: str, old: str, new: str) -> str:
    if len(text) + text.count(old) * len(new) > MAX_LENGTH:
        raise Refusal(
            say("language.string-would-too-long-2", "The string would be too long."),
            say("language.use-smaller-one", "Use a smaller one."),
        )
    return text.replace(old, new)


def _join(here: Any, span: Span, text: str, parts: Any) -> str:
    items = list(iterate(here, parts, span))
    if not all(isinstance(item, str) for item in items):
        raise Refusal(
            say("language.join-joins-strings-only", "`join` joins strings only."),
            say("language.write-str-x-each", "Write str(x) for each item."),
        )
    if sum(map(len, items)) + len(text) * len(items) > MAX_LENGTH:
        raise Refusal(say("language.joined-string-would-too", "The joined string would be too long."))
    return text.join(items)


def _format(here: Any, span: Span, text: str, /, *values: Any, **named: Any) -> str:
    return filled(text, *as_typed(here.run, values), **{name: as_typed(here.run, one) for name, one in named.items()})


STRING.update(
    method_table((("join", _join, "parts"), ("format", _format, "*values **named")), wants_locals=True)
)


def _extend(here: Any, span: Span, items: list, more: Any) -> None:
    items.extend(list(iterate(here, more, span)))


def _sort(here: Any, span: Span, items: list, key: Any = None, reverse: Any = False) -> None:
    items[:] = in_order(here, span, items, key, reverse)


def _pop(items: list, position: Any = -1) -> Any:
    if not items:
        raise Refusal(say("language.nothing-left-pop", "There is nothing left to `pop`."), "", "IndexError")
    return items.pop(whole(position))


_equal = operators.compared(operator.eq)


def _find(items: Any, wanted: Any) -> int:
    for position, item in enumerate(items):
        if bool(_equal(item, wanted)):
            return position
    told = say("language.not-among-items", "{brief} is not among the items.", brief=brief(wanted))
    raise Refusal(told, "", "ValueError")


LIST = method_table(
    (
        ("append", lambda items, item: items.append(item), "item"),
        ("pop", _pop, "index:position"),
        ("insert", lambda items, index, item: items.insert(whole(index), item), "index item"),
        ("reverse", lambda items: items.reverse(), ""),
        ("clear", lambda items: items.clear(), ""),
        ("copy", lambda items: items[:], ""),
        ("index", _find, "wanted"),
        ("remove", lambda items, wanted: items.pop(_find(items, wanted)) and None, "wanted"),
        ("count", lambda items, wanted: sum(bool(_equal(item, wanted)) for item in items), "wanted"),
    )
)
LIST.update(method_table((("extend", _extend, "more"), ("sort", _sort, "key reverse")), wants_locals=True))
TUPLE = {name: LIST[name] for name in ("index", "count")} | method_table((("as_list", lambda items: list(items), ""),))


def _set_default(pairs: dict, key: Any, default: Any = None) -> Any:
    operators.check_key(key)
    return pairs.setdefault(key, default)


DICT = method_table(
    (
        ("keys", lambda pairs: list(pairs), ""),
        ("values", lambda pairs: list(pairs.values()), ""),
        ("items", lambda pairs: list(pairs.items()), ""),
        ("get", lambda pairs, key, default=None: _get(pairs, key, default), "key default"),
        ("update", lambda pairs, other: pairs.update(other) if isinstance(other, dict) else _no_dict(), "other"),
        ("pop", lambda pairs, key, default=None: _get(pairs, key, default, True), "key default"),
        ("copy", lambda pairs: dict(pairs), ""),
        ("setdefault", _set_default, "key default"),
    )
)


def _get(pairs: dict, key: Any, default: Any, remove: bool = False) -> Any:
    operators.check_key(key)
    return pairs.pop(key, default) if remove else pairs.get(key, default)


def _no_dict() -> Any:
    raise Refusal(say("language.update-takes-dictionary", "`update` takes a dictionary."))


def _set_add(items: set, item: Any) -> None:
    operators.check_key(item)
    items.add(item)


SET = method_table(
    (
        ("add", _set_add, "item"),
        ("union", lambda items, other: items | set(other), "other"),
        ("intersection", lambda items, other: items & set(other), "other"),
        ("discard", lambda items, item: items.discard(item), "item"),
    )
)
