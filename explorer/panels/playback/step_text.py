"""The text of a step: a sentence, and under it the formula, as high as they need and no higher.

The height only grows while one run is shown, so that nothing jumps from step to step; another run begins anew.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.basics.words import say
from explorer.look.sizes import text_size
from explorer.look.theme import LIGHT, Theme
from explorer.look.typesetting import Typesetter
from explorer.look.wording import unquoted
from explorer.panels.small.formula import FormulaView
from explorer.panels.small.sentence import Sentence, height_for_lines, height_of

STEP_PIXELS, _SMALLER = 17.0, (15.0, 13.0)
_FORMULA = 22.0
_LINES = 3
"""A sentence of more lines is written smaller."""
_FORMULA_LINES = 2.2
_GAP = 5


class StepText(QWidget):
    """Sentence and formula."""

    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # another text needs nothing else painted
        self._theme = LIGHT
        self.sentence = Sentence(STEP_PIXELS)
        self.sentence.setParent(self)
        self.sentence.setObjectName("step_sentence")
        self.sentence.setAccessibleName(say("playback.step", "Step"))
        self.sentence.setToolTip(say("playback.step-words", "What this step does, in words"))
        self.formula = FormulaView(typesetter)
        self.formula.setParent(self)
        self._factor, self._large, self._reserved = 1.0, 1.0, 0
        self._expected: tuple[str, ...] = ()
        self.setFixedHeight(1)
        self.set_large(1.0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.set_large(self._factor)
        self.formula.set_theme(theme)
        self.sentence.set_theme(theme)
        self.update()

    def set_large(self, large: float) -> None:
        """Write so many times larger."""
        self._factor, self._large = large, large * text_size()
        self.formula.set_pixels(_FORMULA * self._large)
        self._begin()

    def expect(self, sentences: Sequence[str]) -> None:
        """Another run, in which sentences like these will stand here: make room for the longest."""
        self._expected = tuple(map(unquoted, sentences))
        self._begin()

    def show_text(self, sentence: str, plain: str, latex: str, color: str) -> None:
        """Say what a step does."""
        sentence = unquoted(sentence)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(f"{sentence} {plain}".strip())
        self.formula.show_formula(plain, latex, color)
        self._fit()

    def _begin(self) -> None:
        """Room for a line of each, and for the sentences that are expected."""
        longest = sorted(self._expected, key=len)[-3:]
        self._reserved = max(self._fitting(one)[1] for one in ("x", *longest)) + _GAP + self.formula.height_of_line()
        self._fit()

    def _fitting(self, text: str) -> tuple[float, int]:
        """The largest letters in which a sentence takes a few lines, and how high it is then."""
        most = height_for_lines(_LINES, STEP_PIXELS * self._large)
        for pixels in (STEP_PIXELS, *_SMALLER):
            needed = height_of(text, pixels * self._large, self.width())
            if needed <= most:
                break
        return pixels * self._large, needed

    def _fit(self) -> None:
        """Place both, and grow where there is not enough room."""
        pixels, needed = self._fitting(self.sentence.text())
        self.sentence.set_pixels(pixels)
        most = round(_FORMULA_LINES * self.formula.height_of_line())  # a larger one is drawn smaller
        formula = min(self.formula.height_for(self.width()), most) if self.formula.plain else 0
        self._reserved = max(self._reserved, needed + (_GAP + formula if formula else 0))
        if self.height() != self._reserved:
            self.setFixedHeight(self._reserved)
        self.sentence.setGeometry(0, 0, self.width(), needed)
        below = needed + _GAP
        self.formula.setGeometry(0, below, self.width(), max(self.height() - below, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._begin()
        else:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.color("panel"))
