"""The draft of a lesson: a program, its point and the steps that somebody has marked with notes, as the text of a file.

Each mark becomes a moment anchored on what has just happened there, since steps move with every edit. The author fills
in the rest; the draft is read and checked like any lesson. Knows timelines.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from core.basics.words import say
from core.events import AdjointAccumulated, AdjointCompleted, Failed, PrimalComputed
from core.lessons.form.schema import VERSION
from core.navigation.places import Missing, Places
from core.timeline import Timeline


def draft(timeline: Timeline, marks: Mapping[int, str], title: str = "", about: str = "") -> str:
    """The text of a lesson's file; `marks` maps steps to notes."""
    run = timeline.run
    head = [
        f"lesson = {VERSION}",
        f"title = {_text(title or say('lessons.draft-title', 'A lesson of mine')[:60])}",
        "minutes = 5",
        f"after = {_text(about or say('lessons.draft-after', 'You can say ...'))}",
        "needs = []",
        f"program = {_lines(run.program.text.rstrip())}",
        f"inputs = {{ {', '.join(f'{name} = {_value(value)}' for name, value in run.point.items())} }}",
    ]
    if run.watched != frozenset(one.name for one in run.program.inputs if one.watched):
        head.append(f"watch = [{', '.join(_text(name) for name in run.point if name in run.watched)}]")
    if run.target_name:
        head.append(f"of = {_text(run.target_name)}")
    notes = marks or {timeline.forward_end: ""}
    return "\n".join([*head, *(_moment(timeline, step, note) for step, note in sorted(notes.items()))]) + "\n"


def _moment(timeline: Timeline, step: int, note: str) -> str:
    said = note.strip() or say("lessons.draft-say", "What is to be seen here?")
    said = " ".join(said.split()).replace("{", "{{").replace("}", "}}")
    lines = ["", "[[moment]]", f"at = {_text(anchor(timeline, min(step, len(timeline))))}"]
    about = _about(timeline, min(step, len(timeline)))
    return "\n".join([*lines, *([f"on = {_text(about)}"] if about else []), f"say = {_text(said)}"])


def anchor(timeline: Timeline, step: int) -> str:
    """The condition that holds from this step on because of what happened in it."""
    if step == 0:
        return "start()"
    if step == len(timeline):
        return "end()"
    if step == timeline.forward_end:
        return "turn()"
    event = timeline.event(step)
    name = _about(timeline, step)
    match event:
        case PrimalComputed() if name:
            return f"done({name})"
        case AdjointAccumulated(index) if name:
            return f"contributions({name}) == {len(timeline.frame(step).contributions(index))}"
        case AdjointCompleted() if name:
            return f"complete({name})"
        case Failed():
            return "end()"
    return "turn()" if step < timeline.forward_end + 2 else "reverse()"


def _about(timeline: Timeline, step: int) -> str:
    """The entry that a step concerns, as an expression: its name, or the text that made it; "" for none."""
    index = timeline.event(step).index if step else None
    if index is None:
        return ""
    tape, places = timeline.tape, Places(timeline.tape, timeline.run.program.text)
    name, text = tape.names.get(index), places.text(index)
    for expression, which in (
        (name, lambda: places.named(name or "")),
        (f"entry({_text(text)})", lambda: places.entry(text)),
    ):
        try:
            if expression and which().index == index:
                return expression
        except Missing:
            continue
    return _occurrence(places, text, index)


def _occurrence(places: Places, text: str, index: int) -> str:
    """Which of several entries that one text made it is."""
    number = 1
    while text:
        try:
            if places.entry(text, number).index == index:
                return f"entry({_text(text)}, {number})"
        except Missing:
            break
        number += 1
    return ""


def _lines(text: str) -> str:
    """A text of several lines as TOML writes it."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\n{safe}\n"""'


def _text(text: str) -> str:
    """A text as TOML writes it: as it is, in single quotes, or else as JSON does."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    array = np.asarray(value, dtype=float)
    return json.dumps(array.tolist() if array.ndim else float(array))
