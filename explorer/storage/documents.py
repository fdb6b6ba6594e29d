"""Documents on disk: opened and saved, each refusal in one sentence. Knows no Qt.

What a document may hold is said in `explorer.model.document`, once for reading and writing.
"""

from pathlib import Path

from core.basics.words import say
from explorer.model.document import MAX_BYTES, Document, DocumentError, checked_json, from_json, from_text
from explorer.storage.whole import is_read_only, write_whole

TEXT_ENDINGS = (".py", ".txt")


class ReadOnly(DocumentError):
    """Not saved because the file is protected; one may still want to."""


def read_document(path: str | Path) -> Document:
    """Open a document, or a `.py` or `.txt` file as the text of a new one; a DocumentError where that cannot be."""
    path = Path(path)
    try:
        text = _read(path)
        return from_text(text) if path.suffix.lower() in TEXT_ENDINGS else from_json(text)
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
        raise DocumentError(reason(error)) from None
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
