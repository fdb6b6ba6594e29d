"""What is said of a gradient beside a difference: one word, how far apart they are, and a sentence that says why.

Knows numbers and arrays; knows nothing of programs, and not how a difference is found.
"""

from typing import Literal, NamedTuple

import numpy as np

from core.basics.words import say
from core.checking.differences import relative_error

Numbers = float | np.ndarray
Word = Literal["agrees", "kink", "cut", "convention", "noise", "custom", "undefined", "skipped", "disagrees"]
"""The gradient is that of the function (`agrees`), one of several at a `kink`, less than it because something was
detached or assigned (`cut`), one of several by a `convention`; the difference is not exact enough to judge (`noise`); a
rule of the user's own says so (`custom`); one of the two is nan or infinite (`undefined`); it was not looked at
(`skipped`); or it is another than the function's (`disagrees`)."""

AGREES = 1e-5
"""A central difference of a smooth function is relatively much closer than this to a right gradient."""

REASONS: dict[Word, str] = {
    "agrees": say("checking.differences-same-program-give", "Differences of the same program give the same."),
    "kink": say(
        "checking.kink-slopes-both-sides",
        "There is a kink here: the slopes to both sides differ, and the tape's gradient is one between them.",
    ),
    "disagrees": say(
        "checking.differences-same-program-give-something",
        "Differences of the same program give something else, and no kink between both sides explains it.",
    ),
}
MARKS: dict[Word, str] = {"agrees": "✓", "disagrees": "✗"}


class Check(NamedTuple):
    """What differences give, and how far the tape's gradient is from it, relative to the larger one.

    Where both are so small that the difference is mostly error, as at a minimum, it is relative to what it can tell.
    """

    difference: Numbers
    relative_error: float
    verdict: Word = "disagrees"

    @property
    def agrees(self) -> bool:
        """Whether the two are equal up to the error of the differences."""
        return self.verdict == "agrees"

    @property
    def kink(self) -> bool:
        """Whether the gradient is one of several at a kink."""
        return self.verdict == "kink"

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, in a sentence."""
        return REASONS[self.verdict]

    @property
    def mark(self) -> str:
        """The verdict as a tick, a cross, or its word."""
        return MARKS.get(self.verdict, self.verdict)


def compared(gradient: Numbers, difference: Numbers) -> Check:
    """The check of a gradient by a difference alone, of the same shape; it `agrees` or `disagrees`."""
    return within(difference, relative_error(gradient, difference))


def within(difference: Numbers, error: float) -> Check:
    """The check whose relative error is known."""
    return Check(difference, error, "agrees" if error <= AGREES else "disagrees")
