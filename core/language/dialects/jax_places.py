"""JAX's `x.at[i]`: changed copies of an array, with JAX's answers to repeated indices and to indices outside of it.

What is measured of JAX 0.10: what is set or added outside is dropped, what is read there is taken from the nearest
edge; `.add` of one element twice adds twice, `.set` keeps the last. Knows keys and arrays; knows nothing of texts.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects import kinks
from core.language.dialects.tracing import is_traced
from core.language.machine.invocation import invoke
from core.language.machine.keys import plain_key
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.tensor import look

OUTSIDE = -1
MOST_ROUNDS = 1_000
Combine = Callable[[Any, Any], Any]
"""What stands at a place, and a value given for it: what stands there afterwards."""


class At:
    """`x.at`: waits for the place in brackets."""

    kind = say("language.places-array", "the places of an array")

    def __init__(self, array: Any) -> None:
        self.array = array


class Place:
    """`x.at[key]`: an array and a place in it; its methods stand in `PLACE_METHODS`.

    Raises a Refusal for a list as a key, which JAX does not take, and an IndexError for more indices than axes.
    """

    kind = say("language.place-array", "a place in an array")

    def __init__(self, array: Any, key: Any) -> None:
        if isinstance(key, list):
            raise Refusal(
                say("language.jax-takes-no-list", "JAX does not take a list as an index."),
                say("language.make-array-jnp", "Make it an array: jnp.array([0, 2])."),
            )
        self.array = array
        self.key = plain_key(key)
        self.shape = f.shape_of(array)

    def picked(self, clipped: bool = False) -> np.ndarray:
        """The positions of the elements in memory order, in the shape of what is picked; OUTSIDE for what is not there.

        With `clipped` an index outside counts as the nearest inside.
        """
        grid = np.full([length + 1 for length in self.shape], OUTSIDE)
        inside = tuple(slice(0, length) for length in self.shape)
        grid[inside] = np.arange(int(np.prod(self.shape))).reshape(self.shape)
        return grid[tuple(self._parts(clipped))]

    def _parts(self, clipped: bool) -> Iterator[Any]:
        """The key for an array with one more element along each axis, at which what lies outside finds itself."""
        parts = self.key if isinstance(self.key, tuple) else (self.key,)
        taken = sum(_axes_of(part) for part in parts)
        if taken > len(self.shape):
            raise IndexError(say("language.too-many-indices", "there are more indices than axes"))
        if not any(part is ... for part in parts):
            parts = (*parts, ...)
        axis = 0
        for part in parts:
            lengths = self.shape[axis : axis + (len(self.shape) - taken if part is ... else _axes_of(part))]
            if part is ...:
                yield from (slice(0, length) for length in lengths)
            elif part is None:
                yield None
            elif isinstance(part, bool | np.bool_):
                yield bool(part)
            elif isinstance(part, slice):
                yield _within(part, lengths[0])
            elif _is_mask(part):
                if np.shape(part) != lengths:
                    raise IndexError(say("language.mask-another-shape", "the mask has another shape than the array"))
                yield from np.nonzero(part)
            else:
                yield _inside(part, lengths[0], clipped)
            axis += len(lengths)

    def item(self, mode: Any = None, fill_value: Any = None) -> Any:
        """What stands there; outside of the array, what JAX takes instead."""
        mode = _checked_mode(mode)
        places = self.picked()
        missing = places == OUTSIDE
        if not np.any(missing):
            return f.getitem(self.array, self.key)
        found = f.getitem(f.ravel(f.array(self.array)), self.picked(clipped=True))
        if mode in ("fill", "drop"):
            return f.where(missing, np.nan if fill_value is None else fill_value, found)
        return found if mode == "clip" or not self._gathers() else f.where(missing, f.stop_gradient(found), found)

    def _gathers(self) -> bool:
        """Whether JAX collects the elements one by one, so that no derivative flows to those it took instead."""
        parts = self.key if isinstance(self.key, tuple) else (self.key,)
        strides = [part.step for part in parts if isinstance(part, slice)]
        return any(step not in (None, 1, -1) for step in strides) or any(
            isinstance(part, np.ndarray | list) and np.ndim(part) for part in parts
        )

    def changed(self, values: Any, combine: Combine, mode: Any = None) -> Any:
        """A copy in which each place holds `combine(what stands there, the value)`, one time after another."""
        places, given = self._fitting(values, mode)
        flat = np.ravel(places)
        if places.size and np.all(flat != OUTSIDE) and len(np.unique(flat)) == len(flat):
            key = self.key if mode != "clip" else np.unravel_index(places, self.shape)
            return f.setitem(self.array, key, self._in_kind(combine(f.getitem(self.array, key), given)))
        made = self.array
        for members in _rounds(flat):
            key = np.unravel_index(flat[members], self.shape)
            made = f.setitem(made, key, self._in_kind(combine(f.getitem(made, key), _of(given, places, members))))
        return made

    def replaced(self, values: Any, mode: Any = None) -> Any:
        """A copy with the values there; of two for one element the last one stays."""
        places, given = self._fitting(values, mode)
        flat = np.ravel(places)
        last = len(flat) - 1 - np.unique(flat[::-1], return_index=True)[1]
        members = np.sort(last[flat[last] != OUTSIDE])
        if len(members) == len(flat) and mode != "clip":
            return f.setitem(self.array, self.key, self._in_kind(given))
        if not len(members):
            return self.array
        key = np.unravel_index(flat[members], self.shape)
        return f.setitem(self.array, key, self._in_kind(_of(given, places, members)))

    def added(self, values: Any, sign: int = 1, mode: Any = None) -> Any:
        """A copy with the values added there, as often as an element is named."""
        places, given = self._fitting(values, mode)
        flat = np.ravel(places)
        members = np.flatnonzero(flat != OUTSIDE)
        if len(members) == len(flat) and len(np.unique(flat)) == len(flat) and mode != "clip":
            return self.changed(values, operator.add if sign > 0 else operator.sub)
        if not len(members):
            return self.array
        key = np.unravel_index(flat[members], self.shape)
        item = f.broadcast_to(_of(given, places, members), (len(members),))
        return self._in_kind(self.array + sign * f.scatter_add(item, key, self.shape))

    def _fitting(self, values: Any, mode: Any) -> tuple[np.ndarray, Any]:
        """Where the values go, and the values: a single one, or one for each of the places."""
        places = self.picked(_checked_mode(mode) == "clip")
        given = f.array(values) if isinstance(values, list | tuple) else values
        shape = f.shape_of(given)
        if not shape:
            return places, given
        try:
            if len(shape) > places.ndim:
                raise ValueError
            return places, f.broadcast_to(given, places.shape)
        except ValueError:
            raise Refusal(
                say(
                    "language.values-do-not-fit-place",
                    "Values of shape {shape} do not fit into a place of shape {place}.",
                    shape=shape,
                    place=places.shape,
                ),
                say("language.give-one-number-or-as-many", "Give it one number, or as many as the place holds."),
            ) from None

    def _in_kind(self, value: Any) -> Any:
        """The value in the array's type of numbers, as JAX puts it there."""
        kind = f.dtype_of(self.array)
        if kind.kind in "iub" and f.dtype_of(value).kind == "f":
            return np.asarray(look(value)).astype(kind)
        return value


def _axes_of(part: Any) -> int:
    """How many axes a part of a key takes."""
    if part is None or part is ... or isinstance(part, bool | np.bool_):
        return 0
    return np.ndim(part) if _is_mask(part) else 1


def _is_mask(part: Any) -> bool:
    return isinstance(part, np.ndarray | list) and np.asarray(part).dtype.kind == "b"


def _within(part: slice, length: int) -> slice:
    """The same elements of an axis that is longer by one."""
    steps = range(length)[part]
    return slice(steps.start, steps.stop if steps.stop >= 0 else None, steps.step)


def _inside(part: Any, length: int, clipped: bool) -> Any:
    """The indices counted from the front; those outside are the one after the last, or the nearest."""
    indices = np.asarray(part)
    if indices.dtype.kind not in "iu":
        raise IndexError(say("language.index-is-whole", "an index is a whole number"))
    wrapped = np.where(indices < 0, indices + length, indices)
    outside = (wrapped < 0) | (wrapped >= length)
    found = np.clip(wrapped, 0, max(length - 1, 0)) if clipped else np.where(outside, length, wrapped)
    return found if indices.ndim else int(found)


def _rounds(flat: np.ndarray) -> Iterator[np.ndarray]:
    """Which members name an element the first time, which the second time, and so on."""
    left = np.flatnonzero(flat != OUTSIDE)
    for _ in range(MOST_ROUNDS):
        if not len(left):
            return
        first = np.sort(np.unique(flat[left], return_index=True)[1])
        yield left[first]
        left = np.delete(left, first)
    raise Refusal(
        say("language.element-named-too-often", "These indices name one element too often."),
        say("language.use-fewer-indices", "Use fewer indices."),
    )


def _of(given: Any, places: np.ndarray, members: np.ndarray) -> Any:
    """Those of the values that belong to these members."""
    return f.getitem(f.ravel(given), members) if f.shape_of(given) else given


MODES = ("clip", "drop", "fill", "promise_in_bounds")


def _checked_mode(mode: Any) -> str:
    if mode is not None and mode not in MODES:
        raise Refusal(
            say("language.unknown-mode-place", "The mode of a place is one of {modes}.", modes=", ".join(MODES)),
            say("language.leave-mode-out", "Leave it out."),
        )
    return mode or ""


# -- methods ---------------------------------------------------------------------------------------------------------


def _set(place: Place, values: Any, mode: Any = None) -> Any:
    return place.replaced(values, mode)


def _add(place: Place, values: Any, mode: Any = None) -> Any:
    return place.added(values, 1, mode)


def _subtract(place: Place, values: Any, mode: Any = None) -> Any:
    return place.added(values, -1, mode)


def _changing(combine: Combine) -> Callable[..., Any]:
    def call(place: Place, values: Any, mode: Any = None) -> Any:
        return place.changed(values, combine, mode)

    return call


def _scaling(combine: Combine) -> Callable[..., Any]:
    """A product or a quotient, whose derivative JAX has only where it knows that no element is named twice."""

    def call(here: Locals, span: Span, place: Place, values: Any, unique_indices: Any = False, mode: Any = None) -> Any:
        parts = place.key if isinstance(place.key, tuple) else (place.key,)
        if not unique_indices and is_traced(here, values) and any(np.ndim(part) for part in parts if part is not None):
            raise Refusal(
                say(
                    "language.jax-product-at-array",
                    "JAX differentiates a product at an array of indices only where it knows them to differ.",
                ),
                say("language.write-unique-indices", "Write .multiply(value, unique_indices=True)."),
            )
        return place.changed(values, combine, mode)

    return call


def _apply(here: Locals, span: Span, place: Place, function: Any) -> Any:
    if is_traced(here, place.array):
        raise Refusal(
            say("language.jax-apply-no-derivative", "JAX has no derivative of `.at[...].apply`."),
            say("language.write-set-function-of", "Write x.at[i].set(function(x[i]))."),
        )
    return place.changed(0.0, lambda item, _: invoke(here, function, [item], {}, span))


HINTS = "indices_are_sorted! unique_indices! mode fill_value!"
ROWS: tuple[tuple[str, Any, str], ...] = (
    ("set", _set, f"values {HINTS}"), ("add", _add, f"values {HINTS}"), ("subtract", _subtract, f"values {HINTS}"),
    ("multiply", _scaling(operator.mul), "values indices_are_sorted! unique_indices mode fill_value!"),
    ("divide", _scaling(operator.truediv), "values indices_are_sorted! unique_indices mode fill_value!"),
    ("power", _scaling(operator.pow), "values indices_are_sorted! unique_indices mode fill_value!"),
    ("min", _changing(kinks.minimum), f"values {HINTS}"), ("max", _changing(kinks.maximum), f"values {HINTS}"),
    ("apply", _apply, f"func:function {HINTS.replace(' mode', ' mode!')}"),
    ("get", Place.item, "indices_are_sorted! unique_indices! mode fill_value"),
)  # fmt: skip
SCALING = frozenset(("multiply", "divide", "power", "apply"))
PLACE_METHODS = {
    name: Builtin(f".{name}", call, ("self", *signature.split()), wants_locals=name in SCALING)
    for name, call, signature in ROWS
}
