"""Menus, toolbar and status bar, made from the table of actions."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from core.basics.words import say
from explorer.look.icons import icon
from explorer.look.theme import Theme, mono
from explorer.panels.small.menu_button import menu_button
from explorer.panels.small.working import Working
from explorer.storage.examples import example, example_names
from explorer.window.actions import ACTIONS, MENUS, Row
from explorer.window.docks import Docks

_ROOM_FOR_WORDS = 1200
_WITH_WORDS = ("new", "open", "save", "export", "lessons", "quiz")
_HINT = say("window.space-play-step-home", "Space play · ← → step · Home/End · F fit · Ctrl+F find · F1 all keys")


class Menus(QObject):
    """What stands at the upper and lower edge of the window."""

    recent_chosen = Signal(str)
    example_chosen = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        actions: Mapping[str, QAction],
        docks: Docks,
        find: QWidget,
        under_way: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._recent = QMenu(say("window.open-recent", "Open recent"), window)
        self._examples = QMenu(MENUS["Examples"], window)
        self._examples.aboutToShow.connect(self._fill_examples)
        self._panels = QMenu(say("window.panels", "Panels"), window)
        for dock in docks.all:
            self._panels.addAction(dock.toggleViewAction())
        self._zoom = QLabel("100 %")
        self.find = find
        self._build_menus()
        self._build_toolbar()
        self.status, self._hint = QLabel(), QLabel(_HINT)
        self.working = Working(under_way)
        self.working.stop_requested.connect(self._actions["stop_work"].trigger)
        self._build_status()

    def _build_menus(self) -> None:
        bar = self._window.menuBar()
        for name, title in MENUS.items():
            menu = self._examples if name == "Examples" else QMenu(title, self._window)
            bar.addMenu(menu)
            rows = [row for row in ACTIONS if row.menu == name]
            for before, row in zip([None, *rows], rows, strict=False):
                if before and before.group != row.group:
                    menu.addSeparator()
                menu.addAction(self._actions[row.name])
                if row.name == "open":
                    menu.addMenu(self._recent)
            if name == "View":
                menu.addSeparator()
                menu.addMenu(self._panels)

    def _build_toolbar(self) -> None:
        bar = QToolBar(say("window.toolbar", "Toolbar"), self._window)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        self._window.addToolBar(bar)
        self._bar = bar
        groups: dict[int, list[Row]] = {}
        for row in ACTIONS:
            if row.toolbar:
                groups.setdefault(row.toolbar, []).append(row)
        self._add(groups[1])
        bar.addSeparator()
        self._add(groups[2])
        bar.addSeparator()
        bar.addWidget(self._examples_button())
        bar.addSeparator()
        self._add_view(groups[4])
        bar.addWidget(_spring())
        bar.addWidget(self.find)
        bar.addSeparator()
        self._add(groups[5])
        self._add(groups[6])

    def _add(self, rows: list[Row]) -> None:
        for row in rows:
            action = self._actions[row.name]
            self._bar.addAction(action)
            button = self._bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setObjectName(f"tool_{row.name}")
                style = Qt.ToolButtonStyle
                words, picture = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
                button.setToolButtonStyle(words if row.name in _WITH_WORDS else picture)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def controls(self) -> list[QWidget]:
        """The buttons and fields of the bar that take the keyboard, in order."""
        found = [self._bar.widgetForAction(action) for action in self._bar.actions()]
        return [one for one in found if one is not None and one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def fit_toolbar(self, width: int) -> None:
        """In a narrow window buttons with a picture go without words, so that every button has its place."""
        style = Qt.ToolButtonStyle
        for row in ACTIONS:
            button = self._bar.widgetForAction(self._actions[row.name]) if row.toolbar else None
            if isinstance(button, QToolButton) and row.name in _WITH_WORDS and row.icon:
                words = width >= _ROOM_FOR_WORDS
                button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)

    def _add_view(self, rows: list[Row]) -> None:
        by_name = {row.name: row for row in rows}
        self._zoom.setObjectName("zoom_label")
        self._zoom.setAccessibleName(say("window.zoom", "Zoom"))
        self._zoom.setFont(mono(12))
        self._zoom.setFixedWidth(54)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._add([by_name["fit"], by_name["zoom_out"]])
        self._bar.addWidget(self._zoom)
        self._add([by_name["zoom_in"]])

    def _examples_button(self) -> QToolButton:
        button = menu_button("examples_button", say("window.functions-begin", "Functions to begin with"))
        button.setText(say("window.examples-button", "Examples ▾"))
        button.setMenu(self._examples)
        return button

    def _build_status(self) -> None:
        bar = self._window.statusBar()
        bar.setSizeGripEnabled(False)
        for label, name in ((self.status, "status_label"), (self._hint, "status_hint")):
            label.setObjectName(name)
            label.setProperty("role", "muted")
            label.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(self.status)
        bar.addWidget(self.working)
        bar.addPermanentWidget(self._hint)

    def _fill_examples(self) -> None:
        if self._examples.isEmpty():
            for name in example_names():
                document = example(name)
                action = self._examples.addAction(document.title or name)
                action.setToolTip(document.about)
                action.triggered.connect(lambda _=False, name=name: self.example_chosen.emit(name))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of `theme`."""
        for row in ACTIONS:
            if row.icon:
                self._actions[row.name].setIcon(icon(row.icon, theme.text, theme.faint))

    def show_zoom(self, zoom: float) -> None:
        """Show how large the graph is drawn."""
        self._zoom.setText(f"{100 * zoom:.0f} %")

    def show_recent(self, paths: list[str]) -> None:
        """Offer the recent files."""
        self._recent.clear()
        self._recent.setEnabled(bool(paths))
        for path in paths:
            action = self._recent.addAction(path)
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))


def _spring() -> QWidget:
    spring = QWidget()
    policy = spring.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    spring.setSizePolicy(policy)
    return spring
