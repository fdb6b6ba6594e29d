"""The graph as a picture: SVG with text as text, PNG, PDF, and all of it for the clipboard; painted as in the window.

Knows jobs and painters; knows no window.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from explorer.export.job import Job
from explorer.graph.camera import Camera
from explorer.graph.overlay import Focus, paint_overlay
from explorer.graph.painting import Detail, paint_graph

MARGIN = 24.0
LARGEST_SIDE = 16_000


def write_svg(job: Job, file: Path) -> None:
    """The graph as SVG."""
    file.write_bytes(svg_bytes(job))


def svg_bytes(job: Job) -> bytes:
    """The graph as the text of an SVG file."""
    width, height = _size(job)
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
    return bytes(buffer.data().data())


def write_png(job: Job, file: Path) -> None:
    """The graph as PNG, `job.scale` pixels for a point; smaller where a side would pass 16,000 pixels."""
    if not image_of(job).save(str(file), "PNG"):  # type: ignore[call-overload]
        raise OSError("the picture could not be encoded")


def image_of(job: Job) -> QImage:
    """The graph as an image."""
    width, height = _size(job)
    scale = min(job.scale, LARGEST_SIDE / max(width, height))
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise OSError("there is not enough memory for a picture of this size")
    image.fill(job.theme.color("canvas"))
    _paint(QPainter(image), job, scale)
    return image


def write_pdf(job: Job, file: Path) -> None:
    """The graph on one PDF page of its size."""
    width, height = _size(job)
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    _paint(QPainter(writer), job, writer.resolution() / 72)


def clipboard_data(job: Job) -> QMimeData:
    """The graph for the clipboard, as an image and as SVG; who pastes takes what he can."""
    data = QMimeData()
    data.setImageData(image_of(job))
    data.setData("image/svg+xml", QByteArray(svg_bytes(job)))
    return data


def _size(job: Job) -> tuple[float, float]:
    bounds = job.bounds
    return bounds.width + 2 * MARGIN, bounds.height + 2 * MARGIN


def _paint(painter: QPainter, job: Job, scale: float) -> None:
    width, height = _size(job)
    camera = Camera(job.bounds.left - MARGIN, job.bounds.top - MARGIN, scale)
    area = QRectF(0, 0, width * scale, height * scale)
    paint_graph(painter, job.model, job.shown, camera, area, job.theme, Detail.NEAR)
    paint_overlay(painter, job.model, job.shown, Focus(), camera, job.theme)
    painter.end()
