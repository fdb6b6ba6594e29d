"""Questions about gradients, and the answers: why none, why zero, why not finite, why so large or so small.

Each question takes a run and gives an `Answer` (or None where the question does not arise): a sentence, a remedy, and
the places to mark. Knows runs and timelines; knows nothing of drawing.
"""

from core.conventions.elsewhere import Elsewhere, told_elsewhere
from core.conventions.touched import Touched, conventions_at
from core.why.answer import Answer, Factor, Place
from core.why.finite import why_not_finite
from core.why.kinds import FINE, OWN_RULE, Kind
from core.why.missing import why_none, why_none_in_text
from core.why.size import why_large, why_small
from core.why.watching import watch_disagreements
from core.why.zero import why_zero

__all__ = [
    "FINE",
    "OWN_RULE",
    "Answer",
    "Elsewhere",
    "Factor",
    "Kind",
    "Place",
    "Touched",
    "conventions_at",
    "told_elsewhere",
    "watch_disagreements",
    "why_large",
    "why_none",
    "why_none_in_text",
    "why_not_finite",
    "why_small",
    "why_zero",
]
