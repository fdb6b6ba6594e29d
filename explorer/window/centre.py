"""The middle of the window: the notice, pages as tabs of one card under a banner, and the playback."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme
from explorer.panels.small.banner import Banner
from explorer.panels.small.card import Card, CardTitle
from explorer.panels.small.notice import Notice

_NARROW = 560
"""Width below which the tabs need the place of the title."""


class Centre(QWidget):
    """Pages in a card, chosen by tabs in its title."""

    turned = Signal(str)
    room_needed = Signal(bool)
    """Whether the page that is shown wants the room of what stands around it."""

    def __init__(self, graph: QWidget, plot: QWidget, playback: QWidget) -> None:
        super().__init__()
        self._theme = LIGHT
        self.notice = Notice()
        self.banner = Banner()
        self._pages: dict[str, QWidget] = {}
        self._titles: dict[str, str] = {}
        self._roomy: set[str] = set()
        self._playback = playback
        self._stack = QStackedWidget()
        self._title = CardTitle("")
        self._bar = QTabBar()
        self._bar.setObjectName("centre_tabs")
        self._bar.setAccessibleName(say("window.views", "Views"))
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.currentChanged.connect(self._turn)
        self._title.row.setContentsMargins(12, 0, 4, 0)
        self._title.row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        self._card = Card(self._title, self._under_banner())
        column.addWidget(self._card, 1)
        column.addWidget(playback)
        self.add_page(
            "graph",
            say("window.graph", "Graph"),
            say("window.computation-graph", "Computation graph"),
            graph,
            say("window.operations-how-they-depend", "The operations and how they depend on each other"),
        )
        self.add_page(
            "plot",
            say("window.plot", "Plot"),
            say("window.plot", "Plot"),
            plot,
            say("window.output-along-one-input", "The output along one input, with its tangent"),
        )

    def _under_banner(self) -> QWidget:
        page = QWidget()
        self._over = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        return page

    def add_over(self, widget: QWidget) -> None:
        """Put a line over all pages."""
        self._over.insertWidget(0, widget)

    def add_page(
        self, name: str, tab: str, title: str, page: QWidget, tooltip: str, roomy: bool = False
    ) -> None:
        """Put another page behind those that are there; a `roomy` one is shown without the player under it."""
        self._pages[name], self._titles[name] = page, title
        if roomy:
            self._roomy.add(name)
        self._stack.addWidget(page)
        place = self._bar.addTab(tab)
        self._bar.setTabToolTip(place, tooltip)
        if len(self._pages) == 1:
            self._turn(0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.banner.set_theme(theme)
        self._card.set_background(theme.canvas if self.tab == "graph" else theme.panel)

    def tabs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard besides the pages."""
        return (self._bar,)

    @property
    def tab(self) -> str:
        """The name of the page that is shown."""
        return list(self._pages)[self._stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show a page and let the keyboard go there."""
        if name in self._pages and self._bar.isTabEnabled(list(self._pages).index(name)):
            self._bar.setCurrentIndex(list(self._pages).index(name))
            self._pages[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def lock(self, name: str) -> None:
        """Show this page and no other, or with "" any again."""
        if name:
            self.show_tab(name)
        for place, page in enumerate(self._pages):
            self._bar.setTabEnabled(place, name in ("", page))

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._name_page()
        self.set_theme(self._theme)
        self._playback.setVisible(self.tab not in self._roomy)
        self.room_needed.emit(self.tab in self._roomy)
        self.turned.emit(self.tab)

    def _name_page(self) -> None:
        self._title.set_title(self._titles[self.tab] if self.width() >= _NARROW else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_page()
