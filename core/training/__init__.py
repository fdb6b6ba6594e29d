"""Training: following the gradient down, step by step, for any program whose output is one number."""

from core.training.descent import Training, train
from core.training.plan import Plan, PlanError, read_plan

__all__ = ["Plan", "PlanError", "Training", "read_plan", "train"]
