"""Workloads of numbers: the same program for every engine, and the gradient written by hand.

A program takes a list of numbers (of whatever kind the engine has) and the engine's relu.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Relu = Callable[[Any], Any]
Program = Callable[[list[Any], Relu], Any]
ByHand = Callable[[list[float]], tuple[float, list[float]]]


@dataclass(frozen=True)
class Work:
    """A program, the point at which it is differentiated, and the same by hand."""

    name: str
    program: Program
    point: list[float]
    by_hand: ByHand


# -- the seed function -------------------------------------------------------------------------------------------


def seed(w: list[Any], relu: Relu) -> Any:
    w1, w2 = w
    return 3 * w1**2 + 2 * w1 * w2


def seed_by_hand(w: list[float]) -> tuple[float, list[float]]:
    w1, w2 = w
    return 3 * w1**2 + 2 * w1 * w2, [6 * w1 + 2 * w2, 2 * w1]


# -- a chain of 1,000 operations ---------------------------------------------------------------------------------

PAIRS = 500


def chain(w: list[Any], relu: Relu) -> Any:
    x, a, b = w
    for _ in range(PAIRS):
        x = x * a
        x = x + b
    return x


def chain_by_hand(w: list[float]) -> tuple[float, list[float]]:
    x, a, b = w
    before = []
    for _ in range(PAIRS):
        before.append(x)
        x = x * a + b
    x_bar, a_bar, b_bar = 1.0, 0.0, 0.0
    for value in reversed(before):
        b_bar += x_bar
        a_bar += x_bar * value
        x_bar *= a
    return x, [x_bar, a_bar, b_bar]


# -- 10,000 variables --------------------------------------------------------------------------------------------


def squares(w: list[Any], relu: Relu) -> Any:
    total = w[0] * w[0]
    for x in w[1:]:
        total = total + x * x
    return total


def squares_by_hand(w: list[float]) -> tuple[float, list[float]]:
    total = 0.0
    for x in w:
        total += x * x
    return total, [2 * x for x in w]


# -- one training step of a small network, number by number ------------------------------------------------------

SIZES = (2, 16, 16, 1)
SAMPLES = 100
_random = random.Random(7)
DATA = [([_random.uniform(-1, 1), _random.uniform(-1, 1)], _random.choice([-1.0, 1.0])) for _ in range(SAMPLES)]
COUNT = sum(before * after + after for before, after in zip(SIZES, SIZES[1:]))
WEIGHTS = [_random.uniform(-0.7, 0.7) for _ in range(COUNT)]


def output(w: list[Any], x: list[Any], relu: Relu) -> Any:
    """The network's answer to one sample."""
    place = 0
    for layer, (before, after) in enumerate(zip(SIZES, SIZES[1:])):
        found = []
        for _ in range(after):
            total = w[place + before]
            for weight, value in zip(w[place : place + before], x):
                total = total + weight * value
            found.append(total if layer == len(SIZES) - 2 else relu(total))
            place += before + 1
        x = found
    return x[0]


def sample_loss(w: list[Any], x: list[Any], y: Any, relu: Relu) -> Any:
    error = output(w, x, relu) - y
    return error * error


def training(w: list[Any], relu: Relu) -> Any:
    total: Any = 0.0
    for x, y in DATA:
        total = total + sample_loss(w, x, y, relu)
    return total


def training_by_hand(w: list[float]) -> tuple[float, list[float]]:
    total, w_bar = 0.0, [0.0] * len(w)
    for x, y in DATA:
        total += _sample_by_hand(w, w_bar, x, y)
    return total, w_bar


def _sample_by_hand(w: list[float], w_bar: list[float], x: list[float], y: float) -> float:
    """Add one sample's gradient; returns its loss."""
    activations, place = [x], 0
    for layer, (before, after) in enumerate(zip(SIZES, SIZES[1:])):
        inputs, found = activations[-1], []
        for _ in range(after):
            total = w[place + before]
            for k in range(before):
                total += w[place + k] * inputs[k]
            found.append(total if layer == len(SIZES) - 2 or total > 0 else 0.0)
            place += before + 1
        activations.append(found)
    error = activations[-1][0] - y
    adjoints = [2 * error]
    for layer in range(len(SIZES) - 2, -1, -1):
        before, after = SIZES[layer], SIZES[layer + 1]
        place -= (before + 1) * after
        inputs, passed = activations[layer], [0.0] * before
        for j in range(after):
            adjoint, start = adjoints[j], place + j * (before + 1)
            if adjoint:
                w_bar[start + before] += adjoint
                for k in range(before):
                    w_bar[start + k] += adjoint * inputs[k]
                    passed[k] += adjoint * w[start + k]
        adjoints = [one if value > 0 else 0.0 for one, value in zip(passed, inputs)]
    return error * error


WORKS = (
    Work("seed function", seed, [5.0, 3.0], seed_by_hand),
    Work("chain of 1,000 operations", chain, [0.5, 1.0003, 0.01], chain_by_hand),
    Work("10,000 variables", squares, [math.sin(k) for k in range(10_000)], squares_by_hand),
    Work("training step, MLP(2,16,16,1), 100 samples", training, WEIGHTS, training_by_hand),
)
