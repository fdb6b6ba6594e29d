"""Documents: what the window saves and opens, as JSON with a version.

Everything read is checked before anything is used: a document holds text and numbers, never code that runs,
and a broken, foreign or oversized file ends in one sentence (DocumentError). Knows neither Qt nor the engine.
"""

import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from core.basics.lines import with_plain_lines
from core.basics.words import listed, say
from explorer.model.values import Value, as_data, as_value

FORMAT = "tape-explorer"
VERSION = 1
MAX_BYTES = 4_000_000
MAX_TEXT = 200_000
MAX_INPUTS = 1_000
MAX_MARKS = 1_000
MODES = ("reverse", "forward")
TEXT_ENDINGS = (".py", ".txt")
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and as_json(self) == as_json(other)


def as_json(document: Document) -> str:
    """The document as the text of a file."""
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
    told = {"title": document.title, "about": document.about}
    data |= {key: text for key, text in told.items() if text}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


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
        step=max(_typed(view.get("step", 0), int, "step"), 0),
        tab=_text(view.get("tab", "graph"), "tab"),
        breakpoints=_breakpoints(view),
        bookmarks=_bookmarks(view),
        title=_text(data.get("title", ""), "title"),
        about=_text(data.get("about", ""), "about"),
    )


def _names(data: dict, key: str) -> tuple[str, ...]:
    return tuple(_name(item) for item in _typed(data.get(key, []), list, key))


def _mode(value: object) -> str:
    if value not in MODES:
        raise ValueError(
            say("model.mode-none", "its mode {shown} is not one of {modes}", shown=_shown(value), modes=listed(MODES))
        )
    return str(value)


def _breakpoints(view: dict) -> tuple[str, ...]:
    found = _typed(view.get("breakpoints", []), list, "breakpoints")[:MAX_MARKS]
    return tuple(_text(item, "breakpoint") for item in found)


def _bookmarks(view: dict) -> dict[int, str]:
    found = [_typed(item, dict, "bookmark") for item in _typed(view.get("bookmarks", []), list, "bookmarks")]
    places = ((_typed(item.get("step"), int, "bookmark's step"), item.get("note", "")) for item in found[:MAX_MARKS])
    return {max(step, 0): _text(note, "bookmark's note") for step, note in places}


def _inputs(data: dict) -> dict[str, Value]:
    if len(data) > MAX_INPUTS:
        raise ValueError(say("model.more-than-inputs", "it has more than {max_inputs} inputs", max_inputs=MAX_INPUTS))
    return {_name(name): as_value(value) for name, value in data.items()}


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
                "its {name} is longer than {max_text} characters",
                name=name,
                max_text=MAX_TEXT,
            )
        )
    return text


def _program(value: object) -> str:
    """The text of a program, its lines ended as everywhere in this one."""
    return with_plain_lines(_text(value, "text"))


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or len(value) > 200:
        raise ValueError(say("model.not-name", "{shown} is not a name", shown=_shown(value)))
    return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 30 else text[:27] + "..."


def read_document(path: str | Path) -> Document:
    """Open a document, or a `.py` or `.txt` file as the text of a new one."""
    path = Path(path)
    try:
        text = _read(path)
        if path.suffix.lower() in TEXT_ENDINGS:
            return Document(text=_program(text))
        return from_json(text)
    except (DocumentError, ValueError) as error:
        raise DocumentError(
            say("model.not-opened", "{name} was not opened: {message}.", name=path.name or path, message=error)
        ) from None


def _read(path: Path) -> str:
    """The text of a regular file of sensible size."""
    try:
        if path.is_dir():
            raise DocumentError(say("model.directory-choose-file", "it is a directory; choose a file in it"))
        if path.exists() and not path.is_file():
            raise DocumentError(say("model.not-regular-file", "it is not a regular file"))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(_reason(error)) from None
    if len(data) > MAX_BYTES:
        raise DocumentError(
            say(
                "model.larger-than-mb-no",
                "it is larger than {max_bytes} MB, which no document of ours is",
                max_bytes=MAX_BYTES // 1000000,
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError(say("model.not-text-utf-8", "it is not text in UTF-8")) from None
    if "\0" in text:
        raise DocumentError(say("model.not-text-file", "it is not a text file"))
    return text


def write_document(path: str | Path, document: Document) -> None:
    """Save so that a crash half-way leaves the old file whole; a DocumentError where it cannot be written."""
    path = Path(path)
    try:
        if path.is_dir():
            raise DocumentError(
                say(
                    "model.not-saved-directory-choose",
                    "{name} was not saved: it is a directory; choose a file name.",
                    name=path.name,
                )
            )
        _write_whole(path, as_json(document))
    except OSError as error:
        raise DocumentError(
            say("model.not-saved", "{name} was not saved: {reason}.", name=path.name, reason=_reason(error))
        ) from None


def _write_whole(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return say("model.no-such-file-folder", "there is no such file or folder")
        case PermissionError():
            return say(
                "model.permission-denied-choose-another", "permission is denied; choose another place or ask its owner"
            )
        case _:
            return (error.strerror or say("model.cannot-reached", "it cannot be reached")).lower()
