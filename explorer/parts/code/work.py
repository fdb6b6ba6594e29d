"""The derivative of a run as readable Python, with the line that belongs to each step and the entry behind each line.

Pure functions for a worker thread; the text is `core.codegen`'s. Knows no widget.
"""

from dataclasses import dataclass

from core.basics.words import say
from core.codegen import Source, tape_source
from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, PrimalComputed
from core.timeline import Timeline

LONGEST = 5_000
"""Entries of a run beyond which its text is for no reader."""


@dataclass(frozen=True, eq=False)
class Code:
    """Text, and how its lines (from 1) belong to steps and entries; or why there is none."""

    text: str = ""
    problem: str = ""
    timeline: Timeline | None = None
    source: Source | None = None
    first: int = 0
    last: int = 0

    def line_of_step(self, step: int) -> int | None:
        """The line that does what happens in the step."""
        if self.source is None or self.timeline is None or not 1 <= step <= len(self.timeline):
            return None
        match self.timeline.event(step):
            case PrimalComputed(index):
                return self.source.line_of_entry.get(index, self.first)
            case AdjointSeeded(index):
                return self.source.line_of_adjoint.get(index)
            case AdjointAccumulated(_, source, slot):
                return self._pullback(source, slot)
            case AdjointCompleted():
                return self.last
        return None

    def _pullback(self, source: int, slot: int) -> int | None:
        """Lines of one entry's pullbacks stand in the order of its operands."""
        assert self.source and self.timeline
        lines = self.source.lines_of_pullback.get(source, [])
        slots = sorted(one for entry, one in self.timeline.step_of_contribution if entry == source)
        place = slots.index(slot) if slot in slots else 0
        return lines[min(place, len(lines) - 1)] if lines else None

    def lines_of_entry(self, index: int) -> tuple[int, ...]:
        """The lines that compute an entry and its adjoint."""
        if self.source is None:
            return ()
        found = (self.source.line_of_entry.get(index), self.source.line_of_adjoint.get(index))
        return tuple(line for line in found if line is not None)

    def entry_of_line(self, line: int) -> int | None:
        """The entry that a line computes, or pulls back through."""
        if self.source is None:
            return None
        for entry, own in self.source.line_of_entry.items():
            if own == line:
                return entry
        for entry, lines in self.source.lines_of_pullback.items():
            if line in lines:
                return entry
        return next((entry for entry, own in self.source.line_of_adjoint.items() if own == line), None)


def code_of(timeline: Timeline) -> Code:
    """The text of a run's two sweeps."""
    run = timeline.run
    if run.failure:
        return Code(
            problem=say(
                "code.program-stopped-halfway-no",
                "The program stopped halfway, so there is no derivative to write down.",
            )
        )
    if run.target is None:
        return Code(
            problem=say(
                "code.output-not-depend-watched",
                "The output does not depend on a watched input, so there is no derivative to write down.",
            )
        )
    if len(run.tape) > LONGEST:
        return Code(
            problem=say(
                "code.tape-more-than-entries",
                "A tape of more than {limit:,} entries is too long to be read as text.",
                limit=LONGEST,
            )
        )
    try:
        source = tape_source(run.tape, run.target, list(run.inputs.values()), run.program.text)
    except ValueError as error:
        return Code(problem=say("code.no-text", "There is no text: {message}.", message=error))
    lines = source.text.split("\n")
    first = next((place for place, line in enumerate(lines, 1) if line.startswith("def value_and_gradient")), 1)
    last = len(source.text.rstrip("\n").split("\n"))
    return Code(source.text, "", timeline, source, first, last)
