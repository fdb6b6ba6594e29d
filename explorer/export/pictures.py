"""The graph as a picture: SVG with text as text, PNG, PDF, and all of it for the clipboard; painted as in the window.

Knows jobs and painters; knows no window.
"""

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from core.basics.words import say
from explorer.drawing.camera import Camera
from explorer.drawing.levels import Detail
from explorer.export.characters import for_xml
from explorer.export.job import Job
from explorer.graph.overlay import Focus, paint_overlay
from explorer.graph.painting import paint_graph
from explorer.graph.text import width as text_width
from explorer.look.theme import DARK, LIGHT, Theme

MARGIN = 24.0
LARGEST_SIDE = 16_000


def in_fonts(job: Job) -> Job:
    """The job with its texts measured in the fonts that they will be painted in."""
    if job.picture is not None or job.measure is text_width:
        return job
    ensure_application()
    return replace(job, measure=text_width)


def theme_of(job: Job) -> Theme:
    """Light or dark, in the colours of the sweep."""
    return (DARK if job.dark else LIGHT).for_sweep(job.drawn.timeline.second_sweep)


def write_svg(job: Job, file: Path) -> None:
    """The graph as SVG."""
    file.write_bytes(svg_bytes(job))


def svg_bytes(job: Job) -> bytes:
    """The graph as the text of an SVG file."""
    job = in_fonts(job)
    width, height = size(job)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(width), round(height)))
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setResolution(96)  # so that a point is a pixel in a browser
    generator.setTitle("Tape Explorer")
    generator.setDescription(job.run.program.text)
    _paint(QPainter(generator), job, 1.0)
    return for_xml(bytes(buffer.data().data()).decode()).encode()


def write_png(job: Job, file: Path) -> None:
    """The graph as PNG, `job.scale` pixels for a point; smaller where a side would pass 16,000 pixels."""
    if not image_of(job).save(str(file), "PNG"):  # type: ignore[call-overload]
        raise OSError(say("export.picture-could-not-encoded", "the picture could not be encoded"))


def image_of(job: Job) -> QImage:
    """The graph as an image."""
    job = in_fonts(job)
    width, height, scale = pixels(job)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise OSError(say("export.not-enough-memory-picture", "there is not enough memory for a picture of this size"))
    image.fill(theme_of(job).color("canvas"))
    _paint(QPainter(image), job, scale)
    return image


def pixels(job: Job) -> tuple[int, int, float]:
    """The size of the image, and its scale: the job's, or what keeps a side from passing 16,000 pixels."""
    width, height = size(job)
    scale = min(job.scale, LARGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale)), scale


def write_pdf(job: Job, file: Path) -> None:
    """The graph on one PDF page of its size."""
    job = in_fonts(job)
    width, height = size(job)
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    _paint(QPainter(writer), job, writer.resolution() / 72)


def size(job: Job) -> tuple[float, float]:
    """Width and height of the picture in points."""
    bounds = in_fonts(job).bounds
    return bounds.width + 2 * MARGIN, bounds.height + 2 * MARGIN


def _paint(painter: QPainter, job: Job, scale: float) -> None:
    width, height = size(job)
    camera = Camera(job.bounds.left - MARGIN, job.bounds.top - MARGIN, scale)
    area = QRectF(0, 0, width * scale, height * scale)
    paint_graph(painter, job.model, job.shown, camera, area, theme_of(job), Detail.NEAR)
    paint_overlay(painter, job.model, job.shown, Focus(), camera, theme_of(job))
    painter.end()


def ensure_application() -> None:
    """Fonts need an application object; without a window it needs no screen."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        global _application
        _application = QGuiApplication(["tape-explorer"])


_application: QGuiApplication | None = None
