"""The tape's own life: whether it records, is read or used up, what it keeps, and what it says when asked again.

Puts what is known of the run that is shown into the head of the tape panel. Wording of errors is the engine's.
"""

import numpy as np

from core.basics.words import say, sentences
from core.language.interface.opened_tapes import Gap, OpenedTape
from explorer.panels.tape.head import TapeHead, TapeState
from explorer.panels.tape.memory_strip import bytes_text
from explorer.panels.tape.table import TapeTable
from explorer.parts.part import Commands, Part
from explorer.parts.tape_life.work import error_when_asked_twice, gaps_on, light_at, lines, owner, tapes_in
from explorer.session import Session
from explorer.shown import ShownSignals


class TapeLife(Part):
    """Shows the state of the tape at the step that is shown."""

    def __init__(self, session: Session, shown: ShownSignals, head: TapeHead, table: TapeTable) -> None:
        super().__init__()
        self._session, self._shown, self._head, self._table = session, shown, head, table
        self._tapes: tuple[OpenedTape, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self._light = ""
        self._text = ""
        self._said = False
        self.persistent = False
        shown.timeline_changed.connect(self._take_timeline)
        shown.step_changed.connect(self._follow)
        session.checked.connect(self._show_memory)
        head.persistent_requested.connect(self._set_persistent)
        head.asked.connect(self.ask)

    def commands(self) -> Commands:
        return {"ask_again": self.ask}

    def _take_timeline(self) -> None:
        timeline = self._shown.timeline
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
        if self._shown.timeline is not self._session.timeline:
            return np.zeros(0)
        kept = self._session.memory
        return np.maximum.accumulate(kept) if self.persistent and len(kept) else kept

    def _show_memory(self) -> None:
        timeline = self._shown.timeline
        self._head.show_memory(self.kept(), timeline.forward_end if timeline else 0)
        self._head.strip.show_step(self._shown.step)

    def _follow(self) -> None:
        """Another step; the words change only where the light does."""
        timeline = self._shown.timeline
        if timeline is None:
            return
        step = self._shown.step
        self._head.strip.show_step(step)
        light = light_at(timeline, step, self.persistent)
        if light != self._light or self._said:
            self._light, self._said = light, False
            self._head.show_state(TapeState(light, tuple(timeline.run.inputs), self._notes()))

    def _notes(self) -> tuple[str, ...]:
        """What the text says about its tapes."""
        notes = [
            say(
                "tape-life.opened-inside",
                "{name} (line {line}) is opened inside {outer}.",
                name=tape.name,
                line=tape.line,
                outer=tape.inside,
            )
            if tape.inside
            else say("tape-life.opened", "{name} (line {line}).", name=tape.name, line=tape.line)
            for tape in self._tapes
            if tape.inside or len(self._tapes) > 1
        ]
        notes += [
            say("tape-life.records-nothing", "{owner} records nothing {lines}.", owner=owner(gap), lines=lines(gap))
            for gap in self._gaps
        ]
        return tuple(notes)

    def ask(self) -> None:
        """Ask the tape for the gradient once more, and show what it answers."""
        timeline = self._shown.timeline
        if timeline is None:
            return
        self._said = True
        if self._shown.step < len(timeline) or timeline.second_sweep != "reverse":
            self._head.say(
                say(
                    "tape-life.tape-not-asked-yet",
                    "The tape was not asked yet: go to the end of the reverse sweep (End), then ask again.",
                )
            )
        elif error := error_when_asked_twice(self.persistent):
            self._head.say(error, "error")
        else:
            kept = self.kept()
            answer = say("tape-life.same-gradients", "The same gradients again: a persistent tape can be asked often.")
            held = (
                say("tape-life.kept", "It kept {bytes} for that.", bytes=bytes_text(int(kept[-1]))) if len(kept) else ""
            )
            self._head.say(sentences(answer, held), "ok")
