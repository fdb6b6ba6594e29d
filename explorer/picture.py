"""The graph of a timeline, placed, and what each of its steps looks like: core's data as the graph draws it.

Pure functions, fit for a worker thread. Wording comes from `core.notation`. Knows no widget.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from core import notation
from core.events import AdjointAccumulated, PrimalComputed
from core.timeline import Frame, State, Timeline
from explorer.graph.build import Draft, contribution_steps, draft, edge_states
from explorer.graph.layout import layout
from explorer.graph.scene import ActiveEdge, GraphModel, Snapshot


@dataclass(frozen=True, eq=False)
class Picture:
    """A placed graph, with the step after which each edge has carried its contribution."""

    timeline: Timeline
    model: GraphModel
    carried: np.ndarray


def picture_of(
    timeline: Timeline, previous: Picture | None = None, cancelled: Callable[[], bool] | None = None
) -> Picture:
    """Place the graph of a timeline; where only values changed, it stays as it was."""
    run = timeline.run
    watched = {run.inputs[name] for name in run.watched}
    drawn = draft(run.tape, partial(notation.entry_formula, run.tape), output=run.target, watched=watched)
    model = _kept(drawn, previous.model) if previous else None
    if model is None:
        inputs = list(run.inputs.values())
        model = drawn.placed(
            layout(drawn.sizes, drawn.edges, inputs=inputs, output=run.target, cancelled=cancelled)
        )
    events = (timeline.event(step) for step in range(1, len(timeline) + 1))
    return Picture(timeline, model, contribution_steps(events, model.edges))


def _kept(drawn: Draft, old: GraphModel) -> GraphModel | None:
    """The old places under the new texts, if the graph has the same boxes and edges."""
    same = np.array_equal(drawn.sizes, old.sizes) and np.array_equal(drawn.edges, old.edges)
    if not same or not np.array_equal(drawn.kinds, old.kinds):
        return None
    return replace(old, watched=drawn.watched, title=drawn.title, formula=drawn.formula, shape=drawn.shape)


def snapshot(picture: Picture, frame: Frame, travel: float = 1.0) -> Snapshot:
    """How the graph looks at a step; while a contribution travels, its receiver still shows what it had."""
    states = np.asarray(frame.states())
    before = picture.timeline.frame(frame.step - 1) if travel < 1.0 and frame.step else frame
    return Snapshot(
        states,
        primal_text=lambda node: _text(frame.primal(node)),
        adjoint_text=lambda node: _adjoint(before, node),
        current=frame.current,
        edge_states=edge_states(
            picture.model.edges, picture.carried, states != State.PENDING, frame.step, _reverse(frame)
        ),
        active=_active(picture, frame),
        travel=travel,
        primal_array=lambda node: _array(frame.primal(node)),
        adjoint_array=lambda node: _array(before.adjoint(node)),
    )


def _reverse(frame: Frame) -> bool:
    return frame.step > frame.timeline.forward_end


def _active(picture: Picture, frame: Frame) -> list[ActiveEdge]:
    """The edges along which something moves in this step."""
    event, model = frame.event, picture.model
    if isinstance(event, PrimalComputed):
        into = model.edges_to(event.index)
        values = [_text(frame.primal(int(model.edges[edge, 0]))) for edge in into]
        return [ActiveEdge(int(edge), "", value, False) for edge, value in zip(into, values)]
    if isinstance(event, AdjointAccumulated):
        times = "" if event.partial is None else f"· {notation.number(event.partial)}"
        moving = notation.number(event.contribution)
        return [
            ActiveEdge(int(edge), times, moving, True)
            for edge in model.edges_to(event.source)
            if model.edges[edge, 2] == event.slot
        ]
    return []



def _text(value: object) -> str:
    return "" if value is None else notation.number(value)


def _adjoint(frame: Frame, node: int) -> str:
    value = frame.adjoint(node)
    return "" if value is None else f"{notation.bar(frame.timeline.tape.label(node))} = {notation.number(value)}"


def _array(value: object) -> np.ndarray | None:
    return value if isinstance(value, np.ndarray) and value.ndim else None
