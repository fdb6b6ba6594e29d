"""GradientTape: records what is computed inside its `with` block and gives derivatives, as TensorFlow's does.

Knows tapes, variables and sweeps; how an operation is recorded or pulled back is theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from core import functions as f
from core.basics.structure import flatten, rebuild
from core.basics.types import Adjoint, Shape, Structure, Value
from core.basics.words import phrase, say
from core.explain import Explanation, explain
from core.jacobians import by_sweeps, gathered, joined, one_hots
from core.sweeps import reverse
from core.tape import Tape, note_asked, recorders, start, stop
from core.tensor import Tensor, as_primal, as_result, leave, untracked
from core.variable import Variable, watch

USED_UP = say(
    "tape.used-up",
    "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians): its "
    "records were freed by the first call. Ask for all gradients in one call, or make the tape with "
    "persistent=True.",
)
NEVER_ENTERED = say(
    "tape.gradienttape-recorded-nothing-yet",
    "this GradientTape has recorded nothing yet: compute inside `with tape:` before asking for gradients.",
)
NOT_RECORDING = phrase(
    "tape.not-recording", "Tape is not recording: `{call}` only makes sense inside the tape's `with` block."
)


class GradientTape:
    """Records operations on watched tensors for automatic differentiation.

    With `persistent` the tape may be asked more than once; otherwise the first `gradient` frees what it kept.
    With `watch_accessed_variables` trainable variables are watched by themselves when they are first read. What is
    watched and when, None against zeros, and the errors are those of `tf.GradientTape`.
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self.persistent = persistent
        self.watch_accessed_variables = watch_accessed_variables
        self.tape = Tape(watch_accessed_variables)
        self.entered = False
        self.used_up = False
        self._watched: list[Variable] = []

    def __enter__(self) -> "GradientTape":
        if self.is_recording:
            raise ValueError(
                say(
                    "tape.tape-still-recording-cannot",
                    "Tape is still recording: it cannot be entered again before its `with` block ends.",
                )
            )
        if self.used_up:
            self._renew()
        start(self.tape)
        self.entered = True
        return self

    def __exit__(self, *_: Any) -> None:
        stop(self.tape)

    def __del__(self) -> None:
        """Forget what was watched, so that neither keeps the other alive."""
        tape = getattr(self, "tape", None)
        if tape is not None:
            for tensor, _ in tape.sources.values():
                leave(tensor, tape)

    @property
    def is_recording(self) -> bool:
        """Whether operations are recorded on this tape at this moment."""
        return self.tape in recorders()

    def watch(self, tensor: Structure) -> None:
        """Make tensors (or a structure of them) sources of derivatives from here on.

        Raises ValueError, as TensorFlow does, for what is not a tensor: a plain number cannot be followed; TypeError
        for complex tensors; RuntimeError when the tape is used up.
        """
        if self.used_up:
            raise RuntimeError(USED_UP)
        for one in flatten(tensor):
            if not isinstance(one, Tensor):
                raise ValueError(
                    say(
                        "tape.cannot-watch-type-only",
                        "cannot watch {one!r} of type {other}: only tensors and variables can be watched; make one "
                        "with `constant` first",
                        one=one,
                        other=type(one).__name__,
                    )
                )
            _check_real(one)
            watch(one, self.tape)

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables that the tape watches, in the order in which they were made."""
        found = self._watched if self.used_up else self._variables()
        return tuple(sorted(found, key=lambda variable: variable.serial))

    def _variables(self) -> list[Variable]:
        return [tensor for tensor, _ in self.tape.sources.values() if isinstance(tensor, Variable)]

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Inside this block nothing is recorded on this tape.

        Raises ValueError outside of the tape's `with` block, RuntimeError when the tape holds no recording at all.
        """
        if not self.is_recording:
            kind = ValueError if self.entered and not self.used_up else RuntimeError
            raise kind(NOT_RECORDING.say(call="stop_recording"))
        stop(self.tape)
        try:
            yield
        finally:
            if self.used_up:
                self._renew()
            start(self.tape)

    def reset(self) -> None:
        """Forget everything recorded and watched so far, as if the `with` block began here."""
        if not self.is_recording:
            raise ValueError(NOT_RECORDING.say(call="reset"))
        stop(self.tape)
        self._renew()
        start(self.tape)

    def _renew(self) -> None:
        self.tape, self.used_up = Tape(self.watch_accessed_variables), False

    def gradient(
        self,
        target: Structure,
        sources: Structure,
        output_gradients: Structure = None,
        unconnected_gradients: Any = "none",
    ) -> Structure:
        """The derivative of the target(s) with respect to the sources, in the sources' structure, shapes and dtypes.

        Several or non-scalar targets are summed, each weighted by its entry in `output_gradients` (1 by default),
        which has the target's shape or broadcasts to it. A source that does not reach the target gives None, or zeros
        with `unconnected_gradients="zero"`. Raises RuntimeError when a non-persistent tape is asked a second time or
        nothing was recorded, TypeError for what is not a tensor of real numbers, ValueError for weights that do not
        fit.
        """
        self._check_usable()
        zero = _zeros_wanted(unconnected_gradients)
        targets = [_target(one) for one in flatten(target)]
        leaves = _checked(sources)
        seeds = _seeds(targets, output_gradients)
        self._pause()
        adjoints = self._sweep(list(zip(targets, seeds, strict=True)), leaves)
        self._release()
        found = [
            untracked(adjoint) if adjoint.__class__ is float else _or_zeros(adjoint, source.shape, source, zero)
            for adjoint, source in zip(adjoints, leaves, strict=True)
        ]
        if targets and recorders():
            note_asked(
                targets[-1], [source for source, adjoint in zip(leaves, adjoints, strict=True) if adjoint is None]
            )
        return rebuild(sources, iter(found))

    def jacobian(
        self, target: Tensor, sources: Structure, unconnected_gradients: Any = "none", **_: Any
    ) -> Structure:
        """The derivative of every element of the target with respect to every element of the sources.

        Its shape is the target's followed by the source's; the structure is that of the sources. TensorFlow's
        arguments about parallel work are accepted and have no effect. Raises what `gradient` raises.
        """
        self._check_usable()
        zero = _zeros_wanted(unconnected_gradients)
        target = _target(target)
        leaves = _checked(sources)
        follows = self._follows(target)
        self._pause()
        rows = by_sweeps(lambda seed: self._sweep([(target, seed)], leaves), target, leaves) if follows else ()
        self._release()
        found = [
            _or_zeros(one, (*target.shape, *source.shape), source, zero)
            for one, source in zip(rows or [None] * len(leaves), leaves, strict=True)
        ]
        return rebuild(sources, iter(found))

    def batch_jacobian(
        self, target: Tensor, source: Tensor, unconnected_gradients: Any = "none", **_: Any
    ) -> Value:
        """For each sample (first axis) the jacobian of its target row with respect to its own source row.

        Of shape (samples, rest of the target, rest of the source). Right only where no sample influences another one's
        target. Without a connection it is zeros, never None. Raises ValueError where target and source have less than
        two axes or not as many samples, and what `gradient` raises.
        """
        self._check_usable()
        _zeros_wanted(unconnected_gradients)
        target = _target(target)
        (source,) = _checked(source)
        _check_batches(target.shape, source.shape)
        batch, *rest = target.shape
        follows = self._follows(target)
        self._pause()
        seeds = (f.broadcast_to(one, target.shape) for one in one_hots(tuple(rest), f.dtype_of(target)))
        columns = gathered(lambda seed: self._sweep([(target, seed)], [source]), seeds) if follows else [()]
        self._release()
        shape = (batch, *rest, *source.shape[1:])
        return _or_zeros(joined(columns[0], source, 1, shape), shape, source, True)

    def explain(self, target: Tensor, source: Tensor) -> Explanation:
        """Why the gradient of the target with respect to the source is None, or that it is not."""
        return explain(self.tape, _target(target), _target(source), self.used_up)

    def _check_usable(self) -> None:
        if self.used_up or not self.entered:
            raise RuntimeError(USED_UP if self.used_up else NEVER_ENTERED)

    def _follows(self, target: Tensor) -> bool:
        """Whether the tape follows the target. A variable is read on it first, as TensorFlow does for jacobians."""
        outside = not self.is_recording
        if outside:
            start(self.tape)
        target.read()
        if outside:
            stop(self.tape)
        return self.tape.index_of(target) is not None

    def _pause(self) -> None:
        """A non-persistent tape that is asked inside its block records no further."""
        if not self.persistent:
            stop(self.tape)

    def _release(self) -> None:
        if not self.persistent:
            self._watched = self._variables()
            self.used_up = True
            self.tape.clear()

    def _sweep(self, seeded: list[tuple[Tensor, Adjoint]], sources: list[Tensor]) -> list[Adjoint]:
        """Run the reverse sweep from the seeded targets; returns the adjoint of each source, None where none came."""
        tape = self.tape
        seeds: dict[int, Adjoint] = {}
        off_tape: list[tuple[Tensor, Adjoint]] = []
        for target, seed in seeded:
            index = tape.index_of(target)
            if index is None:
                off_tape.append((target, seed))
            else:
                seeds[index] = seeds[index] + seed if index in seeds else seed
        places = [tape.indices_of_source(source) for source in sources]
        keep = None if tape.scalar else {index for indices in places for index in indices}
        adjoints = reverse(tape, seeds, recorded=bool(recorders()), keep=keep) if seeds else [None] * len(tape)
        arrived = [adjoints[one[0]] if len(one) == 1 else _total(adjoints, one) for one in places]
        for target, seed in off_tape:
            for place, source in enumerate(sources):
                if source is target:
                    arrived[place] = seed if arrived[place] is None else arrived[place] + seed
        return arrived


def _total(adjoints: list[Adjoint], indices: list[int]) -> Adjoint:
    """The sum of what arrived at several readings of one source."""
    known = [adjoints[index] for index in indices if adjoints[index] is not None]
    return sum(known[1:], start=known[0]) if known else None


def _target(target: object) -> Tensor:
    if not isinstance(target, Tensor):
        raise TypeError(
            say(
                "tape.target-gradient-must-tensor",
                "the target of a gradient must be a tensor, not {target!r} of type {other}",
                target=target,
                other=type(target).__name__,
            )
        )
    return target


def _checked(sources: Structure) -> list[Tensor]:
    leaves = flatten(sources)
    for source in leaves:
        if not isinstance(source, Tensor):
            raise TypeError(
                say(
                    "tape.gradients-asked-only-respect",
                    "gradients can be asked only with respect to tensors, not {source!r} of type {other}",
                    source=source,
                    other=type(source).__name__,
                )
            )
        if source.primal.__class__ is not float:
            _check_real(source)
    return leaves


def _check_real(source: Tensor) -> None:
    if f.dtype_of(source).kind == "c":
        raise TypeError(
            say(
                "tape.derivatives-taken-respect-real",
                "derivatives are taken with respect to real numbers, not {dtype}",
                dtype=f.dtype_of(source),
            )
        )


def _check_batches(target: Shape, source: Shape) -> None:
    for name, shape in (("target", target), ("source", source)):
        if len(shape) < 2:
            raise ValueError(
                say(
                    "tape.batch-jacobian-needs-least",
                    "batch_jacobian needs a {name} of at least two axes, not of shape {shape}",
                    name=name,
                    shape=shape,
                )
            )
    if target[0] != source[0]:
        raise ValueError(
            say(
                "tape.batch-jacobian-needs-many",
                "batch_jacobian needs as many rows in the target, shape {target}, as in the source, {source}",
                target=target,
                source=source,
            )
        )


def _zeros_wanted(unconnected_gradients: Any) -> bool:
    """Whether unconnected sources get zeros; takes "none", "zero" or an enumeration of these values."""
    if unconnected_gradients == "none":
        return False
    word = getattr(unconnected_gradients, "value", unconnected_gradients)
    if word not in ("none", "zero"):
        raise ValueError(
            say(
                "tape.unknown-value-unconnected-gradients",
                "Unknown value for unconnected_gradients: {unconnected_gradients!r}; use 'none' or 'zero'",
                unconnected_gradients=unconnected_gradients,
            )
        )
    return bool(word == "zero")


def _seeds(targets: list[Tensor], output_gradients: Structure) -> list[Adjoint]:
    """The adjoint with which each target starts."""
    if output_gradients is None:
        return [1.0 if target.primal.__class__ is float else f.ones_like(target.primal) for target in targets]
    weights = flatten(output_gradients) if len(targets) != 1 or _is_structure(output_gradients) else [output_gradients]
    if len(weights) != len(targets):
        raise ValueError(
            say(
                "tape.targets-output-gradients",
                "{count} targets but {other} output_gradients",
                count=len(targets),
                other=len(weights),
            )
        )
    return [_seed(target, weight) for target, weight in zip(targets, weights, strict=True)]


def _is_structure(weights: Structure) -> bool:
    return (
        isinstance(weights, dict)
        or isinstance(weights, list | tuple)
        and any(isinstance(weight, Tensor | np.ndarray | list | tuple | dict) for weight in weights)
        or isinstance(weights, list | tuple)
        and len(weights) == 1
    )


def _seed(target: Tensor, weight: Value) -> Adjoint:
    if weight is None:
        raise ValueError(
            say(
                "tape.entry-output-gradients-none",
                "an entry of output_gradients is None; give a tensor of ones to weight the target with 1",
            )
        )
    if not isinstance(weight, Tensor):
        weight = untracked(as_primal(weight))
    kind = np.asarray(target.primal).dtype
    if np.asarray(weight.primal).dtype != kind:
        weight = untracked(as_result(np.asarray(weight.primal).astype(kind)))
    if weight.shape != target.shape:
        try:
            np.broadcast_to(np.empty(weight.shape), target.shape)
        except ValueError:
            raise ValueError(
                say(
                    "tape.output-gradients-shape-not",
                    "output_gradients of shape {shape} do not fit a target of shape {other}",
                    shape=weight.shape,
                    other=target.shape,
                )
            ) from None
        weight = f.broadcast_to(weight, target.shape)
    return weight if recorders() else weight.primal


def _or_zeros(adjoint: Adjoint, shape: Shape, source: Tensor, zero: bool) -> Tensor | None:
    if adjoint is None:
        kind = np.asarray(source.primal).dtype
        return untracked(as_result(np.zeros(shape, dtype=kind))) if zero else None
    return _tensor(adjoint)


def _tensor(value: Value) -> Tensor:
    return value if isinstance(value, Tensor) else untracked(value)
