"""Texts that were read and found right; `python -m tests.golden` writes them anew, to be read again in the diff."""

from pathlib import Path

FOLDER = Path(__file__).parent


def golden(name: str) -> str:
    """The text that was found right."""
    return (FOLDER / name).read_text(encoding="utf-8")
