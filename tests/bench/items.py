"""The usual way to draw a graph in Qt, as a peer: a scene with an item for each node, text and edge."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from explorer.drawing.scene import GraphModel
from explorer.graph import paths

MOST_ITEMS = 10_000


def item_scene(model: GraphModel, size: tuple[int, int]) -> QPixmap:
    """Build the scene, fit it into a view and paint it once."""
    scene = QGraphicsScene()
    for edge in range(len(model.edges)):
        scene.addPath(paths.curves(model.points, model.starts, np.array([edge])))
    for node in range(len(model)):
        left, top, right, bottom = model.box(node)
        scene.addRect(QRectF(left, top, right - left, bottom - top))
        text = scene.addSimpleText(model.title(node) + model.formula(node))
        text.setPos(left + 12, top + 10)
    view = QGraphicsView(scene)
    view.resize(*size)
    view.fitInView(scene.sceneRect())
    return view.grab()
