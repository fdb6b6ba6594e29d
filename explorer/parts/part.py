"""What every part is: something with commands, a theme, and perhaps entries for context menus and documents.

A part gets what it uses in its constructor. It knows no other part and no window; what it needs of the window is
`Places`, and what another part does it asks for by the name of a command.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from explorer.look.theme import Theme
from explorer.model.document import Document

Commands = dict[str, Callable[[], object]]
"""By the name of an action what it does."""


class Offer(NamedTuple):
    """An entry of a context menu."""

    title: str
    tip: str
    do: Callable[[], object]


class Part(QObject):
    """One feature of the window. Whoever has nothing to say to one of these leaves it as it is here. Signal: `noted`
    (what the part adds to a document is another).
    """

    noted = Signal()

    def commands(self) -> Commands:
        """What the part does when one of its actions is triggered."""
        return {}

    def offers(self, found: int | str) -> Iterable[Offer]:
        """What can be done with an entry (a number) or an input (a name)."""
        return ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""

    def asked(self, text: str) -> str:
        """The part of the text that is to run."""
        return text

    def add_to(self, document: Document) -> Document:
        """The document with what the part keeps in it."""
        return document

    def restore(self, document: Document) -> None:
        """Take back what was kept."""

    def greet(self) -> None:
        """The program was never started before."""

    def close(self) -> None:
        """The window closes."""
