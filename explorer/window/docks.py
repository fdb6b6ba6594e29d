"""The docks of the window: which panel is where, how large, and how they are put aside and come back."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from core.basics.words import say
from explorer.look.sizes import px
from explorer.panels.small.card import CardDock
from explorer.window.dock_widths import DockWidths

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_LEAST_WIDTH = 236


class Docks:
    """Function, inputs and gradients at the left; tape and inspector at the right; all in `area`."""

    def __init__(
        self,
        centre: QWidget,
        function: QWidget,
        inputs: QWidget,
        gradients: QWidget,
        tape: QWidget,
        inspector: QWidget,
    ) -> None:
        self.area = window = QMainWindow()
        window.setWindowFlags(Qt.WindowType.Widget)
        window.setContentsMargins(8, 8, 8, 8)
        window.setCentralWidget(centre)
        self.function = CardDock("function", say("window.function", "Function"), function)
        self.inputs = CardDock("inputs", say("window.inputs", "Inputs"), inputs)
        self.gradients = CardDock("gradients", say("window.gradients", "Gradients"), gradients)
        self.tape = CardDock("tape", say("window.tape", "Tape"), tape)
        self.inspector = CardDock("inspector", say("window.inspector", "Inspector"), inspector)
        self.left = (self.function, self.inputs, self.gradients)
        self.right = (self.tape, self.inspector)
        self.behind: list[CardDock] = []
        self._aside: tuple[QByteArray, list[CardDock]] | None = None
        self._small: tuple[QByteArray, list[CardDock]] | None = None
        self._making_room: tuple[QByteArray, list[CardDock]] | None = None
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.BottomLeftCorner):
            window.setCorner(corner, _LEFT)
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _RIGHT)
        window.setDockNestingEnabled(True)
        window.setAnimated(False)
        for dock in self.all:
            dock.widget().setMinimumWidth(_LEAST_WIDTH)
            window.addDockWidget(_LEFT if dock in self.left else _RIGHT, dock)
        self.widths = DockWidths(window, (self.left, self.right))

    @property
    def all(self) -> tuple[CardDock, ...]:
        """All docks, in the order of the menu."""
        return (*self.left, *self.right, *self.behind)

    def add_behind(self, name: str, title: str, widget: QWidget) -> CardDock:
        """A panel that shares the place of the inspector, hidden until it is asked for."""
        dock = CardDock(name, title, widget, closable=True)
        dock.widget().setMinimumWidth(_LEAST_WIDTH)
        self.area.addDockWidget(_RIGHT, dock)
        self.area.tabifyDockWidget(self.inspector, dock)
        dock.hide()
        self.behind.append(dock)
        self.widths.add(1, dock)
        return dock

    def named(self, name: str) -> CardDock:
        """The dock of this name."""
        return next(dock for dock in self.all if dock.objectName() == f"{name}_dock")

    def restore_default(self) -> None:
        """Every panel in its place, and shown."""
        self._making_room = None
        self.widths.paused = False
        for area, docks in ((_LEFT, self.left), (_RIGHT, self.right)):
            for dock in docks:
                dock.setFloating(False)
                self.area.addDockWidget(area, dock)
                dock.show()
        for dock in self.behind:
            dock.setFloating(False)
            self.area.tabifyDockWidget(self.inspector, dock)
            dock.hide()
        self.size()

    @property
    def calm(self) -> bool:
        """Whether only what a beginner needs is shown beside the graph."""
        return not any(dock.isVisibleTo(self.area) for dock in self.all if dock not in self.few)

    @property
    def few(self) -> tuple[CardDock, ...]:
        """What a beginner needs."""
        return self.function, self.inputs

    def show_few(self) -> None:
        """Show what a beginner needs, and put the rest away."""
        self._making_room = None
        self.widths.paused = False
        for dock in self.all:
            dock.setVisible(dock in self.few)
        self.size()

    def show_in_place(self, dock: QDockWidget) -> None:
        """Show a panel that was put away, with room enough."""
        if dock.isHidden():
            dock.show()
            QTimer.singleShot(0, self.area, self.size)

    def switch(self) -> None:
        """Show all panels, or only the few."""
        if self.calm:
            self.restore_default()
        else:
            self.show_few()

    def usual_widths(self, width: int) -> tuple[int, int]:
        """How wide the sides are in a window of this width."""
        share, least = (0.26, 330) if self.calm else (0.22, 276)
        left = min(max(round(width * share), px(least)), px(420), round(0.34 * width))
        right = min(max(round(width * 0.245), px(320)), px(500), round(0.36 * width))
        return left, right

    def size(self) -> None:
        """Share out the window."""
        down = Qt.Orientation.Vertical
        self.widths.want_usual(self.usual_widths)
        self.area.resizeDocks(list(self.left), [34, 24, 34], down)
        self.area.resizeDocks(list(self.right), [44, 50], down)

    def enlarge_function(self) -> None:
        """Give the function the whole side and almost half of the width, or everything its place again."""
        if self._small is not None:
            (state, hidden), self._small = self._small, None
            self._restore(state, hidden)
            return
        hidden = [dock for dock in self.left if dock is not self.function and dock.isVisible()]
        self._small = self.area.saveState(), hidden
        self.widths.paused = True
        for dock in hidden:
            dock.hide()
        self.function.show()
        self.give_function(round(self.area.width() * 0.42))

    # --- room for a page --------------------------------------------------------------------------------------

    def make_room(self, needed: bool) -> None:
        """Hide what is at the right while a page needs its room; then bring it back as it was."""
        if self._small is not None and needed is (self._making_room is None):
            self.enlarge_function()
        if needed and self._making_room is None:
            hidden = [dock for dock in (*self.right, *self.behind) if dock.isVisible() and not dock.isFloating()]
            self._making_room = self.area.saveState(), hidden
            self.widths.paused = True
            for dock in hidden:
                dock.hide()
        elif not needed and self._making_room is not None:
            (state, hidden), self._making_room = self._making_room, None
            self._restore(state, hidden)

    def _restore(self, state: QByteArray, hidden: list[CardDock]) -> None:
        for dock in hidden:
            dock.show()
        self.area.restoreState(state)
        self.widths.paused = False
        QTimer.singleShot(0, self.widths, self.widths.apply)

    # --- put aside ---------------------------------------------------------------------------------------------

    def put_aside(self) -> None:
        """Hide all but the function, and remember where everything is."""
        self.make_room(False)
        hidden = [dock for dock in self.all if dock is not self.function and dock.isVisible()]
        self._aside = self.area.saveState(), hidden
        self.widths.paused = True
        for dock in hidden:
            dock.hide()
        self.function.show()

    def bring_back(self) -> None:
        """Everything where it was."""
        if self._aside is None:
            return
        (state, hidden), self._aside = self._aside, None
        self._restore(state, hidden)

    def give_function(self, width: int) -> None:
        """Make the function so wide."""
        self.area.resizeDocks([self.function], [width], Qt.Orientation.Horizontal)

    def state(self) -> QByteArray:
        """The places to be remembered: those from before docks made room, were put aside, or the function enlarged."""
        before = self._making_room or self._small or self._aside
        return before[0] if before is not None else self.area.saveState()
