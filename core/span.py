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
        lines = source.split("\n")[self.line - 1 : self.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: self.end_column - 1] if self.end_line == self.line + len(lines) - 1 else lines[-1]
        lines[0] = lines[0][self.column - 1 :]
        return "\n".join(lines)

    def contains(self, line: int, column: int) -> bool:
        """Whether the character at this place lies inside."""
        return (self.line, self.column) <= (line, column) < (self.end_line, self.end_column)
