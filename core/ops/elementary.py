"""Rows of the op table: exponential, logarithmic, trigonometric and hyperbolic functions, and relatives."""

from core.basics.words import say
from core.op import Op

ANY = ((0.7,), (-1.3,), (2.0,))
POSITIVE = ((0.7,), (2.0,), (13.0,))
INSIDE = ((0.7,), (-0.3,), (0.05,))

# The derivative of sinc near 0, where the quotient would lose its digits: its Taylor series.
NEAR_0 = (
    "x * (-3.2898681336964530 + x * x * (3.2469697011334144"
    " + x * x * (-1.1445136454893226 + x * x * 0.20918114303286797)))"
)

ROWS = (
    Op("exp", "exp(x)", ("v",), reads="exp({0})", samples=ANY),
    Op("exp2", "exp2(x)", ("0.6931471805599453 * v",), reads="2^{0}", samples=ANY),
    Op("expm1", "expm1(x)", ("exp(x)",), reads="(exp({0}) - 1)", samples=ANY),
    Op("log", "log(x)", ("1 / x",), reads="ln({0})", domain="x > 0", samples=POSITIVE),
    Op("log2", "log2(x)", ("1.4426950408889634 / x",), reads="log2({0})", domain="x > 0", samples=POSITIVE),
    Op("log10", "log10(x)", ("0.4342944819032518 / x",), reads="log10({0})", domain="x > 0", samples=POSITIVE),
    Op("log1p", "log1p(x)", ("1 / (1 + x)",), reads="ln(1 + {0})", domain="x > -1", samples=INSIDE),
    Op("sin", "sin(x)", ("cos(x)",), reads="sin({0})", samples=ANY),
    Op("cos", "cos(x)", ("-sin(x)",), reads="cos({0})", samples=ANY),
    Op("tan", "tan(x)", ("1 + v * v",), reads="tan({0})", domain="x ≠ π/2 + kπ", samples=ANY),
    Op("arcsin", "arcsin(x)", ("1 / sqrt(1 - x * x)",), reads="arcsin({0})", domain="|x| < 1", samples=INSIDE),
    Op("arccos", "arccos(x)", ("-1 / sqrt(1 - x * x)",), reads="arccos({0})", domain="|x| < 1", samples=INSIDE),
    Op("arctan", "arctan(x)", ("1 / (1 + x * x)",), reads="arctan({0})", samples=ANY),
    Op(
        "arctan2",
        "arctan2(x, y)",
        ("y / hypot(x, y) / hypot(x, y)", "-x / hypot(x, y) / hypot(x, y)"),
        reads="arctan2({0}, {1})",
        domain=say("ops.not-both-0", "not both 0"),
        samples=((3.0, 2.0), (-1.5, 0.7), (0.25, -4.0)),
    ),
    Op("sinh", "sinh(x)", ("cosh(x)",), reads="sinh({0})", samples=ANY),
    Op("cosh", "cosh(x)", ("sinh(x)",), reads="cosh({0})", samples=ANY),
    Op("tanh", "tanh(x)", ("1 - v * v",), reads="tanh({0})", samples=ANY),
    Op("arcsinh", "arcsinh(x)", ("1 / hypot(1.0, x)",), reads="arsinh({0})", samples=ANY),
    Op(
        "arccosh",
        "arccosh(x)",
        ("1 / sqrt(x * x - 1)",),
        reads="arcosh({0})",
        domain="x > 1",
        samples=((1.7,), (5.0,)),
    ),
    Op("arctanh", "arctanh(x)", ("1 / (1 - x * x)",), reads="artanh({0})", domain="|x| < 1", samples=INSIDE),
    Op("erf", "erf(x)", ("1.1283791670955126 * exp(-x * x)",), reads="erf({0})", samples=ANY),
    Op(
        "sinc",
        "sinc(x)",
        (f"where(abs(x) < 0.05, {NEAR_0}, (cos(pi * x) - v) / where(abs(x) < 0.05, 1.0, x))",),
        reads="sinc({0})",
        samples=(*ANY, (0.049,), (0.0,)),
    ),
    Op(
        "logaddexp",
        "logaddexp(x, y)",
        ("exp(x - v)", "exp(y - v)"),
        reads="ln(exp({0}) + exp({1}))",
        samples=((3.0, 2.0), (-1.5, 0.7)),
    ),
    Op(
        "xlogy",
        "xlogy(x, y)",
        ("log(y)", "xdivy(x, y)"),
        reads="{0} × ln({1})",
        domain=say("ops.domain-xlogy", "y > 0 (value 0 where x = 0, whatever y is)"),
        samples=((3.0, 2.0), (-1.5, 0.7)),
    ),
    Op("real", "real(x)", ("1",), reads="Re({0})", samples=ANY),
)
