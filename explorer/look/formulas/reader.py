"""Reads the LaTeX that the notation writes, and lays it out. What it does not know it refuses by raising `Unknown`.

The grammar is small: letters, numbers and signs, groups in braces, scripts, and the commands below.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from explorer.look.formulas import boxes
from explorer.look.formulas.boxes import Box, glyphs, row, space
from explorer.look.formulas.letters import slanted

TOKENS = re.compile(r"\\[A-Za-z]+|\\.|\d[\d.,]*(?<=\d)|\s+|.", re.DOTALL)
WORDS = {"sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "max", "min", "det", "ln"}
SIGNS = {
    "pi": "π", "sigma": "σ", "partial": "∂", "infty": "∞", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "_": "_", "{": "{", "}": "}", "%": "%", "&": "&", "#": "#",
}  # fmt: skip
BINARY = {"+": "+", "-": "−", r"\times": "×", r"\cdot": "·", "·": "·", "×": "×", "−": "−", "*": "*", "/": "/"}
RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": "≤", r"\ge": "≥", "≤": "≤", "≥": "≥", "≠": "≠", ":": ":"}
ESCAPED = ("_", "{", "}", "%", "&", "#")
LARGE = {r"\sum": "∑", r"\prod": "∏"}
SPACES = {r"\,": 3 / 18, r"\;": 5 / 18, r"\quad": 1.0, r"\ ": 0.25, "~": 0.25}
ALONE_AFTER = {"(", "[", ",", "{", r"\text", *BINARY, *RELATIONS, *SPACES}  # a minus there is a sign of what follows


class Unknown(Exception):
    """Something stands there that is not read here."""


def laid_out(latex: str, pixels: float) -> Box:
    """A formula as a box in letters of a size; raises `Unknown` where it is not understood."""
    reader = _Reader([token for token in TOKENS.findall(latex) if not token.isspace() or token == " "], latex)
    box = reader.formula(pixels, pixels)
    if reader.left():
        raise Unknown(latex)
    return box


class _Reader:
    """A cursor over the tokens of a formula."""

    def __init__(self, tokens: list[str], latex: str) -> None:
        self._tokens, self._latex, self._at = tokens, latex, 0

    def left(self) -> bool:
        """Whether anything is still to be read."""
        return self._at < len(self._tokens)

    def _peek(self) -> str:
        while self.left() and self._tokens[self._at].isspace():
            self._at += 1
        return self._tokens[self._at] if self.left() else ""

    def _take(self, wanted: str = "") -> str:
        token = self._peek()
        if not token or (wanted and token != wanted):
            raise Unknown(self._latex)
        self._at += 1
        return token

    def formula(self, pixels: float, whole: float, until: tuple[str, ...] = ("}",)) -> Box:
        """Everything up to one of the tokens `until`, which is left to be read."""
        parts: list[Box] = []
        before = ""  # nothing, or the token before
        while (token := self._peek()) and token not in until:
            if token in ("}", "&", r"\\", r"\right", r"\end"):
                raise Unknown(self._latex)
            parts.append(self._atom(pixels, whole, before))
            before = token
        return row(parts)

    def _atom(self, pixels: float, whole: float, before: str) -> Box:
        """One thing with its scripts, and the spaces that it asks for."""
        token = self._take()
        if token in SPACES:
            return space(SPACES[token] * pixels)
        if token in RELATIONS or token in BINARY:
            return self._sign(token, pixels, pixels < whole, before)
        if token == ",":
            return row([glyphs(",", pixels), space(pixels / 6)])
        base = self._base(token, pixels, whole)
        low, high = self._scripts(pixels, whole)
        if token in LARGE:
            return row([boxes.under(base, low, high, pixels), space(pixels / 6)])
        if low is not None or high is not None:
            base = boxes.scripts(base, low, high, pixels)
        wordy = token[1:] in WORDS or token == r"\operatorname"
        return row([base, space(pixels / 6)]) if wordy and self._peek() not in ("(", r"\left", "") else base

    @staticmethod
    def _sign(token: str, pixels: float, small: bool, before: str) -> Box:
        """A sign between two things has room at both sides; a sign before one thing, or in a script, has not."""
        shown = glyphs((RELATIONS | BINARY)[token], pixels)
        alone = token in BINARY and (not before or before in ALONE_AFTER)
        if small or alone or token == "/":
            return shown
        gap = space(pixels * (5 if token in RELATIONS else 4) / 18)
        return row([gap, shown, gap])

    def _scripts(self, pixels: float, whole: float) -> tuple[Box | None, Box | None]:
        """What stands below and above at the right."""
        found: dict[str, Box] = {}
        while (token := self._peek()) in ("_", "^", "'"):
            self._take()
            small = max(boxes.SCRIPT * pixels, boxes.LEAST * whole)
            found["^" if token == "'" else token] = glyphs("′", pixels) if token == "'" else self._group(small, whole)
        return found.get("_"), found.get("^")

    def _group(self, pixels: float, whole: float) -> Box:
        """What stands in braces, or one token."""
        if self._peek() != "{":
            return self._base(self._take(), pixels, whole)
        self._take("{")
        inner = self.formula(pixels, whole)
        self._take("}")
        return inner

    def _words(self) -> str:
        """The text in braces, as it is written."""
        self._take("{")
        words: list[str] = []
        depth = 1
        while self.left():
            token = self._tokens[self._at]
            self._at += 1
            depth += (token == "{") - (token == "}")
            if not depth:
                return "".join(word[1:] if word[1:] in ESCAPED else word for word in words)
            words.append(token)
        raise Unknown(self._latex)

    def _base(self, token: str, pixels: float, whole: float) -> Box:
        if token == "{":
            self._at -= 1
            return self._group(pixels, whole)
        if token in LARGE:
            sign = glyphs(LARGE[token], 1.25 * pixels)
            return Box(sign.moved(0, 0.08 * pixels), sign.width, sign.above - 0.08 * pixels, sign.below + 0.08 * pixels)
        if token.startswith("\\"):
            return self._command(token[1:], pixels, whole)
        if len(token) == 1 and token.isalpha():
            return glyphs(slanted(token), pixels)
        if token in "^_}&$~":
            raise Unknown(self._latex)
        return glyphs(token, pixels)

    def _command(self, name: str, pixels: float, whole: float) -> Box:
        if name in WORDS:
            return glyphs(name, pixels)
        if name in SIGNS:
            return glyphs(slanted(SIGNS[name]), pixels)
        commands: dict[str, Callable[[], Box]] = {
            "text": lambda: glyphs(self._words(), pixels),
            "mathrm": lambda: glyphs(self._words(), pixels),
            "operatorname": lambda: glyphs(self._words(), pixels),
            "overline": lambda: boxes.barred(self._group(pixels, whole), pixels),
            "dot": lambda: boxes.dotted(self._group(pixels, whole), pixels),
            "frac": lambda: self._fraction(pixels, whole),
            "sqrt": lambda: self._root(pixels, whole),
            "left": lambda: self._fenced(pixels, whole),
            "begin": lambda: self._grid(pixels, whole),
        }
        if name not in commands:
            raise Unknown(self._latex)
        return commands[name]()

    def _fraction(self, pixels: float, whole: float) -> Box:
        small = max(0.85 * pixels, boxes.LEAST * whole)
        top = self._group(small, whole)
        return boxes.fraction(top, self._group(small, whole), pixels)

    def _root(self, pixels: float, whole: float) -> Box:
        degree = None
        if self._peek() == "[":
            self._take("[")
            degree = self.formula(boxes.LEAST * pixels, whole, ("]",))
            self._take("]")
        return boxes.root(self._group(pixels, whole), degree, pixels)

    def _fenced(self, pixels: float, whole: float) -> Box:
        left = self._take()
        inner = self.formula(pixels, whole, (r"\right",))
        self._take(r"\right")
        right = self._take()
        if left not in "([|." or right not in ")]|.":
            raise Unknown(self._latex)
        return boxes.fenced(left, inner, right, pixels)

    def _grid(self, pixels: float, whole: float) -> Box:
        if self._words() != "bmatrix":
            raise Unknown(self._latex)
        rows: list[list[Box]] = [[]]
        while True:
            rows[-1].append(self.formula(pixels, whole, ("&", r"\\", r"\end")))
            token = self._take()
            if token == r"\end":
                break
            if token == r"\\":
                rows.append([])
        if self._words() != "bmatrix":
            raise Unknown(self._latex)
        return boxes.grid(rows, pixels)
