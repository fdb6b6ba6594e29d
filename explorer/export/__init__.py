"""Writes the graph of a run to a file: SVG, PNG or PDF as a picture, DOT for Graphviz; chosen by the ending.

Knows runs and pictures; knows no window.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from core.record import Run
from explorer.export.dot import dot_source
from explorer.export.pictures import write_pdf, write_png, write_svg


def export_run(run: Run, file: Path, step: int | None = None, dark: bool = False) -> None:
    """Write the graph of the run at a step (the last when None).

    Raises ValueError for an ending that is not known, OSError when the file cannot be written. A file that was
    there before stays whole until the new one is complete.
    """
    ending = file.suffix.lower()
    if ending not in WRITERS:
        raise ValueError(f"its ending `{ending or 'none'}` is not one of {', '.join(WRITERS)}")
    handle, name = tempfile.mkstemp(suffix=ending, prefix=".export-", dir=file.parent)
    os.close(handle)
    try:
        WRITERS[ending](run, Path(name), step, dark)
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def _write_dot(run: Run, file: Path, step: int | None, dark: bool) -> None:
    file.write_text(dot_source(run), encoding="utf-8")


Writer = Callable[[Run, Path, int | None, bool], None]
WRITERS: dict[str, Writer] = {".svg": write_svg, ".png": write_png, ".pdf": write_pdf, ".dot": _write_dot}
