"""The choice of an input, and of one of its numbers where it has several."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from core.basics.words import say
from explorer.panels.small.menu_button import menu_button, new_menu


class ElementChoice(QWidget):
    """A few words, the names of the inputs as a menu, and a field for the number of the element."""

    chosen = Signal(str, int)

    def __init__(self, name: str, words: str, hint: str, brief: bool = False) -> None:
        """`brief`: where there is little room, the number of the element stands after a mark instead of a word."""
        super().__init__()
        self._name = ""
        self._sizes: dict[str, int] = {}
        told = QLabel(words)
        told.setProperty("role", "muted")
        if not words:
            told.hide()
        self.names = menu_button(f"{name}_input", hint)
        self.element = QSpinBox()
        self.element.setObjectName(f"{name}_element")
        self.element.setAccessibleName(say("plots.number-element-input", "Number of the element in the input"))
        self.element.setPrefix("#" if brief else say("plots.element", "element") + " ")
        self.element.setToolTip(
            say("plots.number-input-type-press", "Which number of the input: type, or press Up and Down")
        )
        self.element.valueChanged.connect(self._emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (told, self.names, self.element):
            row.addWidget(widget)
        self.show_inputs({})

    def choice(self) -> tuple[str, int]:
        """The input chosen, and which of its numbers."""
        return self._name, self.element.value()

    def show_inputs(self, sizes: dict[str, int]) -> None:
        """Offer these inputs, each with so many numbers."""
        self._sizes = sizes
        self._name = self._name if self._name in sizes else next(iter(sizes), "")
        self.names.setText((self._name or say("plots.nothing", "nothing")) + " ▾")
        menu = new_menu(self.names)
        for name in sizes:
            menu.addAction(name).triggered.connect(lambda _=False, name=name: self._choose(name))
        size = sizes.get(self._name, 1)
        quiet = self.element.blockSignals(True)
        self.element.setRange(0, max(size - 1, 0))
        self.element.blockSignals(quiet)
        self.element.setVisible(size > 1)

    def choose(self, name: str, element: int) -> None:
        """Make a choice; says nothing."""
        self._name = name
        self.show_inputs(self._sizes)
        quiet = self.element.blockSignals(True)
        self.element.setValue(element)
        self.element.blockSignals(quiet)

    def _choose(self, name: str) -> None:
        self._name = name
        self.show_inputs(self._sizes)
        self._emit()

    def _emit(self) -> None:
        self.chosen.emit(*self.choice())
