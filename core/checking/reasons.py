"""The sentences that say why a check has its verdict, beyond what each word means. Wording only."""

from core.basics.cuts import Reason
from core.basics.words import phrase, say

AS_RECORDED = say(
    "checking.agrees-as-recorded",
    "Differences of the program are too inexact to tell here, but what was recorded, evaluated with complex numbers "
    "and without a single derivative rule, has this slope.",
)
SAMPLED = phrase(
    "checking.sampled",
    "Along {count} random directions, in each of which all {numbers} numbers move a little up or down, differences of "
    "the same program give the same. One wrong number would show in every direction; two that cancel would be missed "
    "once in {odds} times.",
)
LATE_PASS = say(
    "checking.late-pass", "Left out: for every difference all the passes before this one would have to run again."
)
SEVERAL_AT_ONCE = say(
    "checking.kink-several-at-once",
    "There is a kink here: numbers moved together do not give the sum of what each gives alone, so more than one "
    "gradient is as good.",
)
JUMP = say("checking.jump", "There is a jump here, or a slope without limit: no difference settles.")
OUTSIDE = say("checking.outside", "To one side of this point the function has no finite value.")
TAPE_NAN = say(
    "checking.tape-nan", "The tape's gradient is not a number here, so there is nothing to compare with differences."
)
TAPE_INFINITE = say(
    "checking.tape-infinite", "The tape's gradient is infinite here, so there is nothing to compare with differences."
)
DIGITS_LOST = say(
    "checking.digits-lost",
    "Rounding has taken the digits of the tape's gradient here: it changes as much from one float to the next.",
)
CONVENTIONS_AT_ODDS = say(
    "checking.conventions-at-odds",
    "The function has a slope here, but it passes through operations at a kink, and what the conventions choose for "
    "each of them does not add up to it.",
)
NOT_ALL_RECORDED = say(
    "checking.not-all-recorded",
    "Every recorded operation has the slope that the tape says, but differences of the whole program give something "
    "else: part of the way from this input to the output is missing on the tape.",
)
OWN_RULE = phrase(
    "checking.custom-named",
    "`{op}` has a derivative rule of the text's own, and that says so; differences of the same program give something "
    "else. Every other rule on the tape is right.",
)
READ_PLAINLY = phrase(
    "checking.cut-read-plainly",
    "The program reads the value of `{name}` as a plain number, which no tape can follow, so the tape's gradient "
    "leaves that path out; differences move it too.",
)
NEW_LEAF = phrase(
    "checking.cut-new-leaf",
    "`{name}` is a new leaf of the tape: from what it was made is not followed, so the tape's gradient leaves that "
    "path out; differences move it too.",
)
CUTS = {
    Reason.STOP_GRADIENT: phrase(
        "checking.cut-stopped",
        "`{op}` cuts a path from this input to the output on purpose, so the tape's gradient leaves it out; "
        "differences move it too.",
    ),
    Reason.DETACHED: phrase(
        "checking.cut-detached",
        "`{op}` reads a value on the way as a plain number, which no tape can follow, so the tape's gradient leaves "
        "that path out; differences move it too.",
    ),
    Reason.ASSIGNED: phrase(
        "checking.cut-assigned",
        "A value computed from this input was assigned, and assignments are not differentiated, so the tape's gradient "
        "leaves that path out; differences move it too.",
    ),
    Reason.STOPPED: phrase(
        "checking.cut-not-recorded",
        "`{op}` was computed while nothing was recorded, so the tape's gradient leaves that path out; differences "
        "move it too.",
    ),
}
