"""Colours for Python text in the function editor; knows words and patterns, not the language's rules."""

import builtins
import keyword
import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from explorer.look.theme import Theme

_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
  | (?P<string>\"\"\".*?(?:\"\"\"|$) | '''.*?(?:'''|$) | "(?:\\.|[^"\\])*(?:"|$) | '(?:\\.|[^'\\])*(?:'|$))
  | (?P<number>(?<![\w.])(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[jJ]?))
  | (?P<word>[^\W\d]\w*)(?P<call>\s*\()?
    """,
    re.VERBOSE,
)
_KEYWORDS = frozenset(keyword.kwlist) | {"match", "case"}
_BUILTINS = frozenset(name for name in dir(builtins) if name.islower())


class PythonHighlighter(QSyntaxHighlighter):
    """Keywords, numbers, strings, comments and called functions, in the colours of a theme."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        kinds = ("keyword", "number", "string", "comment", "function")
        for kind in kinds:
            self._formats[kind] = QTextCharFormat()
            self._formats[kind].setForeground(theme.color(f"syntax_{kind}"))
        self._formats["keyword"].setFontWeight(QFont.Weight.Medium)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for start, length, kind in tokens(text):
            self.setFormat(start, length, self._formats[kind])


def tokens(line: str) -> list[tuple[int, int, str]]:
    """(start, length, kind) of every coloured piece of a line; kind is one of the theme's `syntax_` words."""
    found = []
    for match in _TOKEN.finditer(line):
        kind = match.lastgroup or ""
        if kind in ("word", "call"):
            word = match["word"]
            start, end = match.span("word")
            if word in _KEYWORDS:
                found.append((start, end - start, "keyword"))
            elif match["call"] or word in _BUILTINS:
                found.append((start, end - start, "function"))
        else:
            found.append((match.start(), match.end() - match.start(), kind))
    return found
