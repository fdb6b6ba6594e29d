"""`loss.backward()`, which leaves gradients in `.grad`, and `torch.autograd.grad`, which returns them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects.torch.graph import AutogradTape, autograd
from core.language.dialects.torch.leaves import Leaf, requires_grad
from core.language.dialects.torch.segments import Segment, Spot, spot_of
from core.language.machine.outcome import Refusal
from core.tape import note_asked, recorders, set_recorders
from core.tensor import Tensor, untracked


def backward(
    loss: Tensor, gradient: Any = None, retain_graph: Any = None, create_graph: Any = False
) -> None:
    owner = autograd()
    spot = _target(loss, gradient, owner)
    known = [tensor for tensor, _ in owner.tape.sources.values() if isinstance(tensor, Leaf)]
    note_asked(loss, _unreached(owner, known))
    kept = [(pair, spot_of(pair[0], owner)) for pair in owner.retained]
    leaves: dict[int, list[Any]] = {}
    met: list[tuple[list[Any], Any]] = []

    def visit(segment: Segment, adjoints: list[Any]) -> None:
        for tensor, indices in segment.sources.values():
            arrived = [adjoints[index] for index in indices if index < len(adjoints) and adjoints[index] is not None]
            if isinstance(tensor, Leaf) and arrived:
                _gather(leaves.setdefault(id(tensor), [tensor, None]), arrived)
        for pair, place in kept:
            if place is not None and place[0] is segment and (one := adjoints[place[1]]) is not None:
                met.append((pair, one))

    def sweep() -> Any:
        return owner.sweep([(spot, _seed(loss, gradient))], visit, [place for _, place in kept if place is not None])

    passed = _recorded_or_not(sweep, bool(create_graph))
    for tensor, one in leaves.values():
        tensor.grad = _accumulated(tensor.grad, one, bool(create_graph))
    for pair, one in met:
        pair[1] = _accumulated(pair[1], one, bool(create_graph))
    if not (create_graph if retain_graph is None else retain_graph):
        spot[0].asked.add(spot[1])
        for segment, reached in passed:
            segment.spent.append(reached)
    owner.begin_segment()


def _recorded_or_not(sweep: Callable[[], Any], recorded: bool) -> Any:
    """Run a sweep, so that it can be differentiated itself or not."""
    before = recorders()
    if not recorded:
        set_recorders(())
    try:
        return sweep()
    finally:
        set_recorders(before)


def _gather(pair: list[Any], arrived: list[Any]) -> None:
    for one in arrived:
        pair[1] = one if pair[1] is None else pair[1] + one


def _as_tensor(adjoint: Any) -> Tensor:
    return adjoint if isinstance(adjoint, Tensor) else untracked(adjoint)


def _accumulated(before: Any, adjoint: Any, recorded: bool) -> Tensor:
    """A gradient with more added to it: in place, as PyTorch does, unless it is to be differentiated."""
    if before is None or recorded:
        return _as_tensor(adjoint) if before is None else before + adjoint
    total = before + adjoint

    def put() -> None:
        before.primal, before.tape, before.index = total.primal, total.tape, total.index

    autograd().versions.change(before, put)
    return before


def _seed(target: Tensor, gradient: Any) -> Any:
    """The adjoint with which a target starts."""
    if gradient is None:
        return 1.0 if target.primal.__class__ is float else f.ones_like(target.primal)
    if f.shape_of(gradient) != target.shape:
        raise Refusal(
            say(
                "language.gradient-of-shape",
                "The gradient that `backward` starts from has shape {shape}, the tensor {other}.",
                shape=f.shape_of(gradient),
                other=target.shape,
            )
        )
    if isinstance(gradient, Tensor):
        return gradient if recorders() else gradient.primal
    return np.asarray(gradient, dtype=float) if target.shape else float(gradient)


def _target(loss: Tensor, gradient: Any, owner: AutogradTape) -> Spot:
    """The entry from which a sweep starts. Raises Refusal where none can."""
    if loss.size != 1 and gradient is None:
        raise Refusal(
            say(
                "language.backward-starts-one-number",
                "`backward()` starts from one number, but this is an array of shape {shape}.",
                shape=loss.shape,
            ),
            say("language.write-loss-sum-backward", "Write loss.sum().backward() or loss.mean().backward()."),
        )
    if isinstance(loss, Leaf) and loss.trainable:
        with owner.recording(True):
            loss.read()
    spot = spot_of(loss, owner)
    if spot is None:
        raise Refusal(
            say("language.nothing-requires-gradient-leads", "Nothing that requires a gradient leads to this value."),
            say("language.write-torch-tensor-1", "Write torch.tensor(1.0, requires_grad=True)."),
        )
    return spot


def _unreached(owner: AutogradTape, reached: list[Leaf]) -> list[Leaf]:
    """The leaves that require a gradient and were not used since the records began: `backward()` gives them none."""
    known = {id(one) for one in reached}
    required = (one() for one in owner.required)
    return [one for one in required if isinstance(one, Leaf) and one.trainable and id(one) not in known]


def gradients(
    outputs: Any, inputs: Any, grad_outputs: Any = None, retain_graph: Any = None, create_graph: Any = False,
    allow_unused: Any = None,
) -> tuple:  # fmt: skip
    """torch.autograd.grad: the gradients of the inputs, which leave nothing in `.grad`.

    Raises Refusal where an input requires no gradient, and where one was not used unless that is allowed.
    """
    owner = autograd()
    targets = list(outputs) if isinstance(outputs, list | tuple) else [outputs]
    sources = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    weights = list(grad_outputs) if isinstance(grad_outputs, list | tuple) else [grad_outputs] * len(targets)
    spots = [_target(one, weight, owner) for one, weight in zip(targets, weights, strict=True)]
    places = [_places(source, owner) for source in sources]
    found: list[list[Any]] = [[source, None] for source in sources]

    def visit(segment: Segment, adjoints: list[Any]) -> None:
        for pair, spots_of_it in zip(found, places, strict=True):
            here = [index for one, index in spots_of_it if one is segment and index < len(adjoints)]
            _gather(pair, [adjoints[index] for index in here if adjoints[index] is not None])

    def sweep() -> Any:
        seeded = [(spot, _seed(*pair)) for spot, *pair in zip(spots, targets, weights, strict=True)]
        ends = [end for one in places for end in one]
        return owner.sweep(seeded, visit, ends, leading=set(ends))

    passed = _recorded_or_not(sweep, bool(create_graph))
    note_asked(targets[-1], [source for source, one in found if one is None])
    if not (create_graph if retain_graph is None else retain_graph):
        for segment, reached in passed:
            segment.freed |= reached
    owner.begin_segment()
    if not allow_unused and any(one is None for _, one in found):
        raise Refusal(
            say(
                "language.appears-unused",
                "One of the differentiated tensors appears to not have been used in the graph.",
            ),
            say("language.set-allow-unused", "Write allow_unused=True if None is what you want for it."),
        )
    return tuple(None if one is None else _as_tensor(one) for _, one in found)


def _places(source: Any, owner: AutogradTape) -> list[Spot]:
    """Every entry at which a tensor stands on the newest segment that knows it."""
    if not requires_grad(source):
        raise Refusal(
            say("language.does-not-require", "One of the differentiated tensors does not require a gradient."),
            say("language.write-torch-tensor-1", "Write torch.tensor(1.0, requires_grad=True)."),
        )
    return owner.standing(source)
