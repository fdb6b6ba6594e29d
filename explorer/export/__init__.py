"""Writes the graph of a run to a file: as a picture, or as text for other programs; chosen by the ending.

Knows runs and pictures; knows no window.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.record import Run
from explorer.export.job import Job
from explorer.export.outline import write_dot, write_graphml, write_mermaid
from explorer.export.pictures import write_pdf, write_png, write_svg

Writer = Callable[[Job, Path], None]
WRITERS: dict[str, Writer] = {
    ".svg": write_svg,
    ".png": write_png,
    ".pdf": write_pdf,
    ".dot": write_dot,
    ".graphml": write_graphml,
    ".mmd": write_mermaid,
}
NAMES = {
    ".svg": "SVG picture", ".png": "PNG picture", ".pdf": "PDF page", ".dot": "Graphviz DOT", ".graphml": "GraphML",
    ".mmd": "Mermaid flow chart",
}  # fmt: skip


def export_run(run: Run, file: Path, step: int | None = None, dark: bool = False, **more: Any) -> None:
    """Write the graph of the run at a step (the last when None); `more` are further fields of `Job`."""
    export(Job(run, step, dark, **more), file)


def export(job: Job, file: Path) -> None:
    """Write a job to a file.

    Raises ValueError for an ending that is not known, OSError when the file cannot be written. A file that was
    there before stays whole until the new one is complete.
    """
    ending = file.suffix.lower()
    if ending not in WRITERS:
        raise ValueError(f"its ending `{ending or 'none'}` is not one of {', '.join(WRITERS)}")
    handle, name = tempfile.mkstemp(suffix=ending, prefix=".export-", dir=file.parent)
    os.close(handle)
    try:
        WRITERS[ending](job, Path(name))
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
