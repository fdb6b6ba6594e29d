"""Context menus of graph, tape, inputs and gradients: what can be asked about the thing under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu, QTableView, QWidget

if TYPE_CHECKING:
    from explorer.window.window import MainWindow


class ContextMenus(QObject):
    """One menu, made for an entry or an input when it is asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._offer(window.graph, self._node_at)
        self._offer(window.tape, self._row_at)
        self._offer(window.inputs.table, self._input_at)
        self._offer(window.gradients.table, self._input_at)

    def _offer(self, widget: QWidget, find: object) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(lambda point: self._open(widget, find(point)))  # type: ignore[operator]

    def _open(self, widget: QWidget, found: int | str | None) -> None:
        if found is not None:
            menu = self.menu(found)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(widget.cursor().pos())

    def menu(self, found: int | str) -> QMenu:
        """What can be done with an entry (a number) or an input (a name)."""
        window, menu = self._window, QMenu(self._window)
        menu.setObjectName("context_menu")
        menu.setToolTipsVisible(True)
        why = menu.addAction("Why?\tW")
        why.setToolTip("Why its gradient is none, zero, not finite, large or small")
        why.triggered.connect(lambda: self._ask(found))
        name = found if isinstance(found, str) else self._name_of(found)
        if name:
            again = menu.addAction(f"Differentiate ∂/∂{name} again\tD")
            again.setToolTip("Open the reverse sweep as a graph whose output is this derivative")
            again.triggered.connect(lambda: window.tutor.detours.again(name))
        if isinstance(found, int):
            menu.addAction("Select\tClick").triggered.connect(lambda: window.stage.select(found))
        return menu

    def _ask(self, found: int | str) -> None:
        why = self._window.tutor.why
        if isinstance(found, str):
            why.ask_input(found)
        else:
            why.ask_entry(found)

    def _name_of(self, index: int) -> str:
        run = self._window.stage.shown.run
        names = run.inputs.items() if run else ()
        return next((name for name, place in names if place == index), "")

    def _node_at(self, point: QPoint) -> int | None:
        node = self._window.graph.node_at(QPointF(point))
        return None if node is None else self._window.graph.entry_for(node)

    def _row_at(self, point: QPoint) -> int | None:
        index = self._window.tape.indexAt(point)
        return index.row() if index.isValid() else None

    def _input_at(self, point: QPoint) -> str | None:
        table, run = self.sender(), self._window.stage.shown.run
        row = table.indexAt(point).row() if isinstance(table, QTableView) else -1
        names = list(run.point) if run else []
        return names[row] if 0 <= row < len(names) else None
