"""What a moment may point at besides entries, edges and lines: the panels of the window, by name."""

from __future__ import annotations

from dataclasses import dataclass

from core.basics.errors import ProgramError
from core.basics.words import alternatives, say
from core.lessons.study import Known
from core.navigation.grammar import Function

PANELS = ("editor", "inputs", "graph", "tape", "inspector", "gradients", "playback", "plot", "checks", "code",
          "training", "matrices", "printed", "why", "mistakes", "tape-life")  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """A part of the window, by one of the names in PANELS."""

    name: str


def panel(known: Known, name: str) -> Panel:
    """The part of the window of that name."""
    if name not in PANELS:
        raise ProgramError(
            say("lessons.no-panel", "There is no panel `{name}`; there are {known}.",
                name=name, known=alternatives(PANELS))
        )  # fmt: skip
    return Panel(name)


FUNCTIONS = (Function("panel", ("word",), panel, f"a part of the window: {', '.join(PANELS)}"),)
