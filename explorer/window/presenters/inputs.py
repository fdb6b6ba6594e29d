"""Puts the inputs of the program into their table and under the plot, and passes on what is changed there."""

from PySide6.QtCore import QObject

from core.basics.words import say
from explorer.panels.inputs.model import InputRow
from explorer.panels.inputs.panel import InputsPanel
from explorer.panels.plots.panel import PlotPanel
from explorer.session import Session, sizes

_MADE_BY_LOOP = say("inputs.made-by-loop", "What the passes before this one have made of it; set it in the first pass")


class InputsPresenter(QObject):
    """Between the session and the two views that show its inputs."""

    def __init__(self, session: Session, panel: InputsPanel, plot: PlotPanel) -> None:
        super().__init__(panel)
        self._session, self._panel, self._plot = session, panel, plot
        session.changed.connect(self._show_run)
        session.problem_changed.connect(lambda: self._show_inputs() if session.run is None else None)
        session.curve_changed.connect(lambda: plot.show_curve(session.curve))
        panel.model.value_requested.connect(session.set_input)
        panel.model.watch_requested.connect(session.set_watched)
        panel.model.direction_requested.connect(session.set_direction)
        plot.input_chosen.connect(session.plot_along)
        plot.point_dragged.connect(lambda x: session.set_element(*plot.choice(), x))
        plot.shown.connect(lambda: session.plot_along(*plot.choice()))

    def _show_run(self) -> None:
        self._show_inputs()
        if self._plot.isVisible():
            self._session.plot_along(*self._plot.choice())
        else:
            self._session.plot_nothing()

    def _show_inputs(self) -> None:
        session = self._session
        point, notes = session.point(), session.disagreements
        direction = session.direction() if session.mode == "forward" else {}
        self._panel.show_mode(session.mode)
        self._panel.show_inputs(
            [
                InputRow(
                    name, value, session.is_watched(name), direction.get(name), note=notes.get(name, ""),
                    fixed=_MADE_BY_LOOP if session.is_fixed(name) else "",
                    always_watched=session.watch_is_fixed(name),
                )
                for name, value in point.items()
            ]
        )  # fmt: skip
        self._plot.show_inputs(sizes(point))
