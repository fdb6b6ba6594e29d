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

# Ops whose rules hold for real numbers alone; the others are linear or holomorphic, and their rules hold for any.
REALS_ONLY = frozenset((
    "abs", "sign", "step", "maximum", "minimum", "clip", "max", "min", "hypot", "arctan2", "cbrt", "mod", "relu",
    "relu6", "elu", "gelu", "silu", "sinc", "erf", "sigmoid", "softplus", "softmax", "log_softmax", "logsumexp",
    "logaddexp", "logabsdet", "cholesky", "eigh", "svd", "pinv", "xlogy", "xdivy", "floor", "ceil", "rint", "trunc",
))  # fmt: skip
