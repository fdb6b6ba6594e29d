"""Training: following the gradient down, step by step, for any program whose output is one number."""

from core.training.descent import Training, guessed, train
from core.training.in_text import TrainingInText, training_in_text
from core.training.plan import Plan, PlanError, read_plan
from core.training.predictions import Boundary, Predictions, boundary, predictions
from core.training.race import Track, race, track
from core.training.statistics import Change, changes, histograms
from core.training.troubles import Trouble

__all__ = [
    "Boundary", "Change", "Plan", "PlanError", "Predictions", "Track", "Training", "TrainingInText", "Trouble",
    "boundary", "changes", "guessed", "histograms", "predictions", "race", "read_plan", "track", "train",
    "training_in_text",
]  # fmt: skip
