"""The one table of library functions: what NumPy, math, TensorFlow, PyTorch and JAX call each function of ours.

Everything that has to know a function by name asks here: the language, NumPy's protocol, the TensorFlow dialect,
exported scripts, the limits, the explanations. The rows are texts, in `core.library.subjects`. Knows no function.
"""

from core.library.row import Name, Row, RowError, internal, public
from core.library.table import ROOTS, argument, counts, fact, find, role, row_at, rows, work_of_function

__all__ = [
    "ROOTS", "Name", "Row", "RowError", "argument", "counts", "fact", "find", "internal", "public", "role", "row_at",
    "rows", "work_of_function",
]  # fmt: skip
