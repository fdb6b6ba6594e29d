"""The graph as a widget: what the user does with mouse, keyboard and gestures, and what he points at.

Showing is the canvas's affair. It never computes maths and knows nothing of the session or the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from core.basics.words import say
from explorer.drawing import camera as cameras
from explorer.drawing.camera import Box
from explorer.drawing.scene import OpenGroup
from explorer.drawing.walking import neighbour
from explorer.graph import groups
from explorer.graph.breadcrumbs import Breadcrumbs
from explorer.graph.canvas import Canvas
from explorer.look.theme import Theme

WHEEL_STEP = 1.0015  # zoom per eighth of a degree
ROOM = 10  # pixels between the bar and the picture
DRAG = 4  # pixels before a press becomes a drag
KEYS = {
    Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
}  # fmt: skip


class GraphView(Canvas):
    """The graph canvas with everything one can do on it."""

    node_selected = Signal(int)  # an entry; -1 when nothing is selected any more
    node_hovered = Signal(int)  # an entry; -1 when the pointer has left
    node_activated = Signal(int)  # an entry
    unfold_requested = Signal(int)  # a group
    let_go = Signal()  # of what is pointed out
    fold_requested = Signal(int)  # a group

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_view")
        self.setAccessibleName(say("graph.computation-graph", "Computation graph"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.tooltip: Callable[[int], str] = self._default_tooltip
        self.breadcrumbs = Breadcrumbs(self)
        self.breadcrumbs.appeared.connect(self._make_room)
        self._press: QPointF | None = None
        self._dragging = ""
        self._letters = True
        self._held_map: QRectF | None = None  # where the map was when it was taken hold of

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.breadcrumbs.set_theme(theme)

    def take_letters(self, on: bool) -> None:
        """Whether keys of one character do something here."""
        self._letters = on

    def _taken_above(self) -> float:
        return 0.0 if self.breadcrumbs.isHidden() else self.breadcrumbs.geometry().bottom() + ROOM

    def _make_room(self) -> None:
        self._go_home()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.breadcrumbs.span()
        super().resizeEvent(event)

    @property
    def selected(self) -> int | None:
        """The entry that is selected."""
        return self._selected

    def select(self, entry: int | None) -> None:
        """Select an entry, or nothing; emits `node_selected` when that changes something."""
        if self._model is None or entry == self._selected or (entry is not None and not self._has(entry)):
            return
        node = None if entry is None else self._model.node_of(entry)
        self._selected, self._focus = entry, replace(self._focus, selected=node)
        self.setAccessibleDescription(self.tooltip(node) if node is not None else "")
        self.update()
        self.node_selected.emit(-1 if entry is None else entry)

    def entry_for(self, node: int) -> int:
        """The entry that stands for a node: of a group the one selected already, else its last."""
        assert self._model is not None
        inside = self._model.entries_of(node)
        return self._selected if self._selected in inside else inside[-1]  # type: ignore[return-value]

    def toggle(self, node: int) -> bool:
        """Ask to unfold a group; False where the node is none."""
        number = self._model.group_of(node) if self._model is not None else None
        if number is not None:
            self.unfold_requested.emit(number)
        return number is not None

    def fold_around(self, node: int) -> None:
        """Ask to fold the innermost frame around a node."""
        frame = self._model.frame_at(*self._model.positions[node].tolist()) if self._model is not None else None
        if frame is not None:
            self.fold_requested.emit(frame.number)

    def reveal(self, entry: int) -> None:
        """Move the picture no further than is needed to see an entry."""
        if self._model is not None and self._has(entry):
            self._reveal(self._model.node_of(entry))

    # --- pointer ---------------------------------------------------------------------------------------

    def node_at(self, point: QPointF) -> int | None:
        """The node under a point of the widget."""
        if self._model is None:
            return None
        return self._model.node_at(*self._camera.to_world(point.x(), point.y()), slack=2 / self._camera.zoom)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._press = event.position()
        self._held_map = self._map_area()
        self._dragging = "map" if self._over_map(event.position()) else ""
        if self._dragging:
            self._look_through_map(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._hover(None if self._over_map(event.position()) else self.node_at(event.position()))
            return
        moved = event.position() - self._press
        if self._dragging == "map":
            self._look_through_map(event.position())
        elif self._dragging == "picture" or moved.manhattanLength() > DRAG:
            self._dragging = "picture"
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan_by(moved.x(), moved.y())
            self._press = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and not self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position())
        self._press, self._dragging = None, ""
        self.unsetCursor()

    def _click(self, point: QPointF) -> None:
        node, frame = self.node_at(point), self._frame_chip_at(point)
        if frame is not None:
            self.fold_requested.emit(frame.number)
        elif node is not None and self._on_chip(node, point):
            self.toggle(node)
        else:
            self.select(None if node is None else self.entry_for(node))

    def _on_chip(self, node: int, point: QPointF) -> bool:
        assert self._model is not None
        x, y = self._camera.to_world(point.x(), point.y())
        chip = groups.chip(self._model.box(node)).grown(3)
        return self._model.group_of(node) is not None and chip.contains(Box(x, y, x, y))

    def _frame_chip_at(self, point: QPointF) -> OpenGroup | None:
        x, y = self._camera.to_world(point.x(), point.y())
        for frame in self._model.frames if self._model is not None else ():
            if groups.frame_chip(frame.box).grown(3).contains(Box(x, y, x, y)):
                return frame
        return None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        x, y = self._camera.to_world(event.position().x(), event.position().y())
        frame = self._model.frame_at(x, y) if self._model is not None and node is None else None
        if node is not None and not self.toggle(node):
            self.node_activated.emit(self.entry_for(node))
        elif frame is not None:
            self.fold_requested.emit(frame.number)
        elif node is None and not self._over_map(event.position()):
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel with Ctrl zooms about the pointer, alone it pans; a trackpad pans by pixels."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(WHEEL_STEP ** (turn.y() or turn.x()), event.position())
        else:
            shift = event.pixelDelta() if not event.pixelDelta().isNull() else turn / 2
            self.pan_by(shift.x(), shift.y())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, node: int | None) -> None:
        if node != self._focus.hovered:
            self._focus = replace(self._focus, hovered=node)
            shape = Qt.CursorShape
            self.setCursor(shape.PointingHandCursor if node is not None else shape.ArrowCursor)
            self.update()
            self.node_hovered.emit(-1 if node is None else self.entry_for(node))

    def _over_map(self, point: QPointF) -> bool:
        area = self._map_area()
        return area is not None and area.contains(point)

    def _look_through_map(self, point: QPointF) -> None:
        if self._model is not None and self._held_map is not None:
            x, y = self._minimap.to_world(self._model, self._held_map, point)
            self._look(cameras.centered(x, y, self._camera.zoom, self.width(), self.height()))

    def _default_tooltip(self, node: int) -> str:
        if self._model is None or self._snapshot is None:
            return ""
        lines = [
            f"{self._model.title(node)}{self._model.formula(node)} {self._model.shape(node)}".strip(),
            self._snapshot.primal_text(node),
            self._snapshot.adjoint_text(node),
        ]
        return "\n".join(line for line in lines if line)

    # --- keyboard and gestures -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along edges, + and - zoom, 0 shows true size, F fits, Return opens and with Shift closes,
        Escape lets go.
        """
        key, text = event.key(), event.text() if self._letters else ""
        if key in KEYS:
            self._walk(KEYS[Qt.Key(key)])
        elif text in ("+", "=", "-"):
            self.zoom_by(1 / 1.25 if text == "-" else 1.25)
        elif text == "0":
            self.zoom_by(1 / self._camera.zoom)
        elif text in ("f", "F"):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focus.selected is not None:
            self._enter(self._focus.selected, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape and (self._light.found or self._light.lit is not None):
            self.let_go.emit()
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self.select(None)
        else:
            super().keyPressEvent(event)

    def _enter(self, node: int, out: bool) -> None:
        """Unfold a group or go to the text of an entry; `out` folds the group around it."""
        if out:
            self.fold_around(node)
        elif not self.toggle(node):
            self.node_activated.emit(self.entry_for(node))

    def _walk(self, direction: str) -> None:
        if self._model is None or self._snapshot is None or not len(self._model):
            return
        start = self._focus.selected
        goal = neighbour(self._model, start, direction) if start is not None else self._snapshot.current or 0
        if goal is not None:
            self.select(self.entry_for(goal))
            self._reveal(goal)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            node = self.node_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.tooltip(node) if node is not None else "", self)
            return True
        pinched = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinched:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)
