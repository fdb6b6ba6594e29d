"""Going through a value item by item, each item counted against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.exceptions import EXCEPTIONS, exception_of
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Instance, call_method
from core.language.machine.values import ITERATORS, kind_of
from core.tensor import Tensor

CONTAINERS = (list, tuple, dict, set, str, *ITERATORS)


def iterate(here: Locals, value: Any, span: Span | None) -> Iterator[Any]:
    """The items of a value; a sentence when it has none."""
    if isinstance(value, Tensor):
        return _tensor_items(here, value, span)
    if isinstance(value, np.ndarray):
        if not value.ndim:
            raise here.fail(
                say("language.single-number-cannot-looped", "A single number cannot be looped over."), span, RANGE_HINT
            )
        return _counted(
            here,
            (item.item() if item.ndim == 0 and item.dtype.kind in "fib" else item for item in map(np.asarray, value)),
            span,
        )
    if isinstance(value, CONTAINERS):
        return _counted(here, iter(value), span)
    if isinstance(value, Instance):
        return _instance_items(here, value, span)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise here.fail(
            say("language.single-number-cannot-looped", "A single number cannot be looped over."), span, RANGE_HINT
        )
    raise here.fail(
        say("language.cannot-looped-over", "{kind} cannot be looped over.", kind=kind_of(value).capitalize()),
        span,
        say("language.use-list-range", "Use a list or range(...)."),
        python="TypeError",
    )


def _instance_items(here: Locals, instance: Instance, span: Any) -> Iterator[Any]:
    """What `__iter__` gives, or what `__next__` gives until it raises StopIteration, or the items from 0 on."""
    if instance.of.find("__iter__") is not MISSING:
        items = call_method(here, instance, "__iter__", [], {}, span)
        return iterate(here, items, span) if items is not instance else _asked(here, instance, "__next__", span)
    if instance.of.find("__next__") is not MISSING:
        return _asked(here, instance, "__next__", span)
    if instance.of.find("__getitem__") is not MISSING:
        return _asked(here, instance, "__getitem__", span)
    raise here.fail(
        say(
            "language.value-of-class-cannot-be-looped-over",
            "A value of the class `{name}` cannot be looped over.",
            name=instance.of.name,
        ),
        span,
        say("language.give-class-iter", "Give its class a method `__iter__`."),
        python="TypeError",
    )


def _asked(here: Locals, instance: Instance, method: str, span: Any) -> Iterator[Any]:
    for position in count():
        here.run.spend(1, span, here)
        try:
            item = call_method(here, instance, method, [position] if method == "__getitem__" else [], {}, span)
        except ProgramError as error:
            thrown = exception_of(error)
            if thrown is None or not any(kind in thrown.of.order for kind in ENDS):
                raise
            return
        yield item


def holds(here: Locals, instance: Instance, item: Any, span: Any) -> bool:
    """`item in instance`: what `__contains__` says, else whether one of the items equals it."""
    if instance.of.find("__contains__") is not MISSING:
        return bool(call_method(here, instance, "__contains__", [item], {}, span))
    return any(one is item or bool(one == item) for one in iterate(here, instance, span))


ENDS = EXCEPTIONS["StopIteration"], EXCEPTIONS["IndexError"]


RANGE_HINT = say("language.write-range-n-count", "Write `range(n)` to count.")


def _counted(here: Locals, items: Iterator[Any], span: Span | None) -> Iterator[Any]:
    run = here.run
    try:
        for item in items:
            run.operations += 1
            if run.operations >= run.next_check:
                run.check(span, here)
            yield item
    except RecursionError:
        raise
    except RuntimeError as error:
        raise here.fail(
            f"{str(error).capitalize()}.",
            span,
            say("language.loop-over-copy-instead", "Loop over a copy of it instead."),
        ) from None


def _tensor_items(here: Locals, tensor: Any, span: Span | None) -> Iterator[Any]:
    if not tensor.ndim:
        raise here.fail(
            say("language.single-number-cannot-looped", "A single number cannot be looped over."), span, RANGE_HINT
        )
    run = here.run
    for position in range(len(tensor)):
        item = tensor[position]
        run.note(item, span, here)
        yield item if run.changing is None else _seen(run.changing, tensor, item, position)


def _seen(changing: Any, tensor: Any, item: Any, position: int) -> Any:
    return changing.row(tensor, item, lambda base: base[position])
