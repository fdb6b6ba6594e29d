"""Every export is read back by somebody else's reader: Graphviz, networkx, an image reader, an XML parser."""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from itertools import product
from pathlib import Path

import networkx
import pytest
from PySide6.QtGui import QImage

from core.language import parse
from core.run import Run, record
from core.timeline import Timeline
from explorer.drawing.camera import Box
from explorer.drawing.picture import picture_of, refolded
from explorer.export import FORMATS, WRITERS, export, export_run
from explorer.export.clipboard import clipboard_data, copied
from explorer.export.job import Job
from explorer.export.outline import dot_source, mermaid_source
from explorer.export.pictures import image_of, size
from explorer.parts.exporting.preview import ExportPreview

SEED = "3*w1**2 + 2*w1*w2"
LOOP = "def f(a):\n    x = a\n    for i in range(3):\n        x = sin(x)*a\n    return x\n"

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def run() -> Run:
    return record(parse(SEED), {"w1": 5.0, "w2": 3.0})


def texts(svg: bytes) -> str:
    nodes = ElementTree.fromstring(svg).iter()
    return " ".join("".join(node.itertext()) for node in nodes if node.tag.endswith("text"))


def test_svg_keeps_text_as_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.svg"
    export_run(run, file)
    found = texts(file.read_bytes())
    assert all(word in found for word in ("w1", "v4", "105", "36"))


def test_without_values_only_the_graph_is_left(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.svg"
    export_run(run, file, values=False)
    found = texts(file.read_bytes())
    assert "v4" in found and "105" not in found and "36" not in found


@pytest.mark.parametrize("dark", [False, True])
def test_png_has_the_scale_and_the_theme(run: Run, tmp_path: Path, dark: bool) -> None:
    sizes = []
    for scale in (1.0, 3.0):
        export_run(run, tmp_path / "graph.png", dark=dark, scale=scale)
        image = QImage(str(tmp_path / "graph.png"))
        sizes.append(image.width())
        assert image.pixelColor(1, 1).name() == Job(run, dark=dark).colors.canvas
    assert sizes[1] == pytest.approx(3 * sizes[0], abs=3)


def test_what_is_seen_is_cut_out(run: Run, tmp_path: Path) -> None:
    export_run(run, tmp_path / "part.png", scale=1.0, seen=Box(0, 0, 200, 100))
    image = QImage(str(tmp_path / "part.png"))
    assert (image.width(), image.height()) == (248, 148)


def test_pdf_is_one_page(run: Run, tmp_path: Path) -> None:
    export_run(run, tmp_path / "graph.pdf")
    data = (tmp_path / "graph.pdf").read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") and b"/Count 1" in data
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert box and [float(side) for side in box.groups()] == pytest.approx(size(Job(run)), abs=1)
    assert b"/FontFile2" in data or b"/FontFile3" in data  # text is text


def test_graphml_is_read_back_by_networkx(run: Run, tmp_path: Path) -> None:
    export_run(run, tmp_path / "graph.graphml")
    graph = networkx.read_graphml(tmp_path / "graph.graphml")
    assert len(graph) == len(run.tape) and graph.number_of_edges() == 7
    labels = {data["label"]: data for _, data in graph.nodes(data=True)}
    assert labels["w1"]["adjoint"] == "36" and labels["w2"]["value"] == "3"


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("text", [SEED, LOOP])
def test_dot_is_read_by_graphviz(text: str, tmp_path: Path) -> None:
    run = record(parse(text), {name.name: 2.0 for name in parse(text).inputs})
    picture = picture_of(Timeline.of(run))
    file = tmp_path / "graph.dot"
    export(Job(run, picture=refolded(picture, picture.tree.to_depth(2))), file)
    done = subprocess.run(["dot", "-Tplain", str(file)], capture_output=True, text=True, check=True)
    nodes = [line for line in done.stdout.splitlines() if line.startswith("node ")]
    assert len(nodes) == len(refolded(picture, picture.tree.to_depth(2)).model)


def test_open_groups_are_clusters(run: Run) -> None:
    loop = record(parse(LOOP), {"a": 2.0})
    picture = picture_of(Timeline.of(loop))
    job = Job(loop, picture=refolded(picture, picture.tree.to_depth(2)))
    assert dot_source(job).count("subgraph cluster_") == 1 and dot_source(job).count("box3d") == 3
    chart = mermaid_source(job)
    assert chart.startswith("flowchart LR\n") and chart.count("subgraph") == 1 == chart.count("\n  end")
    assert chart.count("-->") == len(job.model.edges)


def test_words_of_other_languages_are_escaped() -> None:
    text = "def f(x):\n    return where(x > 0, x, 0)\n"
    run = record(parse(text), {"x": 2.0})
    for line in mermaid_source(Job(run)).splitlines()[1:]:
        assert line.count('"') in (0, 2)


def test_the_clipboard_gets_an_image_and_svg(run: Run) -> None:
    data = clipboard_data(copied(Job(run, scale=1.0), FORMATS[0]))
    assert data.hasImage() and "w1" in texts(bytes(data.data("image/svg+xml").data()))


def test_a_large_run_is_written_folded(tmp_path: Path) -> None:
    run = record(parse(LOOP.replace("3", "2000")), {"a": 0.5})
    assert len(Job(run).model) <= 40


def test_a_lone_input_and_a_nan_are_exported(tmp_path: Path) -> None:
    for text, point in (("def f(x):\n    return x\n", {"x": 1.0}), ("log(x)", {"x": -1.0})):
        lone = record(parse(text), point)
        for ending in WRITERS:
            export_run(lone, tmp_path / f"graph{ending}")
            assert (tmp_path / f"graph{ending}").stat().st_size > 40


@pytest.mark.parametrize("ending", list(WRITERS))
def test_a_folder_that_cannot_be_written_is_an_error_that_leaves_nothing(run: Run, tmp_path: Path, ending: str) -> None:
    with pytest.raises(OSError):
        export_run(run, tmp_path / "missing" / f"graph{ending}")
    assert os.listdir(tmp_path) == []
    with pytest.raises(ValueError, match="ending"):
        export_run(run, tmp_path / "graph.xyz")


def test_the_preview_shows_all_that_will_be_written(run: Run, qtbot) -> None:
    """Else the edge that is just being traversed is missing in the preview, though not in the file."""
    last = len(Timeline.of(run))
    job = next(one for step in range(last, 0, -1) if (one := Job(run, step, scale=1.0)).shown.active)
    written = image_of(job)
    preview = ExportPreview()
    qtbot.addWidget(preview)
    preview.resize(written.width() + 2, written.height() + 2)
    preview.show_job(job)
    strong = job.colors.adjoint_strong

    def pixels(image: QImage) -> int:
        places = product(range(image.width()), range(image.height()))
        return sum(image.pixelColor(x, y).name() == strong for x, y in places)

    assert pixels(preview.grab().toImage()) == pytest.approx(pixels(written), rel=0.1)
