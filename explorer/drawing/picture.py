"""The graph of a timeline, folded and placed, and what each of its steps looks like: core's data as the graph draws it.

Pure functions, fit for a worker thread. Wording comes from `core.notation`. Knows no widget.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from core import notation
from core.basics.words import say
from core.groups import FEW, GroupTree, Parting, group_tree
from core.timeline import NEVER as TIMELESS
from core.timeline import Frame, Timeline
from explorer.drawing import group_summaries
from explorer.drawing.activity import active_edges, number_text
from explorer.drawing.build import NEVER, Draft, contribution_steps, draft, edge_states, operand_edges, unwatched_edges
from explorer.drawing.bundles import earliest, latest
from explorer.drawing.camera import fitted
from explorer.drawing.layout import LayoutCancelled
from explorer.drawing.levels import LEGIBLE
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.placing import place
from explorer.drawing.regions import regions_of
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.drawing.texts.deliveries import deliveries, sums
from explorer.drawing.texts.edge_labels import EdgeLabels
from explorer.drawing.texts.labels import NO_LABELS, Labels
from explorer.drawing.weights import Levels, levels_of

USUAL_SIZE = (960.0, 460.0)  # of a view on a small screen
FEWER = (30, 20, 10)  # nodes to fold to, one after another, where more could not be read there
NEAR = 16  # steps apart between which it is known what happened
MOST_LABELLED = 400  # edges that keep labels


@dataclass(frozen=True, eq=False)
class Picture:
    """A placed graph of a run, with some groups open; `opened` is None where every entry is seen, without frames.

    `links` are the edges between entries and `of` the drawn edge of each, -1 where it is inside a group; `flowed` and
    `carried` are the steps after which a drawn edge has carried a value forward, and a contribution back.
    """

    timeline: Timeline
    model: GraphModel
    tree: GroupTree
    opened: frozenset[int] | None
    parting: Parting
    links: np.ndarray
    of: np.ndarray
    flowed: np.ndarray
    carried: np.ndarray
    steps: np.ndarray
    measure: Measure
    """How wide its texts are, also when it is folded otherwise."""

    @cached_property
    def magnitude(self) -> np.ndarray:
        """The size of every entry's adjoint."""
        return group_summaries.magnitudes(self.timeline)

    @cached_property
    def results(self) -> dict[int, int]:
        """By node, the entry whose value comes out of a folded group."""
        count = group_summaries.crossing(self.links)
        return {int(node): count(self.tree[int(self.parting.groups[node])])[2] for node in self.group_nodes}

    @cached_property
    def weights(self) -> Levels:
        """The level of every drawn edge by the largest contribution that it carries."""
        return levels_of(group_summaries.carried_sizes(self.timeline, self.links, self.of, len(self.model.edges)))

    @cached_property
    def settled(self) -> np.ndarray:
        """The steps after which a drawn edge has carried all that it ever will."""
        return latest(self.steps, self.of, len(self.model.edges), NEVER)

    @cached_property
    def labels(self) -> EdgeLabels | None:
        """What edges carry by the end, on labels; None where there are too many edges."""
        if len(self.model.edges) > MOST_LABELLED:
            return None
        alone = self.parting.groups < 0
        totals = {self.parting.node_of(entry): text for entry, text in sums(self.timeline).items()}
        totals = {node: text for node, text in totals.items() if alone[node]}
        return EdgeLabels(self.model, deliveries(self.timeline, self.links, self.of), totals, self.measure)

    def labels_at(self, scale: float) -> Labels:
        """The labels at a scale."""
        return self.labels.at(scale) if self.labels is not None else NO_LABELS

    @property
    def group_nodes(self) -> np.ndarray:
        return np.flatnonzero(self.parting.groups >= 0)

    @property
    def note(self) -> str:
        """What is left out, in words; nothing where all is seen."""
        if not len(self.group_nodes):
            return ""
        return say(
            "drawing.operations-nodes",
            "{entries:,} operations in {count:,} nodes",
            entries=self.model.entries,
            count=len(self.model)
        )


def picture_of(
    timeline: Timeline, previous: Picture | None = None, cancelled: Callable[[], bool] | None = None,
    measure: Measure = estimated,
) -> Picture:  # fmt: skip
    """Place the graph of a timeline; where only values changed it stays as it was, and open groups stay open."""
    tree = group_tree(timeline.tape, timeline.run.program.text, lambda: _go_on(cancelled))
    large = len(timeline.tape) > FEW
    opened = tree.first_view() if large else None
    if previous is not None and large == (len(previous.timeline.tape) > FEW):
        opened = None if previous.opened is None else tree.same(previous.opened, previous.tree)
    links = _links(timeline)
    _go_on(cancelled)
    carried = _carried(timeline, links)
    picture = _placed(timeline, tree, opened, links, carried, previous, cancelled, measure)
    for limit in FEWER if previous is None else ():
        if fitted(picture.model.bounds, *USUAL_SIZE).zoom >= LEGIBLE:
            break
        folded = tree.first_view(limit)
        if folded != opened:
            opened = folded
            picture = _placed(timeline, tree, opened, links, carried, previous, cancelled, measure)
    return picture


def _go_on(cancelled: Callable[[], bool] | None) -> None:
    """Raise LayoutCancelled where nobody waits for the picture any more."""
    if cancelled is not None and cancelled():
        raise LayoutCancelled


def _links(timeline: Timeline) -> np.ndarray:
    """The edges between entries by target and slot, those from inputs that are not watched among them."""
    links, more = operand_edges(timeline.tape), unwatched_edges(timeline.tape)
    if not len(more):
        return links
    links = np.concatenate((links, more))
    return links[np.lexsort((links[:, 0], links[:, 2], links[:, 1]))]


def _carried(timeline: Timeline, links: np.ndarray) -> np.ndarray:
    """The step after which each link has carried a derivative: its contribution back, or a tangent forward."""
    if timeline.second_sweep != "tangent":
        return contribution_steps(timeline.step_of_contribution, links)
    moves = timeline.arrived_at != TIMELESS
    both = moves[links[:, 0]] & moves[links[:, 1]]
    return np.where(both, timeline.arrived_at[links[:, 1]], NEVER)


def refolded(
    picture: Picture, opened: frozenset[int] | None, cancelled: Callable[[], bool] | None = None
) -> Picture:
    """The same run with other groups open; None opens all, without frames."""
    return _placed(
        picture.timeline, picture.tree, opened, picture.links, picture.steps, picture, cancelled, picture.measure
    )


def _placed(
    timeline: Timeline, tree: GroupTree, opened: frozenset[int] | None, links: np.ndarray, steps: np.ndarray,
    previous: Picture | None, cancelled: Callable[[], bool] | None, measure: Measure,
) -> Picture:  # fmt: skip
    run = timeline.run
    parting = tree.parting(range(len(tree)) if opened is None else opened)
    watched = {run.inputs[name] for name in run.watched}
    crossing = group_summaries.crossing(links)

    def note(number: int) -> str:
        return group_summaries.group_note(tree[number])

    formula = partial(notation.drawn_formula, run.tape)
    parts = None if opened is None and len(parting) == len(run.tape) else parting
    drawn = draft(
        run.tape, formula, output=run.target, watched=watched, edges=links, parts=parts,
        group_title=lambda number: tree[number].title, group_sum=note, measure=measure,
        sign=partial(notation.operation_sign, run.tape),
    )  # fmt: skip
    frames = () if opened is None else _frames(tree, parting)
    model = _kept(drawn, previous.model, frames) if previous else None
    if model is None:
        former = _former(timeline, tree, parting, previous) if previous else None
        model = place(drawn, frames, former, cancelled)
    regions = regions_of(tree, parting, model) if opened is None else ()
    model = replace(model, formula=_with_counts(drawn, parting, tree, crossing), regions=regions)
    count = len(drawn.edges)
    seen = ~np.isin(links[:, 0], list(run.tape.notes.unwatched))
    flowed = earliest(np.where(seen, timeline.computed_at[links[:, 1]], NEVER), drawn.bundles.of, count, NEVER)
    carried = earliest(steps, drawn.bundles.of, count, NEVER)
    return Picture(timeline, model, tree, opened, parting, links, drawn.bundles.of, flowed, carried, steps, measure)


def _with_counts(
    drawn: Draft, parting: Parting, tree: GroupTree, crossing: Callable
) -> Callable[[int], str]:
    """What stands beside the title: the formula of an entry, the sum of a group (for tooltips)."""

    def text(node: int) -> str:
        number = int(parting.groups[node])
        if number < 0:
            return drawn.formula(node)
        group = tree[number]
        incoming, outgoing, _ = crossing(group)
        return say(
            "drawing.operations-values-out",
            ": {count:,} operations, {incoming:,} values in, {outgoing:,} out",
            count=len(group.entries),
            incoming=incoming,
            outgoing=outgoing
        )

    return text


def _frames(tree: GroupTree, parting: Parting) -> tuple[tuple[int, str, int, int, int], ...]:
    """The open groups: number, title, first node, last node + 1, the frame around."""
    place = {number: k for k, number in enumerate(parting.frames)}
    return tuple(
        (number, tree[number].title, parting.node_of(tree[number].first), parting.node_of(tree[number].stop - 1) + 1,
         place.get(tree[number].parent, -1))
        for number in parting.frames
    )  # fmt: skip


def _kept(drawn: Draft, old: GraphModel, frames: tuple) -> GraphModel | None:
    """The old places under the new texts, if the graph has the same boxes and edges."""
    same = np.array_equal(drawn.sizes, old.sizes) and np.array_equal(drawn.edges, old.edges)
    same = same and [frame[:2] for frame in frames] == [frame[:2] for frame in old.frames]
    if not same or not np.array_equal(drawn.kinds, old.kinds):
        return None
    firsts, groups = (drawn.parts.starts, drawn.parts.groups) if drawn.parts else (None, None)
    return replace(
        old, watched=drawn.watched, title=drawn.title, formula=drawn.formula, shape=drawn.shape, sign=drawn.sign,
        firsts=firsts, groups=groups, counts=drawn.bundles.counts,
    )  # fmt: skip


def _former(timeline: Timeline, tree: GroupTree, parting: Parting, old: Picture) -> np.ndarray | None:
    """Where each node was in the old picture, by label or group; None where too little is known."""
    places: dict[str, np.ndarray] = {}
    groups: dict[tuple, np.ndarray] = {}
    for node, number in enumerate(old.parting.groups.tolist()):
        if number < 0:
            places[old.timeline.tape.label(int(old.parting.starts[node]))] = old.model.positions[node]
        else:
            groups[old.tree.key(number)] = old.model.positions[node]
    result = np.full((len(parting), 2), np.nan)
    for node, number in enumerate(parting.groups.tolist()):
        known = (
            places.get(timeline.tape.label(int(parting.starts[node]))) if number < 0 else groups.get(tree.key(number))
        )
        if known is not None:
            result[node] = known
    return result if np.isfinite(result[:, 0]).sum() * 2 > len(result) else None


def snapshot(picture: Picture, frame: Frame, travel: float = 1.0) -> Snapshot:
    """How the graph looks at a step; while a contribution travels, its receiver still shows what it had."""
    states = np.asarray(frame.states())
    before = picture.timeline.frame(frame.step - 1) if travel < 1.0 and frame.step else frame
    firsts, groups = picture.parting.starts, picture.parting.groups

    def primal(node: int) -> str:
        if groups[node] >= 0:
            return group_summaries.status(picture.tree, picture.tree[int(groups[node])], frame, picture.results[node])
        return number_text(frame.primal(int(firsts[node])))

    def adjoint(node: int) -> str:
        if groups[node] >= 0:
            return group_summaries.largest(picture.magnitude, picture.tree[int(groups[node])], frame)
        return _adjoint(before, int(firsts[node]))

    return Snapshot(
        group_summaries.summed_states(states, picture.parting),
        primal_text=primal,
        adjoint_text=adjoint,
        current=None if frame.current is None else picture.parting.node_of(frame.current),
        edge_states=edge_states(picture.flowed, picture.carried, frame.step, frame.step > frame.timeline.forward_end),
        active=active_edges(picture.links, picture.of, frame),
        travel=travel,
        primal_array=lambda node: None if groups[node] >= 0 else _array(frame.primal(int(firsts[node]))),
        adjoint_array=lambda node: None if groups[node] >= 0 else _array(before.adjoint(int(firsts[node]))),
        weights=lambda: picture.weights,
        labels=picture.labels_at,
        settled=picture.settled <= frame.step,
        touched_since=lambda before: _touched(picture, before.step, frame),
        step=frame,
        backward=picture.timeline.second_sweep != "tangent",
        progress=lambda node: (
            (0.0, 0.0) if groups[node] < 0 else group_summaries.progress(picture.tree[int(groups[node])], frame)
        ),
    )


def _touched(picture: Picture, before: object, after: Frame) -> set[int] | None:
    """The nodes about which something happened between two steps close by."""
    if not isinstance(before, Frame) or before.timeline is not after.timeline:
        return None
    first, last = sorted((before.step, after.step))
    if last - first > NEAR:
        return None
    entries = {after.timeline.event(step).index for step in range(max(first, 1), last + 1)}
    return {picture.parting.node_of(entry) for entry in entries if entry is not None}


def _adjoint(frame: Frame, entry: int) -> str:
    value = frame.adjoint(entry)
    accent = notation.dot if frame.timeline.second_sweep == "tangent" else notation.bar
    return "" if value is None else f"{accent(frame.timeline.tape.label(entry))} = {notation.number(value)}"


def _array(value: object) -> np.ndarray | None:
    return value if isinstance(value, np.ndarray) and value.ndim else None
