"""The dialogs of the window: keys, language, limits, and what this program is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from core.basics.budget import Budget
from core.basics.words import say
from explorer.session import Session
from explorer.storage.settings import Settings
from explorer.window.sheets.language import LanguageSheet
from explorer.window.sheets.limits import LimitsSheet
from explorer.window.sheets.shortcuts import ShortcutSheet, Words


def commands(
    parent: QWidget, session: Session, settings: Settings, words: Callable[[], Words] = tuple
) -> dict[str, Callable[[], object]]:
    """By the name of an action which dialog it opens; `words` are those to explain."""
    return {
        "shortcuts": lambda: show_shortcuts(parent, words()),
        "language": lambda: show_language(parent),
        "limits": lambda: show_limits(parent, session, settings),
        "about": lambda: show_about(parent),
    }


def show_shortcuts(parent: QWidget, words: Words = ()) -> None:
    """Open the sheet with all keys and words."""
    _open(ShortcutSheet(parent, words))


def show_language(parent: QWidget) -> None:
    """Open the page about the language, beside the window, so that one can type while reading."""
    sheet = LanguageSheet(parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.show()


def show_limits(parent: QWidget, session: Session, settings: Settings) -> None:
    """Open the limits of a run; what is accepted is used at once and remembered."""

    def take(limits: Budget) -> None:
        settings.save_limits(limits)
        session.set_limits(limits)

    sheet = LimitsSheet(session.limits, parent)
    sheet.limits_chosen.connect(take)
    _open(sheet)


def show_about(parent: QWidget) -> None:
    """Say what this program is."""
    QMessageBox.about(
        parent,
        say("window.about-tape-explorer", "About Tape Explorer"),
        say(
            "window.b-tape-explorer-b",
            "<b>Tape Explorer</b><br>Type a function, see its computational graph, and step through automatic "
            "differentiation both ways.<br><br>MIT licence.",
        ),
    )


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
