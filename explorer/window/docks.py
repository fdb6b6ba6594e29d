"""The docks of the window: which panel stands where, how large, and the short notes in their titles."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from explorer.panels.small.card import CardDock
from explorer.session import Session
from explorer.window.dock_widths import DockWidths
from explorer.window.stage import Stage

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
        self.function = CardDock("function", "Function", function)
        self.inputs = CardDock("inputs", "Inputs", inputs)
        self.gradients = CardDock("gradients", "Gradients", gradients)
        self.tape = CardDock("tape", "Tape (Wengert list)", tape)
        self.inspector = CardDock("inspector", "Inspector", inspector)
        self.left = (self.function, self.inputs, self.gradients)
        self.right = (self.tape, self.inspector)
        self.behind: list[CardDock] = []
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.BottomLeftCorner):
            window.setCorner(corner, _LEFT)
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _RIGHT)
        window.setDockNestingEnabled(True)
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
        return dock

    def named(self, name: str) -> CardDock:
        """The dock of this name."""
        return next(dock for dock in self.all if dock.objectName() == f"{name}_dock")

    def restore_default(self) -> None:
        """Every panel in its place, and shown."""
        for area, docks in ((_LEFT, self.left), (_RIGHT, self.right)):
            for dock in docks:
                dock.setFloating(False)
                self.area.addDockWidget(area, dock)
                dock.show()
        for dock in self.behind:
            dock.setFloating(False)
            self.area.tabifyDockWidget(self.inspector, dock)
            dock.hide()
        self.size(self.area.width())

    def size(self, width: int) -> None:
        """Share out a window of this width."""
        down = Qt.Orientation.Vertical
        left = min(max(round(width * 0.22), 276), 420)
        right = min(max(round(width * 0.245), 320), 500)
        self.widths.want([left, right])
        self.area.resizeDocks(list(self.left), [34, 24, 34], down)
        self.area.resizeDocks(list(self.right), [44, 50], down)

    def show_notes(self, session: Session, stage: Stage) -> None:
        """What is worth saying beside each title."""
        run, problem = session.run, session.problem
        if problem is not None and not session.text.strip():
            self.function.card.set_note("")
        elif problem is not None:
            self.function.card.set_note("✗ problem", "error")
        elif session.warning is not None:
            self.function.card.set_note("! not finite", "warning")
        elif run is not None:
            count = len(run.tape) - len(run.tape.inputs)
            self.function.card.set_note(f"✓ {count:,} operation{'' if count == 1 else 's'}", "ok")
        shown = stage.shown.run
        self.tape.card.set_note(f"{len(shown.tape):,} entr{'y' if len(shown.tape) == 1 else 'ies'}" if shown else "")
        self._show_inspected(session, stage)

    def _show_inspected(self, session: Session, stage: Stage) -> None:
        run, index = stage.shown.run, stage.inspected
        if run is None or index is None or index >= len(run.tape):
            self.inspector.card.set_title("Inspector")
            self.inspector.card.set_note("")
            return
        entry = run.tape[index]
        self.inspector.card.set_title("Entry", f"{entry.label} — {entry.op.name}")
        span = entry.span
        line = f"line {span.line}" if span else ""
        self.inspector.card.set_note(f"{line}, column {span.column}" if span else "", short=line)
