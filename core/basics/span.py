"""A span: the stretch of source text that something came from. Knows nothing of what the text means."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def text_in(self, source: str) -> str:
        """The stretch of `source` this span covers."""
        return self.text_of(source.split("\n"))

    def text_of(self, lines: list[str]) -> str:
        """The stretch that this span covers of a source that is split into lines already."""
        part = lines[self.line - 1 : self.end_line]
        if not part:
            return ""
        part[-1] = part[-1][: self.end_column - 1] if self.end_line == self.line + len(part) - 1 else part[-1]
        part[0] = part[0][self.column - 1 :]
        return "\n".join(part)

    def contains(self, line: int, column: int) -> bool:
        """Whether the character at this place lies inside."""
        return (self.line, self.column) <= (line, column) < (self.end_line, self.end_column)
