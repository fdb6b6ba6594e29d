"""The choice of what is differentiated: "of z", a button in the title of the gradients that offers every name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from core.basics.words import say
from explorer.panels.small.menu_button import menu_button, new_menu

_MOST = 60
_SHOWN = 14


class OutputChoice(QWidget):
    """Emits the name that is chosen; "" is the program's own output."""

    output_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.button: QToolButton = menu_button(
            "output_button", say("gradients.value-differentiated-ctrl-d", "Which value is differentiated (Ctrl+D)")
        )
        self.button.setParent(self)
        self.button.setStyleSheet(
            "QToolButton { padding: 2px 6px } QToolButton::menu-indicator { image: none; width: 0 }"
        )
        self._shown: tuple = ()
        self.show_outputs("", (), "")

    def show_outputs(self, label: str, names: Sequence[str], chosen: str, others: Sequence[str] = ()) -> None:
        """Offer the output and these names, and below them the others; `label` is how the present one is called."""
        offered = tuple(names)[:_MOST]
        shown = (label, offered, chosen, tuple(others)[: _MOST - len(offered)])
        if shown == self._shown:
            return
        self._shown = shown
        short = label if len(label) <= _SHOWN else label[: _SHOWN - 1] + "…"
        self.button.setText(
            say("gradients.of", "of {short} ▾", short=short or say("gradients.the-output", "the output"))
        )
        self.button.adjustSize()
        self.setFixedSize(self.button.size())
        menu = new_menu(self.button)
        for name in ("", *shown[1], *shown[3]):
            if shown[3] and name == shown[3][0]:
                menu.addSection(say("gradients.not-computed-from-inputs", "Not computed from an input here"))
            action = menu.addAction(name or say("gradients.output-program", "the output of the program"))
            action.setToolTip(
                say("gradients.differentiate", "Differentiate {name}", name=name)
                if name
                else say("gradients.differentiate-output", "Differentiate what the program returns")
            )
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _=False, name=name: self.output_chosen.emit(name))
