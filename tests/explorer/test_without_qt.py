"""Model, drawing, lessons, outlines and report need no window: they work where PySide6 is not installed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
"""

EVERYTHING = """
import importlib, pkgutil
import explorer.drawing, explorer.lessons, explorer.model

for package in (explorer.drawing, explorer.lessons, explorer.model):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
        print(module.name)
"""

SEED = """
import numpy as np

from core import parse
from core.run import record
from core.timeline import State, Timeline
from explorer.drawing.texts.brief import brief_texts
from explorer.drawing.measure import estimated
from explorer.drawing.picture import picture_of, snapshot
from explorer.drawing.scene import EdgeState
from explorer.model.playhead import Playhead
from explorer.model.rows import gradient_rows
from explorer.model.shown import Shown

run = record(parse("z = 3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0})
timeline = Timeline.of(run)
shown, head = Shown(), Playhead(last=len(timeline))
shown.show(timeline, picture_of(timeline))
model = shown.picture.model
assert len(model) == len(run.tape) and np.isfinite(model.positions).all() and (model.sizes > 0).all()

told = 0
while True:
    shown.go_to(head.step)
    seen = snapshot(shown.picture, shown.frame)
    for node in range(len(model)):
        state, entry = State(int(seen.states[node])), model.entries_of(node)[0]
        assert (seen.primal_text(node) == "") == (shown.frame.primal(entry) is None)
        assert (seen.adjoint_text(node) == "") == (shown.frame.adjoint(entry) is None)
        told += state != State.PENDING
    assert [EdgeState(state) for state in seen.edge_states.tolist()]
    texts = {written[0] for written in brief_texts(model, seen, np.arange(len(model)), 1.0, estimated)}
    signs = {model.sign(node) for node in range(len(model))} - {""}
    assert {"w1", "w2"} | signs <= texts and "+" in signs, (signs, texts)
    if head.step == head.last:
        break
    head.advance()

assert head.step == len(timeline) and told
rows = {row.name: row.value for row in gradient_rows(shown.frame, {})}
assert list(rows.values()) == [36.0, 10.0], rows  # by hand: 6 w1 + 2 w2, and 2 w1
texts = [seen.adjoint_text(model.node_of(run.inputs[name])) for name in ("w1", "w2")]
assert [text.rpartition(" = ")[2] for text in texts] == ["36", "10"], texts
assert (seen.edge_states == EdgeState.USED).all()
print("drawn")
"""

OUTLINES = """
import pathlib, sys
from explorer.cli import main

folder = pathlib.Path(sys.argv[1])
files = [str(folder / f"graph{ending}") for ending in (".dot", ".mmd", ".graphml")]
status = main(["3*w1**2 + 2*w1*w2", "--at", "w1=5", "w2=3", "--print", "--export", *files])
assert status == 0 and all("36" in pathlib.Path(file).read_text(encoding="utf-8") for file in files)
"""


def without_qt(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a program does in a Python that has no Qt."""
    command = [sys.executable, "-c", BLOCKED + program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def modules(folder: str) -> set[str]:
    names = (path.relative_to(ROOT).with_suffix("").parts for path in (ROOT / folder).rglob("*.py"))
    return {".".join(parts) for parts in names if parts[-1] != "__init__"}


def test_all_of_model_and_drawing_is_imported() -> None:
    done = without_qt(EVERYTHING)
    assert not done.returncode, done.stderr
    assert modules("explorer/model") | modules("explorer/drawing") <= set(done.stdout.split())


def test_the_seed_function_is_drawn_and_every_step_is_read() -> None:
    done = without_qt(SEED)
    assert (done.returncode, done.stdout) == (0, "drawn\n"), done.stderr


def test_outlines_and_the_report_are_written(tmp_path: Path) -> None:
    done = without_qt(OUTLINES, str(tmp_path))
    assert not done.returncode, done.stderr
    assert "36" in done.stdout


@pytest.mark.parametrize("name", ["PySide6.QtCore", "shiboken6", "pyqtgraph", "explorer.graph.text"])
def test_a_window_would_be_noticed(name: str) -> None:
    done = without_qt(f"import {name}")
    assert done.returncode and "is blocked" in done.stderr
