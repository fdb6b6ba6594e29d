"""How fast the graph canvas is, beside bare QPainter and one item per node.

Run `python -m tests.bench.canvas [COUNT ...]`. Prints milliseconds of processor time for a view of 1280 x 800: first
frames, then from the tape to a picture (folded, whole, and whole as a QGraphicsScene).
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

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.picture import Picture, picture_of, refolded, snapshot
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import paths
from explorer.graph.painting import enter_world, world
from explorer.graph.text import width
from explorer.graph.view import GraphView
from explorer.look.theme import LIGHT
from tests.bench.items import MOST_ITEMS, item_scene
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
    view.show()
    view.show_graph(model)
    show(view, model, len(model) // 2)
    if zoom is not None:
        view.zoom_by(zoom / view.camera.zoom)
    if zoom is None:
        view.fit(animated=False)
    view.center_on(len(model) // 2)
    view.settle()
    view.grab()
    return view, screen


def show(view: GraphView, model: GraphModel, done: int) -> None:
    states, edge_states = states_after(model, len(model), done)
    view.show_snapshot(Snapshot(states, "{:.4g}".format, "v̄ = {:.3g}".format, len(model) - done, edge_states))


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
        view.show_snapshot(Snapshot(states, "{:.4g}".format, "v̄ = {:.3g}".format, current, edge_states))
        paint()

    def settled(work: Callable[[int], None]) -> Callable[[int], None]:
        view.settle()
        paint()
        return work

    def all_new(k: int) -> None:
        view.set_theme(LIGHT)
        paint()

    paint()
    painter_alone = timed(lambda k: bare(view, screen), rounds=5)[0]
    panned, zoomed = timed(settled(pan))[1], timed(zoom_in)[1]
    return [panned, zoomed, timed(settled(step))[0], timed(settled(all_new))[0], painter_alone]


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


def first_pictures(count: int) -> list[float]:
    """From a tape of about `count` entries to the folded picture, to the whole one, and to a scene of items."""
    text = f"def f(a, x):\n    for i in range({count // 3}):\n        x = sin(x*a) + x\n    return x\n"
    timeline = Timeline.of(record(parse(text), {"a": 0.5, "x": 1.0}))
    found: list[Picture] = []
    folded = once(lambda: found.append(painted(picture_of(timeline, measure=width))))
    whole = once(lambda: found.append(painted(refolded(found[0], None))))
    items = once(lambda: item_scene(found[1].model, SIZE)) if count <= MOST_ITEMS else float("nan")
    return [folded, whole, items]


def once(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of one call."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def painted(picture: Picture) -> Picture:
    """The picture, shown in a new view at its last step and painted once."""
    view = GraphView()
    view.resize(*SIZE)
    view.show_graph(picture.model)
    view.show_snapshot(snapshot(picture, picture.timeline.frame(len(picture.timeline))))
    view.grab()
    return picture


def peak() -> float:
    """The most memory that this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(counts: list[int] | None = None) -> None:
    """Print the tables."""
    app = QApplication.instance() or QApplication([])
    counts = counts or [100, 1_000, 10_000, 100_000]
    print(f"{'nodes':>8} {'view':>7} {'seen':>7} {'pan p95':>8} {'zoom p95':>9} {'step':>7} {'all':>7} {'bare':>7}")
    for count in counts:
        before = peak()
        model = grid_model(count, max(4, round((count * 0.9) ** 0.5)))
        opened(model, None)
        used = peak() - before
        for name, zoom in (("whole", None), ("far", 0.06), ("middle", 0.25), ("near", 0.8)):
            view, _ = opened(model, zoom)
            seen = len(model.nodes_in(view.camera.visible(*SIZE)))
            figures = measure(model, zoom)
            print(f"{count:>8} {name:>7} {seen:>7} " + " ".join(f"{f:>7.2f}" for f in figures))
        print(f"{'':>8} the first view took {used:.0f} MB more than the peak before it")
    print(f"\n{'from the tape:':>16} {'folded':>9} {'whole':>9} {'items':>9}")
    for count in counts:
        print(f"{count:>16,} " + " ".join(f"{figure:>9.1f}" for figure in first_pictures(count)))
    del app


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]])
