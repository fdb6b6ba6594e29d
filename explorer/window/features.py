"""The features of the window: one row switches one on. What a feature uses is what its row hands to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from explorer.desk import Desk
from explorer.panels.small.banner import Banner
from explorer.panels.small.notice import Notice
from explorer.parts.checks.part import ChecksPage
from explorer.parts.code.part import CodePage
from explorer.parts.exporting.part import Exporting
from explorer.parts.folding.part import Folding
from explorer.parts.glossary.part import Glossary
from explorer.parts.lessons.part import Lessons
from explorer.parts.matrices.part import MatricesPage
from explorer.parts.mistakes.part import Detours
from explorer.parts.navigation.part import Navigation
from explorer.parts.navigation.travel import UNITS
from explorer.parts.nudging.part import Nudging
from explorer.parts.outline.part import Outline
from explorer.parts.part import Part
from explorer.parts.presenting.part import Presenter
from explorer.parts.quiz.part import Quiz
from explorer.parts.searching.part import Searching
from explorer.parts.tape_life.part import TapeLife
from explorer.parts.training.part import TrainingPage
from explorer.parts.why.part import Why
from explorer.parts.worksheet.part import Worksheets
from explorer.places import Places
from explorer.player import Player
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.files import Files
from explorer.storage.settings import Settings
from explorer.window.docks import Docks
from explorer.window.views import Views


@dataclass(frozen=True)
class Kit:
    """All that a window has to hand out. `actions` are what one feature asks of another."""

    window: QMainWindow
    session: Session
    shown: ShownSignals
    player: Player
    desk: Desk
    places: Places
    settings: Settings
    files: Files
    views: Views
    docks: Docks
    banner: Banner
    notice: Notice
    actions: Mapping[str, QAction]


FEATURES: dict[str, Callable[[Kit], Part]] = {
    "why": lambda kit: Why(
        kit.shown, kit.desk, kit.places, kit.views.function.editor, kit.views.graph,
        [kit.views.inputs.table, kit.views.gradients.table],
    ),
    "mistakes": lambda kit: Detours(kit.session, kit.shown, kit.player, kit.desk, kit.places, kit.banner),
    "outline": lambda kit: Outline(kit.session, kit.desk, kit.places, kit.views.function.editor),
    "quiz": lambda kit: Quiz(kit.shown, kit.player, kit.places, kit.settings, kit.actions["back"].trigger),
    "worksheet": lambda kit: Worksheets(kit.session, kit.desk, kit.files, kit.places),
    "code": lambda kit: CodePage(kit.shown, kit.session, kit.desk, kit.files, kit.places),
    "checks": lambda kit: ChecksPage(kit.shown, kit.desk, kit.places),
    "matrices": lambda kit: MatricesPage(
        kit.shown, kit.desk, kit.places, kit.actions["differentiate_again"].trigger
    ),
    "nudging": lambda kit: Nudging(kit.shown, kit.desk, kit.places, kit.views.graph),
    "glossary": lambda kit: Glossary(
        kit.shown, kit.views.playback.text.sentence, kit.views.inspector, [kit.views.tape, kit.views.gradients.table],
        [(kit.views.tape_panel.head.more, "persistent"), (kit.views.tape_panel.head.strip, "tape")],
    ),
    "training": lambda kit: TrainingPage(kit.session, kit.shown, kit.desk, kit.files, kit.places),
    "navigation": lambda kit: Navigation(
        kit.shown, kit.player, kit.places, kit.views.function.editor, kit.views.playback,
        {unit: kit.actions[f"by_{unit}"] for unit in UNITS},
    ),
    "searching": lambda kit: Searching(kit.shown, kit.desk, kit.views.graph, kit.views.find),
    "folding": lambda kit: Folding(kit.shown, kit.desk, kit.views.graph),
    "tape_life": lambda kit: TapeLife(kit.session, kit.shown, kit.views.tape_panel.head, kit.views.tape),
    "presenting": lambda kit: Presenter(
        kit.window, kit.docks, kit.places, kit.notice, kit.views.function.editor, kit.views.graph, kit.views.playback,
        kit.actions["step_forward"].trigger, kit.actions["step_back"].trigger,
    ),
    "lessons": lambda kit: Lessons(
        kit.window, kit.session, kit.shown, kit.player, kit.desk, kit.places, kit.settings, kit.files,
        kit.views.graph, kit.views.function.editor, _panels(kit.views), kit.actions,
        kit.docks.show_in_place,
    ),
    "exporting": lambda kit: Exporting(
        kit.shown, kit.desk, kit.places, kit.settings, kit.files, kit.views.graph
    ),
}  # fmt: skip


def _panels(views: Views) -> dict[str, QWidget]:
    """What a lesson may point at, by the names that lessons use."""
    return {
        "editor": views.function, "inputs": views.inputs, "gradients": views.gradients, "graph": views.graph,
        "plot": views.plot, "playback": views.playback, "tape": views.tape_panel, "tape-life": views.tape_panel.head,
        "inspector": views.inspector,
    }  # fmt: skip


def build_features(kit: Kit) -> dict[str, Part]:
    """Every feature, in the order of the rows, in which their panels, pages and menu entries follow each other."""
    return {name: make(kit) for name, make in FEATURES.items()}
