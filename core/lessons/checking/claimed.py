"""Published numbers against the engine's."""

from __future__ import annotations

from collections.abc import Iterator

from core.basics.errors import ProgramError
from core.lessons.checking import sentences as told
from core.lessons.claims import confirms
from core.lessons.lesson import Lesson, Problem
from core.lessons.study import Study
from core.navigation.logic import Unknown
from core.navigation.places import Missing


def problems_of_claims(lesson: Lesson, study: Study) -> Iterator[Problem]:
    """The claims that do not hold."""
    for claim in lesson.claims:
        try:
            value = claim.that.value(study.known())
        except (Unknown, Missing, ProgramError) as error:
            yield Problem(claim.spot, told.CLAIM_NOT_COMPUTED.say(reason=str(error)))
            continue
        if not confirms(value, claim.printed, claim.within):
            yield Problem(claim.spot, told.CLAIM_OFF.say(printed=claim.printed, value=repr(value)))
