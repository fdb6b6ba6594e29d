"""Finding one's way in the graph: searching entries, what an entry depends on, the paths from an input to the output.

It asks the core, lights what was found in the graph view, and says in words where one stands. Knows no window.
"""

from collections.abc import Callable, Sequence

from core import notation
from core.basics.errors import ProgramError
from core.dependence import Route, Routes, ancestors, descendants, routes_between
from core.navigation.search import search
from core.timeline import Timeline
from explorer.graph.spotlight import Spotlight
from explorer.graph.view import GraphView
from explorer.worker import Worker

GRACE = 0.04  # seconds for which the window waits for a search
MOST = 50
"""Paths to step through."""
SHOWN = 12
"""Names of a path that are written; of a longer one the middle is left out."""


class Finding:
    """What was looked for, and which of it one stands at; `choose` selects an entry everywhere."""

    def __init__(
        self, graph: GraphView, timeline: Callable[[], Timeline | None], choose: Callable[[int], None]
    ) -> None:
        self._graph, self._timeline, self._choose = graph, timeline, choose
        self._found: Sequence[int] = ()
        self._routes = Routes((), 0)
        self._place = 0
        self._worker = Worker(graph)
        graph.let_go.connect(self.clear)

    @property
    def path_of(self) -> int | None:
        """The entry whose paths are lit one by one."""
        return self._routes.routes[0].entries[0] if self._routes.routes else None

    @property
    def found(self) -> Sequence[int]:
        """The entries that were found."""
        return self._found

    def find(self, text: str, told: Callable[[int], object] = int) -> None:
        """Search (see `core.navigation.search`), light all hits, choose the first, and tell how many there are.

        At once, or beside the window when the search takes long. Half a condition finds nothing.
        """
        self.clear()
        timeline = self._timeline()

        def show(found: Sequence[int]) -> None:
            if timeline is self._timeline():
                self._show(found)
                told(len(found))

        self._worker.submit(lambda budget: _hits(timeline, text), show, GRACE)

    def close(self) -> None:
        """Wait until no search goes on."""
        self._worker.close()

    def _show(self, found: Sequence[int]) -> None:
        self._found = found
        self._graph.spotlight(Spotlight(found))
        if found:
            self._choose(found[0])

    def next(self, by: int = 1) -> None:
        """Go to the next hit or path; with -1 to the one before."""
        if self._found:
            self._place = (self._place + by) % len(self._found)
            self._choose(self._found[self._place])
        elif self._routes.routes:
            self._place = (self._place + by) % len(self._routes.routes)
            self._light_route()

    def show_ancestors(self, entry: int) -> None:
        """Light what an entry depends on."""
        self._light_around(entry, ancestors)

    def show_descendants(self, entry: int) -> None:
        """Light what depends on an entry."""
        self._light_around(entry, descendants)

    def show_paths(self, entry: int) -> int:
        """Light the paths from an entry to the output, one by one; how many there are."""
        self.clear()
        timeline = self._timeline()
        target = timeline.run.target if timeline is not None else None
        if timeline is not None and target is not None:
            self._routes = routes_between(timeline.tape, entry, target, MOST)
            self._light_route()
        return self._routes.count

    def clear(self) -> None:
        """Light nothing any more."""
        self._worker.cancel()
        self._found, self._routes, self._place = (), Routes((), 0), 0
        self._graph.spotlight(Spotlight())

    def say(self) -> str:
        """Where one stands, in words."""
        if self._found:
            return f"{self._place + 1:,} of {len(self._found):,}"
        if self._routes.routes:
            return self._say_route(self._routes.routes[self._place])
        return ""

    def _light_around(self, entry: int, which: Callable) -> None:
        self.clear()
        timeline = self._timeline()
        if timeline is not None:
            self._graph.spotlight(Spotlight(lit=which(timeline.tape, [entry])))

    def _light_route(self) -> None:
        if self._routes.routes:
            self._graph.spotlight(Spotlight(lit=self._routes.routes[self._place].entries, route=True))

    def _say_route(self, route: Route) -> str:
        timeline = self._timeline()
        assert timeline is not None
        names = [timeline.tape.label(entry) for entry in route.entries]
        if len(names) > SHOWN:
            names = [*names[: SHOWN // 2], "…", *names[-SHOWN // 2 :]]
        number = f"path {self._place + 1:,} of {self._routes.count:,}: {' → '.join(names)}"
        if route.product is None:
            return number
        factors = " · ".join(notation.number(partial) for partial in route.partials[::-1][:SHOWN])
        more = " · …" if len(route.partials) > SHOWN else ""
        return f"{number}; product {factors}{more} = {notation.number(route.product)}"


def _hits(timeline: Timeline | None, text: str) -> Sequence[int]:
    try:
        return search(timeline, text) if timeline is not None else ()
    except ProgramError:  # half a condition, while it is being typed
        return ()
