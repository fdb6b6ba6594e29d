"""PyTorch's ways to take parts of a tensor, or to show it larger than it is: all of them look into it."""

from __future__ import annotations

from typing import Any

from numpy.lib.array_utils import normalize_axis_index

from core import functions as f
from core.basics.words import say
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal


def _along(x: Any, axis: Any, part: Any) -> Any:
    """The elements that a slice or a number picks along an axis."""
    before = normalize_axis_index(whole(axis), len(f.shape_of(x)))
    return f.getitem(x, (*([slice(None)] * before), part))


def narrow(x: Any, axis: Any, start: Any, length: Any) -> Any:
    """So many elements along an axis, from a place on."""
    start, length, have = whole(start), whole(length), f.shape_of(x)[whole(axis)]
    if not -have <= start <= have or length < 0 or start % max(have, 1) + length > have:
        raise Refusal(
            say("language.narrow-outside", "`narrow` reaches outside the {have} elements of the axis.", have=have)
        )
    start = start + have if start < 0 else start
    return _along(x, axis, slice(start, start + length))


def select_at(x: Any, axis: Any, index: Any) -> Any:
    """The part at one place of an axis."""
    return _along(x, axis, whole(index))


def unbind(x: Any, axis: Any = 0) -> tuple:
    """All parts along an axis, one after the other."""
    return tuple(_along(x, axis, place) for place in range(f.shape_of(x)[whole(axis)]))


def torch_split(x: Any, parts: Any, axis: Any = 0) -> tuple:
    """Parts of a length each, the last one shorter, or of the lengths of a list."""
    have = f.shape_of(x)[whole(axis)]
    if isinstance(parts, list | tuple):
        lengths = [whole(part) for part in parts]
        if sum(lengths) != have:
            raise Refusal(
                say(
                    "language.split-lengths-sum",
                    "The lengths must add up to {have}, the length of the axis.",
                    have=have,
                )
            )
    else:
        each = whole(parts)
        if each < 1:
            raise Refusal(say("language.split-length-positive", "A part has at least one element."))
        lengths = [min(each, have - start) for start in range(0, have, each)]
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    return tuple(
        _along(x, axis, slice(start, start + length)) for start, length in zip(starts, lengths, strict=True)
    )  # fmt: skip


def chunk(x: Any, chunks: Any, axis: Any = 0) -> tuple:
    """About so many parts of equal length; the last one may be shorter."""
    return torch_split(x, max(-(-f.shape_of(x)[whole(axis)] // max(whole(chunks), 1)), 1), axis)


def expand(x: Any, *sizes: Any) -> Any:
    """The tensor shown several times along axes of length 1 and along new ones; -1 keeps a length."""
    given = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], list | tuple) else sizes
    lengths, have = [whole(part) for part in given], f.shape_of(x)
    added = len(lengths) - len(have)
    kept = [have[place - added] if one == -1 and place >= added else one for place, one in enumerate(lengths)]
    return f.broadcast_to(x, tuple(kept))


def expand_as(x: Any, other: Any) -> Any:
    """The tensor in the shape of another one."""
    return f.broadcast_to(x, f.shape_of(other))
