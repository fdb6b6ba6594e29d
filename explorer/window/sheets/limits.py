"""The limits of a run, as a small form: entries, seconds, elements and operations that a program may use."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.basics.budget import Budget
from core.basics.words import say
from explorer.storage.settings import LIMITS

_ROWS = (
    (
        "entries",
        say("window.entries-tape", "Entries on the tape"),
        say("window.how-many-entries-run", "How many entries a run may record"),
    ),
    (
        "operations",
        say("window.other-operations", "Other operations"),
        say("window.how-many-steps-program", "How many steps of the program that record nothing"),
    ),
    (
        "elements",
        say("window.elements-array", "Elements of an array"),
        say("window.how-many-numbers-one", "How many numbers one array may have"),
    ),
    (
        "depth",
        say("window.depth-calls", "Depth of calls"),
        say("window.how-often-functions-may", "How often functions may call themselves"),
    ),
)


class LimitsSheet(QDialog):
    """Asks for limits; emits them when they are accepted."""

    limits_chosen = Signal(object)

    def __init__(self, limits: Budget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("limits_sheet")
        self.setWindowTitle(say("window.limits-run", "Limits of a run"))
        self.fields: dict[str, QSpinBox] = {}
        about = QLabel(
            say(
                "window.program-reaches-one-these",
                "A program that reaches one of these ends there, and what it recorded until then is shown.",
            )
        )
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(10)
        self.seconds = self._seconds_field()
        form.addRow(say("window.seconds", "Seconds"), self.seconds)
        for name, title, hint in _ROWS:
            self.fields[name] = _field(name, title, hint)
            form.addRow(title, self.fields[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(16)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self._buttons())
        self._show(limits)

    def _seconds_field(self) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setObjectName("limit_seconds")
        field.setAccessibleName(say("window.seconds", "Seconds"))
        field.setToolTip(say("window.how-long-run-may", "How long a run may take"))
        field.setRange(*LIMITS["seconds"])
        field.setDecimals(1)
        return field

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        hints = {
            kinds.Ok: say("window.use-these-limits", "Use these limits"),
            kinds.Cancel: say("window.change-nothing", "Change nothing"),
            kinds.RestoreDefaults: say("window.first", "As at first"),
        }
        for kind, hint in hints.items():
            button = buttons.button(kind)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
        buttons.button(kinds.RestoreDefaults).clicked.connect(lambda: self._show(Budget()))
        return buttons

    def _show(self, limits: Budget) -> None:
        self._limits = limits
        self.seconds.setValue(limits.seconds)
        for name, field in self.fields.items():
            field.setValue(getattr(limits, name))

    def _accept(self) -> None:
        values: dict[str, Any] = {name: field.value() for name, field in self.fields.items()}
        self.limits_chosen.emit(replace(self._limits, seconds=self.seconds.value(), **values))
        self.accept()


def _field(name: str, title: str, hint: str) -> QSpinBox:
    field = QSpinBox()
    field.setObjectName(f"limit_{name}")
    field.setAccessibleName(title)
    field.setToolTip(hint)
    field.setRange(*map(int, LIMITS[name]))
    field.setGroupSeparatorShown(True)
    return field
