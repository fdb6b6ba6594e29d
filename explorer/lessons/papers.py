"""Lessons written to files: worksheet and key as HTML or PDF, slides with pictures; the inventory likewise.

Qt is imported only where a picture or a PDF is asked for.
"""

from __future__ import annotations

import re
from pathlib import Path

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.guide import Stop
from core.lessons.inventory import items_from_file, questions
from core.lessons.lesson import Lesson
from core.lessons.papers import sheet, slides
from core.lessons.papers.inventory import inventory_sheet, self_marking
from core.lessons.papers.sheet import Sheet
from core.lessons.variants import variant
from explorer.storage.resources import asset
from explorer.storage.whole import write_whole

SLIDES = "slides.html"
"""How the name of a file ends that is to hold slides; another is a worksheet."""
MOST_DRAWN = 60
"""Entries of a graph of which a picture on a slide can still be read."""
KINDS = (".html", ".pdf")


def write_lesson(lesson: Lesson, file: Path, seed: int | None = None) -> list[Path]:
    """Write the slides, or the worksheet and beside it its key; with other numbers by a seed. The files written.

    Raises ValueError for an ending that is not known and for a lesson without variants, OSError where a file cannot
    be written, ProgramError where the program cannot be run.
    """
    _check_ending(file)
    varied = lesson if seed is None else variant(lesson, seed)
    if file.name.endswith(SLIDES):
        write_whole(file, slides(varied, picture_of_stop))
        return [file]
    return _write_sheet(sheet(varied, seed), file)


def write_inventory(file: Path, seed: int) -> list[Path]:
    """Write the inventory: as HTML a page that marks itself, as PDF a sheet with its key. The files written."""
    _check_ending(file)
    asked = questions(items_from_file(asset("inventory.toml")), seed)
    title = say("lessons.inventory-title", "What does a gradient tape do? Version {seed}", seed=seed)
    if file.suffix.lower() == ".html":
        write_whole(file, self_marking(title, asked))
        return [file]
    return _write_sheet(inventory_sheet(title, asked), file)


def _check_ending(file: Path) -> None:
    if file.suffix.lower() not in KINDS:
        raise ValueError(say("lessons.paper-endings", "its ending is not one of {kinds}", kinds=", ".join(KINDS)))


def _write_sheet(made: Sheet, file: Path) -> list[Path]:
    key = file.with_name(f"{file.stem}-answers{file.suffix}")
    for path, html in ((file, made.questions), (key, made.answers)):
        if file.suffix.lower() == ".pdf":
            from explorer.export.paper import write_page_as_pdf

            write_page_as_pdf(html, path)
        else:
            write_whole(path, html)
    return [file, key]


def picture_of_stop(stop: Stop) -> str:
    """The graph at a moment, as SVG to stand in a page; "" where it is too large to be read on a wall."""
    if not 0 < len(stop.study.run.tape) <= MOST_DRAWN:
        return ""
    from explorer.export.job import Job
    from explorer.export.pictures import svg_bytes

    try:
        text = svg_bytes(Job(stop.study.run, step=stop.step)).decode()
    except (ProgramError, ValueError):
        return ""
    return re.sub(r"^.*?(?=<svg)", "", text, count=1, flags=re.DOTALL)
