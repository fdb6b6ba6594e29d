"""Finding one's way in the graph: searching entries, what an entry depends on, the paths from an input to the output.

It lights what `work` finds in the graph view, and says in words where one is.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt

from core.basics.words import say
from core.dependence import Routes
from core.timeline import Timeline
from explorer.desk import Desk
from explorer.graph.spotlight import Spotlight
from explorer.graph.view import GraphView
from explorer.look.theme import Theme
from explorer.parts.part import Commands, Part
from explorer.parts.searching.find_field import FindField
from explorer.parts.searching.work import ahead, behind, hits, route_words, routes_to_output
from explorer.shown import ShownSignals

JOB = "search"


class Searching(Part):
    """What was looked for, and at which of it one is; found entries are selected."""

    def __init__(self, shown: ShownSignals, desk: Desk, graph: GraphView, field: FindField) -> None:
        super().__init__()
        self._shown, self._desk, self._graph, self._field = shown, desk, graph, field
        self._found: Sequence[int] = ()
        self._routes = Routes((), 0)
        self._place = 0
        graph.let_go.connect(self.clear)
        field.find_requested.connect(self.find)
        field.left.connect(graph.setFocus)

    def commands(self) -> Commands:
        return {
            "find": self._go_to_field,
            "show_ancestors": lambda: self._light(self.show_ancestors),
            "show_descendants": lambda: self._light(self.show_descendants),
            "show_paths": self._light_paths,
        }

    def set_theme(self, theme: Theme) -> None:
        self._field.set_theme(theme)

    def _go_to_field(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _light(self, show: Callable[[int], object]) -> None:
        """Show something of the inspected entry."""
        if self._shown.inspected is not None:
            show(self._shown.inspected)

    def _light_paths(self) -> None:
        """The first path of the inspected entry, or the next where they are lit already."""
        if self.path_of is not None and self.path_of == self._shown.inspected:
            self.next()
        else:
            self._light(self.show_paths)

    @property
    def path_of(self) -> int | None:
        """The entry whose paths are lit one by one."""
        return self._routes.routes[0].entries[0] if self._routes.routes else None

    @property
    def found(self) -> Sequence[int]:
        """The entries that were found."""
        return self._found

    def find(self, words: str, onward: bool = False) -> None:
        """Light the entries that are meant (a name, words of a formula, `line 3`, `grad > 100`, `nan`).

        The first of them is selected, with `onward` the next one. At once, or later where the search takes long. Half
        a condition finds nothing.
        """
        if onward and self._found:
            self.next()
            return
        self.clear()
        timeline = self._shown.timeline
        if words.strip():
            take = partial(self._take, timeline)
            self._desk.submit(JOB, lambda _: hits(timeline, words), take, "searching")
        else:
            self._field.show_found(0)

    def _take(self, timeline: Timeline | None, found: Sequence[int]) -> None:
        if timeline is self._shown.timeline:
            self._show(found)

    def _show(self, found: Sequence[int]) -> None:
        self._found = found
        self._field.show_found(len(found))
        self._graph.spotlight(Spotlight(found))
        if found:
            self._shown.select(found[0])

    def next(self, by: int = 1) -> None:
        """Go to the next hit or path; with -1 to the one before."""
        if self._found:
            self._place = (self._place + by) % len(self._found)
            self._shown.select(self._found[self._place])
        elif self._routes.routes:
            self._place = (self._place + by) % len(self._routes.routes)
            self._light_route()

    def show_ancestors(self, entry: int) -> None:
        """Light what an entry depends on."""
        self._light_around(entry, behind)

    def show_descendants(self, entry: int) -> None:
        """Light what depends on an entry."""
        self._light_around(entry, ahead)

    def show_paths(self, entry: int) -> int:
        """Light the paths from an entry to the output, one by one; how many there are."""
        self.clear()
        self._routes = routes_to_output(self._shown.timeline, entry)
        self._light_route()
        return self._routes.count

    def clear(self) -> None:
        """Light nothing any more."""
        self._desk.cancel(JOB)
        self._found, self._routes, self._place = (), Routes((), 0), 0
        self._graph.spotlight(Spotlight())

    def say(self) -> str:
        """Where one is, in words."""
        if self._found:
            return say("searching.of", "{place:,} of {count:,}", place=self._place + 1, count=len(self._found))
        if self._routes.routes and self._shown.timeline is not None:
            return route_words(self._shown.timeline, self._routes, self._place)
        return ""

    def _light_around(self, entry: int, which: Callable[[Timeline, int], Sequence[int]]) -> None:
        self.clear()
        timeline = self._shown.timeline
        if timeline is not None:
            self._graph.spotlight(Spotlight(lit=which(timeline, entry)))

    def _light_route(self) -> None:
        if self._routes.routes:
            self._graph.spotlight(Spotlight(lit=self._routes.routes[self._place].entries, route=True))
