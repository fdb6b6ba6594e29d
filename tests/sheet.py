"""The graph in all its sizes, to look at: `python -m tests.sheet [WORD ...]` writes pictures to build/sheet.

From the seed function to 100,000 nodes, light and dark; with words, only pictures whose name has one of them.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.app import application
from explorer.drawing.picture import Picture, picture_of, refolded, snapshot
from explorer.graph.text import width
from explorer.graph.view import GraphView
from explorer.look.theme import DARK, LIGHT
from explorer.model.document import Document
from explorer.storage.examples import example
from tests.shots import sixty_nodes

FOLDER = Path("build/sheet")
SIZE = (1280, 800)
NEWTON = """def newton(a):
    x = a
    for i in range(1000):
        x = x - (x*x - a)/(2*x)
    return x
"""
MLP = """def neuron(inputs, number, w):
    total = 0.1*number
    for i, x in enumerate(inputs):
        total = total + (w + 0.3*i - 0.2*number)*x
    return total

def layer(inputs, size, w):
    return [tanh(neuron(inputs, k + 1, w)) for k in range(size)]

def mlp(a, b, w):
    hidden = layer([a, b], 16, w)
    hidden = layer(hidden, 16, w)
    return neuron(hidden, 1, w)
"""


def mlp() -> Document:
    """MLP(2, 16, 16, 1) in scalars: about a thousand operations."""
    return Document(text=MLP, inputs={"a": 0.5, "b": -0.3, "w": 0.7})


def huge() -> Document:
    """A hundred thousand operations: four hundred chains, each mixed with the next in every pass."""
    text = (
        "def f(a, b):\n    xs = [a*(k + 1) for k in range(400)]\n    for i in range(62):\n"
        "        for k in range(400):\n            xs[k] = sin(xs[k]*b) + xs[(k + 1) % 400]*0.1\n    return sum(xs)\n"
    )
    return Document(text=text, inputs={"a": 0.1, "b": 1.1})


def picture(document: Document) -> Picture:
    program = parse(document.text)
    run = record(program, {one.name: document.inputs[one.name] for one in program.inputs})
    return picture_of(Timeline.of(run), measure=width)


def shoot(name: str, drawn: Picture, at: float = 0.75, zoom: float | None = None, weights: str = "off") -> None:
    """Write a picture in both themes, at a share of the steps."""
    frame = drawn.timeline.frame(round(at * len(drawn.timeline)))
    for theme in (LIGHT, DARK):
        view = GraphView()
        view.resize(*SIZE)
        view.set_theme(theme)
        view.follow = False
        view.show_graph(drawn.model)
        view.show_weights(weights)
        view.show_snapshot(snapshot(drawn, frame))
        if zoom is not None:
            view.zoom_by(zoom / view.camera.zoom)
            view.center_on(frame.current if frame.current is not None else 0, animated=False)
        view.grab().save(str(FOLDER / f"{name}-{theme.name}.png"))
        print(FOLDER / f"{name}-{theme.name}.png")


def deeper(drawn: Picture, depth: int) -> Picture:
    return refolded(drawn, drawn.tree.to_depth(depth))


def whole(drawn: Picture) -> Picture:
    return refolded(drawn, None)


def pictures() -> dict[str, Callable[[str], None]]:
    """What writes each picture, by name."""
    return {
        "seed": lambda name: shoot(name, picture(example("seed"))),
        "baydin": lambda name: shoot(name, picture(example("baydin"))),
        "logistic": lambda name: shoot(name, picture(example("logistic"))),
        "network": lambda name: shoot(name, picture(example("network"))),
        "sixty": lambda name: shoot(name, picture(sixty_nodes())),
        "sixty-whole": lambda name: shoot(name, whole(picture(sixty_nodes()))),
        "sixty-weights": lambda name: shoot(name, whole(picture(sixty_nodes())), 1.0, weights="width"),
        "mlp-folded": lambda name: shoot(name, picture(mlp())),
        "mlp-open": lambda name: shoot(name, deeper(picture(mlp()), 3)),
        "mlp-whole": lambda name: shoot(name, whole(picture(mlp()))),
        "newton-folded": lambda name: shoot(name, picture(Document(text=NEWTON, inputs={"a": 3.0}))),
        "newton-open": lambda name: shoot(name, opened(picture(Document(text=NEWTON, inputs={"a": 3.0})), 2502)),
        "huge-folded": lambda name: shoot(name, picture(huge())),
        "huge": shoot_huge,
    }


def opened(drawn: Picture, entry: int) -> Picture:
    """With every group open that hides an entry."""
    around = {group.number for group in drawn.tree.around(entry)}
    return refolded(drawn, frozenset(around) | (drawn.opened or frozenset()))


def shoot_huge(name: str) -> None:
    """The hundred thousand, far, in the middle and near."""
    drawn = whole(picture(huge()))
    for view, zoom in (("far", None), ("middle", 0.25), ("near", 0.8)):
        shoot(f"{name}-{view}", drawn, 0.75, zoom)


def main(words: list[str]) -> None:
    """Write all pictures, or those whose names have one of the words."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    app = application()
    for name, write in pictures().items():
        if not words or any(word in name for word in words):
            write(name)
    del app


if __name__ == "__main__":
    main(sys.argv[1:])
