"""Navigation: the ways through the steps, as the user meets them in keys, gutter, timeline, graph and panel of stops.

Where steps lead is the responsibility of `travel`; here is who asks it, and who shows what it has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QAction

from core.basics.words import say, say_many
from explorer.model.document import Document
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.playback.panel import PlaybackPanel
from explorer.parts.navigation.panel import Stop, StopsPanel
from explorer.parts.navigation.travel import UNITS, Travel
from explorer.parts.part import Commands, Offer, Part
from explorer.places import Places
from explorer.player import Player
from explorer.shown import ShownSignals


class Navigation(Part):
    """Units of a step, stops, bookmarks and sections; `units` are the actions that choose a unit."""

    def __init__(
        self,
        shown: ShownSignals,
        player: Player,
        places: Places,
        editor: FunctionEditor,
        playback: PlaybackPanel,
        units: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._shown, self._player, self._places = shown, player, places
        self._editor, self._playback, self._units = editor, playback, units
        self.travel = Travel(player, self)
        self.panel = StopsPanel()
        self.dock = places.dock("stops", say("navigation.stops", "Stops"), self.panel)
        self.travel.changed.connect(self._show)
        self.travel.changed.connect(self.noted)
        self.travel.said.connect(self._say)
        shown.timeline_changed.connect(lambda: self.travel.set_timeline(shown.timeline))
        editor.gutter.line_clicked.connect(lambda line: self.travel.toggle(f"line {line}"))
        self.panel.breakpoint_requested.connect(self._add)
        self.panel.removed.connect(self._remove)
        self.panel.chosen.connect(lambda stop: player.seek(stop.step))
        self._show()

    def commands(self) -> Commands:
        return self._ways() | self._marks()

    def _ways(self) -> Commands:
        """The actions that move."""
        travel = self.travel
        return {
            **{f"by_{unit}": partial(travel.set_unit, unit) for unit in UNITS},
            "step_forward": travel.forward,
            "step_back": travel.back,
            "to_turn": self.to_turn,
            "line_forward": lambda: travel.go_by("line"),
            "line_back": lambda: travel.go_by("line", forward=False),
            "over": travel.over,
            "over_back": lambda: travel.over(forward=False),
            "into": travel.into,
            "out": travel.out,
            "next_stop": travel.run_to_hit,
            "last_stop": lambda: travel.run_to_hit(forward=False),
            "next_bookmark": travel.go_to_bookmark,
            "last_bookmark": lambda: travel.go_to_bookmark(forward=False),
        }

    def _marks(self) -> Commands:
        """The actions that mark steps."""
        travel, player = self.travel, self._player
        return {
            "toggle_stop": self.toggle_here,
            "clear_stops": travel.clear_breakpoints,
            "go_stops": lambda: self._places.bring_forward(self.dock, self.panel.field),
            "bookmark": self.keep_step,
            "section_start": lambda: travel.mark_section(start=player.step),
            "section_end": lambda: travel.mark_section(end=player.step),
            "section_clear": travel.clear_section,
        }

    def offers(self, found: int | str) -> Iterable[Offer]:
        timeline = self._shown.timeline
        if isinstance(found, str) or timeline is None:
            return []
        label, seek = timeline.tape.label(found), self._player.seek
        stops = any(one.text == label for one in self.travel.breakpoints)
        made = [
            Offer(
                say("navigation.no-longer-stop", "No longer stop at {label}", label=label)
                if stops
                else say("navigation.stop", "Stop at {label}", label=label),
                say("navigation.playing-ends-where-entry", "Playing ends where this entry is at work, or no longer"),
                lambda: self.travel.toggle(label),
            ),
            Offer(
                say("navigation.go-where-computed", "Go to where {label} is computed", label=label),
                say("navigation.step-forward-sweep-gives", "The step of the forward sweep that gives its value"),
                lambda: seek(int(timeline.computed_at[found])),
            ),
        ]
        steps, _ = timeline.arrivals.get(found, ([], []))
        if steps:
            tip = say("navigation.step-brings-last-contribution", "The step that brings its last contribution")
            made.append(
                Offer(
                    say("navigation.go-where-all-receives", "Go to where {label} has all it receives", label=label),
                    tip,
                    lambda: seek(steps[-1]),
                )
            )
        return made

    def add_to(self, document: Document) -> Document:
        breakpoints = tuple(map(str, self.travel.breakpoints))
        return replace(document, breakpoints=breakpoints, bookmarks=dict(self.travel.bookmarks))

    def restore(self, document: Document) -> None:
        self.travel.restore(document.breakpoints, document.bookmarks)

    def _say(self, sentence: str) -> None:
        (self.panel.say if self.panel.isVisible() else self._places.say)(sentence)

    def _show(self) -> None:
        """Everything that shows what the travel has."""
        travel = self.travel
        self._editor.gutter.show_breakpoints(travel.lines())
        self._playback.timeline.show_marks(travel.hits(), dict(travel.bookmarks), travel.section)
        self._playback.show_unit(travel.unit)
        for unit in UNITS:
            self._units[unit].setChecked(unit == travel.unit)
        self.panel.show_stops(self._stops())

    def _stops(self) -> list[Stop]:
        stops = []
        for one in self.travel.breakpoints:
            count = self.travel.count(one.text)
            times = (
                say("navigation.never", "never here")
                if not count
                else say_many("navigation.steps", "{count:,} step", "{count:,} steps", count)
            )
            stops.append(Stop("stop", one.text, times, int(self.travel.first_hit(one))))
        for step, note in sorted(self.travel.bookmarks.items()):
            stops.append(
                Stop(
                    "bookmark",
                    note or say("navigation.a-bookmark", "bookmark"),
                    say("navigation.at-step", "step {step:,}", step=step),
                    step,
                )
            )
        return stops

    def _add(self, text: str) -> None:
        if self.travel.toggle(text):
            self.panel.taken()

    def _remove(self, stop: Stop) -> None:
        if stop.kind == "stop":
            self.travel.toggle(stop.text)
        else:
            self.travel.drop_bookmark(stop.step)

    # --- what the actions do ---------------------------------------------------------------------------

    def toggle_here(self) -> None:
        """A stop at the line of the cursor while the editor has the keyboard, else on the inspected entry."""
        if self._editor.hasFocus():
            self.travel.toggle(f"line {self._editor.cursor_line()}")
        elif self._shown.timeline is not None and self._shown.inspected is not None:
            self.travel.toggle(self._shown.timeline.tape.label(self._shown.inspected))

    def to_turn(self) -> None:
        """Go where the forward sweep is complete."""
        if self._shown.timeline is not None:
            self._player.seek(self._shown.timeline.forward_end)

    def keep_step(self) -> None:
        """Ask for a note and keep this step as a bookmark."""
        step = self._player.step
        known = self.travel.bookmarks.get(step, "")
        note = self._places.ask_line(
            say("navigation.bookmark", "Bookmark"),
            say("navigation.note-step", "Note for step {step:,}:", step=step),
            known,
        )
        if note is not None:
            self.travel.bookmark(step, note)
