"""Arrays that change: a tensor is a store whose value can be replaced, and a view is a place in another one.

Entries of a tape never change. To write into an array is to record a new entry with the changed copy and to let the
tensor stand for that entry from then on, so that every name of it sees the change. A view knows which elements of its
root it looks at: writing through it writes there, and it reads anew, as one more entry, when its root has changed.
Knows nothing of what the libraries allow; that is `dialects.changing`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.tape import recorders
from core.tensor import Tensor, look, snapshot

Again = Callable[[Any], Any]
"""Takes a part of an array, or gives it another shape: what a view does to what it looks into."""


class View(Tensor):
    """A tensor that looks into another one.

    `root` is the store that holds the elements, `places` their positions in it, in the view's own shape and order;
    `locked` says that nothing may be written through it, nor through views of it.
    """

    __slots__ = ("root", "places", "cut", "locked", "_again", "_now", "_owner", "_seen")
    numbers_too = False  # whether one number taken out of an array is a view as well

    root: Tensor
    places: np.ndarray
    cut: bool
    locked: bool

    def __init__(self, owner: Tensor, places: np.ndarray, made: Tensor, again: Again) -> None:
        self.root = root_of(owner)
        self.places = places
        self.cut = is_cut(owner) or made.index is None and owner.index is not None
        self.locked = isinstance(owner, View) and owner.locked
        self._owner, self._again = owner, again
        self._now, self._seen = made, _state(self.root)

    @property
    def seen(self) -> Tensor:
        """What the view showed when it was last read."""
        return self._now

    def is_stale(self) -> bool:
        """Whether the root has changed since the view was read."""
        state = _state(self.root)
        return state[0] is not self._seen[0] or state[1:] != self._seen[1:]

    def read(self) -> Tensor:
        """What the view shows now; reading it anew is an entry of the tape like any other."""
        if self.is_stale():
            before = self._now
            self._now = self._again(self._owner.read())
            self._seen = _state(self.root)
            _name_as(before, self._now)
        return self._now

    @property
    def primal(self) -> Any:
        """The value."""
        return self.read().primal

    @property
    def tape(self) -> Any:
        """The tape that recorded the last reading."""
        return self.read().tape

    @property
    def index(self) -> Any:
        """The entry of the last reading."""
        return self.read().index


def _state(root: Tensor) -> tuple[Any, Any, Any]:
    """What changes whenever the store changes."""
    return root.primal, id(root.tape), root.index


def _name_as(before: Tensor, now: Tensor) -> None:
    """An entry that reads a view anew is called as the one that read it before."""
    names = getattr(before.tape, "names", {})
    if before.index in names and now.tape is before.tape:
        names.setdefault(now.index, names[before.index])


def root_of(tensor: Tensor) -> Tensor:
    """The store that holds the elements of a tensor: itself, unless it is a view."""
    return tensor.root if isinstance(tensor, View) else tensor


def is_cut(tensor: Tensor) -> bool:
    """Whether the tensor is a view through which no derivative flows, such as `y.detach()`."""
    return isinstance(tensor, View) and tensor.cut


def places_in_root(tensor: Tensor) -> np.ndarray:
    """Where the elements of a tensor lie in its root, in the memory order of the tensor itself."""
    if isinstance(tensor, View):
        return tensor.places
    primal = np.asarray(tensor.primal)
    places = np.arange(primal.size).reshape(primal.shape)
    places = _laid_out(places, primal)
    places.flags.writeable = False
    return places


def _laid_out(array: np.ndarray, as_other: np.ndarray) -> np.ndarray:
    """The array with its axes in memory in the order of another one of its shape."""
    if as_other.flags.c_contiguous:
        return array
    laid = np.empty_like(as_other, dtype=array.dtype)
    laid[...] = array
    return laid


def looked_into(
    owner: Tensor, made: Any, again: Again, make: type[View] = View, numbers_too: bool = False
) -> Any:
    """`made = again(owner)` as a view, where NumPy's rules say that it shares the memory of the owner.

    The rules are asked of NumPy itself: the same is done to an array of positions that lies in memory as the owner.
    `make` is the kind of view that the library has; `numbers_too` says that one number made of the owner looks into it
    as well, and all that is made of an owner without axes.
    """
    numbers_too = numbers_too or make.numbers_too
    places = places_in_root(owner)
    parts = again(places)
    if made.__class__ in (list, tuple):
        each = [looked_into(owner, one, _part(again, number), make, numbers_too) for number, one in enumerate(made)]
        return made.__class__(each)
    seen = np.asarray(look(parts))
    if not isinstance(made, Tensor):
        return made
    if numbers_too and not places.ndim:
        seen = np.full(made.shape, places)
    elif not np.may_share_memory(seen, places) and (seen.ndim or not numbers_too):
        return made
    return make(owner, seen, made, again)


def boxed(number: Tensor) -> View:
    """A single number in an array without axes, which can be changed and looked into as an array."""
    store = snapshot(number.read())
    return View(store, places_in_root(store), store, lambda base: base)


def _part(again: Again, number: int) -> Again:
    return lambda base: again(base)[number]


def replace(store: Tensor, made: Tensor) -> None:
    """From now on the store holds what `made` holds, under all its names."""
    _name_as(store, made)
    primal, before = made.primal, store.primal
    if primal.__class__ is np.ndarray and before.__class__ is np.ndarray:
        primal = _laid_out(primal, before)
    store.primal, store.tape, store.index = primal, made.tape, made.index


def changed_at(store: Tensor, key: Any, item: Any) -> Tensor:
    """A copy of the store's present value with an item at a key, as NumPy assigns it: the last one wins."""
    shape = np.shape(store.primal)
    key, item = _each_once(key, _without_outer_axes(item, key, shape), shape)
    made = f.setitem(store.read(), key, in_kind_of(store, item))
    return made if isinstance(made, Tensor) else Tensor(made)


def _without_outer_axes(item: Any, key: Any, shape: tuple[int, ...]) -> Any:
    """The item without outer axes of length 1 that the place has not: NumPy leaves them out."""
    given = f.shape_of(item)
    if len(given) < 2:
        return item
    surplus = len(given) - np.broadcast_to(0, shape)[key].ndim
    return f.reshape(item, given[surplus:]) if surplus > 0 and given[:surplus] == (1,) * surplus else item


def _each_once(key: Any, item: Any, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """The key without elements that it names twice, and what remains of the item."""
    parts = key if isinstance(key, tuple) else (key,)
    if not any(isinstance(part, list | np.ndarray) and np.asarray(part).dtype.kind in "iu" for part in parts):
        return key, item
    places = np.arange(int(np.prod(shape))).reshape(shape)[key]
    flat = np.ravel(places)
    kept = len(flat) - 1 - np.unique(flat[::-1], return_index=True)[1]
    if len(kept) == len(flat):
        return key, item
    if f.shape_of(item):
        item = f.getitem(f.ravel(f.broadcast_to(item, places.shape)), np.sort(kept))
    return np.unravel_index(flat[np.sort(kept)], shape), item


def in_kind_of(store: Tensor, item: Any) -> Any:
    """The item in the store's type of numbers."""
    kind = np.asarray(store.primal).dtype
    if isinstance(item, Tensor) and item.dtype != kind and kind.kind in "fc":
        return f.cast(item, kind)
    return item


def key_of(places: np.ndarray, shape: tuple[int, ...]) -> Any:
    """A key that picks the elements at these positions: slices where they are as regular as that."""
    found = _slices(places, shape)
    return np.unravel_index(places, shape) if found is None else found


def _slices(places: np.ndarray, shape: tuple[int, ...]) -> tuple[Any, ...] | None:
    """Whole numbers and slices that pick exactly these positions in this shape; None where there are none."""
    if not places.size:
        return None
    along = [np.unique(one) for one in np.unravel_index(places, shape)]
    key: list[Any] = []
    for one, length in zip(along, shape, strict=True):
        steps = np.diff(one)
        if len(one) == 1:
            key.append(int(one[0]))
        elif np.all(steps == steps[0]):
            start, step = int(one[0]), int(steps[0])
            stop = int(one[-1]) + 1
            key.append(slice(start or None, None if stop >= length else stop, None if step == 1 else step))
        else:
            return None
    every = np.arange(int(np.prod(shape))).reshape(shape)
    for candidate in (key, [slice(k, k + 1) if k.__class__ is int else k for k in key]):
        picked = every[tuple(candidate)]
        if picked.shape == places.shape and np.array_equal(picked, places):
            return tuple(candidate)
    return None


def write(target: Tensor, key: Any, item: Any) -> Tensor:
    """Assign an item at a key of a store or of a view; returns the tensor whose value is now another.

    Through a view it is one entry on the root. Raises ValueError or IndexError where the item or the key does not fit.
    """
    root = root_of(target)
    if not np.shape(root.primal):
        if not np.zeros(target.shape)[key].size:
            return root
        made = changed_at(root, (), f.reshape(item, ()) if f.shape_of(item) else item)
    elif isinstance(target, View):
        shape = np.shape(root.primal)
        places = target.places[key]
        item, inside = in_kind_of(root, item), np.shape(places)
        item = _without_outer_axes(item, (), inside)
        item = item if f.shape_of(item) == () else f.broadcast_to(item, inside)
        key, item = _each_once_in_view(places, item)
        made = changed_at(root, key_of(key, shape), item)
        _note_through(target, made)
    else:
        made = changed_at(root, key, item)
    replace(root, made)
    return root


def _note_through(view: View, made: Tensor) -> None:
    """Note on the tapes that record that this entry changes an array through a view."""
    for tape in recorders():
        seen, changed = tape.index_of(view.seen), tape.index_of(made)
        if seen is not None and changed is not None:
            tape.notes.through[changed] = seen


def _each_once_in_view(places: Any, item: Any) -> tuple[np.ndarray, Any]:
    flat = np.ravel(places)
    kept = np.sort(len(flat) - 1 - np.unique(flat[::-1], return_index=True)[1])
    if len(kept) == len(flat):
        return np.asarray(places), item
    return flat[kept], f.getitem(f.ravel(item), kept) if f.shape_of(item) else item


def overwrite(target: Tensor, made: Any) -> Tensor:
    """Give all elements of a store or of a view new values; returns the tensor whose value is now another.

    Raises ValueError where the new values have another shape than the target and cannot be spread over it.
    """
    shape = np.shape(target.primal)
    if f.shape_of(made) != shape:
        made = f.broadcast_to(made, shape)
    made = in_kind_of(target, made)
    if isinstance(target, View):
        return write(target, (...,), made)
    fits = made if isinstance(made, Tensor) else Tensor(np.asarray(made, dtype=np.asarray(target.primal).dtype))
    replace(target, fits)
    return target
