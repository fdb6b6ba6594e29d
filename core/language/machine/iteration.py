"""Going through a value item by item, each item counted against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.language.machine.locals import Locals
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
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise here.fail(
            say("language.single-number-cannot-looped", "A single number cannot be looped over."), span, RANGE_HINT
        )
    raise here.fail(
        say("language.cannot-looped-over", "{kind} cannot be looped over.", kind=kind_of(value).capitalize()),
        span,
        say("language.use-list-range", "Use a list or range(...)."),
    )


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
