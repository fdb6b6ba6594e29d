"""Puts what is shown into the graph: the picture, the step with its movement, the selection."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from core import notation
from core.events import Failed
from explorer.drawing.picture import snapshot
from explorer.graph.view import GraphView
from explorer.shown import ShownSignals


class GraphPresenter(QObject):
    """Between what is shown and the graph view."""

    def __init__(self, shown: ShownSignals, graph: GraphView) -> None:
        super().__init__(graph)
        self._shown, self._graph = shown, graph
        self._legend = False
        self._contributions = True
        shown.timeline_changed.connect(self._show_timeline)
        shown.picture_changed.connect(self._show_picture)
        shown.step_changed.connect(self._show_step)
        shown.travelled.connect(self._show_travel)
        shown.selection_changed.connect(lambda: graph.select(shown.selected))
        graph.node_selected.connect(lambda entry: shown.select(entry if entry >= 0 else None))

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {
            "fit": self._graph.fit,
            "zoom_in": lambda: self._graph.zoom_by(1.25),
            "zoom_out": lambda: self._graph.zoom_by(0.8),
            "weights": self._graph.show_next_weights,
            "legend": self._switch_legend,
            "contributions": lambda: self.show_contributions(not self._contributions),
        }

    def show_contributions(self, shown: bool) -> None:
        """Keep on every edge what it has carried, or not."""
        self._contributions = shown
        self._graph.show_contributions(shown)
        self._show_snapshot()

    def _switch_legend(self) -> None:
        self._legend = not self._legend
        self._graph.show_legend(self._legend)

    def _show_timeline(self) -> None:
        graph, picture = self._graph, self._shown.picture
        if picture is None:
            graph.select(None)
            graph.announce("")
            graph.show_graph(None)
            return
        graph.show_graph(picture.model, keep_view=not self._shown.afresh)

    def _show_picture(self) -> None:
        """The same run with other groups open."""
        if self._shown.picture is not None:
            self._graph.show_graph(self._shown.picture.model, keep_view=True)
            self._show_snapshot()

    def _show_step(self) -> None:
        frame = self._shown.frame
        if frame is not None:
            self._show_snapshot()
            failed = isinstance(frame.event, Failed)
            self._graph.announce(notation.sentence(frame.timeline, frame.step) if failed else "")

    def _show_travel(self) -> None:
        if self._shown.travel in (0.0, 1.0):
            self._show_snapshot()
        else:
            self._graph.set_travel(self._shown.travel)

    def _show_snapshot(self) -> None:
        if self._shown.picture is not None and self._shown.frame is not None:
            self._graph.show_snapshot(snapshot(self._shown.picture, self._shown.frame, self._shown.travel))
