"""Who hears whom: between models, views and the edge of the window, where no presenter does it."""

from collections.abc import Callable

from PySide6.QtGui import QAction

from core.basics.words import say
from explorer.desk import Desk
from explorer.panels.small.stale_veil import StaleVeil
from explorer.places import Places
from explorer.player import Player
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.settings import Settings
from explorer.window.centre import Centre
from explorer.window.docks import Docks
from explorer.window.menus import Menus
from explorer.window.presenters.editor import EditorPresenter
from explorer.window.presenters.gradients import GradientsPresenter
from explorer.window.presenters.graph import GraphPresenter
from explorer.window.presenters.inputs import InputsPresenter
from explorer.window.presenters.inspector import InspectorPresenter
from explorer.window.presenters.notes import NotesPresenter
from explorer.window.presenters.playback import PlaybackPresenter
from explorer.window.presenters.program import ProgramPresenter
from explorer.window.presenters.tape import TapePresenter
from explorer.window.views import Views

Commands = dict[str, Callable[[], object]]


def present(
    session: Session, shown: ShownSignals, player: Player, views: Views, veils: list[StaleVeil]
) -> GraphPresenter:
    """A presenter for each view. They hear of another timeline before the player and the parts do."""
    InputsPresenter(session, views.inputs, views.plot)
    ProgramPresenter(session, views.function, views.outputs, views.graph, veils)
    TapePresenter(shown, views.tape)
    InspectorPresenter(shown, views.inspector)
    GradientsPresenter(session, shown, views.gradients)
    PlaybackPresenter(shown, player, views.playback)
    EditorPresenter(shown, views.function.editor, views.graph)
    return GraphPresenter(shown, views.graph)


def keep_contributions(settings: Settings, action: QAction, presenter: GraphPresenter) -> None:
    """Edges keep what they carried, or not, as it was when the program was left."""
    action.setChecked(settings.contributions)
    presenter.show_contributions(settings.contributions)

    def remember(shown: bool) -> None:
        settings.contributions = shown

    action.toggled.connect(remember)


def join(shown: ShownSignals, player: Player) -> None:
    """The player moves through what is shown, and what is shown follows it."""

    def take_timeline() -> None:
        if shown.timeline is None:
            player.set_length(0)
        else:
            player.set_length(len(shown.timeline), shown.step)

    def follow(step: int, travel: float) -> None:
        if shown.timeline is not None:
            shown.go_to(step, travel)

    shown.timeline_changed.connect(take_timeline)
    player.moved.connect(follow)


def show_work(
    desk: Desk, session: Session, places: Places, menus: Menus, notes: NotesPresenter, views: Views, stop: QAction
) -> None:
    """What the desk does is shown in the status bar, and what goes wrong is said."""

    def show_busy() -> None:
        notes.show_status()
        menus.working.show_busy(desk.busy())
        stop.setEnabled(desk.busy())
        views.graph.placeholder = (
            say("window.working", "Working…")
            if session.busy
            else say("window.type-function-see-graph", "Type a function to see its graph")
        )
        if views.graph.model is None:
            views.graph.update()

    desk.changed.connect(show_busy)
    desk.failed.connect(lambda _, sentence: places.say(sentence))
    show_busy()


def connect_edges(views: Views, menus: Menus) -> None:
    """The graph with what is at the edge of the window."""
    views.graph.zoom_changed.connect(menus.show_zoom)


def view_commands(views: Views, docks: Docks, centre: Centre, places: Places) -> Commands:
    """What the actions do that go to a view, or are of one."""
    return {
        "edit_function": lambda: places.bring_forward(docks.function, views.function.editor),
        "enlarge": docks.enlarge_function,
        "fold_text": views.function.editor.toggle_fold,
        "edit_inputs": lambda: places.bring_forward(docks.inputs, views.inputs.table),
        "go_graph": lambda: centre.show_tab("graph"),
        "go_plot": lambda: centre.show_tab("plot"),
        "go_tape": lambda: places.bring_forward(docks.tape, views.tape),
        "choose_output": views.outputs.button.showMenu,
        "panels": docks.switch,
        "restore_layout": docks.restore_default,
    }
