"""The stage: puts the step at which the player stands, and what is selected, into every panel.

It stands between the models (session, player) and the views, which do not know each other.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core import notation
from core.basics.span import Span
from core.events import Failed
from core.timeline import Frame, Timeline
from explorer.drawing.picture import Picture, snapshot
from explorer.drawing.scene import GraphModel
from explorer.graph.view import GraphView
from explorer.model.detour import Detour
from explorer.model.rows import gradient_rows
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.gradients.panel import GradientsPanel
from explorer.panels.inspector.inspector import Inspector
from explorer.panels.playback.panel import PlaybackPanel
from explorer.panels.tape.table import TapeTable
from explorer.parts.folding.part import Folding
from explorer.parts.searching.part import Finding
from explorer.player import Player
from explorer.session import Session, sizes

LEAST_ZOOM, READING_ZOOM = 0.3, 0.8
_WELCOME = "Press Space to play, or the arrow keys to step forward and back."


class Stage(QObject):
    """Shows steps and selections."""

    selection_changed = Signal()
    timeline_shown = Signal(object)
    """Another timeline is on the stage, or None."""

    def __init__(
        self,
        session: Session,
        player: Player,
        editor: FunctionEditor,
        graph: GraphView,
        tape: TapeTable,
        inspector: Inspector,
        gradients: GradientsPanel,
        playback: PlaybackPanel,
    ) -> None:
        super().__init__()
        self._session, self._player = session, player
        self._editor, self._graph, self._tape = editor, graph, tape
        self._inspector, self._gradients, self._playback = inspector, gradients, playback
        self._detour: Detour | None = None
        self._veil: frozenset[int] | None = None
        self._timeline: Timeline | None = None
        self._frame: Frame | None = None
        self._awaited = 0
        self._selected: int | None = None
        self._picture: Picture | None = None
        self.folding = Folding(graph, lambda: self._picture, self._refold, self)
        self.finding = Finding(graph, lambda: self._timeline, self.select)
        self._connect()

    def _connect(self) -> None:
        self._player.moved.connect(self.show_step)
        self._session.checked.connect(self._show_gradients)
        self._graph.node_selected.connect(lambda node: self.select(node if node >= 0 else None))
        self._tape.entry_chosen.connect(self.select)
        self._inspector.entry_chosen.connect(self.select)
        self._graph.node_activated.connect(self._go_to_text)
        self._editor.place_chosen.connect(self._select_place)

    @property
    def selected(self) -> int | None:
        """The entry that is selected."""
        return self._selected

    @property
    def shown(self) -> Session | Detour:
        """What is on the stage: the session's run, or the detour that stands in its place."""
        return self._detour or self._session

    @property
    def timeline(self) -> Timeline | None:
        """The steps that are shown."""
        return self._timeline

    @property
    def picture(self) -> Picture | None:
        """The graph as it is folded now."""
        return self._picture

    @property
    def frame(self) -> Frame | None:
        """The step that is shown."""
        return self._frame

    @property
    def inspected(self) -> int | None:
        """The entry to inspect: the selected one, else that of the current step, else the output."""
        if self._selected is not None or self._frame is None:
            return self._selected
        return self._frame.current if self._frame.current is not None else self._target()

    def _target(self) -> int | None:
        return self.shown.run.target if self.shown.run else None

    # --- a new run -------------------------------------------------------------------------------------

    def show_run(self) -> None:
        """Take the session's run: its graph, tape and steps; stay at the step where one was."""
        old = self._timeline
        timeline, picture = self.shown.timeline, self.shown.picture
        if timeline is None or picture is None:
            return
        same = old is not None and len(old) == len(timeline) and len(old.tape) == len(timeline.tape)
        self._timeline, self._frame, self._picture = timeline, None, picture
        if not same:
            self._selected = None
        self._show_picture(picture.model, keep_view=old is not None)
        self._tape.show_timeline(timeline)
        failed = bool(timeline.run.failure)
        self._playback.show_timeline(len(timeline), timeline.forward_end, failed, timeline.second_sweep)
        self._show_cost()
        self._player.set_length(len(timeline), self._place(old, len(timeline)))
        self._awaited = 0
        self.timeline_shown.emit(timeline)
        self.select(self._selected)

    def _show_picture(self, model: GraphModel, keep_view: bool) -> None:
        """The whole graph where that can be read, else its beginning."""
        self._graph.show_graph(model, keep_view)
        if not keep_view and len(model) and self._graph.camera.zoom < LEAST_ZOOM:
            self._graph.center_on(0, animated=False, zoom=READING_ZOOM)

    def _refold(self, picture: Picture) -> None:
        """The same run with other groups open."""
        self._picture = picture
        if self._detour is None:
            self._session.keep_picture(picture)
        self._graph.show_graph(picture.model, keep_view=True)
        if self._frame is not None:
            self._graph.show_snapshot(snapshot(picture, self._frame))
        self._show_inspected()

    def close(self) -> None:
        """End all work."""
        self.folding.close()
        self.finding.close()

    def _place(self, old: Timeline | None, last: int) -> int:
        """The step to stand at in a new timeline: at its end if one stood there, else where one was."""
        if old is None:
            return min(self._awaited, last)
        return last if self._player.step >= len(old) > 0 else min(self._player.step, last)

    @property
    def step(self) -> int:
        """The step that is shown, or will be once there is a run."""
        return self._awaited if self._timeline is None else self._player.step

    def _show_cost(self) -> None:
        run, timeline = self.shown.run, self._timeline
        if run is None or timeline is None:
            return
        numbers = sum(size for name, size in sizes(run.point).items() if name in run.watched)
        self._gradients.show_cost(len(timeline.step_of_contribution), 2 * numbers, numbers)

    def show_detour(self, detour: Detour | None) -> None:
        """Put another run in the place of the session's; None puts the session's back."""
        if detour is not self._detour:
            self._detour = detour
            tape = self.shown.run.tape if self.shown.run else None
            if self._timeline is not None and tape is not None and len(tape) != len(self._timeline.tape):
                self._timeline = None
            self.show_run()

    def set_veil(self, entries: frozenset[int] | None) -> None:
        """While something about these entries is asked, hide what would give the answer away; None ends it."""
        if entries != self._veil:
            self._veil = entries
            self._show_gradients()
            self._show_inspected()

    def forget(self, step: int = 0) -> None:
        """Another document comes, to be shown from `step` on: nothing of this one stays."""
        self._detour, self._awaited = None, step
        self._timeline = self._frame = self._selected = self._picture = None
        self._graph.select(None)
        self._graph.announce("")
        self._graph.show_graph(None)
        self._tape.show_timeline(None)
        self._gradients.show_gradients([])
        self._gradients.show_no_cost()
        self._playback.show_timeline(0, 0, False)
        self._playback.show_sentence("")
        self._player.set_length(0)
        self.timeline_shown.emit(None)
        self._inspector.show_nothing()

    # --- a step ----------------------------------------------------------------------------------------

    def show_step(self, step: int, travel: float) -> None:
        """Show a step whose movement has travelled this far."""
        if self._timeline is None or self._picture is None:
            return
        self._playback.show_step(step, travel)
        if self._frame is not None and self._frame.step == step and travel not in (0.0, 1.0):
            self._graph.set_travel(travel)
            return
        self._frame = self._timeline.frame(step)
        self._show_graph(travel)
        self._tape.show_frame(self._frame)
        self._show_sentence()
        self._show_gradients()
        self._show_mark()
        self._show_inspected()
        stopped = isinstance(self._frame.event, Failed)
        self._graph.announce(notation.sentence(self._timeline, step) if stopped else "")

    def _show_graph(self, travel: float) -> None:
        assert self._picture and self._frame
        self._graph.show_snapshot(snapshot(self._picture, self._frame, travel))

    def _show_sentence(self) -> None:
        assert self._timeline and self._frame
        step = self._frame.step
        if step == 0:
            self._playback.show_sentence(f"{notation.sentence(self._timeline, 0)} {_WELCOME}")
            return
        color = "error" if isinstance(self._frame.event, Failed) else self._sweep()
        sentence = notation.sentence(self._timeline, step)
        plain, latex = (notation.formula(self._timeline, step, style) for style in (notation.PLAIN, notation.LATEX))
        if self._detour is not None and self._detour.broken and step > self._timeline.forward_end:
            sentence = self._detour.as_told(step, sentence)
            plain, latex = self._detour.as_done(plain), self._detour.as_done(latex)
        self._playback.show_sentence(sentence, plain, latex, color)

    def _sweep(self) -> str:
        """The colour of the sweep at work."""
        assert self._timeline and self._frame
        return "primal" if self._frame.step <= self._timeline.forward_end else "adjoint"

    def _show_mark(self) -> None:
        """Mark the text of the entry at work, or where the run failed, unless the text is no longer that of the run."""
        assert self._frame
        failure = self._frame.timeline.run.failure if isinstance(self._frame.event, Failed) else None
        span = failure.span if failure is not None else self._span(self._frame.current)
        color = "error" if failure is not None else self._sweep()
        if self.shown.stale:
            self._editor.mark(None, color)
        else:
            current = self._frame.current
            self._editor.mark(span, color, () if current is None else self._frame.timeline.run.callers(current))

    def _span(self, index: int | None) -> Span | None:
        return None if index is None or self._timeline is None else self._timeline.tape[index].span

    def _show_gradients(self) -> None:
        if self._frame is not None:
            self._gradients.show_gradients(gradient_rows(self._frame, self.shown.checks if self._veil is None else {}))

    # --- selection -------------------------------------------------------------------------------------

    def select(self, index: int | None) -> None:
        """Select an entry everywhere, or nothing."""
        if self._timeline is None or (index is not None and index >= len(self._timeline.tape)):
            return
        self._selected = index
        self._graph.select(index)
        self._tape.select_entry(index)
        self._editor.mark_selected(None if self.shown.stale else self._span(index))
        self._show_inspected()

    def _go_to_text(self, index: int) -> None:
        span = self._span(index)
        if span is not None and not self.shown.stale:
            self._editor.go_to(span)

    def _select_place(self, line: int, column: int) -> None:
        """Select the innermost operation whose text contains this place."""
        if self._timeline is None or self.shown.stale:
            return
        provenances = self._timeline.tape.provenances
        last = {one.span: index for index, one in enumerate(provenances) if one is not None and one.span is not None}
        found = [
            (len(span.text_in(self.shown.text)), -index) for span, index in last.items() if span.contains(line, column)
        ]
        if found:
            self.select(-min(found)[1])

    def find(self, words: str, again: bool = False, told: Callable[[int], object] = int) -> None:
        """Light the entries that are meant (a name, words of a formula, `line 3`, `grad > 100`, `nan`).

        The first of them is selected, with `again` the next one; `told` hears how many there are.
        """
        if again and self.finding.found:
            self.finding.next()
        elif words.strip():
            self.finding.find(words, told)
        else:
            self.finding.clear()
            told(0)

    def light(self, which: str) -> None:
        """Light what the inspected entry depends on, what depends on it, or its paths to the output in turn."""
        entry = self.inspected
        if entry is None:
            return
        if which == "paths" and self.finding.path_of == entry:
            self.finding.next()
        else:
            getattr(self.finding, f"show_{which}")(entry)

    def _show_inspected(self) -> None:
        index = self.inspected
        self.folding.show_path(index)
        if index is None or self._frame is None:
            self._inspector.show_nothing()
        elif self._veil is not None and index in self._veil:
            self._inspector.show_veiled(self._frame, index)
        else:
            self._inspector.show_entry(self._frame, index)
        self.selection_changed.emit()
