"""Whether a number is the one that was published: equal when written with as many digits as there.

Knows values and texts; knows no lesson.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

EXACT = 1e-9
"""Relative distance at which a whole number that was printed without a point is met."""
SPECIAL = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


def confirms(value: Any, printed: str, within: float | None = None) -> bool:
    """Whether a value is what was printed: a number, None, a text, or a list of these in brackets."""
    printed = printed.strip()
    if isinstance(value, str):
        if len(printed) > 1 and printed[0] == printed[-1] and printed[0] in "\"'":
            printed = printed[1:-1]
        return " ".join(value.split()) == " ".join(printed.split())
    if printed == "None" or value is None:
        return printed == "None" and value is None
    if printed in ("True", "False"):
        return isinstance(value, bool | np.bool_) and str(bool(value)) == printed
    if printed.startswith("["):
        items = list(_items(printed[1:-1]))
        is_row = isinstance(value, list | tuple) or np.ndim(value) > 0
        return (
            is_row and len(items) == len(value) and all(confirms(one, item, within) for one, item in zip(value, items))
        )
    return bool(np.ndim(value) == 0) and _is_number(float(value), printed, within)


def _is_number(value: float, printed: str, within: float | None) -> bool:
    if printed in SPECIAL:
        return bool(np.array_equal(value, SPECIAL[printed], equal_nan=True))
    try:
        number = Decimal(printed.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return False
    if not np.isfinite(value):
        return False
    distance = abs(Decimal(value) - number)
    if within is not None:
        return distance <= Decimal(within)
    if not set(printed) & set(".eE"):
        return distance <= Decimal(EXACT) * abs(number) if number else abs(value) <= EXACT
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    last_place = Decimal(1).scaleb(exponent)
    return distance <= last_place / 2 * (1 + Decimal(EXACT))


def _items(inside: str) -> Iterator[str]:
    """The items of a list, parted at the commas outside of inner lists."""
    depth, item = 0, ""
    for letter in inside:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            yield item
            item = ""
        else:
            item += letter
    if item.strip():
        yield item
