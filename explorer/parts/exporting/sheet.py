"""The dialog that asks how to export the graph: format, part, values, colours, scale and file; or the clipboard.

It asks, and shows what it is told: a preview, a sentence, how far the work is. Writing is done elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.basics.words import say
from explorer.export.choice import SCALES, Choice
from explorer.export.formats import FORMATS, Format, format_of
from explorer.panels.small.segments import Segments
from explorer.parts.exporting.preview import ExportPreview

_PART = (
    (True, say("exporting.whole-graph", "Whole graph"), say("exporting.all-graph-uncut", "All of the graph, uncut")),
    (
        False,
        say("exporting.seen", "What is seen"),
        say("exporting.only-part-view-now", "Only the part that is in view now"),
    ),
)
_VALUES = (
    (
        True,
        say("exporting.values", "With values"),
        say("exporting.values-adjoints-step", "Values and adjoints as at this step"),
    ),
    (False, say("exporting.without", "Without"), say("exporting.only-operations", "Only the operations")),
)
_COLORS = (
    (False, say("exporting.light", "Light"), say("exporting.light-ground-print", "On a light ground, for print")),
    (True, say("exporting.dark", "Dark"), say("exporting.dark-ground-slides", "On a dark ground, for slides")),
)
_SCALE = tuple(
    (scale, f"{scale:g}×", say("exporting.pixels-each-point", "{scale:g} pixels for each point", scale=scale))
    for scale in SCALES
)


class ExportSheet(QDialog):
    """Emits what the user asks for; `choice` and `path` tell the details."""

    changed = Signal()
    export_requested = Signal()
    copy_requested = Signal()
    stop_requested = Signal()

    def __init__(self, choice: Choice, dark: bool, name: str, seen: bool, parent: QWidget | None = None) -> None:
        """`dark` is the ground where none was chosen yet, `seen` whether anything of the graph is in view."""
        super().__init__(parent)
        self.setObjectName("export_sheet")
        self.setWindowTitle(say("exporting.export-graph", "Export the graph"))
        self._seen, self._busy = seen, False
        self.preview = ExportPreview()
        self._build_choices()
        self._build_file()
        self._build_foot()
        self._lay_out()
        self._show_choice(choice, dark, name)
        for segments in (self.formats, self.part, self.values, self.colors, self.scale):
            segments.chosen.connect(self._settle)
        self.formats.chosen.connect(self._follow_format)
        self.file.textChanged.connect(self._follow_file)

    # --- what is asked ---------------------------------------------------------------------------------

    @property
    def format(self) -> Format:
        """The chosen format."""
        found = format_of(str(self.formats.value))
        assert found is not None
        return found

    def choice(self) -> Choice:
        """What is chosen now."""
        whole, values, dark = (bool(one.value) for one in (self.part, self.values, self.colors))
        scale, path = float(str(self.scale.value)), self.path()
        return Choice(self.format.ending, whole, values, dark, scale, str(path.parent) if path else "")

    def path(self) -> Path | None:
        """The file, with the ending of the format where none was typed; None where no name was."""
        text = self.file.text().strip()
        if not text:
            return None
        path = Path(os.path.expanduser(text))  # unlike Path's own, it leaves a person whom it does not know
        return path if path.suffix or os.path.isdir(path) else path.with_suffix(self.format.ending)

    # --- what is shown ---------------------------------------------------------------------------------

    def say(self, sentence: str, role: str = "error") -> None:
        """Show a sentence; the keyboard goes back to the file where something is wrong with it."""
        self.message.setText(sentence)
        self.message.setProperty("role", role)
        self.message.style().polish(self.message)
        if role == "error" and sentence:
            self.file.setFocus()
            self.file.selectAll()

    def ask_replace(self, name: str) -> None:
        """Let the next press of the button write over a file."""
        self.say(say("exporting.already", "{name} is there already.", name=name), "warning")
        self.button.setText(say("exporting.replace", "Replace"))
        self.button.setFocus()

    def show_size(self, words: str) -> None:
        """How large the picture will be."""
        self.size_label.setText(words)

    def show_busy(self, busy: bool) -> None:
        """While work is under way nothing can be chosen, but it can be stopped."""
        self._busy = busy
        self.form.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.copy.setEnabled(not busy)
        self.cancel.setText(say("exporting.stop", "Stop") if busy else say("exporting.cancel", "Cancel"))
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        if busy:
            self.say("", "muted")
            self.cancel.setFocus()

    def show_progress(self, share: float) -> None:
        """How much of the work is done, from 0 to 1."""
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * share))

    def reject(self) -> None:
        """Escape and Cancel stop the work first, then close."""
        if self._busy:
            self.stop_requested.emit()
        else:
            super().reject()

    # --- parts -----------------------------------------------------------------------------------------

    def _build_choices(self) -> None:
        self.formats = Segments(
            "export_format", say("exporting.format", "Format"), [(one.ending, one.name, one.about) for one in FORMATS]
        )
        self.part = Segments("export_part", say("exporting.part", "Part"), _PART)
        self.values = Segments("export_values", say("exporting.values-2", "Values"), _VALUES)
        self.colors = Segments("export_colors", say("exporting.colours", "Colours"), _COLORS)
        self.scale = Segments("export_scale", say("exporting.scale", "Scale"), _SCALE)
        self.about, self.size_label = QLabel(), QLabel()
        for label in (self.about, self.size_label):
            label.setProperty("role", "muted")

    def _build_file(self) -> None:
        self.file = QLineEdit()
        self.file.setObjectName("export_file")
        self.file.setAccessibleName(say("exporting.file", "File"))
        self.file.setToolTip(
            say("exporting.file-write-ending-format", "The file to write; its ending is that of the format")
        )
        self.browse = _button(
            "export_browse",
            say("exporting.choose", "Choose…"),
            say("exporting.look-folder-name", "Look for a folder and a name"),
        )
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)

    def _build_foot(self) -> None:
        self.message = QLabel()
        self.message.setObjectName("export_message")
        self.message.setAccessibleName(say("exporting.came", "What came of it"))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setObjectName("export_progress")
        self.bar.setAccessibleName(say("exporting.how-much-written", "How much is written"))
        self.bar.setToolTip(say("exporting.how-much-written", "How much is written"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.copy = _button(
            "export_copy",
            say("exporting.copy-clipboard", "Copy to clipboard"),
            say("exporting.put-graph-clipboard-format", "Put the graph on the clipboard in this format"),
        )
        self.cancel = _button(
            "export_cancel",
            say("exporting.cancel", "Cancel"),
            say("exporting.write-nothing-stop-writing", "Write nothing, or stop writing (Esc)"),
        )
        self.button = _button(
            "export_button",
            say("exporting.export", "Export"),
            say("exporting.write-file-enter", "Write the file (Enter)"),
        )
        self.button.setProperty("role", "primary")
        self.copy.clicked.connect(self.copy_requested)
        self.cancel.clicked.connect(self.reject)
        self.button.clicked.connect(self.export_requested)

    def _lay_out(self) -> None:
        self.form = QWidget()
        form = QFormLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(9)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(say("exporting.format", "Format"), self.formats)
        form.addRow("", self.about)
        for segments in (self.part, self.values, self.colors):
            form.addRow(segments.accessibleName(), segments)
        form.addRow(say("exporting.scale", "Scale"), _row(self.scale, self.size_label, None))
        form.addRow(say("exporting.file", "File"), _row(self.file, self.browse, stretch=0))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addWidget(self.preview, 1)
        column.addWidget(self.form)
        foot = QVBoxLayout()
        foot.addWidget(self.message)
        foot.addWidget(self.bar)
        column.addLayout(foot)
        column.addWidget(_row(self.copy, None, self.cancel, self.button))
        self.button.setDefault(True)  # of the dialog, so after it is in there

    # --- keeping the choices in tune -------------------------------------------------------------------

    def _show_choice(self, choice: Choice, dark: bool, name: str) -> None:
        self.formats.choose(choice.ending)
        self.part.choose(choice.whole or not self._seen)
        self.values.choose(choice.values)
        self.colors.choose(dark if choice.dark is None else choice.dark)
        self.scale.choose(choice.scale)
        self.file.setText(str(Path(choice.folder) / f"{name}{choice.ending}"))
        self._settle()

    def _settle(self) -> None:
        """Only what matters for the format can be chosen."""
        chosen = self.format
        picture = chosen.source is None
        self.part.setEnabled(picture)
        self.part.buttons[False].setEnabled(self._seen)
        self.colors.setEnabled(chosen.colored)
        self.scale.setEnabled(chosen.scaled)
        self.about.setText(chosen.about)
        self._expect_new()
        self.changed.emit()

    def _follow_format(self) -> None:
        """The file gets the ending of the format."""
        path = self.path()
        if path is not None and format_of(path.suffix) is not None:
            self.file.setText(str(path.with_suffix(self.format.ending)))

    def _follow_file(self) -> None:
        """The ending that is typed is the format that is meant."""
        path = self.path()
        found = format_of(path.suffix) if path is not None else None
        if found is not None and found is not self.format:
            self.formats.choose(found.ending)
            self._settle()
        self._expect_new()

    def _expect_new(self) -> None:
        self.button.setText(say("exporting.export", "Export"))
        self.say("", "muted")

    def _browse(self) -> None:
        filters = ";;".join(f"{one.name} (*{one.ending})" for one in FORMATS)
        chosen = f"{self.format.name} (*{self.format.ending})"
        ask_ourselves = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, say("exporting.export", "Export"), self.file.text(), filters, chosen, ask_ourselves
        )
        if name:
            self.file.setText(name)


def _button(name: str, title: str, hint: str) -> QPushButton:
    button = QPushButton(title)
    button.setObjectName(name)
    button.setToolTip(hint)
    return button


def _row(*widgets: QWidget | None, stretch: int | None = None) -> QWidget:
    """Widgets side by side; None is a gap, `stretch` the place of the one that takes what is left."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    for place, widget in enumerate(widgets):
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, int(place == stretch))
    return box
