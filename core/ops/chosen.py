"""Operations that choose otherwise at a kink or a tie than those of the table: the same op, with JAX's partials there.

They have the names of their rows, compute the same values and differ where there is no derivative. PyTorch shares at
ties of two operands as JAX does. Knows formulas only.
"""

from dataclasses import replace

from core.basics.words import say
from core.op import Op
from core.ops import arithmetic

_ROWS = {op.name: op for op in arithmetic.ROWS}


def _chosen(name: str, domain: str, partials: tuple[str, ...], vjps: tuple[str, ...] = ()) -> Op:
    return replace(_ROWS[name], partials=partials, vjps=vjps, domain=domain)


_ABOVE, _BELOW = "where(x > y, {0}, where(x == y, {1}, 0.0))", "where(x < y, {0}, where(x == y, {1}, 0.0))"
_NOT_ABOVE, _NOT_BELOW = "where(x > y, 0.0, where(x == y, {1}, {0}))", "where(x < y, 0.0, where(x == y, {1}, {0}))"
_ONES, _CARRIED = ("1.0", "0.5"), ("g", "0.5 * g")
_OVER = "where(maximum(x, y) < z, 1.0, where(maximum(x, y) == z, 0.5, 0.0))"

_TIE = say("ops.shared-tie", "x ≠ y (both share at a tie)")

SHARED_MAXIMUM = _chosen(
    "maximum",
    _TIE,
    (_ABOVE.format(*_ONES), _NOT_ABOVE.format(*_ONES)),
    (_ABOVE.format(*_CARRIED), _NOT_ABOVE.format(*_CARRIED)),
)
SHARED_MINIMUM = _chosen(
    "minimum",
    _TIE,
    (_BELOW.format(*_ONES), _NOT_BELOW.format(*_ONES)),
    (_BELOW.format(*_CARRIED), _NOT_BELOW.format(*_CARRIED)),
)
SHARED_CLIP = _chosen(
    "clip",
    say("ops.domain-shared-clip", "x ≠ y and x ≠ z (half of it at a bound)"),
    (
        f"{_OVER} * {_ABOVE.format(*_ONES)}",
        f"{_OVER} * {_NOT_ABOVE.format(*_ONES)}",
        f"1.0 - {_OVER}",
    ),
)
RISING_ABS = _chosen("abs", say("ops.domain-rising-abs", "x ≠ 0 (partial 1 there)"), ("where(x < 0, -1.0, 1.0)",))
SHARED_HYPOT = _chosen(
    "hypot",
    say("ops.domain-shared-hypot", "not both 0 (partials 0.5 there)"),
    ("where(v == 0, 0.5, x / v)", "where(v == 0, 0.5, y / v)"),
)

VARIANTS = frozenset((SHARED_MAXIMUM, SHARED_MINIMUM, SHARED_CLIP, RISING_ABS, SHARED_HYPOT))
