"""Nudges the entry that is looked at: the graph shows how far every entry moves, and a sentence what that means."""

from collections.abc import Iterable

from core.basics.words import say
from explorer.desk import Desk
from explorer.graph.spotlight import Spotlight
from explorer.graph.view import GraphView
from explorer.parts.nudging.work import Nudge, nudge
from explorer.parts.part import Commands, Offer, Part
from explorer.places import Places
from explorer.shown import ShownSignals

JOB = "nudge"


class Nudging(Part):
    """One nudge at a time; another step, entry or run ends it, and Escape does."""

    def __init__(self, shown: ShownSignals, desk: Desk, places: Places, graph: GraphView) -> None:
        super().__init__()
        self._shown, self._desk, self._places, self._graph = shown, desk, places, graph
        self.nudged: int | None = None
        for signal in (shown.timeline_changed, shown.step_changed, shown.selection_changed, shown.picture_changed):
            signal.connect(self.end)
        graph.let_go.connect(self.end)

    def commands(self) -> Commands:
        return {"nudge": self.ask}

    def offers(self, found: int | str) -> Iterable[Offer]:
        if isinstance(found, str):
            return []
        tip = say("nudging.move-entry-little", "Move this entry a little, and see what follows")
        return [Offer(say("nudging.nudge", "Nudge") + "\tN", tip, lambda: self._nudge(found))]

    def ask(self) -> None:
        """Nudge the entry that is looked at, or end the nudge."""
        entry = self._shown.inspected
        if self.nudged is not None:
            self.end()
        elif entry is not None and self._shown.veil is None:
            self._nudge(entry)

    def end(self) -> None:
        """Show the graph as it is."""
        if self.nudged is not None:
            self.nudged = None
            self._graph.spotlight(Spotlight())

    def _nudge(self, entry: int) -> None:
        timeline = self._shown.timeline
        if timeline is not None:
            self._desk.submit(
                JOB,
                lambda _: nudge(timeline, entry),
                lambda found: self._show(entry, found),
                say("nudging.moving", "moving an entry"),
            )

    def _show(self, entry: int, found: Nudge) -> None:
        if self._shown.timeline is None or entry >= len(self._shown.timeline.tape):
            return
        self.nudged = entry
        self._graph.spotlight(Spotlight(lit=sorted(found.moves), moves=found.moves))
        self._places.say(found.sentence)
