"""The canvas: shows a graph at a step of its run, from where the camera looks.

The resting picture is kept in a pixmap (`backing`); what moves is drawn over it in each frame. It never
computes maths, knows nothing of the session or the engine, and leaves mouse and keyboard to `view`.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.basics.words import say
from explorer.drawing import camera as cameras
from explorer.drawing import moving
from explorer.drawing.camera import Box, Camera
from explorer.drawing.levels import LEGIBLE, Detail
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.drawing.weights import MODES
from explorer.graph import spotlight
from explorer.graph.announcement import height_of_announcement, paint_announcement
from explorer.graph.backing import Backing
from explorer.graph.band import GAP, Band, band
from explorer.graph.captions import paint_captions
from explorer.graph.legend import height_of_legend, paint_legend
from explorer.graph.minimap import Minimap
from explorer.graph.overlay import Focus, overlay_boxes, paint_overlay
from explorer.graph.painting import paint_graph
from explorer.graph.spotlight import Spotlight
from explorer.graph.travel import Traveller, travellers
from explorer.graph.weights import SCALE, paint_scale
from explorer.look.theme import LIGHT, Theme
from explorer.look.wording import unquoted

WAY = 0.35  # seconds from one place to another
FRAME = 16  # milliseconds
SETTLE = 90  # milliseconds after the last change of zoom


class Canvas(QWidget):
    """Shows; does not listen."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.placeholder = say("graph.type-function-see-graph", "Type a function to see its graph")
        self.follow = True
        self.largest = 2.0
        """How large a small graph is drawn that is to be seen whole."""
        self.least = 0.0
        """How large a graph is drawn at least, where the program chooses; then one looks at a part of it."""
        self._theme = LIGHT
        self._model: GraphModel | None = None
        self._snapshot: Snapshot | None = None
        self._selected: int | None = None  # an entry
        self._focus = Focus()  # nodes
        self._light = Spotlight()
        self._camera = Camera()
        self._home = "start"  # what a resized view is to show: "start", "whole", or what it shows now
        self._way: tuple[Camera, Camera, float] | None = None
        self._change: tuple[GraphModel, np.ndarray, float] | None = None  # where to, from where, how far
        self._weighting = "off"
        self._legend = False
        self._contributions = True
        self._stale = False
        self.announced = ""
        self._moving: tuple[Traveller, ...] | None = None  # what travels now; None where that is to be worked out
        self._over: list[QRectF] = []  # the parts of the view that step and movement lie on
        self._backing = Backing()
        self._minimap = Minimap()
        self._last_tick = 0.0
        self._settled = True
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE)
        self._settling.timeout.connect(self.settle)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._tick)

    # --- what is shown ---------------------------------------------------------------------------------

    @property
    def model(self) -> GraphModel | None:
        return self._model

    @property
    def camera(self) -> Camera:
        return self._camera

    @property
    def is_moving(self) -> bool:
        return self._way is not None or self._change is not None

    def show_graph(self, model: GraphModel | None, keep_view: bool = False) -> None:
        """Show another graph, before its first step; with `keep_view` from where one looks now, and nodes that were
        there before move to their new places.
        """
        old, self._model, self._change = self._model, model, None
        self._snapshot = Snapshot.blank(model) if model is not None else None
        kept = self._selected if keep_view and self._selected is not None and self._has(self._selected) else None
        self._selected = kept
        if model is None or not keep_view or old is None or old.entries != model.entries:
            self._light = Spotlight()
        self._focus = Focus(model.node_of(kept) if model is not None and kept is not None else None)
        if keep_view and old is not None and model is not None and self.isVisible():
            away = moving.offsets(old, model)
            if away is not None:
                self._change = (model, away, 0.0)
                self._model = moving.displaced(model, away, 0.0)
                self._start_clock()
        self._repaint_all()
        if not keep_view:
            self.show_from_start(animated=False)
        else:
            self._go_home(animated=True)

    def show_snapshot(self, shown: Snapshot) -> None:
        """Show one step, made by whoever knows the run. Texts and arrays are asked for as they come into sight."""
        if self._model is None:
            return
        shown = shown if self._contributions and not self._change else shown.without_labels()
        old, self._snapshot = self._snapshot, replace(shown, weighting=self._weighting)
        changed = self._backing.show(self._model, self._snapshot)
        current = self._snapshot.current
        if self.follow and current is not None and (old is None or current != old.current):
            self._reveal(current)
        self._update_parts(changed)

    def set_travel(self, travel: float) -> None:
        """Move the contributions along their edges (0..1), nothing else."""
        if self._snapshot is not None and self._snapshot.travel != travel:
            self._snapshot = self._snapshot.at(travel)
            self._update_parts([])

    def _update_parts(self, changed: list[QRectF] | None) -> None:
        """Have what moves painted again, and the parts of the resting picture that changed; None: everything."""
        assert self._model is not None and self._snapshot is not None
        before, self._moving = self._moving, travellers(self._model, self._snapshot, self._camera.zoom)
        boxes = overlay_boxes(self._model, self._snapshot, self._camera, self._moving)
        over, self._over = self._over, [self._on_screen(box).adjusted(-2, -2, 2, 2) for box in boxes]
        if changed is None or before is None or self._light.lit is not None or self._light.found:
            self.update()
            return
        chart = self._map_area() if changed else None
        region = QRegion()
        for part in (*changed, *over, *self._over, *([chart] if chart is not None else [])):
            region += part.toAlignedRect()
        self.update(region)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._repaint_all()

    def set_stale(self, stale: bool) -> None:
        """Grey the picture: it belongs to an earlier text."""
        self._stale = stale
        self.update()

    def announce(self, sentence: str) -> None:
        """Say at the lower edge what went wrong; "" for nothing."""
        if unquoted(sentence) != self.announced:
            self.announced = unquoted(sentence)
            self._go_home()

    @property
    def weighting(self) -> str:
        """How the sizes of contributions are shown: "off", "width" or "heat"."""
        return self._weighting

    def show_next_weights(self) -> None:
        """Draw edges by the next of the modes."""
        self.show_weights(MODES[(MODES.index(self._weighting) + 1) % len(MODES)])

    def show_weights(self, mode: str) -> None:
        """Draw edges by the size of what they carried back: "width", "heat", or "off"."""
        if mode not in MODES:
            raise ValueError(
                say(
                    "graph.edges-drawn-not",
                    "edges are drawn by {modes}, not by {mode!r}",
                    modes=", ".join(MODES),
                    mode=mode,
                )
            )
        self._weighting = mode
        if self._snapshot is not None:
            self._snapshot = replace(self._snapshot, weighting=mode)
        self._repaint_all()
        self._go_home()

    def show_contributions(self, shown: bool) -> None:
        """Keep on every edge what it has carried, or not; takes effect with the next snapshot."""
        self._contributions = shown
        self._repaint_all()

    def spotlight(self, light: Spotlight) -> None:
        """Point out entries that were found, or light a part of the graph."""
        self._light = light
        self.update()

    def show_legend(self, shown: bool) -> None:
        """Show what the looks of nodes and edges mean."""
        self._legend = shown
        self._go_home()

    # --- where one looks -------------------------------------------------------------------------------

    def fit(self, animated: bool = True) -> None:
        """Show the whole graph."""
        if self._model is not None:
            self._go(self._whole(), animated)
            self._home = "whole"

    def show_from_start(self, animated: bool = True) -> None:
        """Show the whole graph where it can be read, else where it begins."""
        if self._model is not None:
            model, goal = self._goal_model(), self._whole()
            if goal.zoom < max(LEGIBLE, self.least) and len(model):
                above = self._taken_above()
                goal = cameras.beginning(model.bounds, model.box(0), *self._view(), above=above, least=self.least)
            self._go(goal, animated)
            current = self._snapshot.current if self._snapshot is not None else None
            if self.follow and current is not None:
                self._reveal(current, animated)
        self._home = "start"

    def _goal_model(self) -> GraphModel:
        """The graph where its nodes will stand."""
        model = self._change[0] if self._change else self._model
        assert model is not None
        return model

    def _whole(self) -> Camera:
        bounds, above = self._goal_model().bounds, self._taken_above()
        return cameras.fitted(bounds, *self._view(), max_zoom=self.largest, above=above)

    def _view(self) -> tuple[int, int]:
        """Width and height of the part of the widget that shows the graph."""
        return self.width(), self.height() - round(self._band(False).height)

    def _band(self, with_map: bool = True) -> Band:
        """The strip at the lower edge; without the map where a view is looked for, for a fitting one needs no map."""
        size = (self.width(), self.height())
        model, camera = self._model, self._camera
        needed = with_map and model is not None and Minimap.is_needed(model, camera, *size)
        chart = Minimap.size(model) if needed and model is not None else None
        weighted = self._weighting != "off" and self._snapshot is not None and self._snapshot.weights is not None
        wide = size[0] - 2 * GAP
        told = height_of_announcement(self.announced, wide, QFontMetricsF(self.font())) if self.announced else 0.0
        legend = height_of_legend(wide) if self._legend else 0.0
        return band(size, chart, SCALE if weighted else None, legend, told)

    def _go_home(self, animated: bool = False) -> None:
        """Look again from where the program chose, for the graph or the room for it has changed."""
        if self._home == "whole":
            self.fit(animated)
        elif self._home == "start":
            self.show_from_start(animated)
        self.update()

    def _taken_above(self) -> float:
        """The pixels at the top where something lies over the picture."""
        return 0.0

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom at once, about a point of the widget or its middle."""
        at = at if at is not None else QPointF(self.rect().center())
        self._look(self._camera.zoomed(factor, at.x(), at.y()))

    def center_on(self, entry: int, animated: bool = True, zoom: float | None = None) -> None:
        """Bring the node that holds an entry to the middle."""
        if self._model is not None and self._has(entry):
            x, y = self._model.positions[self._model.node_of(entry)].tolist()
            zoom = zoom or self._camera.zoom
            self._go(cameras.centered(x, y, zoom, *self._view()), animated)

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift the picture by so many pixels."""
        self._look(self._camera.panned(dx, dy))

    def advance(self, seconds: float) -> None:
        """Let camera and nodes move on for so long; a timer calls this while they are under way."""
        if self._way is not None:
            start, end, done = self._way
            done += seconds / WAY
            self._way = (start, end, done) if done < 1 else None
            self._set_camera(cameras.between(start, end, done, *self._view()) if done < 1 else end)
        if self._change is not None:
            model, away, done = self._change
            done += seconds / WAY
            self._change = (model, away, done) if done < 1 else None
            self._model = moving.displaced(model, away, done) if done < 1 else model
            self._repaint_all()
        if not self.is_moving:
            self._timer.stop()

    def settle(self) -> None:
        """The zoom has come to rest: from now on the picture is sharp."""
        self._settled = True
        self.update()

    def _reveal(self, node: int, animated: bool = True) -> None:
        """Bring a node into sight, above the map; in a picture that shows the whole graph it is."""
        if self._model is None:
            return
        camera, size = self._way[1] if self._way else self._camera, self._view()
        if camera.visible(*size).contains(self._model.bounds):
            return
        width, height = self.width(), self.height() - self._band().height
        goal = cameras.revealing(camera, self._model.box(node), width, height, above=self._taken_above())
        if goal != camera:
            home = self._home
            self._go(goal, animated)
            self._home = home

    def _go(self, goal: Camera, animated: bool) -> None:
        self._home = ""
        if animated and self.isVisible():
            self._way = (self._camera, goal, 0.0)
            self._start_clock()
        else:
            self._way = None
            self._set_camera(goal)

    def _start_clock(self) -> None:
        if not self._timer.isActive():
            self._last_tick = time.perf_counter()
            self._timer.start()

    def _look(self, camera: Camera) -> None:
        self._way, self._home = None, ""
        self._set_camera(camera)

    def _set_camera(self, camera: Camera) -> None:
        zoom_before = self._camera.zoom
        self._camera, self._moving = camera.snapped(self.devicePixelRatioF()), None
        if self._camera.zoom != zoom_before:
            self._settled = not self.isVisible()
            self._settling.start()
            self.zoom_changed.emit(self._camera.zoom)
        self.update()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.advance(now - self._last_tick)
        self._last_tick = now

    def _has(self, entry: int) -> bool:
        return self._model is not None and 0 <= entry < self._model.entries

    def _map_area(self) -> QRectF | None:
        """Where the map of the whole graph lies; None where it is not needed."""
        return self._band().chart

    def _on_screen(self, box: Box) -> QRectF:
        """A box of the graph in pixels of the widget."""
        low, high = self._camera.to_screen(box.left, box.top), self._camera.to_screen(box.right, box.bottom)
        return QRectF(QPointF(*low), QPointF(*high))

    def _repaint_all(self) -> None:
        self._moving = None
        self._backing.forget()
        self._minimap.forget()
        self.update()

    # --- painting --------------------------------------------------------------------------------------

    def render(self, painter: QPainter, rect: QRectF, theme: Theme, whole: bool = True) -> None:  # type: ignore[override]
        """Paint into `rect` of any painter, for export: the whole graph, or what is in view."""
        if self._model is None or self._snapshot is None:
            return
        box = self._model.bounds if whole else self._camera.visible(self.width(), self.height())
        margin = 24.0 if whole else 0.0
        camera = cameras.fitted(box, rect.width(), rect.height(), margin, cameras.MAX_ZOOM)
        camera = camera.panned(rect.x(), rect.y())
        paint_graph(painter, self._model, self._snapshot, camera, rect, theme, Detail.NEAR if whole else None)
        paint_captions(painter, self._model, camera, (rect.width(), rect.height()), theme)
        paint_overlay(painter, self._model, self._snapshot, Focus(), camera, theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_on(painter, event.region())
        painter.end()

    def paint_on(self, painter: QPainter, region: QRegion | None = None) -> None:
        """Paint what the widget shows now, all or a region of it; its paint event without the window system."""
        if self._model is None or self._snapshot is None or not len(self._model):
            self._paint_placeholder(painter)
            found = self._band()
            if found.announcement is not None:
                paint_announcement(painter, self.announced, found.announcement, self._theme)
            return
        size = (self.width(), self.height())
        if self._settled or not self._backing.stretched(painter, self._camera, size, self._theme):
            ratio = self.devicePixelRatioF()
            picture = self._backing.picture(self._model, self._snapshot, self._camera, size, ratio, self._theme)
            # one by one, for a clip of many parts is slow
            for part in region or QRegion(self.rect()):  # type: ignore[attr-defined]
                source = QRectF(part.toRectF().topLeft() * ratio, part.size() * ratio)
                painter.drawPixmap(part, picture, source.toRect())
        if region is not None:
            painter.setClipRegion(region)
        if self._light.found or self._light.lit is not None:
            area = QRectF(self.rect())
            spotlight.paint(painter, self._model, self._snapshot, self._light, self._camera, area, self._theme)
        paint_captions(painter, self._model, self._camera, size, self._theme)
        paint_overlay(painter, self._model, self._snapshot, self._focus, self._camera, self._theme, self._moving)
        spotlight.paint_moves(painter, self._model, self._light, self._camera, self._theme)
        if self._stale:
            painter.fillRect(self.rect(), self._theme.color("canvas", 150))
        self._paint_band(painter)

    def _paint_band(self, painter: QPainter) -> None:
        """What explains the picture, below it."""
        found, theme = self._band(), self._theme
        if not found.height or self._model is None or self._snapshot is None:
            return
        top = self.height() - found.height
        painter.fillRect(QRectF(0, top, self.width(), found.height), theme.color("canvas"))
        painter.setPen(theme.color("border"))
        painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
        if found.chart is not None:
            size = self.width(), round(top)
            self._minimap.paint(painter, self._model, self._snapshot, self._camera, size, found.chart, theme)
        if found.scale is not None and self._snapshot.weights is not None:
            paint_scale(painter, self._snapshot.weights(), self._weighting, found.scale, theme)
        if found.legend is not None:
            paint_legend(painter, found.legend, theme)
        if found.announcement is not None:
            paint_announcement(painter, self.announced, found.announcement, theme)

    def _paint_placeholder(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.color("canvas"))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.placeholder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._go_home()

    def sizeHint(self) -> QSize:
        return QSize(720, 520)
