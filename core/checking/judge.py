"""The word for a gradient that a plain difference does not confirm: from the evidence to the verdict.

Three things are asked, in this order. Do the operations on the tape, without their rules, have this slope? Does the
program as a whole have it, as exactly as a difference can tell? And where the two are not the same: which of the
reasons that there are for it is seen here? Only what none of them explains disagrees. Knows runs and slopes of both
kinds.
"""

import numpy as np

from core.checking.differences import NO_SIZE
from core.checking.doubt import BLIND, UNSURE, Doubt, Judged, Settled
from core.checking.program_slopes import ProgramSlopes
from core.checking.reasons import (
    AS_RECORDED,
    CONVENTIONS_AT_ODDS,
    CUTS,
    DIGITS_LOST,
    JUMP,
    NEW_LEAF,
    NOT_ALL_RECORDED,
    OUTSIDE,
    OWN_RULE,
    READ_PLAINLY,
    SEVERAL_AT_ONCE,
    TAPE_INFINITE,
    TAPE_NAN,
)
from core.checking.recorded import Recorded
from core.checking.verdict import AGREES, Word
from core.run import Run, record

STRAY = 8.0  # so many times the spread by rounding may a slope of the tape be off
NEARBY = (-2.0, 1.0, 3.0)  # points at which that spread is seen, in roundings of the input
ROUNDINGS = 8 * float(np.finfo(float).eps)

Told = tuple[Word, str]


def judged(doubt: Doubt, run: Run, program: ProgramSlopes, recorded: Recorded) -> Judged:
    """The verdict on an input, from all evidence."""
    if not np.all(np.isfinite(doubt.gradient)):
        told = TAPE_NAN if np.any(np.isnan(doubt.gradient)) else TAPE_INFINITE
        return Judged("undefined", told, _unsettled(doubt))
    slopes = recorded.slopes(doubt, recorded.own_rules)
    if np.any(np.isnan(slopes)):
        settled = _settled(doubt, program, recorded.plain_noise)
        return Judged(*_by_differences_alone(doubt, settled, program, recorded), settled)
    if np.all(recorded.confirms(doubt, slopes)) and recorded.earns(recorded.own_rules):
        settled = _settled(doubt, program, recorded.noise)
        return Judged(*_where_the_tape_is_right(doubt, settled, run, program, recorded), settled)
    settled = _settled(doubt, program, recorded.plain_noise)
    return Judged(*_where_the_tape_is_not(doubt, settled, slopes, run, program, recorded), settled)


# -- what differences say, as exactly as they can ------------------------------------------------------------------


def _unsettled(doubt: Doubt) -> Settled:
    nowhere = np.zeros(0, dtype=int)
    return Settled(doubt.found, np.zeros_like(doubt.found), nowhere, nowhere)


def _settled(doubt: Doubt, program: ProgramSlopes, noise: float) -> Settled:
    """The differences at the open places taken again, with better steps where rounding does not explain them."""
    slopes, unsure, left = doubt.found.copy(), np.zeros(len(doubt.found)), []

    def near(k: int) -> bool:
        return bool(abs(slopes[k] - doubt.expected[k]) <= max(UNSURE * unsure[k], doubt.allowed[k]))

    for k in doubt.open:
        along, size = program.along(doubt.name, doubt.ways.all[k]), float(doubt.sizes[k])
        unsure[k] = program.unsure(size, noise)
        if not near(k):
            slopes[k], unsure[k] = program.settled(along, size, noise)
        if not near(k):
            left.append(k)
    blind = unsure > np.maximum(BLIND * np.abs(doubt.expected), doubt.allowed)
    return Settled(slopes, unsure, np.array(left, dtype=int), doubt.open[blind[doubt.open]])


# -- the verdicts ----------------------------------------------------------------------------------------------------


def _where_the_tape_is_right(
    doubt: Doubt, settled: Settled, run: Run, program: ProgramSlopes, recorded: Recorded
) -> Told:
    """The gradient is that of what was recorded. Is it that of the program?"""
    if not len(settled.left):
        told = _kink(doubt, settled.blind, program, recorded) if len(settled.blind) else None
        if told is not None:
            return told
        if len(settled.blind) and _cut(doubt, run, recorded) is not None:
            return "noise", ""
        off = np.max(np.abs(doubt.expected - settled.slopes))
        return "agrees", AS_RECORDED if off > AGREES * np.max(np.abs(doubt.expected)) else ""
    if recorded.symmetric(doubt) and _holds_as_symmetric(doubt, program, recorded.noise):
        return "convention", ""
    told = _kink(doubt, settled.left, program, recorded)
    if told is not None:
        return told
    if not np.all(np.isfinite(settled.slopes[settled.left])):
        return "undefined", OUTSIDE
    own = recorded.own_rule(doubt.name)
    if own is not None:
        return "custom", OWN_RULE.say(op=own)
    cut = _cut(doubt, run, recorded)
    return ("disagrees", NOT_ALL_RECORDED) if cut is None else ("cut", cut)


def _where_the_tape_is_not(
    doubt: Doubt, settled: Settled, slopes: np.ndarray, run: Run, program: ProgramSlopes, recorded: Recorded
) -> Told:
    """The gradient is not that of what was recorded: at a kink that may be, elsewhere a rule is wrong."""
    wrong = doubt.open[~recorded.confirms(doubt, slopes)]
    at_kinks = {**recorded.kinks, **recorded.own_rules}
    only_kinks = (
        bool(recorded.kinks)
        and bool(np.all(recorded.confirms(doubt, recorded.slopes(doubt, at_kinks))))
        and recorded.earns(at_kinks)
    )
    told = _kink(doubt, wrong, program, recorded, between=True) if only_kinks else None
    if told is not None:
        return told
    if not np.all(np.isfinite(settled.slopes[wrong])):
        return "undefined", OUTSIDE
    if only_kinks:
        return "disagrees", CONVENTIONS_AT_ODDS
    off = np.abs(doubt.expected[doubt.open] - slopes)[np.isin(doubt.open, wrong)]
    if not recorded.kinks and np.all(off <= STRAY * _spread(doubt, run)[wrong]):
        return "noise", DIGITS_LOST
    return "disagrees", ""


def _by_differences_alone(doubt: Doubt, settled: Settled, program: ProgramSlopes, recorded: Recorded) -> Told:
    """What was recorded cannot be evaluated without its rules: differences have the only word."""
    if not len(settled.left) and not len(settled.blind):
        return "agrees", ""
    places = settled.left if len(settled.left) else settled.blind
    told = _kink(doubt, places, program, recorded, between=True)
    if told is not None:
        return told
    if not len(settled.left):
        return "noise", ""
    return ("disagrees", "") if np.all(np.isfinite(settled.slopes[places])) else ("undefined", OUTSIDE)


# -- what may explain a difference -------------------------------------------------------------------------------------


def _kink(
    doubt: Doubt, places: np.ndarray, program: ProgramSlopes, recorded: Recorded, between: bool = False
) -> Told | None:
    """What a kink or a jump makes of slopes that are not the tape's; None unless there is one at all of these places.

    With `between` the tape's slope must lie between those of both sides.
    """
    told: Told = ("kink", "")
    for k in places:
        size, expected = float(doubt.sizes[k]), float(doubt.expected[k])
        sides = program.sides(program.along(doubt.name, doubt.ways.all[k]), size)
        if not sides.differ(program.side_noise(size, recorded.plain_noise)):
            several = not between and program.tangled(doubt.name, doubt.ways.all, doubt.sizes, recorded.plain_noise)
            return ("kink", SEVERAL_AT_ONCE) if several else None
        if between and not sides.enclose(expected):
            return None
        if sides.jump:
            told = ("undefined", JUMP)
    return told


def _holds_as_symmetric(doubt: Doubt, program: ProgramSlopes, noise: float) -> bool:
    """Whether the slopes are the gradient's where elements across the diagonal are moved together."""
    for k in doubt.open:
        way = np.asarray(doubt.ways.all[k], dtype=float)
        way = way + np.swapaxes(way, -1, -2)
        slope, unsure = program.settled(program.along(doubt.name, way), float(doubt.sizes[k]), noise)
        if not abs(slope - float(np.sum(way * doubt.gradient))) <= max(UNSURE * unsure, 2 * doubt.allowed[k]):
            return False
    return True


def _cut(doubt: Doubt, run: Run, recorded: Recorded) -> str | None:
    """What cut the input off from some of the program, in a sentence; None where nothing is seen to have."""
    cause = recorded.cut(doubt.name)
    if cause is not None:
        return CUTS[cause.reason].say(op=cause.op) if cause.reason in CUTS else ""
    value = recorded.read_plainly(doubt.name)
    if value is not None:
        return READ_PLAINLY.say(name=value)
    at = np.asarray(run.point[doubt.name], dtype=float)
    leaf = recorded.new_leaf(_moved(doubt, run, ROUNDINGS * np.where(np.abs(at) > NO_SIZE, at, 1.0)))
    return None if leaf is None else NEW_LEAF.say(name=leaf)


def _moved(doubt: Doubt, run: Run, by: np.ndarray) -> Run:
    """The program run beside the point: the input moved by so much."""
    moved = np.asarray(run.point[doubt.name], dtype=float) + by
    point = {**run.point, doubt.name: moved if moved.ndim else float(moved)}
    return record(run.program, point, run.watched, run.target_name or None)


def _spread(doubt: Doubt, run: Run) -> np.ndarray:
    """How much the tape's slopes change from one float to the next."""
    nearby = []
    for by in NEARBY:
        moved = _moved(doubt, run, by * ROUNDINGS * np.asarray(run.point[doubt.name], dtype=float))
        gradient = moved.gradients()[doubt.name]
        if gradient is None:
            return np.zeros(len(doubt.ways))
        nearby.append(doubt.ways.along(np.asarray(gradient)))
    return np.ptp(nearby, axis=0)
