"""Lessons in the window: a panel that follows what is looked at, points at what it speaks of, and hears the answers.

The walk through a lesson is `core.lessons`' matter: it is told the step, the run and what was done, and says what is
due. A moment that becomes due ends playing, so that nobody misses it; nothing is ever locked.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QWidget

from core.basics.words import as_sentence, say
from core.lessons.lesson import Head, Lesson, LessonError
from core.lessons.prompt import Prompt
from core.lessons.study import Study
from core.lessons.walk import Walk
from core.mistakes import Mistake
from explorer.desk import Desk, Work
from explorer.graph.spotlight import Spotlight
from explorer.graph.view import GraphView
from explorer.lessons.document import document_of, draft_of
from explorer.lessons.shelf import heads, opened
from explorer.look.theme import Theme
from explorer.model.detour import Detour
from explorer.model.values import parse_value
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.small.ring import Ring
from explorer.panels.small.scrolled import scrolled
from explorer.parts.lessons.chooser import LessonsSheet, Listed
from explorer.parts.lessons.content import Content
from explorer.parts.lessons.panel import LessonPanel
from explorer.parts.lessons.work import Pointed, begun, content_of, pointed, shows, study_of_run
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.player import Player
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.files import Files
from explorer.storage.settings import Settings
from explorer.storage.texts import write_texts

TOUR = "tour"
JOB = "lesson"
DRAFTS = say("lessons.draft-files", "Lessons (*.toml)")


class Lessons(Part):
    """One lesson at a time. `panels` are the widgets that a moment may point at, by the names that lessons use."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        shown: ShownSignals,
        player: Player,
        desk: Desk,
        places: Places,
        settings: Settings,
        files: Files,
        graph: GraphView,
        editor: FunctionEditor,
        panels: Mapping[str, QWidget],
        actions: Mapping[str, QAction],
        show_in_place: Callable[[QDockWidget], object],
    ) -> None:
        super().__init__()
        self._window, self._session, self._shown, self._player = window, session, shown, player
        self._desk, self._places, self._settings, self._files = desk, places, settings, files
        self._graph, self._editor, self._panels, self._show_in_place = graph, editor, panels, show_in_place
        self.walk: Walk | None = None
        self.sheet: LessonsSheet | None = None
        self._own: Study | None = None
        self._last: Prompt | None = None
        self._pointed: Pointed | None = None
        self.panel = LessonPanel()
        self.dock = places.dock("lesson", say("lessons.title", "Lesson"), scrolled(self.panel))
        self.ring = Ring(window, "lesson_ring", "selection", width=3, until_clicked=False)
        self._connect(actions)

    def _connect(self, actions: Mapping[str, QAction]) -> None:
        panel = self.panel
        panel.answered.connect(self.answer)
        panel.tried.connect(self.try_value)
        panel.went_on.connect(self.go_on)
        panel.hint_requested.connect(self.hint)
        panel.reveal_requested.connect(self.reveal)
        panel.way_requested.connect(self.take_the_way)
        panel.left.connect(self.leave)
        self._shown.timeline_changed.connect(self._follow_run)
        self._shown.step_changed.connect(self._follow_step)
        self._shown.checks_changed.connect(self._follow_checks)
        for name, action in actions.items():
            action.triggered.connect(lambda _=False, name=name: self._did(name))

    def commands(self) -> Commands:
        return {
            "lessons": self.choose,
            "tour": lambda: self.begin(TOUR),
            "lesson_next": self.go_on,
            "save_lesson": self.ask_where,
        }

    def set_theme(self, theme: Theme) -> None:
        self.ring.set_theme(theme)

    # --- which lesson ------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Open the list of lessons."""
        current = self.walk.lesson.id if self.walk is not None else ""
        self.sheet = LessonsSheet(self._listed(), current, self._window)
        self.sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet.chosen.connect(self.begin)
        self.sheet.open()

    def begin(self, id: str) -> None:
        """Begin a lesson from its first moment."""
        try:
            self.begin_lesson(opened(id))
        except LessonError as error:
            self._places.say(error.sentence)

    def begin_lesson(self, chosen: Lesson) -> None:
        """Begin a lesson that has been read; what its moments need is worked out beside the window."""

        def prepare(_: Work) -> Walk:
            return begun(chosen)

        self._desk.submit(JOB, prepare, self._begin, say("lessons.opening", "opening the lesson"), urgent=True)

    def greet(self) -> None:
        """A first start shows an invitation to the tour."""
        self.panel.show_content(
            Content(
                title=say("lessons.new-here", "New here?"),
                text=say(
                    "lessons.invitation",
                    "In three minutes you see how a gradient comes about: a step forward, the turn, and the way back. "
                    "It happens in this window, with your own hands.",
                ),
                way=say("lessons.take-the-tour", "Take the tour"),
            )
        )
        self._places.bring_forward(self.dock)

    def _begin(self, walk: Walk) -> None:
        self.walk, self._own, self._last = walk, walk.study, None
        self._places.lock("")
        self._files.start(document_of(walk.lesson))
        self._places.bring_forward(self.dock)
        self._player.seek(0)
        self._show(walk.look(0))

    def ask_where(self) -> None:
        """Ask for a file, and write what is shown, with its bookmarks, as the draft of a lesson."""
        asked = self._places.ask_file(say("lessons.draft", "Draft of a lesson"), f"{self._files.title}.toml", DRAFTS)
        if asked is not None:
            path, _ = asked
            self.write_draft(path if path.suffix else path.with_name(f"{path.name}.toml"))

    def write_draft(self, path: Path) -> None:
        """Write the draft."""
        timeline = self._session.timeline
        if timeline is None:
            self._places.say(say("lessons.nothing-to-draft", "There is no lesson without a program that runs."))
            return
        problem = write_texts({path: draft_of(self._files.current(), timeline)})
        self._places.say(
            problem
            or say("lessons.wrote-draft", "Wrote {name}: every bookmark is a moment to be filled in.", name=path.name)
        )

    def leave(self) -> None:
        """Leave the lesson; what is on screen stays."""
        self.walk = self._own = self._last = None
        self._desk.cancel(JOB)
        self._point(None)
        self.dock.hide()

    @cached_property
    def _heads(self) -> list[Head]:
        """The lessons that there are; looked for when somebody first asks."""
        return heads()

    def _listed(self) -> list[Listed]:
        done = self._settings.lessons_finished
        return [Listed(head, head.id in done) for head in self._heads]

    # --- what happens in the window ----------------------------------------------------------------------------

    def _follow_step(self) -> None:
        if self.walk is not None and self._shown.detour is None:
            self._show(self.walk.look(self._shown.step))

    def _follow_run(self) -> None:
        """Another run is shown: the lesson's own again, one that the learner changed, or one broken on purpose."""
        walk, timeline = self.walk, self._shown.timeline
        if walk is None or timeline is None or self._own is None:
            return
        self._pointed = None  # the graph is another, and nothing is lit in it
        if self._shown.detour is not None:
            self._broken(self._shown.detour)
        elif shows(timeline, walk):
            if walk.study is not self._own:
                self._show(walk.take(self._own, self._shown.step))
        else:
            self._show(walk.edited(study_of_run(walk.lesson, timeline), self._shown.step))

    def _follow_checks(self) -> None:
        """What finite differences say is known."""
        if self.walk is not None and self._shown.detour is None and self._shown.checks:
            verdicts = [check.verdict for check in self._shown.checks.values()]
            self.walk.study.verdict = "disagrees" not in verdicts
            self._show(self.walk.look())

    def _broken(self, detour: Detour) -> None:
        if isinstance(detour.turn, Mistake):
            self._did(f"break:{detour.turn.kind}")

    def _did(self, name: str) -> None:
        if self.walk is not None:
            self._show(self.walk.did(name))

    # --- what the learner says ---------------------------------------------------------------------------------

    def answer(self, text: str) -> None:
        """Judge an answer."""
        if self.walk is not None and self._last is not None and self._last.is_open:
            self.walk.answer(text)
            self._show(self.walk.prompt)

    def hint(self) -> None:
        """One hint more."""
        if self.walk is not None:
            self.walk.hint()
            self._show(self.walk.prompt)

    def reveal(self) -> None:
        """Show the answer, or pass over a task."""
        if self.walk is not None and self._last is not None and self._last.is_open:
            self.walk.show()
            self._show(self.walk.prompt)

    def go_on(self) -> None:
        """What was said was read; an open question stays."""
        if self.walk is not None and (self._last is None or not self._last.is_open):
            self._show(self.walk.go_on())

    def take_the_way(self) -> None:
        """Go where the next moment is; behind the last one, to the next lesson; from the invitation, to the tour."""
        walk = self.walk
        if walk is None:
            self.begin(TOUR)
        elif walk.is_finished:
            following = self._following()
            if following is not None:
                self.begin(following.id)
        elif (step := walk.next_step()) is not None:
            self._player.seek(step)
        else:
            self._files.start(document_of(walk.lesson))

    def try_value(self, text: str) -> None:
        """Set an input as in `w1 = 0`."""
        name, _, value = text.partition("=")
        try:
            self._session.set_input(name.strip(), parse_value(value.strip()))
        except ValueError as error:
            self._places.say(as_sentence(error))

    # --- what is shown -----------------------------------------------------------------------------------------

    def _show(self, prompt: Prompt | None) -> None:
        walk = self.walk
        assert walk is not None
        if self._is_done(prompt):
            prompt = walk.go_on()
        arrived = prompt is not None and (self._last is None or prompt.moment is not self._last.moment)
        was_open = self._last is not None and self._last.is_open
        answered = not arrived and was_open and prompt is not None and not prompt.is_open
        self._last = prompt
        if arrived and self._player.playing:
            self._player.seek(self._player.step)
        if walk.is_finished and walk.lesson.id not in self._settings.lessons_finished:
            self._settings.lessons_finished = {*self._settings.lessons_finished, walk.lesson.id}
        following = self._following()
        self.panel.show_content(content_of(walk, prompt, following.title if following else ""))
        self._point(prompt)
        if arrived and prompt is not None and prompt.kind in ("ask", "predict", "perform"):
            self._places.bring_forward(self.dock, self.panel.first_thing_to_do())
        elif answered:
            self.panel.next.setFocus(Qt.FocusReason.OtherFocusReason)  # so that Return goes on

    def _is_done(self, prompt: Prompt | None) -> bool:
        """Whether a task was just met about which nothing more is said: it need not be read."""
        before = self._last
        if before is None or prompt is None or prompt.moment is not before.moment:
            return False
        return before.is_open and not prompt.is_open and prompt.kind == "do" and not prompt.then

    def _following(self) -> Head | None:
        """The lesson behind this one in the list."""
        walk = self.walk
        pairs = zip(self._heads, self._heads[1:])
        return next((after for before, after in pairs if walk is not None and before.id == walk.lesson.id), None)

    def _point(self, prompt: Prompt | None) -> None:
        where = pointed(prompt)
        if where == self._pointed:
            return
        self._pointed = where
        self._graph.spotlight(Spotlight(found=where.entries))
        if where.lines:
            self._editor.mark_selected(where.span(self._editor.toPlainText()))
        around = next((self._panels[name] for name in where.panels if name in self._panels), None)
        if around is None:
            self.ring.leave()
            return
        dock = _dock_of(around)
        if dock is not None:
            self._show_in_place(dock)
        self.ring.surround(around)


def _dock_of(widget: QWidget) -> QDockWidget | None:
    """The panel that a widget lies in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above
