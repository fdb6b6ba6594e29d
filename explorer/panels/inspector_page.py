"""The page of the inspector as HTML: value, operands, partials, pullbacks, and what made up the adjoint.

The wording of mathematics is that of `core.notation`; here it is only arranged.
"""

from collections.abc import Iterator
from html import escape

import numpy as np

from core import notation
from core.events import AdjointAccumulated
from core.tape import Entry
from core.timeline import Frame
from explorer.theme import Theme, mono

_MOST_ROWS = 200
_SHOWN_NUMBERS = 400


def empty_page(theme: Theme) -> str:
    """What to do while nothing is selected."""
    return f'<p style="color:{theme.muted}">Click a node, a line of the tape or a piece of the text.</p>'


def veiled_page(frame: Frame, index: int, theme: Theme) -> str:
    """The entry's operation, without a number: something about it is asked."""
    page = _Page(theme)
    page.section("Forward", (escape(notation.entry_formula(frame.timeline.tape, index)), "text"))
    return page.html() + f'<p style="color:{theme.muted}">The rest is hidden until the question is answered.</p>'


def entry_page(frame: Frame, index: int, theme: Theme) -> str:
    """All about one entry at a step."""
    entry = frame.timeline.tape[index]
    page = _Page(theme)
    page.section("Forward", *_forward(frame, entry))
    if isinstance(entry.primal, np.ndarray) and frame.primal(index) is not None:
        page.section("Value", *_grid(entry.primal, "primal"))
    slots = [slot for slot, operand in enumerate(entry.operands) if isinstance(operand, int)][:_MOST_ROWS]
    page.section("Local partial derivatives", *(_partial(frame, entry, slot) for slot in slots))
    page.section("Pullback (chain rule)", *(_pullback(frame, entry, slot) for slot in slots))
    page.section(f"What makes up {notation.bar(entry.label)}", *_adjoint(frame, entry))
    adjoint = frame.adjoint(index)
    if isinstance(adjoint, np.ndarray):
        page.section("Adjoint", *_grid(adjoint, "adjoint"))
    return page.html()


class _Page:
    """Sections of coloured lines."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._family = ", ".join(f"'{name}'" for name in mono().families())
        self._parts: list[str] = []

    def section(self, title: str, *lines: tuple[str, str]) -> None:
        """A heading over lines of (html, colour name); nothing where there are no lines."""
        if lines:
            heading = f'<p style="color:{self._theme.muted}; margin:10px 0 3px 0">{escape(title)}</p>'
            self._parts.append(heading + "".join(self._line(*line) for line in lines))

    def _line(self, text: str, color: str) -> str:
        style = f"color:{getattr(self._theme, color)}; margin:2px 0; white-space:pre-wrap"
        return f'<p style="font-family:{self._family}; font-size:12px; {style}">{text}</p>'

    def html(self) -> str:
        """The whole page."""
        links = f"<style>a {{ color:{self._theme.primal}; text-decoration:none }}</style>"
        return links + "".join(self._parts)


def _forward(frame: Frame, entry: Entry) -> Iterator[tuple[str, str]]:
    tape = frame.timeline.tape
    known = frame.primal(entry.index) is not None
    if entry.op.name == "input":
        value = f" = {notation.number(entry.primal)}" if known else ""
        yield f"{escape(entry.label + value)}", "primal"
        return
    yield escape(notation.entry_formula(tape, entry.index)), "text"
    if known:
        numbers = notation.entry_numbers(tape, entry.index)
        yield escape(f"= {numbers} = {notation.number(entry.primal)}"), "primal"
    links = (_link(frame, operand) for operand in entry.operands if isinstance(operand, int))
    yield "from " + ", ".join(dict.fromkeys(links)), "muted"


def _partial(frame: Frame, entry: Entry, slot: int) -> tuple[str, str]:
    return escape(notation.partial(frame.timeline.tape, entry.index, slot)), "text"


def _pullback(frame: Frame, entry: Entry, slot: int) -> tuple[str, str]:
    """The line of the step that pulled back through this operand, or what it will be."""
    timeline = frame.timeline
    step = timeline.step_of_contribution.get((entry.index, slot))
    if step is not None and step <= frame.step:
        return escape(notation.formula(timeline, step)), "adjoint"
    receiver = entry.operands[slot]
    assert isinstance(receiver, int)
    left = notation.bar(timeline.tape.label(receiver))
    return escape(f"{left} += {notation.pullback_text(timeline.tape, entry.index, slot)}"), "muted"


def _adjoint(frame: Frame, entry: Entry) -> Iterator[tuple[str, str]]:
    """Before + added = after, for each contribution so far."""
    timeline, number = frame.timeline, notation.number
    seeded = timeline.seeded_at[entry.index]
    if seeded <= frame.step:
        yield f"seed {escape(number(timeline.event(int(seeded)).value))}", "adjoint"  # type: ignore[union-attr]
    arrived = frame.contributions(entry.index)
    for event in arrived[-_MOST_ROWS:]:
        yield f"{_link(frame, event.source)}: {escape(_sum(event))}", "adjoint"
    missing = frame.expected_contributions(entry.index) - len(arrived)
    if missing:
        yield f"{missing} more to come", "muted"
    elif not arrived and seeded > len(timeline):
        yield "nothing" if timeline.run.failure else "nothing: the output does not depend on it", "muted"
    elif frame.adjoint(entry.index) is not None:
        total = f"{notation.bar(entry.label)} = {number(frame.adjoint(entry.index))}"
        yield f"<b>{escape(total)}</b>", "adjoint"


def _sum(event: AdjointAccumulated) -> str:
    number = notation.number
    before = "0" if event.before is None else number(event.before)
    added = number(event.contribution)
    return f"{before} + {f'({added})' if added.startswith('-') else added} = {number(event.after)}"


def _link(frame: Frame, index: int) -> str:
    return f'<a href="entry:{index}">{escape(frame.timeline.tape.label(index))}</a>'


def _grid(value: np.ndarray, color: str) -> Iterator[tuple[str, str]]:
    """An array as rows of numbers, its middle left out where it is large."""
    yield f"shape {escape(notation.shape_text(value))}", "muted"
    text = np.array2string(value, precision=4, threshold=_SHOWN_NUMBERS, edgeitems=4, max_line_width=44)
    yield escape(text), color
