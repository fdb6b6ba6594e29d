"""The main window: builds the panels, puts them in place, and wires them to session, player and files.

Everything that computes or decides lives in those; here stands who hears whom.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from core.timeline import Timeline
from explorer.graph.text import width
from explorer.graph.view import GraphView
from explorer.look import theme as themes
from explorer.look.icons import application_icon
from explorer.look.typesetting import Typesetter
from explorer.model.document import Document
from explorer.model.playhead import SPEEDS
from explorer.panels.editor.function import FunctionPanel
from explorer.panels.gradients.output_choice import OutputChoice
from explorer.panels.gradients.panel import GradientsPanel
from explorer.panels.inputs.model import InputRow
from explorer.panels.inputs.panel import InputsPanel
from explorer.panels.inspector.inspector import Inspector
from explorer.panels.playback.panel import PlaybackPanel
from explorer.panels.plots.panel import PlotPanel
from explorer.panels.small.stale_veil import StaleVeil
from explorer.panels.tape.head import TapePanel
from explorer.panels.tape.table import TapeTable
from explorer.parts.navigation.part import Steering
from explorer.parts.presenting.part import Presenter
from explorer.parts.tape_life.part import TapeLife
from explorer.parts.tutor import Tutor
from explorer.player import Player
from explorer.session import Session, sizes
from explorer.storage.examples import example, example_names
from explorer.storage.files import Files
from explorer.storage.settings import Settings
from explorer.window.actions import build_actions
from explorer.window.centre import Centre
from explorer.window.commands import handlers
from explorer.window.docks import Docks
from explorer.window.keys import needs_key
from explorer.window.menus import Menus
from explorer.window.stage import Stage

if TYPE_CHECKING:
    from explorer.parts.exporting.part import Exporting

FRAME_MS = 16
TYPING_MS, LONG_TYPING_MS = 10, 200
KEEP_MS = 3_000


class MainWindow(QMainWindow):
    """The window of the program."""

    closing = Signal()

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(1000, 600)
        self.settings = settings or Settings()
        self.session, self.player = Session(self, width), Player(self)
        self.session.limits = self.settings.limits()
        self.typesetter = Typesetter(self)
        self.actions_by_name = build_actions(self, handlers(self))
        self._build_panels()
        self.stage = Stage(
            self.session, self.player, self.function.editor, self.graph, self.tape, self.inspector,
            self.gradients, self.playback,
        )  # fmt: skip
        self.files = Files(self, self.settings, self.document, self.show_document)
        self.centre = Centre(self.graph, self.plot, self.playback)
        self.docks = Docks(self.centre, self.function, self.inputs, self.gradients, self.tape_panel, self.inspector)
        self.setCentralWidget(self.docks.area)
        self.tutor = Tutor(self)
        self.docks.gradients.card.row.addWidget(self.outputs)
        self.menus = Menus(self, self.actions_by_name, self.docks, self._work_under_way)
        self.steering = Steering(
            self, self.player, self.stage, self.function.editor, self.graph, self.playback, self.actions_by_name,
            self.centre.notice.say,
        )  # fmt: skip
        self.docks.add_behind("stops", "Stops", self.steering.panel)
        self.tape_life = TapeLife(self.session, self.player, self.stage, self.tape_panel.head, self.tape)
        self.presenter = Presenter(self)
        self._order_keyboard()
        self.addActions(list(self.actions_by_name.values()))  # so that keys work while the menus are hidden
        self._make_timers()
        self._wire()
        self.set_theme(self.settings.theme)
        self._restore()

    def _build_panels(self) -> None:
        self.function = FunctionPanel()
        self.inputs = InputsPanel()
        self.gradients = GradientsPanel()
        self.tape = TapeTable()
        self.tape_panel = TapePanel(self.tape)
        self.inspector = Inspector(self.typesetter)
        self.outputs = OutputChoice()
        self.graph = GraphView()
        self.plot = PlotPanel()
        self.playback = PlaybackPanel(self.actions_by_name, SPEEDS, self.typesetter)
        told = (self.tape_panel, self.inspector, self.gradients, self.playback.text)
        self.veils = [StaleVeil(widget) for widget in told]

    def _order_keyboard(self) -> None:
        """Tab goes through the window as one reads it: left, middle, right."""
        order = (
            self.function.editor, self.inputs.table, self.outputs.button, self.gradients.table, self.graph,
            *self.playback.controls(), *self.tape_panel.head.controls(), self.tape, self.inspector,
        )  # fmt: skip
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)

    def _make_timers(self) -> None:
        """The only clocks: one moves the player, one waits for the end of typing, one keeps unsaved work."""
        self._frames, self._typing, self._keeping = QTimer(self), QTimer(self), QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(self._tick)
        self._clock = QElapsedTimer()
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self.take_text)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.files.keep)

    def _wire(self) -> None:
        editor, session, player = self.function.editor, self.session, self.player
        editor.text_edited.connect(lambda: self._typing.start(LONG_TYPING_MS if session.slow else TYPING_MS))
        editor.left.connect(self.graph.setFocus)
        editor.undoAvailable.connect(self.actions_by_name["undo"].setEnabled)
        editor.redoAvailable.connect(self.actions_by_name["redo"].setEnabled)
        self.inputs.model.value_requested.connect(session.set_input)
        self.inputs.model.watch_requested.connect(session.set_watched)
        self.inputs.model.direction_requested.connect(session.set_direction)
        self.outputs.output_chosen.connect(session.set_output)
        self.plot.input_chosen.connect(session.plot_along)
        self.plot.point_dragged.connect(lambda x: session.set_element(*self.plot.choice(), x))
        self.plot.shown.connect(lambda: session.plot_along(*self.plot.choice()))
        self.playback.step_requested.connect(player.seek)
        self.playback.speed_requested.connect(player.set_speed)
        player.speed_changed.connect(self.playback.show_speed)
        player.playing_changed.connect(self.playback.show_playing)
        player.moved.connect(self._follow_player)
        session.changed.connect(self._show_run)
        session.problem_changed.connect(self._show_problem)
        session.curve_changed.connect(lambda: self.plot.show_curve(session.curve))
        for worker in (session, self.stage.folding):
            worker.busy_changed.connect(self._show_busy)
        self.stage.selection_changed.connect(self._show_notes)
        self.stage.timeline_shown.connect(self._follow_sweep)
        self.graph.zoom_changed.connect(self.menus.show_zoom)
        self.menus.find.find_requested.connect(self._find)
        self.menus.find.left.connect(self.graph.setFocus)
        self.menus.recent_chosen.connect(self.files.open_path)
        self.menus.example_chosen.connect(self.show_example)
        self.files.changed.connect(self._show_name)
        self.files.said.connect(self.centre.notice.say)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        player.set_speed(1.0)
        self.playback.show_speed(player.speed)

    # --- what the actions do ---------------------------------------------------------------------------

    @cached_property
    def exporting(self) -> "Exporting":
        """What exports the graph; what it needs is imported when it is first asked for."""
        from explorer.parts.exporting.part import Exporting

        return Exporting(self)

    def to_turn(self) -> None:
        """Stand where the forward sweep is complete."""
        if self.session.timeline is not None:
            self.player.seek(self.session.timeline.forward_end)

    def go(self, dock: QWidget, widget: QWidget) -> None:
        """Show a panel and let the keyboard go there."""
        dock.show()
        dock.raise_()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- documents -------------------------------------------------------------------------------------

    def document(self) -> Document:
        """The document as it is now on screen."""
        session, travel = self.session, self.steering.travel
        point = session.point()
        return Document(
            text=self.function.editor.toPlainText(),
            inputs=point,
            unwatched=tuple(sorted(session.unwatched & set(point))),
            watched=tuple(sorted(session.watched & set(point))),
            output=session.output,
            mode=session.mode,
            direction=session.chosen_direction(),
            step=self.stage.step,
            tab=self.centre.tab,
            breakpoints=tuple(map(str, travel.breakpoints)),
            bookmarks=dict(travel.bookmarks),
        )

    def show_document(self, document: Document) -> None:
        """Put a document on screen."""
        self._typing.stop()
        self.stage.forget(document.step)
        self.outputs.show_outputs("", (), "")
        self.function.editor.set_text(document.text)
        self._typing.stop()
        self.steering.travel.restore(document.breakpoints, document.bookmarks)
        self.session.set_all(document)
        self.centre.show_tab(document.tab)

    def show_example(self, name: str) -> None:
        """Put an example on screen."""
        self.files.start(example(name))

    def take_text(self) -> None:
        """Take the text of the editor at once."""
        self._typing.stop()
        self.session.set_text(self.function.editor.toPlainText())

    def _show_name(self) -> None:
        mark = " •" if self.files.modified else ""
        self.setWindowTitle(f"{self.files.name}{mark} — Tape Explorer")
        self.menus.show_recent(self.files.recent())

    # --- what the session says -------------------------------------------------------------------------

    def _show_run(self) -> None:
        self._show_inputs()
        if self.plot.isVisible():
            self.session.plot_along(*self.plot.choice())
        else:
            self.session.plot_nothing()
        self.stage.show_run()
        self._show_run_of_text()

    def _show_run_of_text(self) -> None:
        """What a run says beside its steps: its output, what it printed, what it did not enter."""
        run = self.session.run
        if run is not None:
            names = [name for name in run.program.names if name != run.program.output]
            self.outputs.show_outputs(run.target_label, names, run.target_name)
            self.function.show_run(run.printed, () if self.session.stale else run.skipped)

    def _show_inputs(self) -> None:
        session = self.session
        point = session.point()
        forward = session.mode == "forward"
        direction = session.direction() if forward else {}
        notes = session.disagreements
        self.inputs.show_mode(session.mode)
        self.actions_by_name["forward_mode"].setChecked(forward)
        self.inputs.show_inputs(
            [
                InputRow(name, value, session.is_watched(name), direction.get(name), note=notes.get(name, ""))
                for name, value in point.items()
            ]
        )
        self.plot.show_inputs(sizes(point))

    def _show_problem(self) -> None:
        problem = self.session.problem
        told = problem or self.session.warning
        role = "muted" if problem and not self.session.text.strip() else "error" if problem else "warning"
        self.function.show_problem(str(told) if told else "", told.span if told else None, role)
        stale = problem is not None and self.session.stale
        self.graph.set_stale(stale)
        for veil in self.veils:
            veil.show_stale(stale)
        if self.session.run is None:
            self._show_inputs()
        self._show_notes()
        self._show_name()
        if not self._keeping.isActive():
            self._keeping.start()

    def _show_notes(self) -> None:
        """The short texts at the right of the cards' titles, and the status bar."""
        self.docks.show_notes(self.session, self.stage)
        self.menus.show_status(self.session)

    def _work_under_way(self) -> str:
        return self.session.stage if self.session.busy else "folding the graph"

    def stop_work(self) -> None:
        """Give up what is being worked out."""
        self.session.stop()
        self.stage.folding.stop()

    def _show_busy(self) -> None:
        busy = self.session.busy or self.stage.folding.busy
        self.menus.show_status(self.session)
        self.menus.working.show_busy(busy)
        self.actions_by_name["stop_work"].setEnabled(busy)
        self.graph.placeholder = "Working…" if busy else "Type a function to see its graph"
        if self.graph.model is None:
            self.graph.update()

    def _find(self, words: str, again: bool) -> None:
        self.stage.find(words, again, self.menus.find.show_found)

    # --- time ------------------------------------------------------------------------------------------

    def _follow_player(self) -> None:
        if self.player.moving and not self._frames.isActive():
            self._clock.start()
            self._frames.start()

    def _tick(self) -> None:
        self.player.tick(self._clock.restart() / 1000)
        if not self.player.moving:
            self._frames.stop()

    # --- theme and places ------------------------------------------------------------------------------

    def set_theme(self, name: str) -> None:
        """Use a theme: "light", "dark", or "system" to follow the system."""
        self.settings.theme = name
        for choice in ("system", "light", "dark"):
            self.actions_by_name[f"theme_{choice}"].setChecked(choice == name)
        dark = name == "dark" or (name == "system" and _system_is_dark())
        self.theme = themes.DARK if dark else themes.LIGHT
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if app.styleSheet() != themes.style_sheet(self.theme):
            themes.apply(app, self.theme)
        self._dress_views()

    def _dress_views(self) -> None:
        """Let the views draw in the colours of the sweep that is shown."""
        timeline = self.stage.timeline
        theme = self.theme.for_sweep(timeline.second_sweep if timeline else "reverse")
        views = (self.function.editor, self.inputs, self.gradients, self.tape, self.inspector, self.graph)
        parts = (self.tape_panel.head, self.plot, self.playback, self.menus, self.centre, self.tutor)
        for view in (*views, *parts):
            view.set_theme(theme)
        for veil in self.veils:
            veil.set_theme(theme)
        self._dressed = theme

    def _follow_sweep(self, timeline: Timeline | None) -> None:
        if timeline is not None and self._dressed is not self.theme.for_sweep(timeline.second_sweep):
            self._dress_views()

    def _follow_system(self) -> None:
        if self.settings.theme == "system":
            self.set_theme("system")

    def _restore(self) -> None:
        geometry, docks = self.settings.layout()
        if not (geometry and self.restoreGeometry(geometry)):
            self.resize(1480, 920)
        self.docks.size(self.width())
        if docks:
            self.docks.widths.want(())
            self.docks.area.restoreState(docks)

    def open_first(self, document: Document | None = None) -> None:
        """What the window begins with: a document, or the first example."""
        self.files.start(document or example(example_names()[0]))
        self.files.offer_lost()
        self.graph.setFocus()

    # --- Qt --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and needs_key(self.focusWidget(), event.key()):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.presenter.share_width()
        self.menus.fit_toolbar(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._frames.stop()
        self.closing.emit()
        self.settings.save_layout(self.saveGeometry(), self.presenter.layout())
        self.files.close()
        self.tutor.close()
        self.stage.close()
        self.session.close()
        self.typesetter.close()
        super().closeEvent(event)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
