"""Writes the points and first weights of micrograd's demo: `python tests/core/training/moons.py`, by hand.

Two half circles with noise as scikit-learn's `make_moons` draws them, and weights as micrograd draws them, from the
seeds of its notebook: `np.random.seed(1337)` and `random.seed(1337)`. With micrograd installed, its descent is run too,
scalar for scalar, and written beside this file.
"""

import json
import random
from pathlib import Path

import numpy as np

SAMPLES, NOISE, SEED = 100, 0.1, 1337
LAYERS = (2, 16, 16, 1)
STEPS = (0, 1, 2, 9, 10, 50, 99)
EXAMPLE = Path(__file__).parents[3] / "assets/trainings/moons.json"


def points(generator=None):
    """The points and their sides, -1 or 1; scikit-learn's order of drawing: shuffle, then noise."""
    generator = generator or np.random.RandomState(SEED)
    half = np.linspace(0, np.pi, SAMPLES // 2)
    outer, inner = (np.cos(half), np.sin(half)), (1 - np.cos(half), 1 - np.sin(half) - 0.5)
    places = np.vstack([np.append(outer[0], inner[0]), np.append(outer[1], inner[1])]).T
    sides = np.hstack([np.zeros(SAMPLES // 2, dtype=int), np.ones(SAMPLES // 2, dtype=int)])
    order = np.arange(SAMPLES)
    generator.shuffle(order)
    places = places[order] + generator.normal(scale=NOISE, size=places.shape)
    return places, sides[order] * 2.0 - 1.0


def weights():
    """micrograd's weights, neuron by neuron; all biases start at 0."""
    generator = random.Random(SEED)
    found = {}
    for number, (before, after) in enumerate(zip(LAYERS, LAYERS[1:]), 1):
        found[f"W{number}"] = [[generator.uniform(-1, 1) for _ in range(before)] for _ in range(after)]
        found[f"b{number}"] = [0.0] * after
    return found | {"W3": found["W3"][0], "b3": 0.0}


def micrograd_descent():
    """Losses and accuracies of the steps of the notebook, by micrograd itself."""
    from micrograd.engine import Value
    from micrograd.nn import MLP

    places, sides = points()
    random.seed(SEED)
    model = MLP(2, [16, 16, 1])
    found = {}
    for step in range(100):
        scores = [model(list(map(Value, row))) for row in places]
        losses = [(1 + -side * score).relu() for side, score in zip(sides, scores)]
        data_loss = sum(losses) * (1.0 / len(losses))
        loss = data_loss + 1e-4 * sum(p * p for p in model.parameters())
        accuracy = float(np.mean([(side > 0) == (score.data > 0) for side, score in zip(sides, scores)]))
        model.zero_grad()
        loss.backward()
        if step in STEPS:
            found[step] = {"loss": loss.data, "accuracy": accuracy}
        for p in model.parameters():
            p.data -= (1.0 - 0.9 * step / 100) * p.grad
    return found


if __name__ == "__main__":
    places, sides = points()
    document = json.loads(EXAMPLE.read_text()) if EXAMPLE.exists() else {}
    document["inputs"] = {"X": places.tolist(), "y": sides.tolist()} | weights()
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in document.items()]
    EXAMPLE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    Path(__file__).with_name("moons.json").write_text(json.dumps(micrograd_descent(), indent=0) + "\n")
