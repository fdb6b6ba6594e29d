"""What the README promises is true: its library example runs, its row is the table's, its commands exist."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core.language
import core.run
import core.timeline
from core.library import rows
from core.library.table import built
from core.op import Op
from core.ops import table

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_library_example_runs_and_prints_right_numbers() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(BLOCKS[0], "README.md", "exec"), {})
    inputs, target = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 2.0])
    residual = inputs @ np.array([0.5, -0.25]) - target
    gradient = inputs.T @ residual  # of the mean of two squares
    for number in (np.mean(residual**2), *gradient, np.cos(1) - np.sin(1)):
        assert f"{number:.4g}"[:6] in printed.getvalue()


def test_a_program_can_be_recorded_and_stepped_through_as_is_said() -> None:
    names: dict[str, Any] = {"core": core, "text": "3*x**2", "point": {"x": 2.0}}
    for told in ("core.record(core.parse(text), point)", "core.timeline.Timeline.of(run)"):
        assert f"`{told}`" in README
        names["run"] = eval(told, names)
    assert names["run"].run.gradients() == {"x": 12.0}


def test_the_row_shown_is_a_row_of_the_table() -> None:
    shown = eval(BLOCKS[1], {"Op": Op})
    assert (shown.name, shown.primal, shown.partials) == (
        table[shown.name].name,
        table[shown.name].primal,
        table[shown.name].partials,
    )


def test_the_row_of_names_shown_means_what_the_table_has() -> None:
    (shown,) = built(re.findall(r"```\n(softplus .*?)```", README, re.DOTALL)).values()
    assert shown == rows()[shown.function]


@pytest.mark.parametrize("verb", ["run", "test", "smoke", "check", "bench", "shots", "fuzz", "words"])
def test_the_verbs_named_exist(verb: str) -> None:
    assert f"make.py {verb}" in README
    assert f'"{verb}"' in (Path(__file__).parents[1] / "make.py").read_text(encoding="utf-8")


def test_the_screenshot_is_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert pictures
    for picture in pictures:
        assert (Path(__file__).parents[1] / picture).is_file(), picture


def test_the_files_named_in_the_layout_exist() -> None:
    root = Path(__file__).parents[1]
    layout = README.split("## How the code is laid out")[1].split("## Add")[0]
    names = re.findall(r"\b[a-z_]+\.py\b", layout)
    assert len(names) > 5
    for name in names:
        assert list(root.rglob(name)), name


DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in ("architecture", "timeline", "words"))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_exists(document: str) -> None:
    """A folder or file that was renamed leaves a newcomer before a closed door."""
    root = Path(__file__).parents[1]
    text = (root / document).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(((?!http)[\w/.]+)\)", text):
        assert ((root / document).parent / link).exists(), link
    for path in re.findall(r"`((?:core|explorer|tests|assets)/[\w/.]*)`", text):
        assert (root / path).exists(), path


def test_the_example_of_the_timeline_runs() -> None:
    names: dict[str, Any] = {}
    text = (Path(__file__).parents[1] / "docs" / "timeline.md").read_text(encoding="utf-8")
    exec(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], names)
    assert names["frame"].adjoint(names["run"].inputs["w1"]) in (6.0, 30.0, 36.0)
