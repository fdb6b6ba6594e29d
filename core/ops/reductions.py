"""Rows of the op table: many elements to fewer (sum, mean, prod, max, min, logsumexp) and running totals.

`spread` turns a reduced array back to the shape of the operand; equal largest elements share the slope evenly, as
in TensorFlow.
"""

from core.op import Op

MATRIX = [[0.5, -1.0, 2.0], [3.0, 0.25, 2.0]]
VECTOR = [0.5, -1.5, 2.0, 3.0]
SAMPLES = ((VECTOR,), (MATRIX,), (MATRIX,), (MATRIX,))
OVER = (
    {"axis": None, "keepdims": False},
    {"axis": 0, "keepdims": False},
    {"axis": (1,), "keepdims": True},
    {"axis": -1, "keepdims": False},
)
AXES = ("axis", "keepdims")


ROWS = (
    Op("sum", "sum(x, axis, keepdims)", vjps=("spread(g, x, axis, keepdims)",), reads="Σ {0}", attributes=AXES, linear="together",
       samples=SAMPLES, sample_attributes=OVER),
    Op("mean", "mean(x, axis, keepdims)", vjps=("spread(g, x, axis, keepdims) / count(x, axis)",), reads="mean({0})",
       attributes=AXES, linear="together", samples=SAMPLES, sample_attributes=OVER),
    Op("prod", "prod(x, axis, keepdims)", vjps=("spread(g, x, axis, keepdims) * product_of_others(x, axis)",), reads="Π {0}",
       attributes=AXES, samples=SAMPLES, sample_attributes=OVER),
    Op("max", "max(x, axis, keepdims)", vjps=("share_extreme(g, v, x, axis, keepdims)",), reads="max({0})", attributes=AXES,
       domain="one largest element (equal ones share)", samples=((VECTOR,), (MATRIX,)), sample_attributes=(OVER[0], OVER[1])),
    Op("min", "min(x, axis, keepdims)", vjps=("share_extreme(g, v, x, axis, keepdims)",), reads="min({0})", attributes=AXES,
       domain="one smallest element (equal ones share)", samples=((VECTOR,), (MATRIX,)), sample_attributes=(OVER[0], OVER[1])),
    Op("logsumexp", "logsumexp(x, axis, keepdims)", vjps=("spread(g, x, axis, keepdims) * exp(x - spread(v, x, axis, keepdims))",),
       reads="ln Σ exp({0})", attributes=AXES, samples=SAMPLES, sample_attributes=OVER),
    Op("cumsum", "cumsum(x, axis)", vjps=("reverse_cumsum(g, x, axis)",), reads="cumsum({0})", attributes=("axis",), linear="together",
       samples=((VECTOR,), (MATRIX,)), sample_attributes=({"axis": 0}, {"axis": 1})),
    Op("cumprod", "cumprod(x, axis)", vjps=("cumprod_vjp(g, x, axis)",), reads="cumprod({0})", attributes=("axis",),
       samples=((VECTOR,), (MATRIX,)), sample_attributes=({"axis": 0}, {"axis": 1})),
)
