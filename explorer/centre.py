"""The middle of the window: the notice, the graph and the plot as tabs of one card, and the playback."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from explorer.panels.card import Card, CardTitle
from explorer.panels.notice import Notice
from explorer.theme import LIGHT, Theme

TABS = {"graph": "Graph", "plot": "Plot"}
_TITLES = {"graph": "Computation graph", "plot": "Plot"}


class Centre(QWidget):
    """Pages in a card, chosen by tabs in its title."""

    def __init__(self, graph: QWidget, plot: QWidget, playback: QWidget) -> None:
        super().__init__()
        self._theme = LIGHT
        self.notice = Notice()
        self._pages = {"graph": graph, "plot": plot}
        self._stack = QStackedWidget()
        self._title = CardTitle(_TITLES["graph"])
        self._bar = QTabBar()
        self._bar.setObjectName("centre_tabs")
        self._bar.setAccessibleName("Views")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        for name, page in self._pages.items():
            self._stack.addWidget(page)
            self._bar.addTab(TABS[name])
        self._bar.currentChanged.connect(self._turn)
        self._title.row.setContentsMargins(12, 0, 4, 0)
        self._title.row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        self._card = Card(self._title, self._stack)
        column.addWidget(self._card, 1)
        column.addWidget(playback)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._card.set_background(theme.canvas if self.tab == "graph" else theme.panel)

    @property
    def tab(self) -> str:
        """The name of the page that is shown."""
        return list(self._pages)[self._stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show a page and let the keyboard go there."""
        if name in self._pages:
            self._bar.setCurrentIndex(list(self._pages).index(name))
            self._pages[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._title.set_title(_TITLES[self.tab])
        self.set_theme(self._theme)
