"""Jupyter notebooks: the code cells in order, with the outputs that are stored beside them as text.

A notebook comes from anywhere: whatever is not as it must be ends in a NotebookError, and nothing in it runs.
"""

from __future__ import annotations

import json
import re
from typing import Any

from core.basics.words import say
from explorer.sources.cells import Cell, as_python

MOST_CELLS = 5_000
MOST_CODE = 2_000_000
MOST_OUTPUT = 20_000
"""Characters of the output that is kept of one cell."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")


class NotebookError(ValueError):
    """Why a notebook cannot be read, as the end of a sentence."""


def is_notebook(text: str) -> bool:
    """Whether a text seems to be a notebook: an object with cells and a format of its own."""
    start = text[:200].lstrip()
    return start.startswith("{") and '"nbformat"' in text and ('"cells"' in text or '"worksheets"' in text)


def read_notebook(text: str) -> list[Cell]:
    """The code cells of a notebook. Raises NotebookError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookError(say("model.notebook-not-json", "it is not a notebook: it is not valid JSON")) from None
    cells = _cells(data)
    if cells is None:
        raise NotebookError(say("model.notebook-no-cells", "it is not a notebook: it has no cells"))
    language = _language(data)
    if language and language.lower() not in ("python", "ipython", "python3"):
        raise NotebookError(say("model.notebook-other-language", "it is a notebook for {language}, not for Python",
                                language=_clean(language)[:40]))  # fmt: skip
    found = [_cell(one) for one in cells if isinstance(one, dict) and one.get("cell_type") == "code"]
    kept = [cell for cell in found if cell.text.strip()]
    if not kept:
        raise NotebookError(say("model.notebook-no-code", "it has no code"))
    if len(kept) > MOST_CELLS or sum(len(cell.text) for cell in kept) > MOST_CODE:
        raise NotebookError(say("model.notebook-too-large", "it has more code than can be shown"))
    return kept


def _cells(data: Any) -> list | None:
    """The cells of the format of today, or of the one before it."""
    if not isinstance(data, dict):
        return None
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):
        sheets = [one.get("cells") for one in data["worksheets"] if isinstance(one, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    return cells if isinstance(cells, list) else None


def _language(data: dict) -> str:
    metadata = data.get("metadata")
    for name, key in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(name) if isinstance(metadata, dict) else None
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return str(part[key])
    return ""


def _cell(data: dict) -> Cell:
    source = data.get("source", data.get("input", ""))
    outputs = data.get("outputs")
    told = [_output(one) for one in outputs if isinstance(one, dict)] if isinstance(outputs, list) else []
    output = "\n".join(one for one in told if one)
    return Cell(as_python(_text(source)), output[:MOST_OUTPUT])


def _output(data: dict) -> str:
    """One output as text: what was printed, the value that was shown, or the error."""
    kind = data.get("output_type")
    if kind == "stream":
        return _text(data.get("text", "")).rstrip("\n") if data.get("name", data.get("stream")) != "stderr" else ""
    if kind in ("execute_result", "pyout"):
        shown = data.get("data", data)
        return _text(shown.get("text/plain", shown.get("text", ""))) if isinstance(shown, dict) else ""
    if kind in ("error", "pyerr"):
        return f"{_text(data.get('ename', ''))}: {_text(data.get('evalue', ''))}"
    return ""


def _text(value: Any) -> str:
    """A text, or the lines of one; anything else is none."""
    if isinstance(value, list):
        value = "".join(one for one in value if isinstance(one, str))
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", _COLOURS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
