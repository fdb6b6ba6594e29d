"""A sheet to be solved with paper and pencil, for any run, and its answer key: Markdown, or HTML for printing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.basics.words import say
from core.events import AdjointAccumulated
from core.notation import bar, entry_formula, number, partial, pullback_text
from core.ops import INPUT
from core.tape import Tape
from core.timeline import Frame, Timeline

if TYPE_CHECKING:
    from core.run import Run

ENTRIES = 60  # on a sheet; more are for no pencil

VALUE = say("quiz.value", "value")


class Worksheet(NamedTuple):
    """The sheet and its key."""

    questions: str
    answers: str


@dataclass(frozen=True)
class Part:
    """One table: its heading, a sentence, column names, and rows whose last column is the answer."""

    heading: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def worksheet(run: Run, title: str = "", form: Literal["markdown", "html"] = "markdown") -> Worksheet:
    """The sheet for a run and the key to it."""
    parts = [part for part in _parts(run) if part.rows]
    write = _html if form == "html" else _markdown
    name = title or say("quiz.worksheet", "Worksheet")
    return Worksheet(
        write(name, run, parts, False), write(say("quiz.answers-to", "{title}: answers", title=name), run, parts, True)
    )


def _parts(run: Run) -> list[Part]:
    timeline = Timeline.of(run)
    last = timeline.frame(len(timeline))
    shown = range(min(len(run.tape), ENTRIES))
    edges = [event for index in shown for event in last.contributions(index) if event.source < ENTRIES]
    edges.sort(key=lambda event: (-event.source, event.slot))
    return [_forwards(run.tape, shown), _slopes(run.tape, edges), _backwards(run, edges), _gradient(run, last)]


def _forwards(tape: Tape, shown: range) -> Part:
    rows = (
        (entry_formula(tape, index), number(tape.primals[index])) for index in shown if tape.ops[index] is not INPUT
    )
    return Part(
        say("quiz.forwards", "Forwards"),
        say("quiz.do-forwards", "Compute the value of every entry, from top to bottom."),
        (say("quiz.entry", "entry"), VALUE),
        tuple(rows),
    )


def _slopes(tape: Tape, edges: list[AdjointAccumulated]) -> Part:
    rows = (_slope(partial(tape, event.source, event.slot)) for event in edges if event.partial is not None)
    intro = say("quiz.do-slopes", "How fast does each entry change with each of its operands?")
    title, heads = say("quiz.local-partials", "Local partials"), (say("quiz.partial", "partial"), VALUE)
    return Part(title, intro, heads, tuple(rows))


def _backwards(run: Run, edges: list[AdjointAccumulated]) -> Part:
    tape = run.tape
    rows = (
        (
            tape.label(event.source),
            tape.label(event.index),
            pullback_text(tape, event.source, event.slot),
            number(event.contribution),
        )
        for event in edges
    )
    intro = say(
        "quiz.do-backwards",
        "Begin with {adjoint} = 1 and go from bottom to top. What does each operand receive?",
        adjoint=bar(run.target_label),
    )
    return Part(
        say("quiz.backwards", "Backwards"),
        intro,
        (say("quiz.from", "from"), say("quiz.to", "to"), say("quiz.contribution", "contribution"), VALUE),
        tuple(rows),
    )


def _gradient(run: Run, last: Frame) -> Part:
    rows = ((f"∂{run.target_label}/∂{name}", number(last.adjoint(index))) for name, index in run.inputs.items())
    return Part(
        say("quiz.gradient", "Gradient"),
        say("quiz.do-gradient", "Add up what each input received."),
        (say("quiz.derivative", "derivative"), VALUE),
        tuple(rows),
    )


def _slope(line: str) -> tuple[str, str]:
    """A slope without its numbers, and its value."""
    name, _, rest = line.partition(" = ")
    return name, rest


def _point(run: Run) -> str:
    return ", ".join(f"{name} = {number(run.tape.primals[index])}" for name, index in run.inputs.items())


def _markdown(title: str, run: Run, parts: list[Part], solved: bool) -> str:
    at = say("quiz.at-point", "At {point}.", point=_point(run))
    lines = [f"# {title}", "", "```python", run.program.text.rstrip(), "```", "", at, ""]
    for place, part in enumerate(parts, 1):
        lines += [f"## {place}. {part.heading}", "", part.intro, ""]
        lines += [_row(part.columns), _row(("---",) * len(part.columns))]
        lines += [_row((*row[:-1], row[-1] if solved else " ")) for row in part.rows]
        lines.append("")
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


STYLE = (
    "body{font:12pt serif;margin:2cm}table{border-collapse:collapse;width:100%;margin-bottom:1em}"
    "td,th{border:1px solid;padding:.4em .6em;text-align:left}td:last-child{min-width:35%}"
    "pre{border-left:3px solid;padding-left:1em}tr{break-inside:avoid}"
)


def _html(title: str, run: Run, parts: list[Part], solved: bool) -> str:
    body = [f"<h1>{escape(title)}</h1>", f"<pre>{escape(run.program.text.rstrip())}</pre>"]
    at = say("quiz.at-point", "At {point}.", point=_point(run))
    body.append(f"<p>{escape(at)}</p>")
    for place, part in enumerate(parts, 1):
        body += [f"<h2>{place}. {escape(part.heading)}</h2>", f"<p>{escape(part.intro)}</p>", "<table>"]
        body.append("<tr>" + "".join(f"<th>{escape(one)}</th>" for one in part.columns) + "</tr>")
        for row in part.rows:
            cells = (*row[:-1], row[-1] if solved else "")
            body.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
        body.append("</table>")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(body)}</body></html>"
    )
