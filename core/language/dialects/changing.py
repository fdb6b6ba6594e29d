"""What changes in place, by library: NumPy's arrays and views of them, nothing in JAX and TensorFlow.

One mechanism, `machine.stores`, and a policy for each library: which results look into other arrays, what `+=` does,
and what is refused, in the words in which the library itself refuses it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from core.basics.words import say
from core.language.machine import stores
from core.language.machine.outcome import Refusal
from core.library import rows
from core.tensor import Tensor, snapshot

ATTRIBUTES = frozenset(("T", "mT", "real", "flat"))


def names_with(fact: str, library: str) -> frozenset[str]:
    """The names of functions and methods of which the table says that a fact holds in the library."""
    return frozenset(
        name.path for row in rows().values() if row.fact(fact) in (library, "all") for name in row.names
    )  # fmt: skip


def _is_strided(owner: Any) -> bool:
    return isinstance(owner, Tensor) and not stores.places_in_root(owner).flags.c_contiguous


def _boxed(made: Any) -> Any:
    """A single number as an array without axes; whole numbers stay numbers."""
    number = Tensor(made) if isinstance(made, float) else made
    return stores.boxed(number) if isinstance(number, Tensor) and not number.ndim and number.dtype.kind == "f" else made


class Changing:
    """A library whose arrays change in place: NumPy, also in texts that name no library."""

    library = "np"
    attributes = ATTRIBUTES

    @cached_property
    def views(self) -> frozenset[str]:
        """What may look into its first operand."""
        return names_with("views", self.library)

    @cached_property
    def locked(self) -> frozenset[str]:
        """What makes views through which nothing can be written."""
        return names_with("locked", self.library)

    @cached_property
    def arrays(self) -> frozenset[str]:
        """What gives an array also where that has no axes, and is not a view."""
        return names_with("boxes", self.library)

    @cached_property
    def same(self) -> frozenset[str]:
        """What gives back its operand where there is nothing to do."""
        return names_with("same", self.library)

    @cached_property
    def packed(self) -> frozenset[str]:
        """What copies an operand whose elements do not lie one after the other."""
        return names_with("packed", self.library)

    def born(self, name: str, value: Any) -> Any:
        """What a function of ours has returned, so that it can be changed with the help of tensors."""
        if value.__class__ is np.ndarray and value.dtype.kind in "fc" and value.ndim:
            return Tensor(value)
        if value.__class__ in (list, tuple) and any(one.__class__ is np.ndarray for one in value):
            return value.__class__([self.born(name, one) for one in value])
        return value

    def called(self, name: str, owner: Any, value: Any, again: stores.Again) -> Any:
        """The result of a call with `owner` first: the owner itself, a view of it, or something of its own."""
        if self._is_same(name, owner, value):
            return owner
        if name in self.views and isinstance(owner, Tensor) and not (name in self.packed and _is_strided(owner)):
            return self._view(name, owner, value, again)
        made = snapshot(owner.read()) if value is owner and isinstance(owner, Tensor) else self.born(name, value)
        gives_arrays = name in self.arrays and (not name.startswith(".") or isinstance(owner, stores.View))
        return _boxed(made) if gives_arrays else made

    def _is_same(self, name: str, owner: Any, value: Any) -> bool:
        """Whether there was nothing to do, so that the result is the array that was given."""
        if name not in self.same or not isinstance(owner, Tensor) or not isinstance(value, Tensor):
            return False
        return self.is_array(owner) and value.dtype == owner.dtype

    def _view(self, name: str, owner: Tensor, value: Any, again: stores.Again) -> Any:
        """A result that looks into its owner, locked where the library locks it."""
        if name not in self.locked and not self.is_array(owner):
            return value
        made = stores.looked_into(owner, value, again, numbers_too=True)
        if isinstance(made, stores.View):
            made.locked |= name in self.locked
        return made

    def attribute(self, owner: Any, name: str, made: Any, again: stores.Again) -> Any:
        """An attribute of a value, such as `x.T`."""
        return self.looked_into(owner, made, again) if name in self.attributes else made

    def looked_into(self, owner: Any, made: Any, again: Callable[[Any], Any]) -> Any:
        """An item or another shape of an array: a view, where the library makes one."""
        if not isinstance(owner, Tensor) or not self.is_array(owner):
            return made
        return stores.looked_into(owner, made, again, numbers_too=not owner.ndim)

    def item(self, owner: Any, key: Any, made: Any, again: stores.Again) -> Any:
        """`made = owner[key]`; with `...` in the key NumPy makes even one number a view."""
        key = key if isinstance(key, tuple) else (key,)
        if not isinstance(owner, Tensor) or not self.is_array(owner):
            return made
        whole = all(part is None or part is ... for part in key)
        if not owner.ndim and not (key and whole):
            return made
        return stores.looked_into(owner, made, again, numbers_too=any(part is ... for part in key) or not owner.ndim)

    def plus(self, value: Tensor) -> Tensor:
        """`+value`: an array of its own."""
        return snapshot(value.read())

    def row(self, owner: Any, made: Any, again: stores.Again) -> Any:
        """What a loop over an array gives, one after the other."""
        return self.looked_into(owner, made, again)

    def updates(self, value: Any) -> bool:
        """Whether `value += ...` changes the value itself, for all its names."""
        return isinstance(value, Tensor) and self.is_array(value)

    def is_array(self, value: Tensor) -> bool:
        """Whether a tensor can be changed; of a single number only where it looks into an array."""
        return value.ndim > 0 or isinstance(value, stores.View)

    def check_write(self, target: Tensor) -> None:
        """Raise a Refusal where the library does not let a tensor be changed."""
        if isinstance(target, stores.View) and target.locked:
            raise Refusal(
                say("language.view-read-only", "NumPy makes this view read-only, so nothing can be written into it."),
                say("language.copy-before-change", "Write x = x.copy() before it is changed."),
            )
        if not self.updates(target):
            raise Refusal(
                say("language.single-number-no-items-assign", "A single number has no items to assign."),
                say("language.give-name-another-value", "Give the name another value: x = ..."),
            )

    def updated(self, target: Any, operand: Any, made: Any) -> None:
        """`made` was computed from a target and an operand, to take the place of the target in it."""

    def write(self, target: Tensor, key: Any, item: Any) -> None:
        """target[key] = item."""
        self.check_write(target)
        stores.write(target, key, item)

    def overwrite(self, target: Tensor, made: Any) -> None:
        """Give the whole target new values."""
        self.check_write(target)
        stores.overwrite(target, made)


class Fixed(Changing):
    """A library whose arrays never change: `+=` makes a new one, and an item cannot be assigned."""

    library, attributes = "none", frozenset()

    def __init__(self, prefixes: tuple[str, ...], sentence: str, remedy: str) -> None:
        self.prefixes, self.sentence, self.remedy = prefixes, sentence, remedy

    def born(self, name: str, value: Any) -> Any:
        return Tensor(value) if value.__class__ is np.ndarray and name.startswith(self.prefixes) else value

    def is_array(self, value: Tensor) -> bool:
        return False

    def item(self, owner: Any, key: Any, made: Any, again: stores.Again) -> Any:
        return made

    def check_write(self, target: Tensor) -> None:
        raise Refusal(self.sentence, self.remedy)


NUMPY = Changing()
JAX = Fixed(
    ("jnp.", "jax."),
    say("language.jax-arrays-never-change", "JAX's arrays never change, so an item cannot be assigned."),
    say("language.write-x-x-i", "Write x = x.at[i].set(value)."),
)
TENSORFLOW = Fixed(
    ("tf.",),
    say(
        "language.tensorflow-tensors-never-change", "TensorFlow's tensors never change, so an item cannot be assigned."
    ),
    say("language.use-tf-tensor-scatter", "Use tf.tensor_scatter_nd_update, or a tf.Variable and its .assign."),
)
