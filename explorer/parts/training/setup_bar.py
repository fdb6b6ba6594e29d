"""What is trained and how: inputs, optimizers, rate, steps, batch and, behind a button, the rest.

Emits `changed` with every change, and `started`. Knows plans; knows no program.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.basics.words import say
from core.training import Plan
from explorer.look.icons import icon
from explorer.look.roles import mark
from explorer.look.theme import LIGHT, Theme
from explorer.panels.small.menu_button import menu_button, new_menu
from explorer.parts.training.chips import InputChips, OptimizerChips
from explorer.parts.training.styles import NAMES

MOST_STEPS = 1_000_000
SCHEDULES = {
    "constant": say("training.constant", "constant rate"),
    "linear": say("training.linear", "falling in a line to 0"),
    "linear:0.1": say("training.linear-tenth", "falling in a line to a tenth"),
    "cosine": say("training.cosine", "falling as a cosine"),
}
MORE = {
    "decay": say("training.weight-decay", "weight decay"),
    "momentum": say("training.momentum", "momentum"),
    "beta1": "β₁",
    "beta2": "β₂",
    "rho": "ρ",
    "eps": "ε",
    "seed": say("training.seed", "seed"),
}
"""Settings that few change: as they are called."""


FIELDS = {
    "rate": (say("training.rate", "rate"), say("training.rate-hint", "Learning rate; empty: as suggested"), 74),
    "steps": (say("training.steps", "steps"), say("training.steps-hint", "How many steps"), 66),
    "batch": (
        say("training.batch", "batch"),
        say("training.batch-hint", "Rows of the data that each step takes; empty: all"),
        58,
    ),
}
"""Settings that everybody sees: what they are called, what they are, and how many pixels wide."""


class SetupBar(QWidget):
    """Two lines of choices, a third when it is asked for."""

    changed = Signal()
    started = Signal()
    example_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._plan = Plan()
        self._rates: dict[str, float] = {}
        self.inputs = InputChips("training_inputs", say("training.trained", "Trained"))
        self.optimizers = OptimizerChips("training_optimizers", say("training.optimizers", "Optimizers"))
        self.optimizers.show_names(tuple(NAMES), ("gd",))
        self.fields = {key: _field(key, *words) for key, words in FIELDS.items()}
        self.fields["steps"].setText("100")
        self.fields["batch"].setPlaceholderText(say("training.all", "all"))
        for key, words in MORE.items():
            self.fields[key] = _field(key, words, words, 62)
        hint = say("training.schedule", "How the rate changes from step to step")
        self.schedule = menu_button("training_schedule", hint)
        self._choose_schedule("constant", quiet=True)
        self.more = QPushButton(say("training.more", "More"))
        self.more.setObjectName("training_more")
        self.more.setCheckable(True)
        self.more.setAutoDefault(False)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the steps
        self.more.setProperty("role", "flat")
        self.more.setToolTip(say("training.more-hint", "Schedule, weight decay and the numbers of each optimizer"))
        self.start = QPushButton(say("training.train", "Train"))
        self.start.setObjectName("training_start")
        self.start.setProperty("role", "primary")
        self.start.setAutoDefault(False)
        self.start.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the steps
        self.start.setMinimumWidth(92)
        self.start.setToolTip(say("training.start-hint", "Follow the gradient down from the inputs (Ctrl+Return)"))
        self.examples = menu_button("training_examples", say("training.examples-hint", "Programs to be trained"))
        self.examples.setText(say("training.examples", "Examples ▾"))
        self.examples.setMenu(QMenu(self.examples))
        self._show_rate()
        self._arrange()
        self.inputs.toggled.connect(self.changed)
        self.optimizers.toggled.connect(self._show_rate)
        self.optimizers.toggled.connect(self.changed)
        self.start.clicked.connect(self.started)
        for field in self.fields.values():
            field.editingFinished.connect(self._read)
            field.returnPressed.connect(self.started)

    def _arrange(self) -> None:
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(_words(say("training.train-word", "Train")))
        first.addWidget(self.inputs)
        first.addStretch(1)
        for key in ("rate", "steps", "batch"):
            first.addWidget(_words(self.fields[key].accessibleName()))
            first.addWidget(self.fields[key])
        first.addWidget(self.more)
        first.addWidget(self.examples)
        second.addWidget(_words(say("training.with", "with")))
        second.addWidget(self.optimizers)
        second.addStretch(1)
        second.addWidget(self.start)
        self._third = QWidget()
        third.setContentsMargins(0, 0, 0, 0)
        third.addWidget(self.schedule)
        third.addStretch(1)
        for key, words in MORE.items():
            third.addWidget(_words(words))
            third.addWidget(self.fields[key])
        self._third.setLayout(third)
        self._third.hide()
        self.more.toggled.connect(self._third.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 4)
        column.setSpacing(6)
        for row in (first, second):
            row.setSpacing(7)
            column.addLayout(row)
        column.addWidget(self._third)

    def show_examples(self, titles: Mapping[str, str]) -> None:
        """Offer these examples, by name with their titles."""
        for name, title in titles.items():
            action = self.examples.menu().addAction(title)
            action.triggered.connect(lambda _=False, name=name: self.example_chosen.emit(name))

    # --- what is chosen ----------------------------------------------------------------------------------------

    @property
    def lead(self) -> str:
        """The optimizer whose steps are told and opened."""
        return self.optimizers.down[0]

    def plans(self) -> list[Plan]:
        """A plan for each optimizer that takes part."""
        over = self.inputs.down
        return [replace(self._plan, optimizer=name, over=over, rate=self._rate(name)) for name in self.optimizers.down]

    def _rate(self, name: str) -> float:
        return self._plan.rate if not math.isnan(self._plan.rate) else self._rates.get(name, math.nan)

    def show_inputs(self, names: tuple[str, ...], trained: tuple[str, ...]) -> None:
        """Offer these inputs, some of which are trained."""
        self.inputs.show_names(names, trained)

    def show_rates(self, rates: dict[str, float]) -> None:
        """Suggest a rate for each optimizer."""
        self._rates = rates
        self._show_rate()

    @property
    def plan(self) -> Plan:
        """The leader's plan as it was chosen: without suggestions."""
        return replace(self._plan, optimizer=self.lead, over=self.inputs.down)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan that was written elsewhere."""
        self._plan = replace(plan, over=())
        self.optimizers.show_names(tuple(NAMES), (plan.optimizer,))
        standard = Plan()
        for key, field in self.fields.items():
            value = getattr(plan, key)
            is_standard = value == getattr(standard, key) or (isinstance(value, float) and math.isnan(value))
            field.setText("" if is_standard and key != "steps" else f"{value:g}")
        self._choose_schedule(plan.schedule, quiet=True)
        self._show_rate()

    def _show_rate(self) -> None:
        plan = replace(Plan(), optimizer=self.lead)
        for key in MORE:
            standard = {"rho": plan.memory, "eps": plan.small}.get(key, getattr(plan, key))
            self.fields[key].setPlaceholderText(f"{standard:g}")
        rate = self._rates.get(self.lead, math.nan)
        self.fields["rate"].setPlaceholderText("" if math.isnan(rate) else f"{rate:.3g}")

    def _read(self) -> None:
        """Take the fields that can be read; a field that cannot says so by its frame."""
        changed: dict[str, Any] = {}
        for key, field in self.fields.items():
            standard = getattr(Plan(), key)
            value = _number(field.text(), standard)
            mark(field, "invalid", value is None)
            if value is not None:
                changed[key] = value
        plan = replace(self._plan, **changed)
        if repr(plan) != repr(self._plan):  # nan, which stands for no rate, does not equal itself
            self._plan = plan
            self.changed.emit()

    def _choose_schedule(self, name: str, quiet: bool = False) -> None:
        self._plan = replace(self._plan, schedule=name)
        self.schedule.setText(f"{SCHEDULES.get(name, name)} ▾")
        menu = new_menu(self.schedule)
        for one, words in SCHEDULES.items():
            menu.addAction(words).triggered.connect(lambda _=False, one=one: self._choose_schedule(one))
        if not quiet:
            self.changed.emit()

    # --- how it looks ------------------------------------------------------------------------------------------

    def show_training(self, going: bool) -> None:
        """While it trains the button stops it."""
        self.start.setText(say("training.stop", "Stop") if going else say("training.train", "Train"))
        self.start.setIcon(icon("pause" if going else "play", self._theme.on_accent))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.inputs.set_theme(theme)
        self.optimizers.set_theme(theme)
        self.start.setIcon(icon("play", theme.on_accent))


def _field(key: str, words: str, hint: str, width: int) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(f"training_{key}")
    field.setAccessibleName(words)
    field.setToolTip(hint)
    field.setFixedWidth(width)
    return field


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return label


def _number(text: str, standard: float | int) -> float | int | None:
    """What is typed, as a number of the kind of `standard`, which stands where nothing is; None where it is none."""
    if not text.strip():
        return standard
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value) or value < 0:
        return None
    if isinstance(standard, int):
        return int(value) if value == int(value) and value <= MOST_STEPS else None
    return value
