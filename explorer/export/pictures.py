"""The graph as a picture: SVG with text as text, PNG at twice the size, PDF. Painted by the window's own painter.

Knows pictures and themes; knows no window. Starts a Qt application without a screen when there is none.
"""

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from core.record import Run
from core.timeline import Timeline
from explorer.graph.camera import Camera
from explorer.graph.overlay import Focus, paint_overlay
from explorer.graph.painting import Detail, paint_graph
from explorer.graph.scene import GraphModel, Snapshot
from explorer.picture import picture_of, snapshot
from explorer.theme import DARK, LIGHT, Theme

MARGIN = 24.0
LARGEST_SIDE = 16_000


def write_svg(run: Run, file: Path, step: int | None = None, dark: bool = False) -> None:
    """The whole graph as SVG."""
    model, shown = _picture(run, step)
    width, height = _size(model)
    generator = QSvgGenerator()
    generator.setFileName(str(file))
    generator.setSize(QSize(round(width), round(height)))
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setTitle("Tape Explorer")
    generator.setDescription(run.program.text)
    _paint(QPainter(generator), model, shown, 1.0, _theme(dark))


def write_png(run: Run, file: Path, step: int | None = None, dark: bool = False, scale: float = 2.0) -> None:
    """The whole graph as PNG, `scale` pixels for a point; smaller where a side would pass 16,000 pixels."""
    model, shown = _picture(run, step)
    width, height = _size(model)
    scale = min(scale, LARGEST_SIDE / max(width, height))
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(_theme(dark).color("canvas"))
    _paint(QPainter(image), model, shown, scale, _theme(dark))
    if not image.save(str(file), "PNG"):  # type: ignore[call-overload]
        raise OSError("the picture could not be encoded")


def write_pdf(run: Run, file: Path, step: int | None = None, dark: bool = False) -> None:
    """The whole graph on one PDF page of its size."""
    model, shown = _picture(run, step)
    width, height = _size(model)
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    _paint(QPainter(writer), model, shown, writer.resolution() / 72, _theme(dark))


def _theme(dark: bool) -> Theme:
    return DARK if dark else LIGHT


def _picture(run: Run, step: int | None) -> tuple[GraphModel, Snapshot]:
    if not len(run.tape):
        raise ValueError("nothing was recorded, so there is no graph")
    _ensure_application()
    timeline = Timeline.of(run)
    picture = picture_of(timeline)
    return picture.model, snapshot(picture, timeline.frame(len(timeline) if step is None else step))


def _ensure_application() -> None:
    """Fonts need an application object; without a window it needs no screen."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        global _application
        _application = QGuiApplication(["tape-explorer"])


_application: QGuiApplication | None = None


def _size(model: GraphModel) -> tuple[float, float]:
    bounds = model.bounds
    return bounds.width + 2 * MARGIN, bounds.height + 2 * MARGIN


def _paint(painter: QPainter, model: GraphModel, shown: Snapshot, scale: float, theme: Theme) -> None:
    width, height = _size(model)
    camera = Camera(model.bounds.left - MARGIN, model.bounds.top - MARGIN, scale)
    area = QRectF(0, 0, width * scale, height * scale)
    paint_graph(painter, model, shown, camera, area, theme, Detail.NEAR)
    paint_overlay(painter, model, shown, Focus(), camera, theme)
    painter.end()
