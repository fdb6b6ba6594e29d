"""The views of the window, made but not yet placed or connected."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from explorer.graph.view import GraphView
from explorer.look.typesetting import Typesetter
from explorer.model.playhead import SPEEDS
from explorer.panels.editor.function import FunctionPanel
from explorer.panels.gradients.output_choice import OutputChoice
from explorer.panels.gradients.panel import GradientsPanel
from explorer.panels.inputs.panel import InputsPanel
from explorer.panels.inspector.inspector import Inspector
from explorer.panels.playback.panel import PlaybackPanel
from explorer.panels.plots.panel import PlotPanel
from explorer.panels.tape.head import TapePanel
from explorer.panels.tape.table import TapeTable
from explorer.parts.searching.find_field import FindField


class Views(NamedTuple):
    """Every view that is there from the beginning; parts add their own."""

    function: FunctionPanel
    inputs: InputsPanel
    outputs: OutputChoice
    gradients: GradientsPanel
    graph: GraphView
    plot: PlotPanel
    playback: PlaybackPanel
    tape: TapeTable
    tape_panel: TapePanel
    inspector: Inspector
    find: FindField

    def in_reading_order(self, bar: list[QWidget]) -> list[QWidget]:
        """What takes the keyboard, as one reads the window: left, middle, right, and the buttons of the bar."""
        return [
            self.function.editor, *self.function.passes.controls(), self.inputs.table, self.outputs.button,
            self.gradients.table, self.graph,
            *self.playback.controls(), *self.tape_panel.head.controls(), self.tape, self.inspector, *bar,
        ]  # fmt: skip


def build_views(actions: Mapping[str, QAction], typesetter: Typesetter) -> Views:
    """Make them; the buttons under the graph are some of the actions."""
    tape = TapeTable()
    return Views(
        function=FunctionPanel(),
        inputs=InputsPanel(),
        outputs=OutputChoice(),
        gradients=GradientsPanel(),
        graph=GraphView(),
        plot=PlotPanel(),
        playback=PlaybackPanel(actions, SPEEDS, typesetter),
        tape=tape,
        tape_panel=TapePanel(tape),
        inspector=Inspector(typesetter),
        find=FindField(),
    )
