"""The reverse sweep done wrongly on purpose, as events on the same tape, to be shown beside the right one.

A wrong sweep has a timeline of its own that every view can show. Knows runs, timelines and the engine's own pullbacks;
knows nothing of drawing.
"""

from core.mistakes.compare import Comparison, comparisons, first_wrong, why_wrong
from core.mistakes.kinds import CHANGE_TITLES, CHANGES, Change, Kind, Mistake
from core.mistakes.rules import changes_for, mistakes_for
from core.mistakes.single import single_precision
from core.mistakes.sweep import wrong_timeline

__all__ = [
    "CHANGES",
    "CHANGE_TITLES",
    "Change",
    "Comparison",
    "Kind",
    "Mistake",
    "changes_for",
    "comparisons",
    "first_wrong",
    "mistakes_for",
    "single_precision",
    "why_wrong",
    "wrong_timeline",
]
