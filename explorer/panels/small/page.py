"""Pages of text: small pieces of HTML in the colours of the theme, for the panels that explain.

Knows nothing of what is said.
"""

import re
from collections.abc import Sequence
from html import escape

from explorer.look.sizes import px
from explorer.look.theme import Theme, mono


class Page:
    """Headings, paragraphs, lines of code and tables, one under the other."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._family = ", ".join(f"'{name}'" for name in mono().families())
        self._parts: list[str] = []

    def heading(self, text: str) -> None:
        """A question or a title."""
        self._parts.append(f'<p style="margin:12px 0 4px 0; font-size:{px(14)}px"><b>{escape(text)}</b></p>')

    def small(self, text: str) -> None:
        """A quiet heading over what follows."""
        self._parts.append(f'<p style="color:{self._theme.muted}; margin:10px 0 3px 0">{escape(text)}</p>')

    def text(self, text: str, color: str = "text", strong: str = "") -> None:
        """A sentence, after a word in bold where `strong` is given."""
        before = f"<b>{escape(strong)}</b> " if strong else ""
        font = f"font-family:{self._family}; font-size:{px(12)}px"
        said = re.sub("`([^`]+)`", rf'<span style="{font}">\1</span>', escape(text))
        self.html(before + said, color)

    def html(self, html: str, color: str = "text", code: bool = False) -> None:
        """A paragraph that is HTML already."""
        font = f"font-family:{self._family}; font-size:{px(12)}px; white-space:pre-wrap; " if code else ""
        style = f"{font}color:{getattr(self._theme, color)}; margin:3px 0; line-height:125%"
        self._parts.append(f'<p style="{style}">{html}</p>')

    def code(self, text: str, color: str = "text") -> None:
        """A line of mathematics."""
        self.html(escape(text), color, code=True)

    def table(self, titles: tuple[str, ...], rows: Sequence[tuple[str, ...]], bold: int = -1) -> None:
        """Cells that are HTML already under titles in plain text; the row `bold` stands out."""
        line = f"border-bottom:1px solid {self._theme.border}; padding:3px 10px 3px 0"
        head = "".join(f'<td style="color:{self._theme.muted}; {line}">{escape(title)}</td>' for title in titles)
        body = []
        for place, row in enumerate(rows):
            weight = "font-weight:600; " if place == bold else ""
            style = f"font-family:{self._family}; font-size:{px(12)}px; {weight}{line}"
            body.append("<tr>" + "".join(f'<td style="{style}">{cell}</td>' for cell in row) + "</tr>")
        self._parts.append(f'<table cellspacing="0" style="margin:4px 0"><tr>{head}</tr>{"".join(body)}</table>')

    def link(self, index: int, label: str) -> str:
        """A name that can be followed to its entry."""
        return f'<a href="entry:{index}">{escape(label)}</a>'

    def result(self) -> str:
        """The whole page."""
        return f"<style>a {{ color:{self._theme.primal}; text-decoration:none }}</style>" + "".join(self._parts)
