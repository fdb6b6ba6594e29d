"""The page of the inspector as HTML: value, operands, partials, pullbacks, and what made up the adjoint.

The wording of mathematics is that of `core.notation`; here it is only arranged. A formula stands on the page as
pictures where it is typeset already, else as text.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

import numpy as np

from core import notation
from core.basics.words import say
from core.events import AdjointAccumulated
from core.notation import LATEX, PLAIN
from core.notation.styles import Plain
from core.tape import Entry
from core.timeline import Frame
from explorer.look.sizes import px
from explorer.look.theme import Theme, mono

_MOST_ROWS = 200
_SHOWN_NUMBERS = 400


def empty_page(theme: Theme) -> str:
    """What to do while nothing is selected."""
    return f'<p style="color:{theme.muted}">Click a node, a line of the tape or a piece of the text.</p>'


def veiled_page(frame: Frame, index: int, theme: Theme) -> str:
    """The entry's operation, without a number: something about it is asked."""
    page = _Page(theme, lambda line: "")
    page.section(say("inspector.forward", "Forward"), Line(escape(notation.entry_formula(frame.timeline.tape, index))))
    return page.html() + f'<p style="color:{theme.muted}">The rest is hidden until the question is answered.</p>'


class Line(NamedTuple):
    """A line of the page: HTML in a colour, and where it is a formula its LaTeX."""

    html: str
    color: str = "text"
    latex: str = ""


Pictures = Callable[[Line], str]
"""The pictures of a formula as HTML; "" where there are none (yet)."""


def entry_page(frame: Frame, index: int, theme: Theme, pictures: Pictures = lambda line: "") -> str:
    """All about one entry at a step."""
    entry = frame.timeline.tape[index]
    page = _Page(theme, pictures)
    page.section(say("inspector.forward", "Forward"), *_forward(frame, entry))
    if isinstance(entry.primal, np.ndarray) and frame.primal(index) is not None:
        page.section(say("inspector.value", "Value"), *_grid(entry.primal, "primal"))
    slots = [slot for slot, operand in enumerate(entry.operands) if isinstance(operand, int)][:_MOST_ROWS]
    page.section(
        say("inspector.local-partial-derivatives", "Local partial derivatives"),
        *(_partial(frame, entry, slot) for slot in slots),
    )
    tangent = frame.timeline.second_sweep == "tangent"
    if not tangent:
        page.section(
            say("inspector.pullback-chain-rule", "Pullback (chain rule)"),
            *(_pullback(frame, entry, slot) for slot in slots),
        )
    accent = notation.dot if tangent else notation.bar
    page.section(
        say("inspector.makes-up", "What makes up {accent}", accent=accent(entry.label)), *_adjoint(frame, entry)
    )
    adjoint = frame.adjoint(index)
    if isinstance(adjoint, np.ndarray):
        page.section(
            say("inspector.tangent", "Tangent") if tangent else say("inspector.adjoint", "Adjoint"),
            *_grid(adjoint, "adjoint"),
        )
    return page.html()


class _Page:
    """Sections of coloured lines."""

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        self._theme = theme
        self._pictures = pictures
        self._family = ", ".join(f"'{name}'" for name in mono().families())
        self._parts: list[str] = []

    def section(self, title: str, *lines: Line) -> None:
        """A heading over lines; nothing where there are no lines."""
        if lines:
            heading = f'<p style="color:{self._theme.muted}; margin:12px 0 4px 0">{escape(title)}</p>'
            self._parts.append(heading + "".join(map(self._line, lines)))

    def _line(self, line: Line) -> str:
        pictures = self._pictures(line) if line.latex else ""
        style = f"color:{getattr(self._theme, line.color)}; margin:3px 0; white-space:pre-wrap"
        return f'<p style="font-family:{self._family}; font-size:{px(12)}px; {style}">{pictures or line.html}</p>'

    def html(self) -> str:
        """The whole page."""
        links = f"<style>a {{ color:{self._theme.primal}; text-decoration:none }}</style>"
        return links + "".join(self._parts)


def _forward(frame: Frame, entry: Entry) -> Iterator[Line]:
    tape = frame.timeline.tape
    known = frame.primal(entry.index) is not None
    if entry.op.name == "input":
        value = f" = {notation.number(entry.primal)}" if known else ""
        yield Line(f"{escape(entry.label + value)}", "primal")
        return
    yield _formula(lambda style: notation.entry_formula(tape, entry.index, style), "text")
    if known:
        yield _formula(
            lambda style: f"= {notation.entry_numbers(tape, entry.index, style)} = {style.number(entry.primal).text}",
            "primal",
        )
    if through := notation.through_a_view(tape, entry.index):
        yield Line(escape(through), "muted")
    links = (_link(frame, operand) for operand in entry.operands if isinstance(operand, int))
    yield Line("from " + ", ".join(dict.fromkeys(links)), "muted")


def _formula(wording: Callable[[Plain], str], color: str) -> Line:
    """A formula in both styles."""
    return Line(escape(wording(PLAIN)), color, wording(LATEX))


def _partial(frame: Frame, entry: Entry, slot: int) -> Line:
    return _formula(lambda style: notation.partial(frame.timeline.tape, entry.index, slot, style), "text")


def _pullback(frame: Frame, entry: Entry, slot: int) -> Line:
    """The line of the step that pulled back through this operand, or what it will be."""
    timeline = frame.timeline
    step = timeline.step_of_contribution.get((entry.index, slot))
    if step is not None and step <= frame.step:
        return _formula(lambda style: notation.formula(timeline, step, style), "adjoint")
    receiver = entry.operands[slot]
    assert isinstance(receiver, int)
    label = timeline.tape.label(receiver)
    return _formula(
        lambda style: style.bar(label) + style.gets + notation.pullback_text(timeline.tape, entry.index, slot, style),
        "muted",
    )


def _adjoint(frame: Frame, entry: Entry) -> Iterator[Line]:
    """Before + added = after, for each contribution so far."""
    timeline, number = frame.timeline, notation.number
    if timeline.second_sweep == "tangent":
        yield from _tangent(frame, entry)
        return
    seeded = timeline.seeded_at[entry.index]
    if seeded <= frame.step:
        seed = timeline.event(int(seeded)).value  # type: ignore[union-attr]
        yield Line(say("inspector.seed", "seed {value}", value=escape(number(seed))), "adjoint")
    arrived = frame.contributions(entry.index)
    for event in arrived[-_MOST_ROWS:]:
        yield Line(f"{_link(frame, event.source)}: {escape(_sum(event))}", "adjoint")
    missing = frame.expected_contributions(entry.index) - len(arrived)
    if missing:
        yield Line(say("inspector.more-come", "{missing} more to come", missing=missing), "muted")
    elif entry.index in timeline.tape.notes.unwatched:
        yield Line(say("inspector.none-tape-not-watch", "none: the tape does not watch it"), "muted")
    elif not arrived and seeded > len(timeline):
        yield Line(
            say("inspector.nothing", "nothing")
            if timeline.run.failure
            else say("inspector.nothing-output-not-depend", "nothing: the output does not depend on it"),
            "muted",
        )
    elif frame.adjoint(entry.index) is not None:
        total = frame.adjoint(entry.index)
        line = _formula(lambda style: f"{style.bar(entry.label)} = {style.number(total).text}", "adjoint")
        yield line._replace(html=f"<b>{line.html}</b>")


def _tangent(frame: Frame, entry: Entry) -> Iterator[Line]:
    """How the tangent came about."""
    step = int(frame.timeline.arrived_at[entry.index])
    if step <= frame.step:
        yield _formula(lambda style: notation.formula(frame.timeline, step, style), "adjoint")
    elif step <= len(frame.timeline):
        yield Line(say("inspector.still-come", "still to come"), "muted")
    elif entry.index in frame.timeline.tape.notes.unwatched:
        yield Line(say("inspector.none-tape-not-watch", "none: the tape does not watch it"), "muted")
    else:
        yield Line(say("inspector.nothing-not-move-along", "nothing: it does not move along this direction"), "muted")


def _sum(event: AdjointAccumulated) -> str:
    number = notation.number
    before = "0" if event.before is None else number(event.before)
    added = number(event.contribution)
    return f"{before} + {f'({added})' if added.startswith('-') else added} = {number(event.after)}"


def _link(frame: Frame, index: int) -> str:
    return f'<a href="entry:{index}">{escape(frame.timeline.tape.label(index))}</a>'


def _grid(value: np.ndarray, color: str) -> Iterator[Line]:
    """An array as rows of numbers, its middle left out where it is large."""
    yield Line(say("inspector.shape", "shape {shape}", shape=escape(notation.shape_text(value))), "muted")
    text = np.array2string(value, precision=4, threshold=_SHOWN_NUMBERS, edgeitems=4, max_line_width=44)
    yield Line(escape(text), color)
