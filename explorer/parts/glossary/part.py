"""Explains words where they stand: tooltips of headers, titles and of the sentence, with the number at hand.

Wording is that of `core.notation.glossary`; here it is only brought to the place that is pointed at.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QTableView, QToolTip, QWidget

from core.notation.glossary import WORDS, explained, word_in
from explorer.panels.inspector.inspector import Inspector
from explorer.panels.small.sentence import Sentence
from explorer.parts.part import Part
from explorer.shown import ShownSignals


class Glossary(Part):
    """Watches the places where words stand. `tables` have them in their headers, `labels` are about one word each."""

    def __init__(
        self, shown: ShownSignals, sentence: Sentence, inspector: Inspector, tables: Iterable[QTableView],
        labels: Iterable[tuple[QWidget, str]],
    ) -> None:  # fmt: skip
        super().__init__(sentence)
        self._shown, self._sentence, self._inspector = shown, sentence, inspector
        self._headers = {table.horizontalHeader().viewport(): table for table in tables}
        self._labels = dict(labels)
        for place in (sentence, inspector.viewport(), *self._headers, *self._labels):
            place.installEventFilter(self)

    def explain(self, word: str) -> str:
        """A word with the number at hand; nothing where it is not explained."""
        shown = self._shown
        return explained(word, shown.frame, shown.inspected) if shown.veil is None else explained(word, None, None)

    def page(self) -> list[tuple[str, str]]:
        """All words with what they mean here."""
        return [(word, self.explain(word)) for word in WORDS]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        told = self.explain(word_in(self._text_at(watched, event.pos())))
        if told:
            QToolTip.showText(event.globalPos(), f"<p>{told}</p>")
        return bool(told)

    def _text_at(self, place: QObject, at: QPoint) -> str:
        """The word under the pointer."""
        if place is self._sentence:
            return self._sentence.word_at(at)
        if place is self._inspector.viewport():
            cursor = self._inspector.cursorForPosition(at)
            cursor.select(cursor.SelectionType.WordUnderCursor)
            return cursor.selectedText()
        if isinstance(place, QWidget) and place in self._labels:
            return self._labels[place]
        if isinstance(place, QWidget) and place in self._headers:
            header = self._headers[place].horizontalHeader()
            title = self._headers[place].model().headerData(header.logicalIndexAt(at), header.orientation())
            return str(title or "")
        return ""
