"""What a learner tries at one moment: answers, hints asked for, and whether the task is still open.

One class for each kind of task, all asked in the same way. Which moment is due is the walk's matter.
"""

from core.lessons.lesson import Ask, Break, Do, Moment, Perform, Predict
from core.lessons.study import Study
from core.lessons.tries.asking import AskTry, PredictTry
from core.lessons.tries.base import KnownAt, Try
from core.lessons.tries.doing import BreakTry, DoTry, PerformTry

__all__ = ["KnownAt", "Try", "begun"]

KINDS: dict[type, type[Try]] = {
    Ask: AskTry,
    Predict: PredictTry,
    Do: DoTry,
    Break: BreakTry,
    Perform: PerformTry,
}


def begun(moment: Moment, study: Study, known: KnownAt) -> Try:
    """A moment as it opens."""
    return KINDS.get(type(moment.task), Try)(moment, study, known)
