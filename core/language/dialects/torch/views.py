"""Views of PyTorch's tensors: they look into their base whatever is done to either, and their changes are counted."""

from __future__ import annotations

import numpy as np

from core.language.dialects.torch.graph import CURRENT
from core.language.dialects.torch.leaves import requires_grad
from core.language.machine import stores
from core.tensor import Tensor


class TorchView(stores.View):
    """A view of a tensor, which is read anew as part of the same graph, also inside `torch.no_grad()`.

    `one_of_several` says that it came with others from one call, `counter` what counts the
    changes that are made through it, where that is not the base. It is locked where it shows elements more than once.
    """

    __slots__ = ("counter", "one_of_several")
    numbers_too = True

    one_of_several: bool
    counter: object

    def __init__(self, owner: Tensor, places: np.ndarray, made: Tensor, again: stores.Again) -> None:
        super().__init__(owner, places, made, again)
        self.one_of_several = isinstance(owner, TorchView) and owner.one_of_several
        self.counter = owner.counter if isinstance(owner, TorchView) else None
        self.cut = stores.is_cut(owner) or requires_grad(self.root) and not requires_grad(made)
        _shown(self, made)

    def count_alone(self) -> None:
        """From now on its changes are counted for it and its views alone, and no derivative flows."""
        self.counter, self.cut = object(), True
        self._now = Tensor(self._now.primal * 1)
        _shown(self, self._now)

    def read(self) -> Tensor:
        """What the view shows now."""
        if not self.is_stale():
            return self._now
        if (owner := CURRENT.get()) is None:
            made = super().read()
        else:
            with owner.reading(not self.cut):
                made = super().read()
        _shown(self, made)
        return made


def _shown(view: TorchView, made: Tensor) -> None:
    owner = CURRENT.get()
    if owner is None:
        return
    if view.counter is not None and made.primal is view.root.primal:
        made.primal = made.primal * 1  # so that what is kept of the one is not taken for the other
    owner.versions.show(view.root, made, view.places, view.counter)
