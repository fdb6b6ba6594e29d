"""The graph for the clipboard: pictures as an image and as SVG, the rest as text; who pastes takes what he can.

What takes long is made by `copied`, in any thread; `clipboard_data` packs it in the thread of the window.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

from explorer.export.formats import Format
from explorer.export.job import Job
from explorer.export.pictures import image_of, svg_bytes


class Copied(NamedTuple):
    """A picture in both kinds, or a text."""

    image: QImage | None = None
    svg: bytes = b""
    text: str = ""


def copied(job: Job, chosen: Format) -> Copied:
    """The graph in a format, to be pasted."""
    if chosen.source is not None:
        return Copied(text=chosen.source(job))
    return Copied(image_of(job), svg_bytes(job))


def clipboard_data(found: Copied) -> QMimeData:
    """What the clipboard takes."""
    data = QMimeData()
    if found.image is None:
        data.setText(found.text)
    else:
        data.setImageData(found.image)
        data.setData("image/svg+xml", QByteArray(found.svg))
    return data
