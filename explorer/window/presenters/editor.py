"""Marks in the text what the step does, the calls that led to it, and the selected entry; a click selects an entry."""

from PySide6.QtCore import QObject

from core.basics.span import Span
from core.events import Failed
from explorer.graph.view import GraphView
from explorer.panels.editor.editor import FunctionEditor
from explorer.shown import ShownSignals
from explorer.window.presenters.playback import sweep_color


class EditorPresenter(QObject):
    """Between what is shown and the editor; nothing is marked in a text that is not that of the run."""

    def __init__(self, shown: ShownSignals, editor: FunctionEditor, graph: GraphView) -> None:
        super().__init__(editor)
        self._shown, self._editor = shown, editor
        shown.step_changed.connect(self._show_step)
        shown.selection_changed.connect(self._show_selection)
        editor.place_chosen.connect(self._select_place)
        graph.node_activated.connect(self._go_to_text)

    def _show_step(self) -> None:
        """Mark the text of the entry at work, or where the run failed."""
        frame = self._shown.frame
        if frame is None:
            return
        run, current, color = frame.timeline.run, frame.current, sweep_color(frame)
        if self._shown.stale:
            self._editor.mark(None, color)
            return
        failed = isinstance(frame.event, Failed) and run.failure is not None
        span = run.failure.span if failed and run.failure is not None else self._span(current)
        self._editor.mark(span, color, () if current is None else run.callers(current))

    def _show_selection(self) -> None:
        if self._shown.timeline is not None:
            self._editor.mark_selected(None if self._shown.stale else self._span(self._shown.selected))

    def _span(self, index: int | None) -> Span | None:
        timeline = self._shown.timeline
        return None if index is None or timeline is None else timeline.tape[index].span

    def _go_to_text(self, index: int) -> None:
        span = self._span(index)
        if span is not None and not self._shown.stale:
            self._editor.go_to(span)

    def _select_place(self, line: int, column: int) -> None:
        """Select the innermost operation whose text contains this place; of several the last that was recorded."""
        timeline = self._shown.timeline
        if timeline is None or self._shown.stale:
            return
        text, provenances = timeline.run.program.text, timeline.tape.provenances
        last = {one.span: index for index, one in enumerate(provenances) if one is not None and one.span is not None}
        found = [(len(span.text_in(text)), -index) for span, index in last.items() if span.contains(line, column)]
        if found:
            self._shown.select(-min(found)[1])
