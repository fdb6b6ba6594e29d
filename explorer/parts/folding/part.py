"""Folds and unfolds groups of the graph: turns requests into another picture of the run, made at the desk.

Knows pictures and the graph view; what is shown keeps the picture.
"""

from collections.abc import Callable

from core.basics.words import say
from core.groups import ROOT, GroupTree
from explorer.desk import Desk
from explorer.drawing.layout import LayoutCancelled
from explorer.drawing.picture import Picture, refolded
from explorer.graph.view import GraphView
from explorer.parts.part import Commands, Part
from explorer.shown import ShownSignals

JOB = "folding"


class Folding(Part):
    """Which groups are open."""

    def __init__(self, shown: ShownSignals, desk: Desk, graph: GraphView) -> None:
        super().__init__()
        self._shown, self._desk, self._graph = shown, desk, graph
        graph.unfold_requested.connect(self.unfold)
        graph.fold_requested.connect(self.fold)
        graph.breadcrumbs.group_chosen.connect(self.go_to)
        for signal in (shown.step_changed, shown.selection_changed, shown.picture_changed):
            signal.connect(self._show_path)

    def commands(self) -> Commands:
        return {"unfold_more": self.fold_deeper, "unfold_all": self.unfold_all, "fold_all": self.fold_all}

    @property
    def depth(self) -> int:
        """How many levels of groups there are."""
        picture = self._shown.picture
        return picture.tree.depth if picture else 0

    @property
    def busy(self) -> bool:
        """Whether another picture is being made."""
        return self._desk.busy(JOB)

    def fold_all(self) -> None:
        """Fold the outermost groups."""
        self._open(frozenset())

    def unfold_all(self) -> None:
        """Show every entry, without frames."""
        self._open(None)

    def open_groups(self, opened: frozenset[int] | None) -> None:
        """Let exactly these groups be open; None: every entry is seen, without frames."""
        self._open(opened)

    def fold_to_depth(self, depth: int) -> None:
        """Let the groups of this depth be the innermost that are open; 0 folds all."""
        picture = self._shown.picture
        if picture is not None:
            self._open(picture.tree.to_depth(depth + 1))

    def fold_deeper(self) -> None:
        """Open one level more than now; after the last one, fold all."""
        picture = self._shown.picture
        if picture is not None:
            depth = 1 + _open_depth(picture)
            self.fold_to_depth(depth if depth <= picture.tree.depth else 0)

    def unfold(self, number: int) -> None:
        """Open a group, and those around it."""
        picture = self._shown.picture
        if picture is not None:
            self._open(_opened(picture) | frozenset(picture.tree.outer(number)))

    def fold(self, number: int) -> None:
        """Close a group."""
        picture = self._shown.picture
        if picture is not None:
            inside = _within(picture.tree, number)
            self._open(_opened(picture) - inside)

    def go_to(self, number: int) -> None:
        """Look at a group: fold what is open inside it, or unfold it if it is folded."""
        picture = self._shown.picture
        if picture is not None:
            (self.fold if number in _opened(picture) else self.unfold)(number)

    def open_around(self, entry: int) -> None:
        """Open every group that hides an entry."""
        picture = self._shown.picture
        if picture is not None and len(picture.parting.entries_of(picture.parting.node_of(entry))) > 1:
            self._open(_opened(picture) | {group.number for group in picture.tree.around(entry)})

    def _show_path(self) -> None:
        """Write the groups around the inspected entry, and what is left out, over the graph."""
        picture, entry = self._shown.picture, self._shown.inspected
        path = picture.tree.around(entry) if picture is not None and entry is not None else []
        note = picture.note if picture is not None else ""
        self._graph.breadcrumbs.show_path(note, [(group.number, group.title) for group in path])

    def _open(self, opened: frozenset[int] | None) -> None:
        picture = self._shown.picture
        if picture is None or opened == picture.opened or len(picture.tree) < 2:
            return
        self._desk.submit(
            JOB,
            lambda work: _try(picture, opened, lambda: work.cancelled),
            self._deliver,
            say("folding.folding-graph", "folding the graph"),
        )

    def _deliver(self, picture: Picture | None) -> None:
        if picture is not None:
            self._shown.refold(picture)


def _try(picture: Picture, opened: frozenset[int] | None, cancelled: Callable[[], bool]) -> Picture | None:
    try:
        return refolded(picture, opened, cancelled)
    except LayoutCancelled:
        return None


def _opened(picture: Picture) -> frozenset[int]:
    """The open groups; all of them where no group is folded."""
    return frozenset(range(1, len(picture.tree))) if picture.opened is None else picture.opened


def _open_depth(picture: Picture) -> int:
    """How deep the deepest open group lies."""
    return max((picture.tree[number].depth for number in _opened(picture)), default=0)


def _within(tree: GroupTree, number: int) -> frozenset[int]:
    """A group and all groups inside it: they follow it in the numbering."""
    if number == ROOT:
        return frozenset(range(len(tree)))
    last = number + 1
    while last < len(tree) and tree[last].depth > tree[number].depth:
        last += 1
    return frozenset(range(number, last))
