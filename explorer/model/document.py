"""Documents: what the window saves and opens, as JSON with a version.

Everything read is checked before anything is used: a document holds text and numbers, never code that runs,
and a broken, foreign or oversized text ends in one sentence (DocumentError). What is written is checked in the same
way, so that whatever was saved can be opened. Knows neither Qt, nor the engine, nor files.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from keyword import iskeyword
from typing import Any, TypeVar

import numpy as np

from core.basics.lines import with_plain_lines
from core.basics.words import listed, say
from explorer.model.values import Value, as_data, as_value, same_values

FORMAT = "tape-explorer"
VERSION = 1
MAX_BYTES = 32_000_000
MAX_TEXT = 4_000_000
MAX_NUMBERS = 1_000_000
MAX_INPUTS = 10_000
MAX_MARKS = 10_000
MAX_STEP = 2**31 - 1
MODES = ("reverse", "forward")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # which no file can hold
_KINDS = {
    str: say("model.text", "text"),
    int: say("model.whole-number", "a whole number"),
    dict: say("model.object", "an object"),
    list: say("model.list", "a list"),
}

Kind = TypeVar("Kind")


class DocumentError(Exception):
    """A file that cannot be opened or saved; its text is one sentence for the user."""


@dataclass(frozen=True, eq=False)
class Document:
    """A function, the point it is looked at, and how it is shown."""

    text: str = ""
    inputs: dict[str, Value] = field(default_factory=dict)
    unwatched: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    """Inputs that are watched although the text does not ask for it."""
    output: str = ""
    mode: str = "reverse"
    direction: dict[str, Value] = field(default_factory=dict)
    step: int = 0
    tab: str = "graph"
    breakpoints: tuple[str, ...] = ()
    bookmarks: dict[int, str] = field(default_factory=dict)
    title: str = ""
    about: str = ""
    outputs: dict[int, str] = field(default_factory=dict)
    """What a notebook says that its cells print and show, by their number."""
    plan: str = ""
    """How it is trained, as on the command line; "" where that was not chosen."""
    series: dict[str, list[Value]] = field(default_factory=dict)
    """For an input the values that it takes from one step of a training to the next."""

    def __eq__(self, other: object) -> bool:
        """By what would be written; large values are compared as numbers."""
        if not isinstance(other, Document):
            return False
        same = same_values(self.inputs, other.inputs) and same_values(self.direction, other.direction)
        return same and as_json(replace(self, inputs={}, direction={})) == as_json(
            replace(other, inputs={}, direction={})
        )


def as_json(document: Document, beside: Mapping[str, str] | None = None) -> str:
    """The document as the text of a file; with texts `beside` it that are not of the document."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "text": document.text,
        "inputs": {name: as_data(value) for name, value in document.inputs.items()},
        "unwatched": list(document.unwatched),
        "output": document.output,
    }
    more = {
        "watched": list(document.watched),
        "mode": document.mode if document.mode != "reverse" else "",
        "direction": {name: as_data(value) for name, value in document.direction.items()},
    }
    data |= {key: value for key, value in more.items() if value}
    data["view"] = _view_data(document)
    told = {"title": document.title, "about": document.about, "plan": document.plan}
    data |= {key: text for key, text in told.items() if text}
    if document.outputs:
        data["outputs"] = {str(number): text for number, text in document.outputs.items()}
    if document.series:
        data["series"] = {name: [as_data(one) for one in values] for name, values in document.series.items()}
    data |= beside or {}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    return _HALF_CHARACTER.sub("\ufffd", "{\n" + ",\n".join(lines) + "\n}\n")


def checked_json(document: Document, beside: Mapping[str, str] | None = None) -> str:
    """The same, certain to be opened again; a DocumentError where it could not be."""
    text = as_json(document, beside)
    try:
        _document(json.loads(text))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise DocumentError(str(error)) from None
    if len(text.encode()) > MAX_BYTES:
        raise DocumentError(say("model.larger-than-mb", "it is larger than {most} MB", most=MAX_BYTES // 1_000_000))
    return text


def _view_data(document: Document) -> dict[str, Any]:
    """How the document is shown."""
    view: dict[str, Any] = {"step": document.step, "tab": document.tab}
    if document.breakpoints:
        view["breakpoints"] = list(document.breakpoints)
    if document.bookmarks:
        view["bookmarks"] = [{"step": step, "note": note} for step, note in sorted(document.bookmarks.items())]
    return view


def from_json(text: str) -> Document:
    """The document that `text` holds; a DocumentError where anything in it is not as it must be."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise DocumentError(
            say("model.not-tape-explorer-document-not", "it is not a Tape Explorer document: it is not valid JSON")
        ) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DocumentError(
            say("model.not-tape-explorer-document", "it is not a Tape Explorer document: it does not say so")
        )
    version = data.get("version")
    if version != VERSION or type(version) is not int:
        raise DocumentError(
            say(
                "model.version-program-reads-version",
                "it has version {shown}, and this program reads version {version}",
                shown=_shown(version),
                version=VERSION,
            )
        )
    try:
        return _document(data)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise DocumentError(say("model.damaged", "it is damaged: {message}", message=error)) from None


def from_text(text: str) -> Document:
    """The document of a program that was not saved by us; a ValueError where it is too long."""
    return Document(text=_program(text))


def _document(data: dict) -> Document:
    view = _typed(data.get("view", {}), dict, "view")
    return Document(
        text=_program(data.get("text")),
        inputs=_inputs(_typed(data.get("inputs", {}), dict, "inputs")),
        unwatched=_names(data, "unwatched"),
        watched=_names(data, "watched"),
        output=_text(data.get("output", ""), "output"),
        mode=_mode(data.get("mode", "reverse")),
        direction=_inputs(_typed(data.get("direction", {}), dict, "direction")),
        step=_step(view.get("step", 0), "step"),
        tab=_text(view.get("tab", "graph"), "tab"),
        breakpoints=_breakpoints(view),
        bookmarks=_bookmarks(view),
        title=_text(data.get("title", ""), "title"),
        about=_text(data.get("about", ""), "about"),
        outputs=_outputs(_typed(data.get("outputs", {}), dict, "outputs")),
        plan=_text(data.get("plan", ""), "plan"),
        series=_series(_typed(data.get("series", {}), dict, "series")),
    )


def _names(data: dict, key: str) -> tuple[str, ...]:
    return tuple(_name(item) for item in _typed(data.get(key, []), list, key))


def _mode(value: object) -> str:
    if value not in MODES:
        raise ValueError(
            say("model.mode-none", "its mode {shown} is not one of {modes}", shown=_shown(value), modes=listed(MODES))
        )
    return str(value)


def _step(value: object, name: str) -> int:
    return min(max(_typed(value, int, name), 0), MAX_STEP)


def _marks(view: dict, key: str) -> list:
    found = _typed(view.get(key, []), list, key)
    if len(found) > MAX_MARKS:
        raise ValueError(say("model.more-than-marks", "it has more than {most:,} {kind}", most=MAX_MARKS, kind=key))
    return found


def _breakpoints(view: dict) -> tuple[str, ...]:
    return tuple(_text(item, "breakpoint") for item in _marks(view, "breakpoints"))


def _bookmarks(view: dict) -> dict[int, str]:
    found = [_typed(item, dict, "bookmark") for item in _marks(view, "bookmarks")]
    return {_step(one.get("step"), "bookmark's step"): _text(one.get("note", ""), "bookmark's note") for one in found}


def _inputs(data: dict) -> dict[str, Value]:
    if len(data) > MAX_INPUTS:
        raise ValueError(say("model.more-than-inputs", "it has more than {max_inputs:,} inputs", max_inputs=MAX_INPUTS))
    return {_name(name): as_value(value, MAX_NUMBERS) for name, value in data.items()}


def _series(data: dict) -> dict[str, list[Value]]:
    left = MAX_NUMBERS
    found: dict[str, list[Value]] = {}
    for name, values in data.items():
        found[_name(name)] = []
        for value in _typed(values, list, "series"):
            found[name].append(as_value(value, left))
            left -= np.size(found[name][-1])
    return {name: values for name, values in found.items() if values}


def _outputs(data: dict) -> dict[int, str]:
    if len(data) > MAX_MARKS or any(not (key.isascii() and key.isdigit() and len(key) < 10) for key in data):
        raise ValueError(say("model.outputs-not-numbered", "its outputs are not numbered"))
    return {int(key): _text(text, "output") for key, text in data.items()}


def _typed(value: Any, kind: type[Kind], name: str) -> Kind:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(say("model.not", "its {name} is not {kinds}", name=name, kinds=_KINDS[kind]))
    return value


def _text(value: object, name: str) -> str:
    text = _typed(value, str, name)
    if len(text) > MAX_TEXT:
        raise ValueError(
            say(
                "model.longer-than-characters",
                "its {name} is longer than {max_text:,} characters",
                name=name,
                max_text=MAX_TEXT,
            )
        )
    return _HALF_CHARACTER.sub("\ufffd", text)


def _program(value: object) -> str:
    """The text of a program, its lines ended as everywhere in this one."""
    return with_plain_lines(_text(value, "text"))


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or iskeyword(value) or value.startswith("__"):
        raise ValueError(say("model.not-name", "{shown} is not a name", shown=_shown(value)))
    return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 30 else text[:27] + "..."
