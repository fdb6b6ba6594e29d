"""Numbers in table cells: as many digits as fit, so that neither a sign nor an exponent is ever cut off.

How a number is written is the notation's affair; here it is only made shorter until there is room.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from core import notation
from explorer.look.inline import Face

_PADDING = 20
_MOST, _LEAST = 8, 2


def candidates(value: Any, digits: int = _MOST) -> Iterator[str]:
    """Ways to write a value, from the most exact to the shortest; an array ends as its shape in parentheses."""
    for count in range(digits, _LEAST - 1, -1):
        text = notation.number(value, count)
        if text.startswith("array"):
            break
        yield text
    if not np.ndim(value) and "e" in notation.number(value, _LEAST):
        yield notation.number(value, 1)
    if np.ndim(value):
        yield from _elided(np.asarray(value), min(digits, 4))


def _elided(value: np.ndarray, digits: int) -> Iterator[str]:
    """The first two numbers of an array, or one, with its shape; at last the shape alone."""
    shape, brackets = str(value.shape), "[" * value.ndim
    for count in (2, 1):
        if value.size > count:
            first = ", ".join(notation.number(number, digits) for number in value.flat[:count])
            yield f"{brackets}{first}, …{']' * value.ndim} {shape}"
    yield shape


def fitting(value: Any, width_of: Callable[[str], float], room: int, suffix: str = "", digits: int = _MOST) -> str:
    """The most exact way to write a value that is no wider than `room`; the shortest where none is."""
    text = ""
    for text in candidates(value, digits):
        if width_of(text + suffix) <= room:
            break
    return text + suffix


@lru_cache(maxsize=10_000)
def _fitted(value: float, face: Face, room: int, suffix: str, digits: int) -> str:
    return fitting(value, face.width, room, suffix, digits)


def fitted(value: Any, face: Face, room: int, suffix: str = "", digits: int = _MOST) -> str:
    """As `fitting`, in a face; plain numbers are remembered, for each is shown at many steps."""
    if isinstance(value, float) and value:
        return _fitted(value, face, room, suffix, digits)
    return fitting(value, face.width, room, suffix, digits)


class NumberDelegate(QStyledItemDelegate):
    """Shows what the model's `number_at(row, column)` gives (a value, a suffix, the most digits) as it fits."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model: Any = index.model()
        shown = model.number_at(index.row(), index.column())
        if shown is not None:
            value, suffix, digits = shown
            room = option.rect.width() - _PADDING
            option.text = fitting(value, option.fontMetrics.horizontalAdvance, room, suffix, digits)
