"""The pictures of a training: at the left the surface, at the right the loss and, under it, one more of four.

pyqtgraph is imported with this file, which takes as long as all the rest: so it is loaded when the page is first shown.
"""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.basics.words import say
from core.field import Tangent
from core.notation import number
from explorer.look.theme import LIGHT, Theme, figures, sans
from explorer.model.curve import Curve
from explorer.panels.plots.curve_view import CurveView
from explorer.panels.plots.element_choice import ElementChoice
from explorer.panels.small.segments import Segments
from explorer.parts.training.changes_view import ChangesView, Row
from explorer.parts.training.contour_view import ContourView
from explorer.parts.training.fitted import Fitted
from explorer.parts.training.landscape import Look, Scene
from explorer.parts.training.plots import Fit, Histograms, Losses, Steps
from explorer.parts.training.surface_view import SurfaceView

KINDS = (
    (
        "contour",
        say("training.from-above", "Contours"),
        say("training.from-above-hint", "Seen from above: click to start there, drag the point"),
    ),
    (
        "surface",
        say("training.three-d", "3-D"),
        say("training.three-d-hint", "Seen from the side: drag to turn it"),
    ),
)
VIEWS = (
    (
        "sizes",
        say("training.gradients", "Gradients"),
        say("training.gradients-hint", "Size of the gradient of each parameter over the steps"),
    ),
    (
        "histograms",
        say("training.spread", "Spread"),
        say("training.spread-hint", "How the numbers of each parameter are spread at this step"),
    ),
    (
        "fit",
        say("training.fit", "Fit"),
        say("training.fit-hint", "Predictions against data, or the decision boundary"),
    ),
    (
        "changes",
        say("training.changed", "Changed"),
        say("training.changed-hint", "What changed between two steps"),
    ),
)
"""The choices of a picture: its name, its title and what it shows."""


LEAST_HEIGHT = 96


class Stack(QStackedWidget):
    """Widgets of which one is seen; none of them decides how high it is."""

    def hasHeightForWidth(self) -> bool:
        return False


class Pictures(QWidget):
    """Signals: `places_changed` (other numbers along the axes), `view_changed` (another of the small pictures)."""

    places_changed = Signal()
    view_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        font = sans(11)
        self.contour, self.surface = ContourView(font), SurfaceView(font)
        self.curve = CurveView(LIGHT, font)
        self.losses = Losses(
            say("training.loss-over-steps", "Loss over the steps"), font,
            say("training.no-losses", "Here the loss will be drawn over the steps."),
        )  # fmt: skip
        self.sizes = Steps(
            say("training.sizes-over-steps", "Size of the gradient over the steps"), font,
            say("training.no-sizes", "Here the size of each gradient will be drawn: whether it vanishes or explodes."),
        )  # fmt: skip
        self.histograms = Histograms(say("training.histograms", "How the parameters are spread"), font)
        self.fit = Fit(say("training.predictions", "Predictions and data"), font)
        self.changes = ChangesView()
        self.numbers = Fitted()
        self.numbers.setObjectName("training_numbers")
        self.numbers.setFont(figures(12.5))
        self.numbers.setProperty("role", "adjoint")
        self.across = ElementChoice("training_across", "", say("training.across", "Number along the lower edge"), True)
        self.up = ElementChoice("training_up", "×", say("training.up", "Number along the left edge"), True)
        for choice in (self.across, self.up):
            choice.chosen.connect(lambda *_: self.places_changed.emit())
        self.kind = Segments(
            "training_kind",
            say("training.kind", "Surface"),
            KINDS,
        )  # fmt: skip
        self.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.kind.choose("contour")
        self.kind.chosen.connect(self._show_kind)
        self.view = Segments(
            "training_view",
            say("training.view", "Picture"),
            VIEWS,
        )  # fmt: skip
        self.view.choose("sizes")
        self.view.chosen.connect(self._show_view)
        self.problem = QLabel()
        self.problem.setObjectName("training_problem")
        self.problem.setAccessibleName(say("training.problem", "What is missing"))
        self.problem.setProperty("role", "muted")
        self.problem.setWordWrap(True)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_view = QLabel()
        self.no_view.setProperty("role", "muted")
        self.no_view.setWordWrap(True)
        self.no_view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._surfaces, self._views = Stack(), Stack()
        for surface in (self.contour, self.surface, self.curve, self.problem):
            self._surfaces.addWidget(surface)
        self._by_name: dict[str, QWidget] = {
            "sizes": self.sizes, "histograms": self.histograms, "fit": self.fit, "changes": self.changes,
        }  # fmt: skip
        for view in (*self._by_name.values(), self.no_view):
            self._views.addWidget(view)
        self._arrange()

    def _arrange(self) -> None:
        left, right, head = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind)
        head.addWidget(self.across)
        head.addWidget(self.up)
        head.addWidget(self.numbers, 1)
        left.addLayout(head)
        left.addWidget(self._surfaces, 1)
        title = QLabel(say("training.loss", "Loss").upper())
        title.setProperty("role", "title")
        right.addWidget(title)
        right.addWidget(self.losses, 1)
        right.addWidget(self.view)
        right.addWidget(self._views, 1)
        for column in (left, right):
            column.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(14)
        row.addLayout(left, 8)
        row.addLayout(right, 5)
        for widget in (self.losses, self._views, *self._by_name.values()):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # both of one height
        for widget in (self.losses, self._views):
            widget.setMinimumHeight(LEAST_HEIGHT)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_sizes(self, sizes: Mapping[str, int]) -> None:
        """Offer the numbers of these inputs along the axes: at first the first and the second that there are."""
        before = self.across.choice(), self.up.choice()
        for choice in (self.across, self.up):
            choice.show_inputs(dict(sizes))
        if self.across.choice() == self.up.choice() or not before[0][0]:
            names = list(sizes)
            if len(names) > 1 and (sizes[names[0]] == 1 or sizes[names[1]] == 1):
                self.up.choose(names[1], 0)
            elif names and sizes[names[0]] > 1:
                self.up.choose(names[0], 1)
            elif len(names) > 1:
                self.up.choose(names[1], 0)

    def places(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The input and its element along each axis."""
        return self.across.choice(), self.up.choice()

    def show_scene(self, scene: Scene) -> None:
        """Draw the surface, or say why there is none."""
        self._scene = scene
        for widget in (self.kind, self.up):
            widget.setVisible(scene.curve is None)
        self.problem.setText(scene.problem)
        self.contour.show_scene(scene)
        if scene.curve is not None and scene.curve is not self._curve:
            self._curve = scene.curve
            self.curve.show_curve(scene.curve)
        if self.kind.value == "surface":
            self.surface.show_scene(scene)
        self._show_kind()

    def show_numbers(self, tangent: Tangent | None, output: str) -> None:
        """Loss and slopes at the point."""
        if tangent is None or self._scene.landscape is None:
            self.numbers.show_text("")
            return
        field = self._scene.landscape.field
        loss, across, up = (number(one, 4) for one in (tangent.value, tangent.slope_x, tangent.slope_y))
        value = f"{output or 'f'} = {loss}"
        self.numbers.show_text(f"{value}    ∂/∂{field.x} = {across}    ∂/∂{field.y} = {up}", value)

    def show_look(self, look: Look) -> None:
        """Draw what was found out about a step."""
        self.show_missing(look.missing)
        if look.view == "histograms":
            self.histograms.show_histograms(look.bars)
        elif look.view == "changes":
            self.changes.show_rows([Row(*row) for row in look.rows], "")
        elif look.fit is not None:
            self._show_fit(look)

    def _show_fit(self, look: Look) -> None:
        found, area = look.fit, look.area
        if found is None:
            return
        share = found.accuracy
        percent = "" if share is None else f"{100 * share:.0f}"
        told = say("training.accuracy", "{percent} % on the right side", percent=percent)
        self.fit.say(told if percent else "")
        targets = found.targets if found.targets is not None else found.values[:, 0] > found.level
        if area is not None:
            self.fit.show_boundary(area.xs, area.ys, area.values, found.level, look.border, found.rows, targets)
        else:
            self.fit.show_predictions(found.rows, targets, found.values[:, 0], found.name)

    def show_walk(self, walk: np.ndarray) -> None:
        """Mark the way along the curve of one number."""
        self.curve.show_walk(walk[:, 0], walk[:, 1])

    def _show_kind(self) -> None:
        scene = self._scene
        if scene.curve is not None:
            self._surfaces.setCurrentWidget(self.curve)
            return
        if scene.landscape is None:
            self._surfaces.setCurrentWidget(self.problem)
            return
        if self.kind.value == "surface":
            self.surface.show_scene(scene)
        self._surfaces.setCurrentWidget(self.surface if self.kind.value == "surface" else self.contour)

    _scene = Scene()
    _curve: Curve | None = None

    def choose(self, kind: str, view: str) -> None:
        """Show this kind of surface, and this of the small pictures."""
        self.kind.choose(kind)
        self.view.choose(view)
        self._show_kind()
        self._show_view()

    def _show_view(self) -> None:
        self._views.setCurrentWidget(self._by_name[str(self.view.value)])
        self.view_changed.emit()

    def show_missing(self, sentence: str) -> None:
        """In the place of the small picture, say why there is none; "" shows it."""
        self.no_view.setText(sentence)
        self._views.setCurrentWidget(self.no_view if sentence else self._by_name[str(self.view.value)])

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for one in (
            self.contour,
            self.surface,
            self.curve,
            self.losses,
            self.sizes,
            self.histograms,
            self.fit,
            self.changes,
        ):
            one.set_theme(theme)
        self.losses.label("", "")
        self.sizes.label("", "")
