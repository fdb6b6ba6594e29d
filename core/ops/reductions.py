"""Rows of the op table: many elements to fewer (sum, mean, prod, max, min, logsumexp) and running totals.

`spread` turns a reduced array back to the shape of the operand; equal largest elements share the cotangent evenly, as
in TensorFlow.
"""

from typing import Any

from core.basics.types import Array
from core.basics.words import say
from core.op import Op

Samples = tuple[tuple[Array, ...], ...]

MATRIX = [[0.5, -1.0, 2.0], [3.0, 0.25, 2.0]]
VECTOR = [0.5, -1.5, 2.0, 3.0]
ZEROS = [[2.0, 0.0, 4.0], [0.0, 0.0, 3.0]]
DISTINCT = ((VECTOR,), *[([[0.5, -1.0, 2.5], [3.0, 0.25, 2.0]],)] * 3)
SAMPLES = ((MATRIX,), (MATRIX,), (MATRIX,), (MATRIX,), (ZEROS,))
OVER = (
    {"axis": None, "keepdims": False},
    {"axis": 0, "keepdims": False},
    {"axis": (1,), "keepdims": True},
    {"axis": -1, "keepdims": False},
    {"axis": 1, "keepdims": False},
)
AXES = ("axis", "keepdims")
LARGEST = say("ops.one-largest-element-equal", "one largest element (equal ones share)")
SMALLEST = say("ops.one-smallest-element-equal", "one smallest element (equal ones share)")


def reduction(name: str, vjp: str, reads: str, samples: Samples = SAMPLES[:4], **fields: Any) -> Op:
    """A row whose op takes `axis` and `keepdims`."""
    return Op(
        name,
        f"{name}(x, axis, keepdims)",
        vjps=(vjp,),
        reads=reads,
        attributes=AXES,
        samples=samples,
        sample_attributes=OVER[: len(samples)],
        **fields,
    )


def running(name: str, vjp: str, **fields: Any) -> Op:
    """A row whose op runs along one axis."""
    return Op(
        name,
        f"{name}(x, axis)",
        vjps=(vjp,),
        reads=name + "({0})",
        attributes=("axis",),
        samples=((VECTOR,), (MATRIX,), (MATRIX,), (ZEROS,)),
        sample_attributes=({"axis": 0}, {"axis": 0}, {"axis": 1}, {"axis": -1}),
        **fields,
    )


ROWS = (
    reduction("sum", "spread(g, x, axis, keepdims)", "Σ {0}", linear="together"),
    reduction("mean", "spread(g, x, axis, keepdims) / count(x, axis)", "mean({0})", linear="together"),
    reduction("prod", "spread(g, x, axis, keepdims) * product_of_others(x, axis)", "Π {0}", SAMPLES),
    reduction("max", "share_extreme(g, v, x, axis, keepdims)", "max({0})", DISTINCT, domain=LARGEST),
    reduction("min", "share_extreme(g, v, x, axis, keepdims)", "min({0})", DISTINCT, domain=SMALLEST),
    reduction("logsumexp", "spread(g, x, axis, keepdims) * exp(x - spread(v, x, axis, keepdims))", "ln Σ exp({0})"),
    running("cumsum", "reverse_cumsum(g, x, axis)", linear="together"),
    running("cumprod", "cumprod_vjp(g, v, x, axis)"),
)
