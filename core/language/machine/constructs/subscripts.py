"""Indexing and slicing, reading and assigning."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.jax_places import At, Place
from core.language.machine import operators
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.failures import failure
from core.language.machine.iteration import iterate
from core.language.machine.keys import plain_key, primal_of, said_by, whole
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Instance, call_method
from core.language.machine.values import PLAIN, brief, kind_of
from core.tape import recorders
from core.tensor import Tensor, look

SEQUENCES = (list, tuple, str, range)


def build_slice(builder: Builder, node: ast.Slice) -> Evaluate:
    """start:stop:step."""
    parts = [builder.expression(part) if part is not None else None for part in (node.lower, node.upper, node.step)]
    return lambda here: slice(*[None if part is None else whole(part(here)) for part in parts])


def build_subscript(builder: Builder, node: ast.Subscript) -> Evaluate:
    """owner[key], read."""
    owner, key, pick = builder.expression(node.value), builder.expression(node.slice), build_pick(builder, node)
    return lambda here: pick(here, owner(here), key(here))


def build_pick(builder: Builder, node: ast.Subscript) -> Callable[[Locals, Any, Any], Any]:
    """What reads an item, when owner and key are known."""
    span, text = builder.span(node), builder.text(node.value)
    read = reader(builder)

    def pick(here: Locals, value: Any, place: Any) -> Any:
        if value.__class__ is Instance:
            return _asked(here, value, "__getitem__", [place], span, text)
        try:
            item = read(value, place)
        except Exception as error:
            raise failure(here, span, error, explain(error, text(), value, place)) from None
        if item.__class__ not in PLAIN:
            here.run.note(item, span, here)
            if here.run.changing is not None:
                return here.run.changing.item(value, place, item, _again(read, place))
        elif place.__class__ is slice:
            here.run.hold(item, span, here)
        return item

    return pick


def _again(read: Callable[[Any, Any], Any], place: Any) -> Callable[[Any], Any]:
    """Reads the item at a place once more: of a tensor, or of an array that says where its elements are."""
    if said_by(place) is None:
        return lambda base: read(base, place)
    return lambda base: read(base, place if isinstance(base, Tensor) else plain_key(place, primal_of))


def _asked(here: Locals, value: Instance, method: str, values: list, span: Span, text: Callable[[], str]) -> Any:
    """An item of an instance, by its own method."""
    found = call_method(here, value, method, values, {}, span)
    if found is MISSING:
        raise here.fail(
            say(
                "language.no-items-pick",
                "{kind} has no items to pick with `[...]`.",
                kind=kind_of(value).capitalize(),
            ),
            span,
            say("language.give-class-method", "Give its class a method `{name}`.", name=method),
            python="TypeError",
        )
    return found


def reader(builder: Builder) -> Callable[[Any, Any], Any]:
    """How the program's library reads an item: JAX has an answer also for an index outside of its arrays."""
    if builder.library != "jax":
        return read_item
    kinds = Tensor if builder.mixes_numpy else (Tensor, np.ndarray)  # an array may be NumPy's, which refuses

    def read_as_jax(value: Any, key: Any) -> Any:
        try:
            return read_item(value, key)
        except IndexError:
            if not isinstance(value, kinds):
                raise
            return Place(value, key).item()

    return read_as_jax


def read_item(value: Any, key: Any) -> Any:
    """The item; tensors and arrays give tensors and arrays, numbers of plain arrays become plain numbers."""
    if isinstance(value, Tensor):
        said = said_by(key)
        return functions.getitem(value, plain_key(key)) if said is None else _picked(value, key, said)
    if isinstance(value, np.ndarray):
        item = value[plain_key(key)]
        return item.item() if isinstance(item, np.generic) and item.dtype in (np.float64, np.int64, np.bool_) else item
    if isinstance(value, SEQUENCES):
        return value[whole(key)]
    if isinstance(value, dict):
        operators.check_key(key)
        return value[key]
    if isinstance(value, At):
        return Place(value.array, key)
    if isinstance(value, float | np.generic) and _only_adds_axes(key):
        return np.asarray(value)[key]
    raise operators.Refusal(
        say("language.no-items-pick", "{kind} has no items to pick with `[...]`.", kind=kind_of(value).capitalize()),
        say("language.use-list-array", "Use a list or an array."),
    )


def _picked(value: Tensor, key: Any, said: list[tuple[int | None, Tensor]]) -> Tensor:
    """The item at a computed place, with a note of where that place comes from."""
    item = functions.getitem(value, plain_key(key, primal_of))
    for tape in recorders():
        tape.pick(item, said)
    return item


def _only_adds_axes(key: Any) -> bool:
    """Whether a key picks nothing: a number can be given axes, as in `x[None]`."""
    return all(part is None or part is ... for part in (key if isinstance(key, tuple) else (key,)))


def explain(error: BaseException, text: str, value: Any, key: Any) -> tuple[str, str]:
    """A sentence and a hint for a key that does not fit."""
    if isinstance(error, operators.Refusal):
        return error.message, error.hint
    if isinstance(value, dict):
        return (
            say(
                "language.dictionary-no-key", "The dictionary `{text}` has no key {brief}.", text=text, brief=brief(key)
            ),
            say("language.keys", "Its keys: {map}.", map=", ".join(map(brief, list(value)[:8]))),
        )
    if isinstance(error, IndexError) or (isinstance(error, ValueError) and hasattr(value, "shape")):
        if hasattr(value, "shape"):
            if isinstance(key, tuple) and len(key) > len(value.shape):
                takes = f"{len(value.shape)} {'index' if len(value.shape) == 1 else 'indices'}"
                return say(
                    "language.shape-takes-not",
                    "`{text}` has shape {shape}, so it takes {takes}, not {count}.",
                    text=text,
                    shape=value.shape,
                    takes=takes,
                    count=len(key),
                ), say("language.leave-some-out", "Leave some out.")
            if not value.shape:
                return (
                    say("language.single-number-no-items", "`{text}` is a single number and has no items.", text=text),
                    say("language.give-list-numbers-drop", "Give it a list of numbers, or drop the brackets."),
                )
            return say(
                "language.index-outside-whose-shape",
                "Index {brief} is outside `{text}`, whose shape is {shape}.",
                brief=brief(key),
                text=text,
                shape=value.shape,
            ), say("language.indices-count-0", "Indices count from 0.")
        return say(
            "language.index-outside-items",
            "Index {brief} is outside `{text}`, which has {count} items.",
            brief=brief(key),
            text=text,
            count=len(value),
        ), say("language.indices-count-0", "Indices count from 0.")
    return say(
        "language.cannot-index",
        "{kind} cannot be an index of {other}.",
        kind=kind_of(key).capitalize(),
        other=kind_of(value),
    ), say("language.use-whole-numbers-slices", "Use whole numbers or slices.")


def build_assignment(builder: Builder, node: ast.Subscript) -> Callable[[Locals, Any], None]:
    """owner[key] = item."""
    owner, key, put = builder.expression(node.value), builder.expression(node.slice), build_put(builder, node)
    return lambda here, item: put(here, owner(here), key(here), item)


def build_put(builder: Builder, node: ast.Subscript) -> Callable[[Locals, Any, Any, Any], None]:
    """What assigns an item, when owner and key are known."""
    span, text = builder.span(node), builder.text(node.value)

    def put(here: Locals, value: Any, place: Any, item: Any) -> None:
        if value.__class__ is Instance:
            _asked(here, value, "__setitem__", [place, item], span, text)
            return
        try:
            _write(here, value, place, item, span)
        except Exception as error:
            raise failure(here, span, error, explain_write(error, text(), value, place, item)) from None

    return put


def _write(here: Locals, value: Any, key: Any, item: Any, span: Span) -> None:
    if isinstance(value, list):
        if isinstance(key, slice):
            _put_slice(here, value, key, item, span)
        else:
            value[whole(key)] = item
    elif isinstance(value, dict):
        operators.check_key(key)
        value[key] = item
    elif isinstance(value, np.ndarray):
        value[plain_key(key)] = look(operators.array_of(item)) if _has_tensor(item) else look(item)
    elif isinstance(value, Tensor):
        made = operators.array_of(item) if isinstance(item, list | tuple) else item
        assert here.run.changing is not None  # the program assigns an item
        here.run.changing.write(value, plain_key(key), made)
        here.run.note(value, span, here)
    else:
        raise operators.Refusal(
            say("language.items-cannot-changed", "The items of {kind} cannot be changed.", kind=kind_of(value)),
            say("language.use-list-array", "Use a list or an array."),
        )


def _put_slice(here: Locals, value: list, key: slice, item: Any, span: Span) -> None:
    """Put items in the place of others; the list may grow no longer than any other may be made."""
    items = list(iterate(here, item, span))
    operators.check_length(value, len(value) - len(range(*key.indices(len(value)))) + len(items))
    value[key] = items
    here.run.hold(value, span, here)


def _has_tensor(item: Any) -> bool:
    return isinstance(item, list | tuple) and any(isinstance(part, Tensor) or _has_tensor(part) for part in item)


def explain_write(error: BaseException, text: str, value: Any, key: Any, item: Any) -> tuple[str, str]:
    """A sentence and a hint for an item that cannot be put there."""
    if isinstance(error, ValueError) and hasattr(value, "shape"):
        return say(
            "language.not-fit-into-place",
            "{kind} does not fit into this place of `{text}`.",
            kind=kind_of(item).capitalize(),
            text=text,
        ), say("language.shape", "Its shape is {shape}.", shape=value.shape)
    return explain(error, text, value, key)
