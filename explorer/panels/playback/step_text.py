"""The text of a step: a sentence, and under it the formula; together they keep their place, however long they are."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import Theme, sans
from explorer.look.typesetting import Typesetter
from explorer.look.wording import unquoted
from explorer.panels.small.formula import FormulaView

_PIXELS = (13.0, 12.0, 11.0)
_HEIGHT = 92


class StepText(QWidget):
    """Sentence and formula; the sentence is written smaller before it takes the formula's place."""

    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self.sentence = QLabel()
        self.sentence.setObjectName("step_sentence")
        self.sentence.setAccessibleName(say("playback.step", "Step"))
        self.sentence.setToolTip(say("playback.step-words", "What this step does, in words"))
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.formula = FormulaView(typesetter)
        self._large = 1.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addWidget(self.formula, 1)
        self.set_large(1.0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.formula.set_theme(theme)

    def set_large(self, large: float) -> None:
        """Write so many times larger."""
        self._large = large
        self.formula.set_pixels(17.0 * large)
        self.setFixedHeight(round(_HEIGHT * large))
        self._fit()

    def show_text(self, sentence: str, plain: str, latex: str, color: str) -> None:
        """Say what a step does."""
        sentence = unquoted(sentence)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(f"{sentence} {plain}".strip())
        self.formula.show_formula(plain, latex, color)
        self._fit()

    def _fit(self) -> None:
        """The largest letters with which the sentence leaves room for a formula."""
        room = self.height() * (0.56 if self.formula.plain else 1.0)
        for pixels in _PIXELS:
            font = sans(pixels * self._large)
            box = QRect(0, 0, max(self.width(), 50), 10_000)
            flags = int(Qt.TextFlag.TextWordWrap)
            needed = QFontMetrics(font).boundingRect(box, flags, self.sentence.text()).height() + 2
            if needed <= room:
                break
        self.sentence.setFont(font)
        self.sentence.setFixedHeight(min(needed, self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
