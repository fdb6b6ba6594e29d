"""Trainings as files: the numbers of the curve, and pictures that are well-formed and hold what they say."""

import csv
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from core.language import parse
from core.training import read_plan, train
from explorer.export.training import as_csv, as_svg, export_training

SPLIT = "out = sigmoid(x @ w + b)\nloss = np.mean((out - y)**2)"
DATA = {
    "x": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), "y": np.array([0.0, 0.0, 1.0, 1.0]),
    "w": np.array([0.1, 0.2]), "b": 0.0,
}  # fmt: skip
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def training():
    return train(parse(SPLIT), DATA, read_plan("gd rate=5 steps=200 over=w,b"))


def test_the_numbers_are_those_of_the_training(training):
    header, *rows = csv.reader(as_csv(training).splitlines())
    assert header == ["step", "loss", "gradient w", "gradient b"] and len(rows) == 201
    assert [float(row[1]) for row in rows] == training.losses
    assert float(rows[7][2]) == pytest.approx(np.linalg.norm(training.gradient_at(7)["w"])) and rows[-1][2] == ""


def test_the_picture_has_the_curve_the_boundary_and_every_row(training):
    """Rows of one class are squares, of the other circles; the accuracy is said."""
    tree = ET.fromstring(as_svg(training))
    points = tree.find(f"{NAMESPACE}polyline").get("points").split()
    heights = [float(point.split(",")[1]) for point in points]
    assert len(points) == 201 and heights[0] == min(heights) and heights == sorted(heights)
    assert len(tree.findall(f".//{NAMESPACE}circle")) == 2
    assert sum(one.get("width") == "6" for one in tree.iter(f"{NAMESPACE}rect")) == 2
    assert len(tree.findall(f".//{NAMESPACE}path")) == 2
    assert "accuracy 100 %" in {one.text for one in tree.iter(f"{NAMESPACE}text")}


def test_without_data_there_is_the_curve_alone(tmp_path):
    training = train(parse("(w - 3)**2"), {"w": 1.0}, read_plan("gd rate=0.1 steps=9"))
    export_training(training, tmp_path / "curve.svg")
    tree = ET.fromstring((tmp_path / "curve.svg").read_text(encoding="utf-8"))
    assert tree.find(f"{NAMESPACE}polyline") is not None and not tree.findall(f".//{NAMESPACE}path")
    lost = train(parse("w**4"), {"w": 3.0}, read_plan("gd rate=1e9 steps=60"))
    assert ET.fromstring(as_svg(lost)) is not None and len(as_csv(lost).splitlines()) == len(lost.losses) + 1
