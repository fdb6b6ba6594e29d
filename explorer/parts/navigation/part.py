"""Steering: wires the ways through the steps to the editor's gutter, the timeline, the graph and the panel of stops.

Where steps lead is `travel`'s affair; here stands who asks it, and who shows what it has.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from core.timeline import Timeline
from explorer.graph.view import GraphView
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.playback.panel import PlaybackPanel
from explorer.parts.navigation.panel import Stop, StopsPanel
from explorer.parts.navigation.travel import UNITS, Travel
from explorer.player import Player
from explorer.window.stage import Stage


class Steering(QObject):
    """Breakpoints, bookmarks, sections and units, as the user meets them."""

    def __init__(
        self,
        window: QWidget,
        player: Player,
        stage: Stage,
        editor: FunctionEditor,
        graph: GraphView,
        playback: PlaybackPanel,
        actions: dict[str, QAction],
        say: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window, self._player, self._stage = window, player, stage
        self._editor, self._graph, self._playback, self._actions = editor, graph, playback, actions
        self.travel = Travel(player, self)
        self.panel = StopsPanel()
        self.travel.changed.connect(self._show)
        self.travel.said.connect(lambda sentence: (self.panel.say if self.panel.isVisible() else say)(sentence))
        stage.timeline_shown.connect(self._take_timeline)
        editor.gutter.line_clicked.connect(lambda line: self.travel.toggle(f"line {line}"))
        graph.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        graph.customContextMenuRequested.connect(self._open_menu)
        self.panel.breakpoint_requested.connect(self._add)
        self.panel.removed.connect(self._remove)
        self.panel.chosen.connect(lambda stop: player.seek(stop.step))
        self._show()

    def _take_timeline(self, timeline: Timeline | None) -> None:
        self.travel.set_timeline(timeline)

    def _show(self) -> None:
        """Everything that shows what the travel has."""
        travel = self.travel
        self._editor.gutter.show_breakpoints(travel.lines())
        self._playback.timeline.show_marks(travel.hits(), dict(travel.bookmarks), travel.section)
        self._playback.show_unit(travel.unit)
        for unit in UNITS:
            self._actions[f"by_{unit}"].setChecked(unit == travel.unit)
        self.panel.show_stops(self._stops())

    def _stops(self) -> list[Stop]:
        stops = []
        for one in self.travel.breakpoints:
            count = self.travel.count(one.text)
            times = "never here" if not count else f"{count:,} step{'' if count == 1 else 's'}"
            stops.append(Stop("break", one.text, times, int(self.travel.first_hit(one))))
        for step, note in sorted(self.travel.bookmarks.items()):
            stops.append(Stop("bookmark", note or "bookmark", f"step {step:,}", step))
        return stops

    def _add(self, text: str) -> None:
        if self.travel.toggle(text):
            self.panel.taken()

    def _remove(self, stop: Stop) -> None:
        if stop.kind == "break":
            self.travel.toggle(stop.text)
        else:
            self.travel.drop_bookmark(stop.step)

    # --- what the actions do ---------------------------------------------------------------------------

    def toggle_here(self) -> None:
        """A breakpoint on the line of the cursor while the editor has the keyboard, else on the inspected entry."""
        if self._editor.hasFocus():
            self.travel.toggle(f"line {self._editor.cursor_line()}")
        elif self._stage.timeline is not None and self._stage.inspected is not None:
            self.travel.toggle(self._stage.timeline.tape.label(self._stage.inspected))

    def clear(self) -> None:
        """Remove all breakpoints."""
        self.travel.clear_breakpoints()

    def keep_step(self) -> None:
        """Ask for a note and keep this step as a bookmark."""
        step = self._player.step
        note, kept = QInputDialog.getText(
            self._window, "Bookmark", f"Note for step {step:,}:", text=self.travel.bookmarks.get(step, "")
        )
        if kept:
            self.travel.bookmark(step, note)

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.exec(self._graph.mapToGlobal(place))
            menu.deleteLater()

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu of the entry under a point of the graph; None where there is none."""
        node, timeline = self._graph.node_at(QPointF(place)), self._stage.timeline
        if node is None or timeline is None:
            return None
        entry = self._graph.entry_for(node)
        label = timeline.tape.label(entry)
        menu = QMenu(self._window)
        stops = any(one.text == label for one in self.travel.breakpoints)
        title = f"No longer stop at {label}" if stops else f"Stop at {label}"
        menu.addAction(title).triggered.connect(lambda: self.travel.toggle(label))
        menu.addAction(f"Go to where {label} is computed").triggered.connect(
            lambda: self._player.seek(int(timeline.computed_at[entry]))
        )
        arrived = timeline.arrivals.get(entry)
        if arrived:
            complete = menu.addAction(f"Go to where {label} has all it receives")
            complete.triggered.connect(lambda: self._player.seek(arrived[0][-1]))
        menu.addAction(f"Select {label}").triggered.connect(lambda: self._stage.select(entry))
        return menu
