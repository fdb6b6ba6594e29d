"""Documents on disk: opened and saved, each refusal in one sentence. Knows no Qt.

What a document may hold is said in `explorer.model.document`, once for reading and writing.
"""

from dataclasses import replace
from pathlib import Path

from core.basics.lines import with_plain_lines
from core.basics.words import say
from explorer.model.document import MAX_BYTES, Document, DocumentError, checked_json, from_json, from_text
from explorer.sources.cells import Cell, joined
from explorer.sources.markdown import read_markdown
from explorer.sources.notebook import is_notebook, read_notebook
from explorer.storage.whole import is_read_only, write_whole

TEXT_ENDINGS = (".py", ".txt")
MARKDOWN_ENDINGS = (".md", ".markdown")
ENDINGS = (*TEXT_ENDINGS, *MARKDOWN_ENDINGS, ".ipynb")
"""Of files that are opened as the text of a new document."""


class ReadOnly(DocumentError):
    """Not saved because the file is protected; one may still want to."""


def read_document(path: str | Path) -> Document:
    """Open a document, a notebook, or the code in a text; a DocumentError where that cannot be."""
    path = Path(path)
    try:
        return document_of(_read(path), path.suffix.lower())
    except (DocumentError, ValueError) as error:
        raise DocumentError(
            say("model.not-opened", "{name} was not opened: {message}.", name=path.name or path, message=error)
        ) from None


def document_of(text: str, ending: str) -> Document:
    """The document that the content of a file means; a DocumentError or ValueError where there is none."""
    if ending == ".ipynb" or ending not in TEXT_ENDINGS and is_notebook(text):
        return _of_cells(read_notebook(text))
    if ending in MARKDOWN_ENDINGS:
        cells = read_markdown(with_plain_lines(text))
        if not cells:
            raise DocumentError(say("model.markdown-no-code", "there is no fenced Python code in it"))
        return _of_cells(cells)
    return from_text(text) if ending in TEXT_ENDINGS else from_json(text)


def piped_document(data: bytes) -> Document:
    """What comes in a pipe: a document, a notebook, or the text of a program. Raises DocumentError."""
    try:
        text = _decoded(data)
        ours = text.lstrip().startswith("{") and '"format"' in text[:200]
        return document_of(text, "" if ours or is_notebook(text) else TEXT_ENDINGS[0])
    except (DocumentError, ValueError) as error:
        told = say("model.input-not-read", "The standard input was not read: {message}.", message=error)
        raise DocumentError(told) from None


def _of_cells(cells: list[Cell]) -> Document:
    outputs = {number: cell.output for number, cell in enumerate(cells, 1) if cell.output}
    return replace(from_text(joined(cells)), outputs=outputs if len(cells) > 1 else {})


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
        raise DocumentError(reason(error)) from None
    return _decoded(data)


def _decoded(data: bytes) -> str:
    """The text of a file's content. Raises DocumentError."""
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


def write_document(path: str | Path, document: Document, protected: bool = False) -> None:
    """Save so that a crash half-way leaves the old file whole; a DocumentError where it cannot be written.

    A file that is protected against writing is written only where `protected` says so; else ReadOnly is raised.
    """
    path = Path(path)
    try:
        text = checked_json(document)
        if path.is_dir():
            raise DocumentError(say("files.directory-choose-name", "it is a directory; choose a file name"))
        if path.exists() and not path.is_file():
            raise DocumentError(say("model.not-regular-file", "it is not a regular file"))
        if is_read_only(path) and not protected:
            raise ReadOnly(say("files.read-only", "it is read-only"))
        write_whole(path, text)
    except DocumentError as error:
        raise type(error)(_not_saved(path, error)) from None
    except OSError as error:
        raise DocumentError(_not_saved(path, reason(error))) from None


def _not_saved(path: Path, why: object) -> str:
    return say("model.not-saved", "{name} was not saved: {reason}.", name=path.name or path, reason=why)


def reason(error: OSError) -> str:
    """Why the system refused, as the end of a sentence."""
    match error:
        case FileNotFoundError():
            return say("model.no-such-file-folder", "there is no such file or folder")
        case PermissionError():
            return say(
                "model.permission-denied-choose-another", "permission is denied; choose another place or ask its owner"
            )
        case _:
            return (error.strerror or say("model.cannot-reached", "it cannot be reached")).lower()
