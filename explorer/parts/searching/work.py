"""What is found in a run: entries that are meant, what an entry depends on, its routes to the output, in words.

Pure functions of timelines. Knows no widget.
"""

from collections.abc import Sequence

from core import notation
from core.basics.errors import ProgramError
from core.basics.words import say
from core.dependence import Routes, ancestors, descendants, routes_between
from core.navigation.search import search
from core.timeline import Timeline

MOST = 50
"""Routes to step through."""
SHOWN = 12
"""Names of a route that are written; of a longer one the middle is left out."""


def hits(timeline: Timeline | None, words: str) -> Sequence[int]:
    """The entries that are meant (see `core.navigation.search`); half a condition, while it is typed, means none."""
    try:
        return search(timeline, words) if timeline is not None else ()
    except ProgramError:
        return ()


def behind(timeline: Timeline, entry: int) -> Sequence[int]:
    """An entry, and all that it depends on."""
    return ancestors(timeline.tape, [entry])


def ahead(timeline: Timeline, entry: int) -> Sequence[int]:
    """An entry, and all that depends on it."""
    return descendants(timeline.tape, [entry])


def routes_to_output(timeline: Timeline | None, entry: int) -> Routes:
    """The routes from an entry to the output, the first of them laid out."""
    target = timeline.run.target if timeline is not None else None
    return Routes((), 0) if timeline is None or target is None else routes_between(timeline.tape, entry, target, MOST)


def route_words(timeline: Timeline, routes: Routes, place: int) -> str:
    """One of the routes in words, with the product of the partials along it where there is one."""
    route = routes.routes[place]
    names = [timeline.tape.label(entry) for entry in route.entries]
    if len(names) > SHOWN:
        names = [*names[: SHOWN // 2], "…", *names[-SHOWN // 2 :]]
    number = say(
        "searching.path",
        "path {place:,} of {count:,}: {names}",
        place=place + 1,
        count=routes.count,
        names=" → ".join(names),
    )
    if route.product is None:
        return number
    factors = " × ".join(notation.number(partial) for partial in route.partials[::-1][:SHOWN])
    more = " × …" if len(route.partials) > SHOWN else ""
    return say(
        "searching.product",
        "{path}; product {factors} = {product}",
        path=number,
        factors=factors + more,
        product=notation.number(route.product),
    )
