"""GradientTape: records what is computed inside its `with` block and gives derivatives, as TensorFlow's does.

Knows tapes, variables and sweeps; how an operation is recorded or pulled back is theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from core import functions as f
from core.structure import flatten, map_structure
from core.sweeps import reverse
from core.tape import Tape, recorders, set_recorders, start, stop
from core.tensor import Tensor, untracked
from core.variable import Variable, watch

USED_UP = (
    "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians): its records were "
    "freed by the first call. Ask for all gradients in one call, or make the tape with persistent=True."
)


class GradientTape:
    """Records operations on watched tensors for automatic differentiation.

    With `persistent` the tape may be asked more than once; otherwise the first `gradient` frees what it kept.
    With `watch_accessed_variables` trainable variables are watched by themselves when they are first read.
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self.persistent = persistent
        self.tape = Tape(watch_accessed_variables)
        self.used_up = False

    def __enter__(self) -> "GradientTape":
        if self.is_recording:
            raise ValueError("the tape is recording already; it cannot be entered twice at once")
        start(self.tape)
        return self

    def __exit__(self, *_: Any) -> None:
        stop(self.tape)

    @property
    def is_recording(self) -> bool:
        """Whether operations are recorded on this tape at this moment."""
        return any(tape is self.tape for tape in recorders())

    def watch(self, tensor: Any) -> None:
        """Make tensors (or a structure of them) sources of derivatives from here on.

        Raises TypeError for what is not a tensor of the library: a plain number cannot be followed.
        """
        for one in flatten(tensor):
            if not isinstance(one, Tensor):
                raise TypeError(f"only tensors can be watched, not {type(one).__name__}: make one with `constant` first")
            watch(one, self.tape)

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables that the tape watches, in the order in which they were first read."""
        return tuple(tensor for tensor, _ in self.tape.sources.values() if isinstance(tensor, Variable))

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Inside this block nothing is recorded on this tape."""
        if not self.is_recording:
            raise ValueError("the tape is not recording, so recording cannot be stopped")
        before = recorders()
        stop(self.tape)
        try:
            yield
        finally:
            set_recorders(before)

    def reset(self) -> None:
        """Forget everything recorded so far, as if the tape had just been made."""
        self.tape.clear()
        self.used_up = False

    def gradient(
        self, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: Any = "none"
    ) -> Any:
        """The derivative of the target(s) with respect to the sources, in the sources' structure.

        Several or non-scalar targets are summed, each weighted by its entry in `output_gradients` (1 by default).
        A source that does not reach the target gives None, or zeros with `unconnected_gradients="zero"`.
        Raises RuntimeError when a non-persistent tape is asked a second time.
        """
        self._check_usable()
        if self.is_recording and not self.persistent:
            stop(self.tape)
        seeds = self._seeds(flatten(target), output_gradients)
        adjoints = reverse(self.tape, seeds, recorded=bool(recorders())) if seeds else []
        zero = str(getattr(unconnected_gradients, "value", unconnected_gradients)).lower() == "zero"
        result = map_structure(lambda source: self._adjoint_of(source, adjoints, zero), sources)
        self._release()
        return result

    def _check_usable(self) -> None:
        if self.used_up:
            raise RuntimeError(USED_UP)

    def _release(self) -> None:
        if not self.persistent:
            self.used_up = True
            self.tape.clear()

    def _seeds(self, targets: list[Any], output_gradients: Any) -> dict[int, Any]:
        weights = [None] * len(targets) if output_gradients is None else flatten(output_gradients)
        if len(weights) != len(targets):
            raise ValueError(f"{len(targets)} targets but {len(weights)} output_gradients")
        seeds: dict[int, Any] = {}
        for target, weight in zip(targets, weights, strict=True):
            if not isinstance(target, Tensor):
                raise TypeError(f"the target of a gradient must be a tensor, not {type(target).__name__}")
            index = self.tape.index_of(target)
            if index is not None:
                seed = _seed(target, weight)
                seeds[index] = seeds[index] + seed if index in seeds else seed
        return seeds

    def _adjoint_of(self, source: Any, adjoints: list[Any], zero: bool) -> Any:
        if not isinstance(source, Tensor):
            raise TypeError(f"gradients can be asked only with respect to tensors, not {type(source).__name__}")
        arrived = [adjoints[index] for index in self.tape.indices_of_source(source) if index < len(adjoints)]
        arrived = [adjoint for adjoint in arrived if adjoint is not None]
        if not arrived:
            return untracked(f.zeros_like(source)) if zero else None
        total = sum(arrived[1:], start=arrived[0])
        return total if isinstance(total, Tensor) else untracked(total)


def _seed(target: Tensor, weight: Any) -> Any:
    if weight is None:
        return f.ones_like(target)
    if not recorders() or not isinstance(weight, Tensor):
        weight = weight.primal if isinstance(weight, Tensor) else weight
        return f.broadcast_to(np.asarray(weight, dtype=target.dtype), target.shape) if target.shape else float(weight)
    return weight
