"""The op table: every operation that the engine can differentiate, one row each, by family.

Knows formulas only; computing them is the kernels' responsibility, recording them the tape's.
"""

from core.op import Op
from core.ops import activations, arithmetic, elementary, linear, reductions, shaping

INPUT = Op("input", "x", reads="{0}")

table: dict[str, Op] = {
    op.name: op
    for family in (arithmetic, elementary, activations, reductions, shaping, linear)
    for op in family.ROWS
}
