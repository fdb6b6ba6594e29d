"""How fast the graph canvas is, beside what QPainter needs for the bare shapes.

Run `python -m tests.bench.canvas [COUNT ...]`. Prints milliseconds of processor time for a view of 1280 x 800.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from explorer.graph import paths
from explorer.graph.painting import enter_world, world
from explorer.graph.scene import GraphModel
from explorer.graph.view import GraphView
from explorer.theme import LIGHT
from tests.explorer.graph.fakes import grid_model, states_after

SIZE = (1280, 800)
ROUNDS = 40


def timed(work: Callable[[int], None], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for k in range(rounds):
        start = time.process_time()
        work(k)
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times), sorted(times)[int(0.95 * rounds)]


def opened(model: GraphModel, zoom: float | None) -> tuple[GraphView, QPixmap]:
    """A view in the middle of the run, and a pixmap to draw it on."""
    view, screen = GraphView(), QPixmap(*SIZE)
    view.resize(*SIZE)
    view.follow = False
    view.show_graph(model)
    show(view, model, len(model) // 2)
    if zoom is not None:
        view.zoom_by(zoom / view.camera.zoom)
    view.center_on(len(model) // 2)
    view.grab()
    return view, screen


def show(view: GraphView, model: GraphModel, done: int) -> None:
    states, edge_states = states_after(model, len(model), done)
    view.show_frame(states, "{:.4g}".format, "v̄ = {:.3g}".format, len(model) - done, edge_states)


def measure(model: GraphModel, zoom: float | None) -> list[float]:
    """Pan 95 %, zoom 95 %, one step, full repaint, bare QPainter."""
    view, screen = opened(model, zoom)

    def paint() -> None:
        painter = QPainter(screen)
        view.paint_on(painter)
        painter.end()

    def pan(k: int) -> None:
        view.pan_by(*((-7, 4) if k < ROUNDS / 2 else (7, -4)))
        paint()

    def zoom_in(k: int) -> None:
        view.zoom_by(1.01 if k < ROUNDS / 2 else 1 / 1.01)
        paint()

    prepared = [states_after(model, len(model), len(model) // 2 + k) for k in range(ROUNDS)]

    def step(k: int) -> None:
        states, edge_states = prepared[k]
        current = len(model) - len(model) // 2 - k
        view.show_frame(states, "{:.4g}".format, "v̄ = {:.3g}".format, current, edge_states)
        paint()

    def all_new(k: int) -> None:
        view.set_theme(LIGHT)
        paint()

    paint()
    painter_alone = timed(lambda k: bare(view, screen))[0]
    return [timed(pan)[1], timed(zoom_in)[1], timed(step)[0], timed(all_new)[0], painter_alone]


def bare(view: GraphView, screen: QPixmap) -> None:
    """The same boxes and curves, one path each, cosmetic pens, no text: what QPainter itself costs."""
    model = view.model
    assert model is not None
    seen = world(view.camera, QRectF(0, 0, *SIZE))
    painter = QPainter(screen)
    painter.fillRect(0, 0, *SIZE, LIGHT.color("canvas"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    enter_world(painter, view.camera)
    pen = QPen(LIGHT.color("edge"), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPath(paths.curves(model.points, model.starts, model.edges_in(seen)))
    painter.setBrush(LIGHT.color("card"))
    painter.drawPath(paths.rounded(model.boxes[model.nodes_in(seen)], 9.0))
    painter.end()


def main(counts: list[int]) -> None:
    """Print the table."""
    app = QApplication.instance() or QApplication([])
    print(f"{'nodes':>8} {'view':>7} {'seen':>7} {'pan p95':>8} {'zoom p95':>9} {'step':>7} {'all':>7} {'bare':>7}")
    for count in counts:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        model = grid_model(count, max(4, round((count * 0.9) ** 0.5)))
        for name, zoom in (("whole", None), ("far", 0.06), ("middle", 0.25), ("near", 0.8)):
            view, _ = opened(model, zoom)
            seen = len(model.nodes_in(view.camera.visible(*SIZE)))
            figures = measure(model, zoom)
            print(f"{count:>8} {name:>7} {seen:>7} " + " ".join(f"{f:>7.2f}" for f in figures))
        used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"{'':>8} {used:.0f} MB more at the peak than before")
    del app


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [100, 1_000, 10_000, 100_000])
