"""What changes in place in PyTorch: every tensor, except a leaf that requires a gradient, and views of one.

A view looks into its base whatever is done to either; a change counts, so that `backward()` notices where it would need
the old value; a change inside `torch.no_grad()` or through `.detach()` leaves the gradient as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.cuts import Reason
from core.basics.words import say
from core.language.dialects.changing import Changing
from core.language.dialects.torch.graph import CURRENT, autograd, is_recording
from core.language.dialects.torch.leaves import Leaf, moved, requires_grad
from core.language.dialects.torch.segments import held, spot_of
from core.language.dialects.torch.views import TorchView
from core.language.machine import stores
from core.language.machine.outcome import Refusal
from core.tape import recorders, set_recorders
from core.tensor import Tensor, cut, snapshot


class Torch(Changing):
    """The policy of texts that use PyTorch."""

    library, attributes = "torch", frozenset(("T", "mT", "data"))

    def called(self, name: str, owner: Any, value: Any, again: stores.Again) -> Any:
        """The result of a call with `owner` first: the owner itself, a view of it, or something of its own."""
        if value is owner or not isinstance(owner, Tensor):
            return value if value is owner else self.born(name, value)
        if isinstance(value, Tensor) and self._is_same(name, owner, value):
            return owner
        if name in self.views:
            return self._view(name, owner, value, again)
        if isinstance(value, Tensor):
            _keep_operands(name, owner, value)
            return _fresh(value) if value.primal is owner.primal else value
        return self.born(name, value)

    def _is_same(self, name: str, owner: Tensor, value: Tensor) -> bool:
        """Whether there was nothing to do."""
        if name not in self.same or value.dtype != owner.dtype:
            return False
        return name not in self.packed or stores.places_in_root(owner).flags.c_contiguous

    def _view(self, name: str, owner: Tensor, value: Any, again: stores.Again) -> Any:
        if name in self.packed and not stores.places_in_root(owner).flags.c_contiguous:
            return value
        made = stores.looked_into(owner, value, again, TorchView)
        if name == ".view" and not isinstance(made, stores.View):
            raise Refusal(
                say("language.view-not-compatible", "`view` needs elements that lie one after the other in memory."),
                say("language.write-reshape", "Write x.reshape(...), which copies them where it must."),
            )
        for one in made if isinstance(made, list | tuple) else [made]:
            if isinstance(one, TorchView):
                one.one_of_several |= isinstance(made, list | tuple)
                one.locked |= name in self.locked and one.places.size > np.unique(one.places).size
                one.cut |= name == ".detach"
        return made

    def attribute(self, owner: Any, name: str, made: Any, again: stores.Again) -> Any:
        """An attribute of a value, such as `x.T` and `x.data`."""
        view = super().attribute(owner, name, made, again)
        if name == "data" and isinstance(view, TorchView):
            view.count_alone()
        return view

    def looked_into(self, owner: Any, made: Any, again: stores.Again) -> Any:
        """An item or another shape of a tensor."""
        return stores.looked_into(owner, made, again, TorchView) if isinstance(owner, Tensor) else made

    def item(self, owner: Any, key: Any, made: Any, again: stores.Again) -> Any:
        """`made = owner[key]`."""
        return self.looked_into(owner, made, again)

    def plus(self, value: Tensor) -> Tensor:
        """`+value`: the tensor itself."""
        return value

    def row(self, owner: Any, made: Any, again: stores.Again) -> Any:
        """What a loop over a tensor gives: PyTorch takes all parts in one call."""
        view = self.looked_into(owner, made, again)
        if isinstance(view, TorchView):
            view.one_of_several = True
        return view

    def updates(self, value: Any) -> bool:
        """Whether `value += ...` changes the value itself, for all its names."""
        return isinstance(value, Tensor)

    def is_array(self, value: Tensor) -> bool:
        """Every tensor can be changed, single numbers too."""
        return True

    def check_write(self, target: Tensor) -> None:
        """Raise a Refusal where PyTorch does not let a tensor be changed."""
        view = target if isinstance(target, TorchView) else None
        if view is not None and view.locked:
            raise Refusal(
                say("language.expanded-cannot-change", "An expanded tensor shows one element in several places."),
                say("language.clone-before-change", "Write x = x.clone() before it is changed."),
            )
        root = stores.root_of(target)
        if not is_recording() or view is not None and view.cut:
            return
        if isinstance(root, Leaf) and root.trainable:
            raise Refusal(A_LEAF if view is None else VIEW_OF_A_LEAF, INSIDE_NO_GRAD)
        if view is not None and view.one_of_several and requires_grad(root):
            raise Refusal(
                say(
                    "language.one-of-several-views",
                    "This is one of several views that a single call, or a loop, has given: such a view of a tensor "
                    "that requires a gradient cannot be changed in place.",
                ),
                say("language.change-by-index", "Change x[i] instead, with an index."),
            )

    def updated(self, target: Any, operand: Any, made: Any) -> None:
        """PyTorch keeps a copy of what it changes, so that the change itself takes nothing from its gradient."""
        if isinstance(target, Tensor):
            _check_overlap(target, operand)
            owner = CURRENT.get()
            if owner is not None and (spot := spot_of(made, owner)) is not None:
                spot[0].cloned.add(spot[1])

    def write(self, target: Tensor, key: Any, item: Any) -> None:
        """target[key] = item."""
        self.check_write(target)
        if isinstance(item, Tensor) and stores.root_of(item) is stores.root_of(target):
            _check_overlap(stores.places_in_root(target)[key], item)
        self._put(target, item, lambda: stores.write(target, key, item))

    def overwrite(self, target: Tensor, made: Any) -> None:
        """Give the whole target new values."""
        self.check_write(target)
        if np.asarray(target.primal).dtype.kind in "iu" and f.dtype_of(made).kind == "f":
            raise Refusal(
                say("language.whole-tensor-no-fractions", "A tensor of whole numbers cannot take fractions in place."),
                say("language.write-with-point", "Write 3.0 instead of 3, or dtype=torch.float32."),
            )
        self._put(target, made, lambda: stores.overwrite(target, made))

    def _put(self, target: Tensor, item: Any, put: Callable[[], Any]) -> None:
        root = stores.root_of(target)
        tracked, followed = requires_grad(root), is_recording() and not stores.is_cut(target)
        if is_recording() and not followed and requires_grad(item):
            raise Refusal(
                say(
                    "language.gradient-into-detached",
                    "What requires a gradient cannot be written into a detached tensor here.",
                ),
                say("language.write-clone-first", "Write z = y.detach().clone() first."),
            )
        change: Callable[[], Any] = put
        if tracked and not followed:
            change = (lambda: _as_leaf(root, item, put)) if isinstance(root, Leaf) and root.trainable else (
                lambda: _as_constant(root, put)
            )  # fmt: skip
        owner = CURRENT.get()
        if owner is None:
            change()
        else:
            owner.versions.change(root, change, target.counter if isinstance(target, TorchView) else None)


def _check_overlap(target: Any, operand: Any) -> None:
    """Raise a Refusal where what is read lies partly in the places that are written.

    PyTorch refuses where it sees that, and answers by chance where it does not. `target` is a tensor, or places in the
    operand's root.
    """
    if isinstance(target, Tensor):
        if not isinstance(operand, Tensor) or stores.root_of(operand) is not stores.root_of(target):
            return
        target = stores.places_in_root(target)
    read = stores.places_in_root(operand)
    if read.shape == np.shape(target) and np.array_equal(read, target):
        return
    if np.intersect1d(read, target).size:
        raise Refusal(
            say(
                "language.partly-the-same-memory",
                "What is read and what is written lie partly in the same memory, so the result would depend on chance.",
            ),
            say("language.clone-operand-first", "Write .clone() behind what is read."),
        )


def _as_leaf(root: Leaf, item: Any, put: Callable[[], Any]) -> None:
    """A leaf takes a value that is its own from then on."""
    place = cut(Reason.ASSIGNED, "assign", (snapshot(root), item))
    _unrecorded(put)
    root.tape, root.index = place, None


def _as_constant(root: Tensor, put: Callable[[], Any]) -> None:
    """A computed tensor takes a value, and its gradient goes on as if nothing had been changed."""
    old = snapshot(root.read())
    _unrecorded(put)
    now = autograd().paused or recorders()
    others = tuple(tape for tape in now if tape is not autograd().tape)
    stores.replace(root, moved(old, root.primal, (*others, autograd().tape)))


def _unrecorded(put: Callable[[], Any]) -> None:
    before = set_recorders(())
    try:
        put()
    finally:
        set_recorders(before)


def _fresh(value: Tensor) -> Tensor:
    """The tensor with an array of its own, so that a change of the other one is not taken for one of this."""
    owner = CURRENT.get()
    if owner is not None and spot_of(value, owner) is None and value.dtype.kind == "f":
        value.primal = value.primal * 1.0
    return value


KEEP_OPERANDS = frozenset((
    "torch.nn.functional.mse_loss", "torch.nn.functional.binary_cross_entropy", "torch.nn.functional.nll_loss",
    "torch.nn.functional.binary_cross_entropy_with_logits", "torch.var", ".var", "torch.std", ".std", ".norm",
    "torch.norm", "torch.linalg.norm", "torch.nn.functional.leaky_relu", "torch.nn.functional.selu",
    "torch.nn.functional.logsigmoid", "torch.nn.functional.softsign",
))  # fmt: skip
"""Functions made of several of our operations that are one in PyTorch and keep their first operand (measured)."""


def _keep_operands(name: str, owner: Tensor, value: Tensor) -> None:
    chain = CURRENT.get()
    if name in KEEP_OPERANDS and chain is not None and (spot := spot_of(value, chain)) is not None:
        operand = spot_of(owner, chain)
        spot[0].also.setdefault(spot[1], []).append(operand if operand is not None else held(owner.primal))


A_LEAF = say(
    "language.leaf-in-place",
    "A leaf that requires a gradient cannot be changed in place while gradients are recorded.",
)
VIEW_OF_A_LEAF = say(
    "language.view-of-leaf-in-place",
    "This is a view of a leaf that requires a gradient: it cannot be changed in place while gradients are recorded.",
)
INSIDE_NO_GRAD = say("language.write-inside-torch-no", "Write it inside `with torch.no_grad():`.")
