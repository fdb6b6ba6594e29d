"""How a tape stands at a step, where its text stops recording, and what a tape answers when it is asked twice.

Pure functions of runs. Knows no widget.
"""

from core import GradientTape, constant, functions
from core.basics.words import say
from core.language.interface.opened_tapes import Gap, tapes_in
from core.timeline import Timeline

__all__ = ["error_when_asked_twice", "gaps_on", "light_at", "lines", "owner", "tapes_in"]


def error_when_asked_twice(persistent: bool) -> str:
    """What a tape says when its gradients are asked for a second time, as Python would print it; "" if it answers.

    A tape of this kind is recorded and asked twice: whether that works depends on nothing that is written on it.
    """
    x = constant(1.0)
    with GradientTape(persistent) as tape:
        tape.watch(x)
        y = functions.square(x)
    tape.gradient(y, x)
    try:
        tape.gradient(y, x)
    except RuntimeError as error:
        return f"{type(error).__name__}: {error}"
    return ""


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
        places = ((one.span.line if one and one.span else 0) for one in timeline.tape.provenances)
        after = next((index for index, line in enumerate(places) if line > gap.last), None)
        if after is not None:
            found[after] = say(
                "tape-life.records-nothing-before-entry",
                "{owner} records nothing {lines}, before this entry",
                owner=owner(gap),
                lines=lines(gap),
            )
    return found


def owner(gap: Gap) -> str:
    return gap.tape or say("tape-life.tape", "The tape")


def lines(gap: Gap) -> str:
    return (
        say("tape-life.line-2", "in line {first}", first=gap.first)
        if gap.first == gap.last
        else say("tape-life.lines", "in lines {first} to {last}", first=gap.first, last=gap.last)
    )
