"""The tape's own life: whether it records, is read or used up, what it keeps, and what it says when asked again.

Puts what the stage and the session know into the head of the tape panel. Wording of errors is the engine's.
"""

import numpy as np
from PySide6.QtCore import QObject

from core.gradient_tape import USED_UP
from core.language.interface.opened_tapes import Gap, OpenedTape, tapes_in
from core.timeline import Timeline
from explorer.panels.tape.head import TapeHead, TapeState
from explorer.panels.tape.memory_strip import bytes_text
from explorer.panels.tape.table import TapeTable
from explorer.player import Player
from explorer.session import Session
from explorer.window.stage import Stage


class TapeLife(QObject):
    """Shows the state of the tape at the step where the player stands."""

    def __init__(self, session: Session, player: Player, stage: Stage, head: TapeHead, table: TapeTable) -> None:
        super().__init__(head)
        self._session, self._player, self._stage, self._head, self._table = session, player, stage, head, table
        self._tapes: tuple[OpenedTape, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self._light = ""
        self._text = ""
        self._said = False
        self.persistent = False
        stage.timeline_shown.connect(self._take_timeline)
        player.moved.connect(self._follow)
        session.checked.connect(self._show_memory)
        head.persistent_requested.connect(self._set_persistent)
        head.asked.connect(self.ask)

    def _take_timeline(self, timeline: Timeline | None) -> None:
        if timeline is None:
            self._head.show_nothing()
            self._table.show_gaps({})
            self._light = ""
            return
        program = timeline.run.program
        if program.text != self._text:
            self._text = program.text
            self._tapes, self._gaps = tapes_in(program)
            self.persistent = any(tape.persistent for tape in self._tapes)
            self._head.show_persistent(self.persistent)
        self._table.show_gaps(gaps_on(timeline, self._gaps))
        self._light = ""
        self._show_memory()
        self._follow()

    def _set_persistent(self, persistent: bool) -> None:
        self.persistent = persistent
        self._light = ""
        self._show_memory()
        self._follow()

    def kept(self) -> np.ndarray:
        """The bytes kept at each step of the timeline that is shown; nothing while they are not known."""
        if self._stage.timeline is not self._session.timeline:
            return np.zeros(0)
        kept = self._session.memory
        return np.maximum.accumulate(kept) if self.persistent and len(kept) else kept

    def _show_memory(self) -> None:
        timeline = self._stage.timeline
        self._head.show_memory(self.kept(), timeline.forward_end if timeline else 0)
        self._head.strip.show_step(self._player.step)

    def _follow(self) -> None:
        """Another step; the words change only where the light does."""
        timeline = self._stage.timeline
        if timeline is None:
            return
        step = self._player.step
        self._head.strip.show_step(step)
        light = light_at(timeline, step, self.persistent)
        if light != self._light or self._said:
            self._light, self._said = light, False
            self._head.show_state(TapeState(light, tuple(timeline.run.inputs), self._notes()))

    def _notes(self) -> tuple[str, ...]:
        """What the text says about its tapes."""
        notes = [
            f"{tape.name} (line {tape.line})" + (f" is opened inside {tape.inside}." if tape.inside else ".")
            for tape in self._tapes
            if tape.inside or len(self._tapes) > 1
        ]
        notes += [f"{_owner(gap)} records nothing {_lines(gap)}." for gap in self._gaps]
        return tuple(notes)

    def ask(self) -> None:
        """Ask the tape for the gradient once more, and show what it answers."""
        timeline = self._stage.timeline
        if timeline is None:
            return
        self._said = True
        if self._player.step < len(timeline) or timeline.second_sweep != "reverse":
            self._head.say("The tape was not asked yet: go to the end of the reverse sweep (End), then ask again.")
        elif not self.persistent:
            self._head.say(f"RuntimeError: {USED_UP}", "error")
        else:
            kept = self.kept()
            held = f" It kept {bytes_text(int(kept[-1]))} for that." if len(kept) else ""
            self._head.say(f"The same gradients again: a persistent tape can be asked often.{held}", "ok")


def light_at(timeline: Timeline, step: int, persistent: bool) -> str:
    """How the tape stands at a step."""
    if step == 0:
        return "empty"
    if step < timeline.forward_end:
        return "recording"
    if step == timeline.forward_end:
        return "recorded"
    if timeline.second_sweep == "tangent":
        return "followed"
    if step < len(timeline):
        return "asked"
    return "kept" if persistent else "used up"


def gaps_on(timeline: Timeline, gaps: tuple[Gap, ...]) -> dict[int, str]:
    """For each entry before which recording was stopped, what to say of it."""
    found: dict[int, str] = {}
    for gap in gaps:
        lines = ((one.span.line if one and one.span else 0) for one in timeline.tape.provenances)
        after = next((index for index, line in enumerate(lines) if line > gap.last), None)
        if after is not None:
            found[after] = f"{_owner(gap)} records nothing {_lines(gap)}, before this entry"
    return found


def _owner(gap: Gap) -> str:
    return gap.tape or "The tape"


def _lines(gap: Gap) -> str:
    return f"in line {gap.first}" if gap.first == gap.last else f"in lines {gap.first} to {gap.last}"
