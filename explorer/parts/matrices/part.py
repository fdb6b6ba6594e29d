"""The page of matrices: works out Jacobian and Hessian of the run on the stage, when somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.look.theme import Theme
from explorer.parts.matrices.panel import MatricesPanel
from explorer.parts.part import PATIENCE, Part

if TYPE_CHECKING:
    from explorer.window.window import MainWindow


class MatricesPage(Part):
    """The page, and what it shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = MatricesPanel()
        tooltip = "All first and second derivatives as tables"
        window.centre.add_page("matrices", "Matrices", "Jacobian and Hessian", self.panel, tooltip)
        self._known: object = None
        self.panel.shown.connect(self._refresh)
        self.panel.again_requested.connect(self._again)
        window.stage.timeline_shown.connect(lambda _: self._refresh())

    def _again(self) -> None:
        self.window.tutor.detours.again_here()
        self.window.centre.show_tab("graph")

    def _refresh(self) -> None:
        timeline = self.window.stage.shown.timeline
        if self.panel.isVisible() and timeline is not None and timeline is not self._known:
            from explorer.parts.matrices.work import matrices

            self._known = timeline
            self.worker.submit(lambda _: matrices(timeline), self.panel.show_matrices, PATIENCE)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
