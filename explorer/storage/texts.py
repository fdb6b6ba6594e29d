"""Writing texts that were made to be kept: scripts and worksheets. Knows nothing of what is in them."""

from collections.abc import Mapping
from pathlib import Path

from core.basics.words import say
from explorer.storage.whole import write_whole


def write_texts(texts: Mapping[Path, str]) -> str:
    """Write each text to its file; returns in a sentence why the first that failed was not written, "" for none."""
    for path, text in texts.items():
        try:
            write_whole(path, text)
        except OSError as error:
            return say(
                "files.not-written",
                "{name} was not written: {strerror}.",
                name=path.name,
                strerror=error.strerror or error,
            )
    return ""
