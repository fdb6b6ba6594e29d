"""Rows of the op table: the activation functions of networks that are not elementary functions.

At a kink the slope is TensorFlow's: 0 for `relu` at 0.
"""

from core.op import Op

ANY = ((0.7,), (-1.3,), (20.0,))

ROWS = (
    Op("sigmoid", "sigmoid(x)", ("v * (1 - v)",), reads="σ({0})", samples=ANY),
    Op(
        "relu",
        "relu(x)",
        ("where(x > 0, 1.0, 0.0)",),
        ("where(x > 0, g, 0.0)",),
        reads="relu({0})",
        domain="x ≠ 0 (slope 0 there)",
        samples=ANY,
    ),
    Op("softplus", "softplus(x)", ("sigmoid(x)",), reads="ln(1 + exp({0}))", samples=ANY),
)
