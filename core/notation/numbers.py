"""Numbers, arrays and labels as text."""

import math
import re
from typing import Any

import numpy as np

MACRON, OVERLINE, DOT_ABOVE = "\u0304", "\u0305", "\u0307"
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SMALL_ARRAY = 8


def number(value: Any, digits: int = 6) -> str:
    """A value for reading: at most `digits` significant digits, small arrays whole, larger ones by their shape."""
    if value is None:
        return "none"
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list | tuple | set) and not _is_array_like(value):
        return _structure(value, digits)
    if np.ndim(value):
        return _array(np.asarray(value), digits)
    if isinstance(value, complex | np.complexfloating):
        return f"{value:.{digits}g}"
    return _real(float(value), digits)


def _is_array_like(value: Any) -> bool:
    """Whether lists of lists hold nothing but numbers, evenly."""
    try:
        return not isinstance(value, dict | set) and np.asarray(value).dtype.kind in "fciub"
    except ValueError:
        return False


def _structure(value: Any, digits: int) -> str:
    """The first parts of a structure, each as it is read."""
    parts = list(value.items() if isinstance(value, dict) else value)
    shown = [
        f"{part[0]}: {number(part[1], digits)}" if isinstance(value, dict) else number(part, digits)
        for part in parts[:FIRST]
    ] + ["…"] * (len(parts) > FIRST)  # fmt: skip
    text = ", ".join(shown)
    return f"({text})" if isinstance(value, tuple) else f"[{text}]" if isinstance(value, list) else f"{{{text}}}"


FIRST = 6  # parts of a structure that are written out


def _real(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "-∞"
    if value == int(value) and abs(value) < 10**digits:
        return str(int(value))
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text


def _array(value: np.ndarray, digits: int) -> str:
    if value.size > SMALL_ARRAY or not value.size:
        return f"array {shape_text(value)}"
    digits = min(digits, 4)
    if value.ndim == 1:
        return f"[{', '.join(number(item, digits) for item in value)}]"
    return f"[{', '.join(_array(row, digits) for row in value)}]"


def shape_text(value: Any) -> str:
    """The shape as 2×3; nothing for a scalar."""
    return "×".join(map(str, np.shape(value)))


def superscript(text: str) -> str:
    """A whole number raised."""
    return text.translate(SUPERSCRIPTS)


def bar(label: str) -> str:
    """The adjoint of what the label names: v̄4."""
    return _accent(label, MACRON, OVERLINE)


def dot(label: str) -> str:
    """The tangent of what the label names: v̇4."""
    return _accent(label, DOT_ABOVE, DOT_ABOVE)


def _accent(label: str, short: str, long: str) -> str:
    """An accent over the letter of a short name; over every letter (a dot over the first) of a longer one."""
    if re.fullmatch(r"[^\W\d_][\d₀-₉]*", label) or long == DOT_ABOVE:
        return label[0] + short + label[1:]
    return "".join(letter + long for letter in label)
