"""Where the nodes of a syntax tree stand in the text, in characters (Python counts bytes)."""

from __future__ import annotations

import ast
import re

from core.basics.span import Span

new_span = tuple.__new__


class Places:
    """Makes the spans of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.split(r"\r\n|\r|\n", text)
        self.ascii = text.isascii()

    def of(self, node: ast.AST) -> Span:
        """The whole text of a node."""
        line, end_line = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        start, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
        if not self.ascii:
            start, end = self._characters(line, start), self._characters(end_line, end)
        return new_span(Span, (line, start + 1, end_line, end + 1))

    def head(self, node: ast.AST) -> Span:
        """A node's text, or just its first line where it has several."""
        span = self.of(node)
        if span.end_line == span.line:
            return span
        return Span(span.line, span.column, span.line, len(self.lines[span.line - 1]) + 1)

    def operator(self, node: ast.BinOp) -> Span:
        """The sign between the two operands."""
        left, right = self.of(node.left), self.of(node.right)
        if left.end_line != right.line:
            return self.of(node)
        between = self.lines[left.end_line - 1][left.end_column - 1 : right.column - 1]
        offset = next((i for i, c in enumerate(between) if c in "+-*/%@^&|<>"), 0)
        return Span(left.end_line, left.end_column + offset, left.end_line, left.end_column + offset + 1)

    def block(self, statements: list[ast.stmt]) -> Span:
        """From the first statement of a block to its last."""
        first, last = self.of(statements[0]), self.of(statements[-1])
        return Span(first.line, first.column, last.end_line, last.end_column)

    def text_of(self, node: ast.AST) -> str:
        """The text of a node on one line, shortened."""
        return self.short(self.of(node))

    def short(self, span: Span) -> str:
        """The text of a span on one line, shortened."""
        text = " ".join(span.text_in(self.text).split())
        return text if len(text) <= 40 else text[:37] + "..."

    def _characters(self, line: int, offset: int) -> int:
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore"))
