"""The curve of a prediction: an expression over an input, over steps of training, or over the step of a difference."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core.basics.errors import ProgramError
from core.lessons.lesson import STEP_SIZE, TRAINING_STEP, Predict
from core.lessons.shapes import shape_of
from core.lessons.study import Learner, Study
from core.navigation.logic import Unknown

POINTS = 41


class Curve(NamedTuple):
    """Where the expression was asked, and what it gave (nan where it gives no number)."""

    xs: np.ndarray
    ys: np.ndarray

    @property
    def shape(self) -> str:
        """The word for it, one of SHAPES."""
        return shape_of(self.ys)


def curve_of(predict: Predict, study: Study, learner: Learner) -> Curve:
    """The curve; raises Missing where its expression means what the program does not have."""
    xs = _places(predict)
    return Curve(xs, np.array([_height(predict, study, learner, x) for x in xs]))


def _places(predict: Predict) -> np.ndarray:
    if predict.over == STEP_SIZE:
        return np.geomspace(predict.start, predict.end, POINTS)
    if predict.over == TRAINING_STEP:
        count = min(int(predict.end - predict.start) + 1, POINTS)
        return np.linspace(predict.start, predict.end, count).round()
    return np.linspace(predict.start, predict.end, POINTS)


def _height(predict: Predict, study: Study, learner: Learner, x: float) -> float:
    if predict.over in (STEP_SIZE, TRAINING_STEP):
        known = {**study.known(learner=learner), predict.over: x}
    else:
        known = study.elsewhere({predict.over: x}).known(learner=learner)
    try:
        return float(predict.curve.value(known))
    except (Unknown, ProgramError, TypeError, ValueError):
        return float("nan")
