"""What is said of a gradient beside a difference: one word, how far apart they are, and a sentence that says why.

Knows numbers and arrays; knows nothing of programs, and not how a difference is found.
"""

from typing import Literal, NamedTuple

import numpy as np

from core.basics.words import say
from core.checking.differences import relative_error
from core.checking.ways import Sample

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
    "cut": say(
        "checking.cut",
        "Something was cut off from the tape on purpose, so the tape's gradient is that of what is left; differences "
        "move all of the program.",
    ),
    "convention": say(
        "checking.convention-symmetric",
        "The matrix counts as symmetric: the slope by an element and the one across the diagonal is shared between "
        "the two. Where both are moved together, differences give the same.",
    ),
    "noise": say(
        "checking.noise",
        "Rounding leaves so little of a difference here that it cannot tell whether the gradient is right.",
    ),
    "custom": say(
        "checking.custom",
        "A rule of the text's own says so: differences of the same program give something else, and every other "
        "rule on the tape is right.",
    ),
    "undefined": say("checking.undefined", "There is no finite slope here to compare."),
    "skipped": say("checking.skipped", "This was not checked: running the program so often takes too long."),
    "disagrees": say(
        "checking.differences-same-program-give-something",
        "Differences of the same program give something else, and no kink between both sides explains it.",
    ),
}
"""By word what it means where nothing more can be said."""
MARKS: dict[Word, str] = {
    "agrees": "✓",
    "disagrees": "✗",
    "kink": say("checking.word-kink", "kink"),
    "cut": say("checking.word-cut", "cut"),
    "convention": say("checking.word-convention", "convention"),
    "noise": say("checking.word-noise", "noise"),
    "custom": say("checking.word-custom", "custom"),
    "undefined": say("checking.word-undefined", "undefined"),
    "skipped": say("checking.word-skipped", "skipped"),
}
"""By word what stands beside the numbers."""


class Check(NamedTuple):
    """What differences give, and how far the tape's gradient is from it, relative to the largest number in either.

    Where only random directions were tried there is a `sample` in place of a `difference`; where nothing was, neither,
    and the error is nan. `told` is the reason where more can be said than the word means.
    """

    difference: Numbers | None
    relative_error: float
    verdict: Word = "disagrees"
    told: str = ""
    sample: Sample | None = None

    @property
    def agrees(self) -> bool:
        """Whether the two are equal up to the error of the differences."""
        return self.verdict == "agrees"

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, in a sentence."""
        return self.told or REASONS[self.verdict]

    @property
    def mark(self) -> str:
        """The verdict as a tick, a cross, or its word in the language of the program."""
        return MARKS[self.verdict]


SKIPPED = Check(None, float("nan"), "skipped")


def compared(gradient: Numbers, difference: Numbers) -> Check:
    """The check of a gradient by a difference alone, of the same shape.

    It `agrees`, `disagrees`, or is `undefined` where one of them is nan or infinite.
    """
    error = relative_error(gradient, difference)
    if not (np.all(np.isfinite(gradient)) and np.all(np.isfinite(difference))):
        return Check(difference, error, "undefined")
    return Check(difference, error, "agrees" if error <= AGREES else "disagrees")
