"""The order of things: lessons that come before, terms introduced before they are used, saying before asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.lessons.checking import sentences as told
from core.lessons.checking.moments import TASK_KEYS, prose_of
from core.lessons.lesson import Lesson, Problem, Spot
from core.lessons.terms import named, terms_in

Shelf = Callable[[str], Lesson | None]
"""The lesson of an id; None where there is none."""
LONGEST_TITLE, LONGEST_AFTER = 60, 160


def problems_of_needs(lesson: Lesson, shelf: Shelf) -> Iterator[Problem]:
    """Lessons that are needed and not there, or that need this one themselves."""
    spot = lesson.spots.get("needs", Spot(1, 1))
    for id in lesson.needs:
        if id == lesson.id or lesson.id in _before(id, shelf):
            yield Problem(spot, told.CIRCLE.say(id=id))
        elif shelf(id) is None:
            yield Problem(spot, told.NO_SUCH_LESSON.say(id=id))


def _before(id: str, shelf: Shelf) -> set[str]:
    """The ids of all lessons that come before one, itself not counted."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        one = shelf(waiting.pop())
        for other in one.needs if one is not None else ():
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def introduced_before(lesson: Lesson, shelf: Shelf) -> set[str]:
    """The terms that lessons before this one introduce."""
    ids = {*lesson.needs, *(other for need in lesson.needs for other in _before(need, shelf))} - {lesson.id}
    lessons = [one for id in sorted(ids) if (one := shelf(id)) is not None]
    texts = [prose for one in lessons for moment in one.moments for _, prose in prose_of(moment)]
    return {term for prose in texts for term in named(prose.introduced)}


def problems_of_terms(lesson: Lesson, shelf: Shelf) -> Iterator[Problem]:
    """Terms that are used before they were introduced; each is told once."""
    known = introduced_before(lesson, shelf)
    for moment in lesson.moments:
        for key, prose in prose_of(moment):
            known |= named(prose.introduced)
            for term in terms_in(prose.words):
                if term not in known:
                    known.add(term)
                    yield Problem(moment.spot(key, *TASK_KEYS), told.TERM.say(term=term))


def problems_of_order(lesson: Lesson) -> Iterator[Problem]:
    """What a learner would stumble over: no moment at all, a question before anything was shown, a title too long."""
    for key, text, most in (("title", lesson.title, LONGEST_TITLE), ("after", lesson.after, LONGEST_AFTER)):
        if len(text) > most:
            yield Problem(lesson.spots.get(key, Spot(1, 1)), told.TOO_LONG.say(count=len(text), most=most))
    if not lesson.moments:
        yield Problem(Spot(1, 1), told.NO_MOMENTS.say())
    elif lesson.moments[0].task is not None:
        yield Problem(lesson.moments[0].spot("at"), told.ASKS_FIRST.say())
