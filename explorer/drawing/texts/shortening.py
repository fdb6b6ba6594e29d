"""Numbers and names shortened to the room there is: fewer digits rather than a cut, an ellipsis for words.

Knows strings and a measure of their width.
"""

import re

from explorer.drawing.measure import Measure, Style

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")
DIGITS = (4, 3, 2)
ELLIPSIS = "…"


def with_digits(text: str, digits: int) -> str:
    """The same with so many significant digits of each number, where that is shorter."""
    return NUMBER.sub(lambda match: min(match[0], _rounded(match[0], digits), key=len), text)


def _rounded(number: str, digits: int) -> str:
    text = f"{float(number):.{digits}g}"
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def together(texts: tuple[str, ...], room: float, measure: Measure, style: Style) -> tuple[str, ...] | None:
    """Numbers that stand side by side, all with as many digits as the room allows; None where two are too many."""
    for digits in (None, *DIGITS):
        shown = texts if digits is None else tuple(with_digits(text, digits) for text in texts)
        if sum(measure(text, style) for text in shown) <= room:
            return shown
    return None


def cut(text: str, room: float, measure: Measure, style: Style) -> str:
    """Words with an ellipsis where they are too long; nothing where not even two letters fit."""
    if measure(text, style) <= room:
        return text
    kept = len(text) - 1
    while kept and measure(text[:kept].rstrip() + ELLIPSIS, style) > room:
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS if kept > 1 else ""
