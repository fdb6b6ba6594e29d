"""The gradients panel: what the tape says beside what finite differences say, and what each way costs."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QStyleOptionViewItem, QTableView, QVBoxLayout, QWidget

from core.basics.words import say, say_many
from explorer.look.sizes import fixed, px, text_size
from explorer.look.theme import Theme
from explorer.model.rows import GradientRow
from explorer.panels.gradients.model import ERROR, NAME, NUMERIC, TAPE, TITLES, GradientModel
from explorer.panels.small.numbers import NumberDelegate

_ROOM_FOR_NOTE = 165
_ERROR_WIDTH = 70
_LEAST_NUMBER = 72


class GradientsPanel(QWidget):
    """The table, and under it the cost of each way."""

    def __init__(self) -> None:
        super().__init__()
        self.model = GradientModel(self)
        self.table = _GradientTable(self.model)
        self._note = QLabel()
        self._note.setObjectName("cost_label")
        self._note.setAccessibleName(say("gradients.cost", "Cost"))
        self._note.setProperty("role", "muted")
        self._note.setContentsMargins(12, 6, 12, 2)
        self._by_hand = QLabel()
        self._by_hand.setObjectName("by_hand_label")
        self._by_hand.setAccessibleName(say("gradients.by-hand-name", "Derivatives worked out by hand"))
        self._by_hand.setWordWrap(True)
        self._by_hand.setTextFormat(Qt.TextFormat.PlainText)
        self._by_hand.setContentsMargins(12, 6, 12, 2)
        self._by_hand.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._by_hand)
        column.addWidget(self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._note.setVisible(event.size().height() >= _ROOM_FOR_NOTE)

    def show_gradients(self, rows: list[GradientRow]) -> None:
        """Show these rows."""
        self.model.show_gradients(rows)

    def show_by_hand(self, found: Sequence[tuple[str, str, str, str, bool]]) -> None:
        """Say of each derivative by hand, with what it derives and both numbers, whether it is the tape's."""
        same = [name for name, *_, is_same in found if is_same]
        told = [say("gradients.by-hand-same", "{names} by hand: the same ✓", names=", ".join(same))] if same else []
        told += [
            say("gradients.by-hand-other", "{name} by hand: {by_hand}, but {what} is {tape} ≠", name=name, what=what,
                by_hand=by_hand, tape=tape)
            for name, what, by_hand, tape, is_same in found
            if not is_same
        ]  # fmt: skip
        self._by_hand.setText("\n".join(told[:6]))
        self._by_hand.setToolTip("\n".join(f"{name} = {what} = {tape}" for name, what, _, tape, _ in found))
        self._by_hand.setVisible(bool(told))

    def show_no_cost(self) -> None:
        """Say nothing about cost."""
        self._note.clear()

    def show_cost(self, pullbacks: int, runs: int, sweeps: int) -> None:
        """Say what reverse mode, finite differences and forward mode cost here."""
        if pullbacks:
            reverse = say(
                "gradients.reverse-pullbacks", "Reverse: <b>1</b> sweep, <b>{number:,}</b> pullbacks", number=pullbacks
            )
        else:
            reverse = say("gradients.reverse", "Reverse: <b>1</b> sweep")
        forward = say_many(
            "gradients.forward", "Forward: <b>{count:,}</b> sweep", "Forward: <b>{count:,}</b> sweeps", sweeps
        )
        differences = say("gradients.differences", "Finite differences: <b>{runs:,}</b> runs", runs=runs)
        self._note.setText("<br>".join((reverse, forward, differences)))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.model.theme = theme
        self.table.share_width()
        self.table.viewport().update()


class _GradientTable(QTableView):
    """Columns that share the width so that every number is read whole."""

    def __init__(self, model: GradientModel) -> None:
        super().__init__()
        self.setObjectName("gradient_table")
        self.setAccessibleName(say("gradients.gradients", "Gradients"))
        self.setToolTip(
            say(
                "gradients.each-derivative-check-finite",
                "Each derivative, its check by finite differences, and how far they are apart",
            )
        )
        self.setModel(model)
        self._gradients = model
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lined = _Lined(self)
        self.setItemDelegate(self._lined)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.share_width)
        model.dataChanged.connect(self.share_width)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._gradients.theme.color("panel"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """The names take what they need, the numbers share the rest."""
        width, model = round(self.viewport().width() / text_size()), self._gradients
        names = [str(model.index(row, NAME).data()) for row in range(model.rowCount())]
        letters = max(map(len, names), default=6)
        verdicts = [str(model.index(row, ERROR).data()) for row in range(model.rowCount())]
        error = max(_ERROR_WIDTH, round(7.3 * max(map(len, verdicts), default=0)) + 20)
        room = max(width - error - 2 * _LEAST_NUMBER, round(width * 0.22))
        name = min(max(round(7.3 * letters) + 20, 44), room)
        self._lined.names = short_names(names, round((name - 20) / 7.3))
        rest = width - name - error
        model.narrow = rest // 2 < fixed(self.fontMetrics().horizontalAdvance(TITLES[NUMERIC])) + 22
        for column, wide in ((NAME, name), (TAPE, rest // 2), (NUMERIC, rest // 2), (ERROR, error)):
            self.setColumnWidth(column, px(wide))


def short_names(names: list[str], letters: int) -> list[str]:
    """∂loss/∂weights, or where that does not fit without what is the same in every row."""
    by = [name.rpartition("∂")[2] for name in names]
    ways = (names, [f"∂/∂{name}" for name in by])
    return next((way for way in ways if max(map(len, way), default=0) <= letters), by)


class _Lined(NumberDelegate):
    """A line under each row; a name that does not fit says what it is by before anything else."""

    names: Sequence[str] = ()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == NAME and index.row() < len(self.names):
            option.text = self.names[index.row()]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, GradientModel)
        painter.setPen(model.theme.color("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
