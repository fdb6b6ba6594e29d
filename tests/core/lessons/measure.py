"""What TensorFlow itself prints for the programs of the lessons that speak it; writes `tensorflow.json`.

Run with a Python that has TensorFlow: `python tests/core/lessons/measure.py`. No test imports it.
"""

import json
import tomllib
from pathlib import Path

import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent
LESSONS = HERE.parents[2] / "assets" / "lessons"


def printed(program: str) -> list[float | None]:
    """Every number and None that a program of ours prints when TensorFlow runs it."""
    found: list[float | None] = []

    def note(value: object) -> None:
        found.extend([None] if value is None else np.ravel(value.numpy()).astype(float).tolist())

    exec(program, {"tf": tf, "np": np, "print": note})
    return found


def measured() -> dict[str, list[list[float | None]]]:
    """For each lesson its own program, and those that a learner is asked to make of it."""
    found = {}
    for path in sorted(LESSONS.glob("*.toml")):
        lesson = tomllib.loads(path.read_text(encoding="utf-8"))
        if "tf." in lesson["program"]:
            changed = [one["do"]["program"] for one in lesson["moment"] if "program" in one.get("do", {})]
            found[path.stem] = [printed(program) for program in (lesson["program"], *changed)]
    return found


def as_text(found: dict[str, list[list[float | None]]]) -> str:
    """JSON with one line for each lesson."""
    rows = ",\n".join(f"  {json.dumps(id)}: {json.dumps(answers)}" for id, answers in found.items())
    return f'{{\n "tensorflow": {json.dumps(tf.__version__)},\n "printed": {{\n{rows}\n }}\n}}\n'


if __name__ == "__main__":
    (HERE / "tensorflow.json").write_text(as_text(measured()), encoding="utf-8")
