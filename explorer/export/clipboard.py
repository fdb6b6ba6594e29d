"""The graph for the clipboard: pictures as an image and as SVG, the rest as text; other programs take what they can.

What takes long is made by `copied`, in any thread; the rest is for the thread of the window.
"""

from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from explorer.export.formats import Format
from explorer.export.job import Job
from explorer.export.pictures import image_of, svg_bytes

SVG = "image/svg+xml"


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
        data.setData(SVG, QByteArray(found.svg))
    return data


def put_on_clipboard(found: Copied) -> None:
    """Let it be pasted."""
    QGuiApplication.clipboard().setMimeData(clipboard_data(found))


def keep_on_clipboard(found: Copied) -> None:
    """Let it be pasted also when Python has ended, if it is still there.

    Data that Python has packed would be asked for its formats, and freed, by a clipboard that outlives it; the image
    or the text alone is packed by Qt.
    """
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return
    if found.image is not None and data.data(SVG).data() == found.svg:
        QGuiApplication.clipboard().setImage(found.image)
    elif found.text and data.text() == found.text:
        QGuiApplication.clipboard().setText(found.text)
