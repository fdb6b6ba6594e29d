"""What an export will look like, small: the same painter as on the canvas, fitted into a frame.

Knows jobs of the export; knows no file and no window.
"""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.basics.words import say
from explorer.drawing.camera import Camera
from explorer.drawing.levels import Detail
from explorer.export.job import Job
from explorer.export.pictures import MARGIN, in_fonts, theme_of
from explorer.graph.overlay import Focus, paint_overlay
from explorer.graph.painting import paint_graph

READABLE = 80  # nodes up to which everything is drawn, however small
ROUND = 8.0


class ExportPreview(QWidget):
    """Shows one job, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("export_preview")
        self.setAccessibleName(say("exporting.preview-picture", "Preview of the picture"))
        self.setToolTip(say("exporting.how-picture-will-look", "How the picture will look"))
        self.setMinimumHeight(220)
        self._job: Job | None = None

    def show_job(self, job: Job) -> None:
        """Show what this job will write."""
        self._job = in_fonts(job)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._job is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, job = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._job
        frame = QPainterPath()
        frame.addRoundedRect(area, ROUND, ROUND)
        painter.setClipPath(frame)
        painter.fillPath(frame, theme_of(job).color("canvas"))
        self._paint_graph(painter, job)
        painter.setClipping(False)
        painter.setPen(QPen(theme_of(job).color("border_strong"), 1))
        painter.drawPath(frame)
        painter.end()

    def _paint_graph(self, painter: QPainter, job: Job) -> None:
        bounds = job.bounds.grown(MARGIN)
        zoom = min(self.width() / bounds.width, self.height() / bounds.height, 1.0)
        middle, centre = (self.width() / 2, self.height() / 2), bounds.center
        camera = Camera(centre[0] - middle[0] / zoom, centre[1] - middle[1] / zoom, zoom)
        left, top = camera.to_screen(bounds.left, bounds.top)
        part = QRectF(left, top, bounds.width * zoom, bounds.height * zoom)
        painter.save()
        painter.setClipRect(part)
        detail = Detail.NEAR if len(job.model.nodes_in(bounds)) <= READABLE else None
        paint_graph(painter, job.model, job.shown, camera, part, theme_of(job), detail)
        paint_overlay(painter, job.model, job.shown, Focus(), camera, theme_of(job))
        painter.restore()
