"""The glyphs of formulas: which font they are taken from, which letters stand slanted, and how large each is.

A mathematical font comes with the typesetting library; where it is missing a serif font of the system serves.
Must not know LaTeX.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

FILE = "fonts/STIXTwoMath-Regular.ttf"


class Extent(NamedTuple):
    """How far a text reaches: to the right, above its baseline and below it, in pixels."""

    width: float
    above: float
    below: float


@cache
def family() -> str:
    """The font family of formulas."""
    found = find_spec("ziamath")
    file = Path(found.origin).parent / FILE if found is not None and found.origin else None
    number = QFontDatabase.addApplicationFont(str(file)) if file is not None and file.is_file() else -1
    names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return names[0] if names else "DejaVu Serif"


@lru_cache(maxsize=64)
def font(pixels: float) -> QFont:
    """The font in a size, unhinted so that a formula may be drawn at any scale."""
    result = QFont(family())
    result.setPixelSize(max(1, round(pixels)))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


@lru_cache(maxsize=64)
def _metrics(pixels: float) -> QFontMetricsF:
    return QFontMetricsF(font(pixels))


@lru_cache(maxsize=20_000)
def extent(text: str, pixels: float) -> Extent:
    """How far a text reaches."""
    metrics = _metrics(pixels)
    ink = metrics.tightBoundingRect(text)
    return Extent(metrics.horizontalAdvance(text), max(-ink.top(), 0.0), max(ink.bottom(), 0.0))


def slanted(letter: str) -> str:
    """A letter as names are written in mathematics; what has no slanted form stays as it is."""
    if "a" <= letter <= "z":
        return "ℎ" if letter == "h" else chr(0x1D44E + ord(letter) - ord("a"))
    if "A" <= letter <= "Z":
        return chr(0x1D434 + ord(letter) - ord("A"))
    if "α" <= letter <= "ω":
        return chr(0x1D6FC + ord(letter) - ord("α"))
    return letter
