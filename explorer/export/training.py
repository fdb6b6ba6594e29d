"""A training as a file: its curve, with the decision boundary where there is one, as SVG; its losses as CSV.

Knows trainings; no Qt and no window.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import numpy as np

from core.basics.words import say
from core.field import bands
from core.training import Boundary, Training, boundary, predictions
from explorer.look.colors import LIGHT
from explorer.storage.whole import replacing

WIDTH, HEIGHT, MARGIN = 420.0, 320.0, 44.0
LEAST = 1e-300
POINTS = 2000  # of a curve, at most


def export_training(training: Training, file: Path) -> None:
    """Write the training as the ending says; a file that was there stays whole until the new one is complete.

    Raises OSError where it cannot be written.
    """
    with replacing(file, file.suffix) as unfinished:
        unfinished.write_text(TRAINING_WRITERS[file.suffix.lower()](training), encoding="utf-8")


def as_csv(training: Training) -> str:
    """One line for each step: the loss, and how large the gradient of each input is that the next step follows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = list(training.sizes)
    writer.writerow(["step", "loss", *(f"gradient {name}" for name in names)])
    for step, loss in enumerate(training.losses):
        sizes = [training.sizes[name] for name in names]
        writer.writerow([step, repr(loss), *(repr(one[step]) if step < len(one) else "" for one in sizes)])
    return text.getvalue()


def as_svg(training: Training) -> str:
    """The curve, and beside it the boundary at the end."""
    parts = [*_curve(training)]
    found = predictions(training.program, training.point, training.over)
    there = boundary(found) if found is not None and found.values.shape[1] == 1 else None
    if there is not None:
        parts += [f'<g transform="translate({WIDTH:g} 0)">', *_boundary(there), "</g>"]
    width = WIDTH * (1 if there is None else 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {HEIGHT:g}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="{width:g}" height="{HEIGHT:g}" fill="{LIGHT.canvas}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


TRAINING_WRITERS: dict[str, Callable[[Training], str]] = {".svg": as_svg, ".csv": as_csv}


def _curve(training: Training) -> Iterator[str]:
    losses = np.array(training.losses)
    steps = np.unique(np.linspace(0, len(losses) - 1, min(len(losses), POINTS)).round().astype(int))
    steps = steps[np.isfinite(losses[steps])]
    positive = bool(np.all(losses[steps] > 0))
    heights = np.log10(np.maximum(losses[steps], LEAST)) if positive else losses[steps]
    yield from _frame(say("export.loss-over-steps", "Loss over steps"))
    if not len(steps):
        return
    low, high = float(heights.min()), float(heights.max())
    yield from (_label(MARGIN - 4, _down(part), f"{_number(low + part * (high - low), positive)}", "end")
                for part in (0.0, 0.5, 1.0))  # fmt: skip
    last = max(len(losses) - 1, 1)
    yield from (_label(_across(part), HEIGHT - MARGIN + 16, f"{round(part * last)}", "middle") for part in (0, 0.5, 1))
    places = [
        f"{_across(step / last):.2f},{_down((height - low) / ((high - low) or 1.0)):.2f}"
        for step, height in zip(steps.tolist(), heights.tolist(), strict=True)
    ]
    yield f'<polyline points="{" ".join(places)}" fill="none" stroke="{LIGHT.primal_strong}" stroke-width="1.5"/>'


def _number(height: float, is_logarithm: bool) -> str:
    return f"{10**height:.3g}" if is_logarithm and height > -300 else f"{height:.3g}"


def _boundary(there: Boundary) -> Iterator[str]:
    """The two sides, the line between them, and the rows of the data: circles below the level, squares above it."""
    level = there.predictions.level
    spans = [(float(axis[0]), float(axis[-1])) for axis in (there.xs, there.ys)]

    def place(x: float, y: float) -> tuple[float, float]:
        (left, right), (bottom, top) = spans
        return _across((x - left) / (right - left)), _down((y - bottom) / (top - bottom))

    yield from _frame(say("export.decision-boundary", "Decision boundary"))
    inside = [level] if there.values.min() < level < there.values.max() else []
    for band in bands(there, np.array(inside)):
        fill = LIGHT.primal_mid if (band.low + band.high) / 2 > level else LIGHT.adjoint_mid
        for polygon in band.polygons:
            rings = (" ".join(f"{x:.2f},{y:.2f}" for x, y in (place(*point) for point in ring)) for ring in polygon)
            path = " ".join(f"M {ring} Z" for ring in rings)
            yield (f'<path d="{path}" fill="{fill}" fill-opacity="0.45" fill-rule="evenodd" '
                   f'stroke="{LIGHT.text}" stroke-width="0.6"/>')  # fmt: skip
    found = there.predictions
    targets = np.zeros(len(found.rows)) + level if found.targets is None else found.targets
    for row, target in zip(found.rows.tolist(), targets.tolist(), strict=True):
        x, y = place(*row)
        if target > level:
            yield (f'<rect x="{x - 3:.2f}" y="{y - 3:.2f}" width="6" height="6" fill="{LIGHT.primal_strong}" '
                   f'stroke="{LIGHT.canvas}"/>')  # fmt: skip
        else:
            yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3.4" fill="{LIGHT.adjoint_strong}" stroke="{LIGHT.canvas}"/>'
    for axis, (begin, end) in enumerate(spans):
        for part in (0.0, 0.5, 1.0):
            text = f"{begin + part * (end - begin):.3g}"
            yield (
                _label(_across(part), HEIGHT - MARGIN + 16, text, "middle")
                if axis == 0
                else _label(MARGIN - 4, _down(part), text, "end")
            )
    if found.accuracy is not None:
        told = say("export.accuracy", "accuracy {share}", share=f"{100 * found.accuracy:.3g} %")
        yield _label(WIDTH - MARGIN / 2, MARGIN - 12, told, "end")


def _frame(title: str) -> Iterator[str]:
    width, height = WIDTH - 1.5 * MARGIN, HEIGHT - 2 * MARGIN
    yield _label(MARGIN, MARGIN - 12, title, "start")
    yield (f'<rect x="{MARGIN:g}" y="{MARGIN:g}" width="{width:g}" height="{height:g}" fill="none" '
           f'stroke="{LIGHT.border_strong}"/>')  # fmt: skip


def _across(part: float) -> float:
    return MARGIN + part * (WIDTH - 1.5 * MARGIN)


def _down(part: float) -> float:
    return HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN)


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" fill="{LIGHT.muted}">{escape(text)}</text>'
