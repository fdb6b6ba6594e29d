"""Writes the graph of a run to a file: as a picture, or as text for other programs; chosen by the ending.

Knows runs and pictures; knows no window.
"""

from pathlib import Path
from typing import Any

from core.basics.words import say
from core.run import Run
from explorer.export.formats import FORMATS, WRITERS, Format, format_of
from explorer.export.job import Job
from explorer.storage.whole import replacing

__all__ = ["FORMATS", "WRITERS", "Format", "Job", "export", "export_run", "format_of"]


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
        raise ValueError(
            say(
                "export.ending-not-one",
                "its ending `{ending}` is not one of {writers}",
                ending=ending or say("export.no-ending", "none"),
                writers=", ".join(WRITERS),
            )
        )
    with replacing(file, ending) as unfinished:
        WRITERS[ending](job, unfinished)
        job.tell(1.0)
