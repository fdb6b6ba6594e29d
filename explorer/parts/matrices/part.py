"""The page of matrices: works out Jacobian and Hessian of the run that is shown, when somebody looks."""

from collections.abc import Callable

from core.basics.words import say
from explorer.desk import Desk
from explorer.look.theme import Theme
from explorer.parts.matrices.panel import MatricesPanel
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.shown import ShownSignals


class MatricesPage(Part):
    """The page, and what it shows; `differentiate_again` opens the reverse sweep as a graph."""

    def __init__(
        self, shown: ShownSignals, desk: Desk, places: Places, differentiate_again: Callable[[], object]
    ) -> None:
        super().__init__()
        self._shown, self._desk, self._places = shown, desk, places
        self._differentiate_again = differentiate_again
        self.panel = MatricesPanel()
        tip = say("matrices.all-first-second-derivatives", "All first and second derivatives as tables")
        places.page(
            "matrices",
            say("matrices.matrices", "Matrices"),
            say("matrices.jacobian-hessian", "Jacobian and Hessian"),
            self.panel,
            tip,
        )
        self._known: object = None
        self.panel.shown.connect(self._refresh)
        self.panel.sweep_requested.connect(self._open_sweep)
        shown.timeline_changed.connect(self._refresh)

    def commands(self) -> Commands:
        return {"go_matrices": lambda: self._places.show_page("matrices")}

    def _open_sweep(self) -> None:
        self._differentiate_again()
        self._places.show_page("graph")

    def _refresh(self) -> None:
        timeline = self._shown.timeline
        if self.panel.isVisible() and timeline is not None and timeline is not self._known:
            from explorer.parts.matrices.work import matrices

            self._known = timeline
            self._desk.submit(
                "matrices",
                lambda _: matrices(timeline),
                self.panel.show_matrices,
                say("matrices.working-out-matrices", "working out the matrices"),
            )

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
