"""Views of PyTorch's tensors: they look into their base whatever is done to either, and their changes are counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.language.dialects.torch.graph import CURRENT
from core.language.dialects.torch.leaves import requires_grad
from core.language.dialects.torch.segments import held
from core.language.machine import stores
from core.tape import recorders
from core.tensor import Tensor


class TorchView(stores.View):
    """A view of a tensor, which is read anew as part of the same graph, also inside `torch.no_grad()`.

    `one_of_several` says that it came with others from one call, `silent` that what is written through it
    is counted for it and its own views alone, of which it then holds the values that were read. It is locked where it
    shows elements more than once.
    """

    __slots__ = ("one_of_several", "silent")
    numbers_too = True

    one_of_several: bool
    silent: list[Any] | None

    def __init__(self, owner: Tensor, places: np.ndarray, made: Tensor, again: stores.Again) -> None:
        super().__init__(owner, places, made, again)
        self.one_of_several = isinstance(owner, TorchView) and owner.one_of_several
        self.silent = owner.silent if isinstance(owner, TorchView) else None
        self.cut = stores.is_cut(owner) or requires_grad(self.root) and not requires_grad(made)
        _shown(self, made)

    def silence(self) -> None:
        """From now on what is written through it is counted for it and its views alone, and no derivative flows."""
        self.silent, self.cut = [], True
        self._now = Tensor(self._now.primal * 1)
        _shown(self, self._now)

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
    if owner is None:
        return
    if view.silent is None:
        owner.versions.show(view.root, made, view.places)
    else:
        if made.primal is view.root.primal and made is not view.root:
            made.primal = made.primal * 1  # so that what is kept of the one is not taken for the other
        view.silent.append(held(made.primal))
