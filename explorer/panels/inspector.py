"""The inspector: everything about the selected entry at the current step, as text one can read and copy."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser

from core.timeline import Frame
from explorer.panels.inspector_page import empty_page, entry_page, veiled_page
from explorer.theme import LIGHT, Theme


class Inspector(QTextBrowser):
    """A page about one entry; the names of other entries on it are links."""

    entry_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(12)
        self.anchorClicked.connect(self._follow)
        self._theme = LIGHT
        self._shown: tuple[Frame, int] | None = None
        self._page = ""
        self.show_nothing()

    def show_entry(self, frame: Frame, index: int) -> None:
        """Show an entry as it stands in a frame."""
        self._shown = (frame, index)
        self._set(entry_page(frame, index, self._theme))

    def show_veiled(self, frame: Frame, index: int) -> None:
        """Name an entry about which something is asked, and no more."""
        self._shown = None
        self._set(veiled_page(frame, index, self._theme))

    def show_nothing(self) -> None:
        """Say that nothing is selected."""
        self._shown = None
        self._set(empty_page(self._theme))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._shown:
            self.show_entry(*self._shown)
        else:
            self.show_nothing()

    def _set(self, page: str) -> None:
        """Change the page, without losing the place one has scrolled to."""
        if page != self._page:
            self._page = page
            place = self.verticalScrollBar().value()
            self.setHtml(page)
            self.verticalScrollBar().setValue(place)

    def _follow(self, link: QUrl) -> None:
        index = link.path()
        if link.scheme() == "entry" and index.isdigit():
            self.entry_chosen.emit(int(index))
