"""The names that mistakes of learners have, and the sentence of each: those of the quiz, and some more.

Knows no lesson; a lesson may say its own sentence, and names of its own.
"""

from core.basics.words import Phrase, phrase
from core.quiz.feedback import MISCONCEPTIONS

OWN: dict[str, Phrase] = {
    "forgot to add": phrase(
        "lessons.forgot-to-add", "That is one of the amounts alone: what arrives over several ways is added up."
    ),
    "forgot the upstream factor": phrase(
        "lessons.forgot-upstream",
        "That is the local partial alone: it still has to be multiplied by what arrives from above.",
    ),
    "forgot the local slope": phrase(
        "lessons.forgot-partial", "That is what arrives from above: it still has to be multiplied by the local partial."
    ),
    "forgot to sum the broadcast axis": phrase(
        "lessons.forgot-to-sum", "The value was repeated: what arrives at each of its copies is summed."
    ),
    "None for zero": phrase(
        "lessons.none-for-zero", "There is a way, and its derivative happens to be 0; None means that there is none."
    ),
    "zero for None": phrase(
        "lessons.zero-for-none", "There is no way at all for the tape to follow, so the answer is None, not 0."
    ),
    "gradient of the wrong target": phrase(
        "lessons.wrong-target", "That is the derivative of another value; look at what is differentiated here."
    ),
    "forgot the seed": phrase(
        "lessons.forgot-seed", "The sweep starts with 1 at the output; every contribution is a multiple of that."
    ),
    "forgot to zero": phrase(
        "lessons.forgot-to-zero", "What an earlier call has left there is not part of this derivative."
    ),
    "value for gradient": phrase("lessons.value-for-gradient", "That is the value; asked is how fast it changes."),
    "wrong step": phrase("lessons.wrong-step", "That step goes in another direction, or at another rate."),
    "off by one": phrase("lessons.off-by-one", "That is one too many or one too few."),
    "counted the inputs": phrase(
        "lessons.counted-inputs", "That is the number of inputs; one reverse sweep serves all of them."
    ),
    "degrees for radians": phrase("lessons.degrees", "Angles are in radians here."),
}

KNOWN: dict[str, Phrase] = {**MISCONCEPTIONS, **OWN}
"""By name the sentence; those that need no fields of a question."""
