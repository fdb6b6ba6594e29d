"""The op table: every operation that the engine can differentiate, one row each, by family.

Knows formulas only; how they are computed is the kernels' affair, how they are recorded the tape's.
"""

from core.op import Op
from core.ops import activations, arithmetic, elementary, linear, reductions, shaping

INPUT = Op("input", "x", reads="{0}")

table: dict[str, Op] = {
    op.name: op
    for family in (arithmetic, elementary, activations, reductions, shaping, linear)
    for op in family.ROWS
}
