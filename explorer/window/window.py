"""The main window: makes models, views, parts and edges in their order, and puts documents on screen and back.

Everything that computes or decides is in those; who hears whom is in `wiring`, what there is to do in `features`.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton, QWidget

from core.basics.words import say
from core.lessons.lesson import Lesson
from explorer.desk import Desk
from explorer.graph.text import width
from explorer.look.icons import application_icon
from explorer.look.sizes import px, set_text_size
from explorer.look.theme import Theme
from explorer.look.typesetting import Typesetter
from explorer.model.document import Document
from explorer.panels.small.stale_veil import StaleVeil
from explorer.parts.folding.part import Folding
from explorer.parts.glossary.part import Glossary
from explorer.parts.lessons.part import Lessons
from explorer.player import Player
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.examples import example, example_names
from explorer.storage.files import Files
from explorer.storage.settings import Settings
from explorer.window import dialogs, wiring
from explorer.window.actions import build_actions, connect_commands
from explorer.window.appearance import Appearance, Dressed
from explorer.window.centre import Centre
from explorer.window.clock import Clock
from explorer.window.context_menus import ContextMenus
from explorer.window.docks import Docks
from explorer.window.features import Kit, build_features
from explorer.window.keeping import Keeping
from explorer.window.keyboard_home import KeyboardHome
from explorer.window.keys import needs_key
from explorer.window.letter_keys import LetterKeys
from explorer.window.menus import Menus
from explorer.window.places import WindowPlaces
from explorer.window.presenters.notes import NotesPresenter
from explorer.window.undoing import Undoing
from explorer.window.views import build_views

_ROOM_FOR_PANELS = 1000  # pixels of width, at the usual size of texts
TYPING_MS, LONG_TYPING_MS = 10, 200


class MainWindow(QMainWindow):
    """The window of the program."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowIcon(application_icon())
        self.settings = settings or Settings()
        self._leaving = self._closed = False
        set_text_size(self.settings.text_size)
        self._build_models()
        self._build_views()
        self._build_parts()
        self._build_edges()
        self._connect_commands()
        self._make_timers()
        self.appearance.choose(self.settings.theme)
        self._restore()

    # --- what it is made of ------------------------------------------------------------------------------------

    def _build_models(self) -> None:
        self.desk = Desk(self)
        self.session, self.player = Session(self.desk, self, width), Player(self)
        self.session.limits = self.settings.limits()
        self.shown = ShownSignals(self.session, self)
        self.files = Files(self, self.settings, self.document, self.show_document)
        self.clock = Clock(self.player)

    def _build_views(self) -> None:
        self.actions_by_name = build_actions(self)
        self.typesetter = Typesetter(self)
        self.views = build_views(self.actions_by_name, self.typesetter)
        (
            self.function, self.inputs, self.outputs, self.gradients, self.graph, self.plot, self.playback,
            self.tape, self.tape_panel, self.inspector, self.find_field,
        ) = self.views  # fmt: skip
        told = (self.tape_panel, self.inspector, self.gradients, self.playback.text)
        self.veils = [StaleVeil(widget) for widget in told]
        self.centre = Centre(self.graph, self.plot, self.playback)
        self.docks = Docks(self.centre, self.function, self.inputs, self.gradients, self.tape_panel, self.inspector)
        self.docks.gradients.card.row.addWidget(self.outputs)
        self.docks.function.card.row.addWidget(_sign_button(self.actions_by_name["enlarge"], "⤢"))
        self.centre.room_needed.connect(self.docks.make_room)
        self.setCentralWidget(self.docks.area)

    def _build_parts(self) -> None:
        self.places = WindowPlaces(self, self.docks, self.centre)
        self._graph_presenter = wiring.present(self.session, self.shown, self.player, self.views, self.veils)
        wiring.join(self.shown, self.player)
        wiring.keep_contributions(self.settings, self.actions_by_name["contributions"], self._graph_presenter)
        self.parts = build_features(
            Kit(
                self, self.session, self.shown, self.player, self.desk, self.places, self.settings, self.files,
                self.views, self.docks, self.centre.banner, self.centre.notice, self.actions_by_name,
            )
        )  # fmt: skip
        folding = self.parts["folding"]
        assert isinstance(folding, Folding)
        self.undoing = Undoing(
            self.session, self.shown, self.function.editor, folding, self.document, self.files.bring_back,
            (self.actions_by_name["undo"], self.actions_by_name["redo"]),
        )  # fmt: skip
        self.context = ContextMenus(self.shown, list(self.parts.values()), self.views)

    def _build_edges(self) -> None:
        docks = self.docks
        self.letters = LetterKeys(self.actions_by_name, self.settings, self.graph.take_letters)
        self.menus = Menus(self, self.actions_by_name, docks, self.find_field, self.desk.words)
        titles = (docks.function.card, docks.tape.card, docks.inspector.card)
        notes = NotesPresenter(self.session, self.shown, *titles, self.menus.status)
        stop = self.actions_by_name["stop_work"]
        wiring.show_work(self.desk, self.session, self.places, self.menus, notes, self.views, stop)
        wiring.connect_edges(self.views, self.menus)
        self.keyboard = KeyboardHome(self, self._home_of_the_keyboard)
        self.function.editor.left.connect(self.keyboard.go_home)
        dressed: list[Dressed] = [
            self.function.editor, self.inputs, self.gradients, self.tape, self.inspector, self.graph,
            self.tape_panel.head, self.plot, self.playback, self.menus, self.centre, self.keyboard,
            *self.parts.values(), *self.veils,
        ]  # fmt: skip
        self.appearance = Appearance(self.settings, self.shown, self.actions_by_name, dressed, self)
        self.appearance.text_resized.connect(self._fit_panels)
        self.menus.recent_chosen.connect(self.files.open_path)
        self.menus.example_chosen.connect(self.show_example)
        self.files.changed.connect(self._show_name)
        self.files.said.connect(self.places.say)
        self.function.editor.said.connect(self.places.say)
        self.setAcceptDrops(True)
        self._order_keyboard()
        for dock in self.docks.all:
            dock.topLevelChanged.connect(self._order_keyboard)  # which takes it out of the order and puts it last
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)  # so that Return presses it

    def _order_keyboard(self) -> None:
        """Let Tab go through the views as one reads them."""
        order = self.views.in_reading_order([*self.centre.tabs(), *self.menus.controls()])
        here = [widget for widget in order if widget.window() is self]
        for before, after in zip(here, here[1:]):
            QWidget.setTabOrder(before, after)

    def _connect_commands(self) -> None:
        """Every action to its owner."""
        connect_commands(
            self.actions_by_name,
            [
                self.commands(),
                self.session.commands(),
                self.player.commands(),
                self.files.commands(),
                self.appearance.commands(),
                self.letters.commands(),
                self.undoing.commands(),
                self._graph_presenter.commands(),
                wiring.view_commands(self.views, self.docks, self.centre, self.places),
                dialogs.commands(self, self.session, self.settings, self._words),
                *(part.commands() for part in self.parts.values()),
            ],
        )
        self.addActions(list(self.actions_by_name.values()))  # so that keys work while the menus are hidden

    def _make_timers(self) -> None:
        """One waits for the end of typing, one keeps unsaved work."""
        self._typing, self.keeping = QTimer(self), Keeping(self.files, self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self.take_text)
        self.function.editor.text_edited.connect(self._wait_for_typing)
        self.session.problem_changed.connect(self._follow_work)
        self.shown.step_changed.connect(self.keeping.soon)
        for part in self.parts.values():
            part.noted.connect(self._follow_marks)

    # --- what it does ------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """What the actions do that are of the window itself."""
        return {"new": self.start_anew, "quit": self.close, "stop_work": self.stop_work}

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        return self.appearance.theme

    def set_theme(self, name: str) -> None:
        """Use a theme: "light", "dark", or "system" to follow the system."""
        self.appearance.choose(name)

    def _words(self) -> list[tuple[str, str]]:
        """The words of the field, explained with the numbers of the moment."""
        glossary = self.parts["glossary"]
        return glossary.page() if isinstance(glossary, Glossary) else []

    def _home_of_the_keyboard(self) -> QWidget:
        """The graph; while another page is shown the timeline, where the same keys step."""
        return self.graph if self.graph.isVisible() else self.playback.timeline

    def start_anew(self) -> None:
        """Put the first example on screen, its text selected so that typing replaces it."""
        self.show_example(example_names()[0])
        self.function.editor.selectAll()
        self.places.bring_forward(self.docks.function, self.function.editor)

    def stop_work(self) -> None:
        """Give up what is being worked out."""
        self.session.stop()
        self.desk.cancel()

    def leave(self) -> None:
        """Close, also where unsaved work cannot be kept."""
        self._leaving = True
        self.close()

    def open_first(self, document: Document | None = None) -> None:
        """What the window begins with: a document, or the first example."""
        self.files.start(document or example(example_names()[0]))
        self.files.offer_lost()
        self.graph.setFocus()

    def open_lesson(self, lesson: Lesson) -> None:
        """Begin a lesson."""
        part = self.parts["lessons"]
        assert isinstance(part, Lessons)
        part.begin_lesson(lesson)

    def greet(self) -> None:
        """The program was never started before: say what there is to begin with."""
        for part in self.parts.values():
            part.greet()

    # --- documents ---------------------------------------------------------------------------------------------

    def document(self) -> Document:
        """The document as it is now on screen."""
        session, point = self.session, self.session.point()
        document = Document(
            text=self.function.editor.toPlainText(),
            inputs=point,
            unwatched=tuple(sorted(session.unwatched & set(point))),
            watched=tuple(sorted(session.watched & set(point))),
            output=session.output,
            mode=session.mode,
            direction=session.chosen_direction(),
            step=self.shown.step,
            tab=self.centre.tab,
        )
        for part in self.parts.values():
            document = part.add_to(document)
        return document

    def show_document(self, document: Document) -> None:
        """Put a document on screen."""
        self.undoing.note_document()
        self._typing.stop()
        self.shown.forget(document.step)
        self.outputs.show_outputs("", (), "")
        self.function.editor.set_text(document.text)
        self._typing.stop()
        for part in self.parts.values():
            part.restore(document)
        self.session.set_all(replace(document, text=self._asked(document.text)))
        self.centre.show_tab(document.tab)

    def show_example(self, name: str) -> None:
        """Put an example on screen."""
        self.files.start(example(name))

    def take_text(self) -> None:
        """Take the text of the editor at once."""
        self._typing.stop()
        self.session.set_text(self._asked(self.function.editor.toPlainText()))

    def _asked(self, text: str) -> str:
        """The part of the text that is to run."""
        for part in self.parts.values():
            text = part.asked(text)
        return text

    def _wait_for_typing(self) -> None:
        self.keeping.soon()
        self._typing.start(LONG_TYPING_MS if self.session.slow else TYPING_MS)

    def _follow_work(self) -> None:
        """There is an answer: what is unsaved has changed."""
        self.actions_by_name["forward_mode"].setChecked(self.session.mode == "forward")
        self._follow_marks()

    def _follow_marks(self) -> None:
        """Something that a document holds is another."""
        self._show_name()
        self.keeping.soon()

    def _show_name(self) -> None:
        mark = " •" if self.files.modified else ""
        self.setWindowTitle(
            say("window.tape-explorer", "{name}{mark} — Tape Explorer", name=self.files.name, mark=mark)
        )
        self.menus.show_recent(self.files.recent())

    # --- places ------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        geometry, docks = self.settings.layout()
        room = self.screen().availableSize()
        self.setMinimumSize(QSize(1000, 600).boundedTo(room))
        if not (geometry and self.restoreGeometry(geometry)):
            self.resize(QSize(1480, 920).boundedTo(room))
        self.docks.size()
        if docks:
            self.docks.widths.want(())
            self.docks.area.restoreState(docks)
        else:
            self.docks.show_few()  # who is here for the first time begins with little

    def _fit_panels(self) -> None:
        """Texts have another size: where the panels have no room beside the graph any more, the few are left."""
        if self.width() < px(_ROOM_FOR_PANELS):
            self.docks.show_few()
        self.docks.size()

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and needs_key(self.focusWidget(), event.key()):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_in(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.files.open_path(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.menus.fit_toolbar(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closed:
            return
        problem = self.files.close()
        if problem and not self._leaving:
            event.ignore()
            self.places.say(problem, say("window.close-all-the-same", "Close all the same"), self.leave)
            return
        self._closed = True
        self.files.release()
        self.keeping.stop()
        self.clock.stop()
        self.settings.save_layout(self.saveGeometry(), self.docks.state())
        self.hide()  # whatever still goes on, nobody shall have to look at it
        for part in self.parts.values():
            part.close()
        self.desk.close()
        self.typesetter.close()
        self.keyboard.close()
        super().closeEvent(event)


def _sign_button(action: QAction, sign: str) -> QToolButton:
    """A small button with a sign, for a title."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setText(sign)
    button.setToolTip(action.toolTip())
    button.setObjectName(f"title_{action.objectName()}")
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setStyleSheet("QToolButton { padding: 1px 5px }")
    return button


def _file_in(data: QMimeData) -> str:
    """The first file that is dragged; "" where it is something else."""
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
