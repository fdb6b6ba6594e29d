"""HTML pages as PDF, on sheets of A4. Knows Qt's documents; knows nothing of what is on the pages."""

from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from explorer.export.pictures import ensure_application

MARGIN = 18.0
"""Millimetres on each side."""
DOTS = 300


def write_page_as_pdf(html: str, file: Path) -> None:
    """The page, as many sheets as it takes; OSError where the file cannot be written."""
    ensure_application()
    with file.open("ab"):  # says why it cannot be written, which a writer of Qt does not
        pass
    writer = QPdfWriter(str(file))
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
