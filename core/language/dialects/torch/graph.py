"""The graph behind `backward()`: a chain of tapes, what was freed on them, and which values were changed since.

PyTorch's graph lives as long as somebody holds a piece of it, and `backward()` frees what its operations had kept.
Here a new tape, a `Segment`, begins after each pass, so that a long training loop costs the same in each; what a
later segment needs of an earlier one is linked to it. Knows tapes and sweeps; leaves are tensors that the caller knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import ref

from core.basics.words import phrase, say
from core.gradient_tape import GradientTape
from core.language.dialects.torch.saved import keeps
from core.language.dialects.torch.segments import Segment, Spot, sources_of, spot_of
from core.language.dialects.torch.versions import Versions
from core.language.machine.outcome import Refusal
from core.sweeps import reverse
from core.tape import Tape, recorders, set_recorders
from core.tensor import Tensor


class AutogradTape(GradientTape):
    """The chain of segments; the newest one records."""

    def __init__(self) -> None:
        self._count = -1
        super().__init__(persistent=True)
        self.retained: list[list[Any]] = []
        self.required: list[ref[Tensor]] = []
        self.versions = Versions(self)
        self.asked_before = False
        self.paused: tuple[Tape, ...] | None = None
        self._renew()

    def _renew(self) -> None:
        self._count += 1
        self.tape: Tape = Segment(self, self._count)

    @property
    def segment(self) -> Segment:
        """The newest segment."""
        assert isinstance(self.tape, Segment)
        return self.tape

    def begin_segment(self) -> None:
        """A backward pass is over: what comes is recorded on a segment of its own."""
        before, old = recorders(), self.tape
        self._renew()
        set_recorders(tuple(self.tape if tape is old else tape for tape in before))

    @contextmanager
    def recording(self, wanted: bool) -> Iterator[None]:
        """Inside this block the newest segment records, or does not."""
        before = self.tape in recorders()
        self._record(wanted)
        try:
            yield
        finally:
            self._record(before)

    @contextmanager
    def following(self, wanted: bool) -> Iterator[None]:
        """Inside this block gradients are followed, or no tape records; `paused` are those that did before."""
        before, outer = recorders(), self.paused
        known = before if outer is None else outer
        self.paused = None if wanted else known
        set_recorders(self._with_newest(known) if wanted else ())
        if wanted and outer is None:
            self._record(True)
        try:
            yield
        finally:
            self.paused = outer
            set_recorders(self._with_newest(before))

    def _with_newest(self, tapes: tuple[Tape, ...]) -> tuple[Tape, ...]:
        """The tapes, with the segment that is the newest now."""
        return tuple(self.tape if isinstance(tape, Segment) else tape for tape in tapes)

    @contextmanager
    def reading(self, followed: bool) -> Iterator[None]:
        """Inside this block a view is read: where it is followed, as part of the graph, also where that is paused."""
        if self.paused is None:
            with self.recording(followed and (bool(recorders()) or self.is_recording)):
                yield
            return
        before = set_recorders(self.paused if followed else ())
        try:
            yield
        finally:
            set_recorders(before)

    def _record(self, wanted: bool) -> None:
        others = tuple(tape for tape in recorders() if not isinstance(tape, Segment))
        set_recorders((*others, self.tape) if wanted else others)

    # -- backward ------------------------------------------------------------------------------------------------

    def sweep(
        self, targets: list[tuple[Spot, Any]], visit: Callable[[Segment, list[Any]], None], wanted: list[Spot],
        leading: set[Spot] | None = None,
    ) -> list[tuple[Segment, set[int]]]:
        """The reverse sweep from entries, each with its adjoint, through all segments.

        `visit` is told the adjoints of each segment, the newest first: of its inputs and of the entries that are
        wanted. With `leading` only operations on the way to these entries are passed. Returns the segments and the
        entries that were passed. Raises Refusal where an operation on the way has been freed, or needs a value that
        was changed in place.
        """
        self.asked_before = any(index in segment.asked for (segment, index), _ in targets)
        on_the_way = None if leading is None else self._on_the_way([spot for spot, _ in targets], leading)
        pending: dict[int, tuple[Segment, dict[int, Any]]] = {}
        for (segment, index), adjoint in targets:
            _add(pending, segment, index, adjoint)
        passed: list[tuple[Segment, set[int]]] = []
        while pending:
            segment, seeds = pending.pop(max(pending))
            only = None if on_the_way is None else on_the_way.get(segment.number, set())
            self._check(segment, set(seeds), only)
            passed.append((segment, set(seeds) if only is None else only))
            kept = None if segment.scalar else {*segment.inputs, *(index for one, index in wanted if one is segment)}
            adjoints = reverse(segment, seeds, recorded=bool(recorders()), keep=kept)
            visit(segment, adjoints)
            for index, (older, place) in segment.links.items():
                if index < len(adjoints) and adjoints[index] is not None:
                    _add(pending, older, place, adjoints[index])
        return passed

    def _on_the_way(self, targets: list[Spot], ends: set[Spot]) -> dict[int, set[int]]:
        """By the number of a segment: the operations that lie between the targets and the ends."""
        reached: dict[int, tuple[Segment, set[int]]] = {}
        pending: dict[int, tuple[Segment, set[int]]] = {}
        for segment, index in targets:
            pending.setdefault(segment.number, (segment, set()))[1].add(index)
        while pending:
            segment, seeds = pending.pop(max(pending))
            reached[segment.number] = segment, segment.below(seeds)
            for index in reached[segment.number][1] & segment.links.keys():
                older, place = segment.links[index]
                pending.setdefault(older.number, (older, set()))[1].add(place)
        found: dict[int, set[int]] = {}
        for number in sorted(reached):
            segment, indices = reached[number]
            leads = {index for one, index in ends if one is segment}
            passed: set[int] = set()
            for index in sorted(indices):
                link = segment.links.get(index)
                if link is not None and (link[1] in found.get(link[0].number, ()) or link in ends):
                    leads.add(index)
                elif any(one in leads for one in sources_of(segment, index)):
                    leads.add(index)
                    passed.add(index)
            found[number] = passed
        return found

    def standing(self, tensor: Any) -> list[Spot]:
        """Every entry at which a tensor was read on the newest segment that knows it."""
        spot = spot_of(tensor, self)
        if spot is None:
            return []
        return [(spot[0], index) for index in {spot[1], *spot[0].indices_of_source(tensor)}]

    def _check(self, segment: Segment, seeds: set[int], only: set[int] | None) -> None:
        if not (segment.spent or segment.freed or segment.changed or self.versions.changed):
            return
        reached = segment.below(seeds) if only is None else only
        for index in sorted(reached, reverse=True):
            kept, anything = keeps(segment, index, index in segment.cloned)
            kept = [*kept, *segment.also.get(index, ())]
            if (anything or kept) and segment.was_freed(index):
                raise Refusal(*((ASKED_BEFORE, KEEP_OR_ANEW) if self.asked_before else (SECOND_TIME, KEEP_OR_DETACH)))
            for one in kept:
                if not self._holds(segment, one):
                    name = segment.ops[index].name
                    raise Refusal(MODIFIED.say(op=name, value=_called(segment, one)), OUT_OF_PLACE)

    def _holds(self, segment: Segment, one: Any) -> bool:
        """Whether a value that is kept is still what it was."""
        if isinstance(one, tuple):
            return one[1] not in one[0].changed
        if one.__class__ is int:
            link = segment.links.get(one)
            return one not in segment.changed and (link is None or link[1] not in link[0].changed)
        return not self.versions.was_changed(one() if callable(one) else one)


def _add(pending: dict[int, tuple[Segment, dict[int, Any]]], segment: Segment, index: int, adjoint: Any) -> None:
    seeds = pending.setdefault(segment.number, (segment, {}))[1]
    seeds[index] = seeds[index] + adjoint if index in seeds else adjoint


def _called(segment: Segment, one: Any) -> str:
    """The text's name for a value, in quotation marks; else what it is."""
    segment, index = one if isinstance(one, tuple) else (segment, one)
    if index.__class__ is int:
        segment, index = segment.links.get(index, (segment, index))
        for other, place in segment.elsewhere.get(index, ()):
            names = getattr(other(), "names", {})
            if place in names:
                return f"`{names[place]}`"
    return say("language.one-of-its-values", "one of its values")


SECOND_TIME = say(
    "language.backward-second-time",
    "This goes backward through the graph a second time: an earlier `backward()` has freed what its operations kept.",
)
ASKED_BEFORE = say(
    "language.backward-called-before-records",
    "`backward()` was called on this before, and its records were freed then.",
)
KEEP_OR_ANEW = say(
    "language.write-backward-retain-graph",
    "Write backward(retain_graph=True) the first time, or compute the value anew.",
)
KEEP_OR_DETACH = say(
    "language.detach-or-retain",
    "Write h = h.detach() where the loop begins anew, or backward(retain_graph=True) the first time.",
)
MODIFIED = phrase(
    "language.modified-in-place",
    "One of the variables needed for gradient computation has been modified by an in-place operation: "
    "`{op}` needs {value} as it was.",
)
OUT_OF_PLACE = say("language.change-a-copy", "Write y = y + 1 instead of y += 1, or change y.clone().")


# -- the chain of this run -----------------------------------------------------------------------------------------

CURRENT: ContextVar[AutogradTape | None] = ContextVar("autograd", default=None)


def autograd() -> AutogradTape:
    """The chain of this run, started when there is none."""
    owner = CURRENT.get()
    if owner is None:
        owner = AutogradTape()
        owner.__enter__()
        CURRENT.set(owner)
    return owner


@contextmanager
def own_autograd() -> Iterator[None]:
    """Inside this block a program starts without a chain and leaves none behind."""
    token, before = CURRENT.set(None), recorders()
    try:
        yield
    finally:
        CURRENT.reset(token)
        set_recorders(before)


def is_recording() -> bool:
    """Whether gradients are followed now: not inside `torch.no_grad()`."""
    owner = CURRENT.get()
    return owner is not None and any(tape is owner.tape for tape in recorders())


class GradMode:
    """A block in which gradients are recorded for `backward()`, or are not."""

    kind = say("language.a-grad-mode", "a block with or without gradients")

    def __init__(self, wanted: Any = False) -> None:
        self.wanted = bool(wanted)

    def enter(self, here: Any) -> Any:
        """Stop recording, or start it."""
        self._block = autograd().following(self.wanted)
        self._block.__enter__()

    def leave(self, here: Any) -> None:
        """As it was before."""
        self._block.__exit__(None, None, None)


def grad_enabled() -> bool:
    """`torch.is_grad_enabled()`."""
    return CURRENT.get() is None or is_recording()
