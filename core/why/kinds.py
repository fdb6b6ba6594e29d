"""The kinds of answers, for programs that read them, and the kind to which each cause belongs.

A kind says what sort of thing is the case and keeps its name; causes are finer and go with the sentences.
"""

from enum import StrEnum

from core.basics.cuts import Reason
from core.language.abstract.cutting import COUNTS, DECIDES, PLACES, TEXT


class Kind(StrEnum):
    """What sort of thing is the case."""

    FINE = "fine"
    NO_PATH = "no-path"
    CONDITION = "condition"  # it only decides
    INDEX_OR_COUNT = "index-or-count"
    WHOLE_NUMBER = "whole-number"
    LEFT_THE_LIBRARY = "left-the-library"
    DETACHED = "detached"
    NOT_WATCHED = "not-watched"
    REASSIGNED = "reassigned"
    USED_UP = "used-up"
    NO_DERIVATIVE = "no-derivative"  # the operation has none
    ZERO_SLOPE = "zero-slope"
    ZERO_FACTOR = "zero-factor"
    KINK = "kink"
    CONVENTION = "convention"
    DOMAIN = "domain"
    SINGULAR = "singular"
    EMPTY = "empty"
    BRANCH_NOT_TAKEN = "branch-not-taken"
    OVERFLOW = "overflow"
    LARGE = "large"
    SMALL = "small"


# Causes that are no reasons of the tape's own.
FINE = "fine"
WHOLE = "made of whole numbers"
BETWEEN = "something without a derivative"
NO_LONGER_VARIABLE = "no longer a variable"
FAILED = "failed"
SEVERAL = "not one value"
BRANCH = "branch not taken"
OWN_RULE = "own rule"
DISAGREES = "watches otherwise"

KINDS: dict[str, Kind] = {
    FINE: Kind.FINE,
    # none
    Reason.NO_PATH: Kind.NO_PATH,
    Reason.CONSTANT: Kind.NO_PATH,
    FAILED: Kind.NO_PATH,
    DECIDES: Kind.CONDITION,
    COUNTS: Kind.INDEX_OR_COUNT,
    PLACES: Kind.INDEX_OR_COUNT,
    WHOLE: Kind.WHOLE_NUMBER,
    Reason.INTEGER: Kind.WHOLE_NUMBER,
    Reason.DETACHED: Kind.LEFT_THE_LIBRARY,
    TEXT: Kind.LEFT_THE_LIBRARY,
    Reason.STOP_GRADIENT: Kind.DETACHED,
    Reason.STOPPED: Kind.DETACHED,
    Reason.ASSIGNED: Kind.DETACHED,
    Reason.NOT_WATCHED: Kind.NOT_WATCHED,
    DISAGREES: Kind.NOT_WATCHED,
    Reason.REPLACED: Kind.REASSIGNED,
    NO_LONGER_VARIABLE: Kind.REASSIGNED,
    Reason.USED_UP: Kind.USED_UP,
    Reason.NO_DERIVATIVE: Kind.NO_DERIVATIVE,
    BETWEEN: Kind.NO_DERIVATIVE,
    SEVERAL: Kind.NO_DERIVATIVE,
    # zero
    "off": Kind.ZERO_SLOPE,
    "saturated": Kind.ZERO_SLOPE,
    "flat": Kind.ZERO_SLOPE,
    "step": Kind.ZERO_SLOPE,
    "cancel": Kind.ZERO_SLOPE,
    "kink": Kind.KINK,
    "multiplied by zero": Kind.ZERO_FACTOR,
    "zero factor": Kind.ZERO_FACTOR,
    "seed": Kind.ZERO_FACTOR,
    "not chosen": Kind.BRANCH_NOT_TAKEN,
    # not finite
    "input": Kind.DOMAIN,
    "domain": Kind.DOMAIN,
    "division by zero": Kind.DOMAIN,
    "steep": Kind.SINGULAR,
    "singular matrix": Kind.SINGULAR,
    "empty": Kind.EMPTY,
    BRANCH: Kind.BRANCH_NOT_TAKEN,
    "overflow": Kind.OVERFLOW,
    # a choice of the text
    OWN_RULE: Kind.CONVENTION,
    # sizes
    "large": Kind.LARGE,
    "small": Kind.SMALL,
}
