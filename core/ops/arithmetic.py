"""Rows of the op table: arithmetic, powers and comparisons that choose.

Partials (the slopes of an operation, one for each operand) follow TensorFlow at ties and kinks: of equal operands of
`maximum` and `minimum` the first has partial 1 and the other 0; `abs` has partial 0 at 0.
"""

from core.basics.words import say
from core.op import Op

PAIRS = ((3.0, 2.0), (-1.5, 0.7), (0.25, -4.0))

ROWS = (
    Op("add", "x + y", ("1", "1"), reads="{0} + {1}", samples=PAIRS),
    Op("sub", "x - y", ("1", "-1"), reads="{0} - {1}", samples=PAIRS),
    Op("mul", "x * y", ("y", "x"), reads="{0} × {1}", samples=PAIRS),
    Op("div", "x / y", ("1 / y", "-v / y"), reads="{0} / {1}", domain="y ≠ 0", samples=PAIRS),
    Op(
        "pow",
        "power(x, y)",
        ("multiply_no_nan(power(x, y - 1), y)", "v * log(where(x > 0, x, 1.0))"),
        ("multiply_no_nan(multiply_no_nan(power(x, y - 1), y), g)", "g * (v * log(where(x > 0, x, 1.0)))"),
        reads="{0} ^ {1}",
        domain=say(
            "ops.domain-pow", "x > 0, or x < 0 with a whole y (partial 0 at 0 where y = 0 or nothing depends on it)"
        ),
        samples=((3.0, 2.0), (1.5, 0.7), (0.25, -3.0)),
    ),
    Op(
        "mod",
        "mod(x, y)",
        ("1", "-floor(x / y)"),
        reads="{0} mod {1}",
        domain=say("ops.domain-mod", "x / y not whole"),
        samples=((5.5, 2.0), (-5.5, 2.0), (5.5, -2.0)),
    ),
    Op("reciprocal", "1 / x", ("-v * v",), reads="1 / {0}", domain="x ≠ 0", samples=((3.0,), (-0.5,))),
    Op("identity", "+x", ("1",), reads="{0}", samples=((3.0,),)),
    Op("neg", "-x", ("-1",), reads="-{0}", samples=((3.0,), (-0.5,))),
    Op("abs", "abs(x)", ("sign(x)",), reads="|{0}|", domain="x ≠ 0 (partial 0 there)", samples=((3.0,), (-0.5,))),
    Op("sign", "sign(x)", ("zeros_like(x)",), reads="sign({0})", domain="x ≠ 0", samples=((3.0,), (-0.5,))),
    Op("step", "step(x)", ("zeros_like(x)",), reads="step({0})", domain="x ≠ 0", samples=((3.0,), (-0.5,))),
    Op(
        "multiply_no_nan",
        "multiply_no_nan(x, y)",
        ("y", "x"),
        ("multiply_no_nan(g, y)", "multiply_no_nan(x, g)"),
        reads="{0} × {1}",
        domain=say("ops.domain-multiply-no-nan", "all real numbers (0 where y = 0, whatever x is)"),
        samples=PAIRS,
    ),
    Op(
        "divide_no_nan",
        "divide_no_nan(x, y)",
        ("divide_no_nan(1.0, y)", "-divide_no_nan(v, y)"),
        reads="{0} / {1}",
        domain="y ≠ 0 (0 there)",
        samples=PAIRS,
    ),
    Op(
        "xdivy",
        "xdivy(x, y)",
        ("1 / y", "-xdivy(v, y)"),
        reads="{0} / {1}",
        domain=say("ops.domain-divide-no-nan", "y ≠ 0 (value 0 where x = 0, whatever y is)"),
        samples=PAIRS,
    ),
    Op("floor", "floor(x)", (None,), reads="⌊{0}⌋", samples=((1.4,),)),
    Op("ceil", "ceil(x)", (None,), reads="⌈{0}⌉", samples=((1.4,),)),
    Op("rint", "rint(x)", (None,), reads="round({0})", samples=((1.4,),)),
    Op("trunc", "trunc(x)", (None,), reads="trunc({0})", samples=((-1.4,),)),
    Op("square", "square(x)", ("2 * x",), reads="{0}²", samples=((3.0,), (-0.5,))),
    Op(
        "sqrt",
        "sqrt(x)",
        ("0.5 / v",),
        ("multiply_no_nan(0.5 / v, g)",),
        reads="√{0}",
        domain=say("ops.domain-sqrt", "x > 0 (partial inf at 0, but 0 when nothing depends on it)"),
        samples=((3.0,), (0.5,)),
    ),
    Op(
        "rsqrt",
        "1 / sqrt(x)",
        ("-0.5 * v / x",),
        ("multiply_no_nan(-0.5 * v / x, g)",),
        reads="1/√{0}",
        domain=say("ops.domain-rsqrt", "x > 0 (partial -inf at 0, but 0 when nothing depends on it)"),
        samples=((3.0,), (0.5,)),
    ),
    Op("cbrt", "cbrt(x)", ("1 / (3 * v * v)",), reads="∛{0}", domain="x ≠ 0", samples=((3.0,), (-0.5,))),
    Op(
        "hypot",
        "hypot(x, y)",
        ("x / v", "y / v"),
        reads="hypot({0}, {1})",
        domain=say("ops.not-both-0", "not both 0"),
        samples=PAIRS,
    ),
    Op(
        "maximum",
        "maximum(x, y)",
        ("where(x >= y, 1.0, 0.0)", "where(x >= y, 0.0, 1.0)"),
        ("where(x >= y, g, 0.0)", "where(x >= y, 0.0, g)"),
        reads="max({0}, {1})",
        domain=say("ops.no-tie", "x ≠ y (the first takes all at a tie)"),
        samples=PAIRS,
    ),
    Op(
        "minimum",
        "minimum(x, y)",
        ("where(x <= y, 1.0, 0.0)", "where(x <= y, 0.0, 1.0)"),
        ("where(x <= y, g, 0.0)", "where(x <= y, 0.0, g)"),
        reads="min({0}, {1})",
        domain=say("ops.no-tie", "x ≠ y (the first takes all at a tie)"),
        samples=PAIRS,
    ),
    Op(
        "clip",
        "minimum(maximum(x, y), z)",
        (
            "where(x < y, 0.0, where(x > z, 0.0, 1.0))",
            "where(x < y, where(y > z, 0.0, 1.0), 0.0)",
            "where(maximum(x, y) > z, 1.0, 0.0)",
        ),
        (
            "where(x < y, 0.0, where(x > z, 0.0, g))",
            "where(x < y, where(y > z, 0.0, g), 0.0)",
            "where(maximum(x, y) > z, g, 0.0)",
        ),
        reads="clip({0}, {1}, {2})",
        domain=say("ops.domain-clip", "x ≠ y and x ≠ z (x takes all at a bound)"),
        samples=((0.5, -1.0, 1.0), (-3.0, -1.0, 1.0), (3.0, -1.0, 1.0), (0.5, 3.0, 2.0)),
    ),
    Op(
        "where",
        "where(x, y, z)",
        (None, "where(x, 1.0, 0.0)", "where(x, 0.0, 1.0)"),
        (None, "where(x, g, 0.0)", "where(x, 0.0, g)"),
        reads="{1} if {0} else {2}",
        samples=((True, 3.0, 2.0), (False, 3.0, 2.0)),
    ),
)
