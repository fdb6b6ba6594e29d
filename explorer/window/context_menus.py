"""Context menus of graph, tape, inputs and gradients: what the parts offer for the thing under the pointer."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from core.basics.words import say
from explorer.graph.view import GraphView
from explorer.parts.part import Offer, Part
from explorer.shown import ShownSignals
from explorer.window.views import Views

Found = int | str
"""An entry by its number, or an input by its name."""


class ContextMenus(QObject):
    """One menu, made for an entry or an input when it is asked for."""

    def __init__(self, shown: ShownSignals, parts: Sequence[Part], views: Views) -> None:
        super().__init__(views.graph)
        self._shown, self._parts, self._parent = shown, parts, views.graph
        self._offer(views.graph, partial(_node_at, views.graph))
        self._offer(views.tape, partial(_row_at, views.tape))
        for table in (views.inputs.table, views.gradients.table):
            self._offer(table, partial(self._input_at, table))

    def _offer(self, widget: QWidget, find: Callable[[QPoint], Found | None]) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(lambda point: self._open(widget, find(point)))

    def _open(self, widget: QWidget, found: Found | None) -> None:
        if found is not None:
            menu = self.menu(found)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(widget.cursor().pos())

    def menu(self, found: Found) -> QMenu:
        """What can be done with an entry or an input."""
        menu = QMenu(self._parent)
        menu.setObjectName("context_menu")
        menu.setToolTipsVisible(True)
        offers = [offer for part in self._parts for offer in part.offers(found)]
        if isinstance(found, int):
            offers.append(
                Offer(
                    "Select\tClick",
                    say("window.show-entry-everywhere", "Show this entry everywhere"),
                    lambda: self._shown.select(found),
                )
            )
        for offer in offers:
            action = menu.addAction(offer.title)
            action.setToolTip(offer.tip)
            action.triggered.connect(lambda _=False, do=offer.do: do())
        return menu

    def _input_at(self, table: QTableView, point: QPoint) -> str | None:
        row, run = table.indexAt(point).row(), self._shown.run
        names = list(run.point) if run else []
        return names[row] if 0 <= row < len(names) else None


def _node_at(graph: GraphView, point: QPoint) -> int | None:
    node = graph.node_at(QPointF(point))
    return None if node is None else graph.entry_for(node)


def _row_at(table: QTableView, point: QPoint) -> int | None:
    index = table.indexAt(point)
    return index.row() if index.isValid() else None
