"""A training as JSON for programs, and as a table with a small plot for the terminal. Knows trainings; no Qt."""

import math
from typing import Any

from core.basics.words import say
from core.training import Training
from explorer.model.report import plain

ROWS = 12
WIDTH, HEIGHT = 60, 8
LEAST = 1e-300


def training_as_json(training: Training) -> dict[str, Any]:
    """What stands under `training`: the losses before the first step and after each, and where it ended."""
    return {
        "optimizer": training.plan.optimizer,
        "over": list(training.over),
        "loss": [plain(loss) for loss in training.losses],
        "point": {name: plain(value) for name, value in training.point.items()},
        "stopped": str(training.stopped),
        "warnings": [str(one) for one in training.warnings],
    }


def training_as_text(training: Training) -> str:
    """The losses as a table and as a plot on a logarithmic scale, and the point at the end."""
    losses, last = training.losses, len(training.losses) - 1
    shown = sorted({round(last * part / (ROWS - 1)) for part in range(ROWS)}) if last else [0]
    title = say(
        "training.title", "Training with {optimizer} over {names}", optimizer=training.plan.optimizer,
        names=", ".join(training.over),
    )  # fmt: skip
    lines = [title, *(f"  {step:>7}  {losses[step]:.8g}" for step in shown), "", *_plot(losses), ""]
    lines += [f"  {name} = {plain(training.point[name])}" for name in training.over]
    said = [str(training.stopped)] if training.stopped else []
    return "\n".join([*lines, *said, *map(str, training.warnings)]) + "\n"


def _plot(losses: list[float]) -> list[str]:
    """One column for some steps, higher for a larger loss."""
    finite = [max(loss, LEAST) for loss in losses if math.isfinite(loss) and loss > 0]
    if len(finite) < 2 or min(finite) == max(finite):
        return []
    low, high = math.log10(min(finite)), math.log10(max(finite))
    columns = min(WIDTH, len(finite))
    chosen = [finite[column * (len(finite) - 1) // max(columns - 1, 1)] for column in range(columns)]
    heights = [round((math.log10(loss) - low) / (high - low) * (HEIGHT - 1)) for loss in chosen]
    marks = {HEIGHT - 1: f"{10**high:9.3g} ", 0: f"{10**low:9.3g} "}
    return [
        marks.get(row, " " * 10) + "".join("•" if height == row else " " for height in heights).rstrip()
        for row in range(HEIGHT - 1, -1, -1)
    ]
