"""Views of PyTorch's tensors: they look into their base whatever is done to either, and their changes are counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.language.dialects.torch.graph import CURRENT
from core.language.dialects.torch.leaves import requires_grad
from core.language.machine import stores
from core.tape import recorders
from core.tensor import Tensor


class TorchView(stores.View):
    """A view of a tensor, which is read anew as part of the same graph, also inside `torch.no_grad()`.

    `one_of_several` says that it came with others from one call, `silent` that nobody counts what is written through
    it. It is locked where it shows elements more than once.
    """

    __slots__ = ("one_of_several", "silent")
    numbers_too = True

    one_of_several: bool
    silent: bool

    def __init__(self, owner: Tensor, places: np.ndarray, made: Tensor, again: stores.Again) -> None:
        super().__init__(owner, places, made, again)
        self.one_of_several = isinstance(owner, TorchView) and owner.one_of_several
        self.silent = isinstance(owner, TorchView) and owner.silent
        self.cut = stores.is_cut(owner) or requires_grad(self.root) and not requires_grad(made)
        _shown(self, made)

    def read(self) -> Tensor:
        """What the view shows now."""
        if not self.is_stale():
            return self._now
        if (owner := CURRENT.get()) is None:
            made = super().read()
        else:
            with owner.recording(not self.cut and is_outside(owner)):
                made = super().read()
        _shown(self, made)
        return made


def is_outside(owner: Any) -> bool:
    """Whether a tape records at all: not where a program is run for its values alone."""
    return bool(recorders()) or owner.is_recording


def _shown(view: TorchView, made: Tensor) -> None:
    owner = CURRENT.get()
    if owner is not None and not view.silent:
        owner.versions.show(view.root, made, view.places)
