"""Markdown: the fenced code in it, each fence a cell. Works line by line; knows nothing of what the text says."""

from __future__ import annotations

import re

from explorer.sources.cells import Cell, as_python

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*\{?[ \t]*\.?([\w+#.-]*)")
_PYTHON = frozenset(("", "python", "python3", "py", "ipython", "ipython3", "pycon", "pytorch", "input", ".input"))


def read_markdown(text: str) -> list[Cell]:
    """The Python in the fences of a text; none where it has no fences."""
    cells: list[Cell] = []
    fence, wanted = "", False
    held: list[str] = []
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if not fence and found:
            fence, wanted, held = found[1], found[2].lower().lstrip(".") in _PYTHON, []
        elif fence and found and found[1].startswith(fence) and not found[2] and line.strip() == found[1]:
            if wanted and any(one.strip() for one in held):
                cells.append(Cell(as_python("\n".join(_without_options(held)))))
            fence = ""
        elif fence:
            held.append(line)
    if fence and wanted and any(one.strip() for one in held):
        cells.append(Cell(as_python("\n".join(held))))
    return cells


def _without_options(lines: list[str]) -> list[str]:
    """Without the lines that some books put first for their own tools: `%%tab pytorch`, `#@tab all`."""
    return [line for line in lines if not re.match(r"^(%%tab|#@tab)\b", line)]
