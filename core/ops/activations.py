"""Rows of the op table: the activation functions of networks that are not elementary functions.

At a kink the partial is TensorFlow's: 0 for `relu` at 0. The partial of `relu` is the op `step`, so that its second
derivative is 0 and not missing.
"""

from core.op import Op

ANY = ((0.7,), (-1.3,), (20.0,))
ROWS_OF_NUMBERS = (([0.5, -1.5, 2.0],), ([[0.5, -1.0, 2.0], [3.0, 0.25, 2.0]],))
LAST_AND_FIRST = ({"axis": -1}, {"axis": 0})

ROWS = (
    Op("sigmoid", "sigmoid(x)", ("v * (1 - v)",), reads="σ({0})", samples=ANY),
    Op(
        "relu",
        "relu(x)",
        ("step(x)",),
        ("multiply_no_nan(g, step(x))",),
        reads="relu({0})",
        domain="x ≠ 0 (partial 0 there)",
        samples=ANY,
    ),
    Op(
        "relu6",
        "minimum(relu(x), 6.0)",
        ("step(x) * step(6 - x)",),
        ("multiply_no_nan(g, step(x) * step(6 - x))",),
        reads="relu6({0})",
        domain="x ≠ 0, x ≠ 6 (partial 0 there)",
        samples=(*ANY, (6.5,)),
    ),
    Op(
        "elu",
        "where(x > 0, x, expm1(minimum(x, 0.0)))",
        ("exp(minimum(0.0, x))",),
        reads="elu({0})",
        samples=ANY,
    ),
    Op("silu", "x * sigmoid(x)", ("sigmoid(x) * (1 + x * sigmoid(-x))",), reads="{0} × σ({0})", samples=ANY),
    Op(
        "gelu",
        "0.5 * x * (1 + erf(0.7071067811865476 * x))",
        ("0.5 * (1 + erf(0.7071067811865476 * x)) + 0.3989422804014327 * x * exp(-0.5 * x * x)",),
        reads="gelu({0})",
        samples=ANY,
    ),
    Op("softplus", "softplus(x)", ("sigmoid(x)",), reads="ln(1 + exp({0}))", samples=ANY),
    Op(
        "softmax",
        "softmax(x, axis)",
        vjps=("v * (g - sum(g * v, axis, True))",),
        attributes=("axis",),
        reads="softmax({0})",
        samples=ROWS_OF_NUMBERS,
        sample_attributes=LAST_AND_FIRST,
    ),
    Op(
        "log_softmax",
        "log_softmax(x, axis)",
        vjps=("g - exp(v) * sum(g, axis, True)",),
        attributes=("axis",),
        reads="ln softmax({0})",
        samples=ROWS_OF_NUMBERS,
        sample_attributes=LAST_AND_FIRST,
    ),
)
