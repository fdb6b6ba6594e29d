"""What the derivative is where there is none: at kinks, ties and singular points, beside what others chose.

Data only; a test holds our column against the engine. `python -m core.conventions.table` prints the table. The columns
of TensorFlow 2.21, PyTorch 2.13 and JAX 0.10 are measured with float32 on a CPU by a script beside that test.
"""

from typing import Any, NamedTuple

inf, nan = float("inf"), float("nan")
NOT_THERE = "n/a"
Slopes = Any  # one list of slopes for each variable; None for no gradient; NOT_THERE; or an error in words


class Convention(NamedTuple):
    """The gradient of an expression at a point, in four libraries.

    `cotangent` is what arrives from above, ones unless given. Each column has one entry for each variable.
    """

    expression: str
    point: dict[str, Any]
    ours: Slopes
    tensorflow: Slopes
    pytorch: Slopes
    jax: Slopes
    note: str = ""
    cotangent: Any = None

    @property
    def disputed(self) -> bool:
        """Whether the libraries differ."""
        known = [repr(column) for column in self[2:6] if column != NOT_THERE]
        return len(set(known)) > 1


def of_x(expression: str, x: list[Any], *columns: Any, note: str = "", cotangent: Any = None) -> Convention:
    """A row of one variable x. One column stands for all four libraries, three for ours and TensorFlow's together."""
    wrapped = tuple([column] if isinstance(column, list) or column is None else column for column in columns)
    return of({"x": x}, expression, *wrapped, note=note, cotangent=cotangent)


def of(point: dict[str, Any], expression: str, *columns: Any, note: str = "", cotangent: Any = None) -> Convention:
    """A row of any variables; columns as for `of_x`, four when ours differs from TensorFlow's."""
    ours, tensorflow, pytorch, jax = {1: columns * 4, 3: (columns[0], *columns), 4: columns}[len(columns)]
    return Convention(expression, point, ours, tensorflow, pytorch, jax, note, cotangent)


TIE = {"x": [1.0, 2.0], "y": [1.0, 2.0]}
FIRST, HALF = [[1, 1], [0, 0]], [[0.5, 0.5], [0.5, 0.5]]
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]

KINKS = (
    of_x("relu(x)", [-1, 0, 2], [0, 0, 1]),
    of_x("maximum(x, 0.0)", [-1, 0, 2], [0, 1, 1], [0, 0.5, 1], [0, 0.5, 1], note="relu in other words, 1 at 0"),
    of_x("maximum(0.0, x)", [-1, 0, 2], [0, 0, 1], [0, 0.5, 1], [0, 0.5, 1], note="the first operand takes all"),
    of_x("where(x > 0, x, 0.0)", [-1, 0, 2], [0, 0, 1]),
    of_x("relu6(x)", [0, 3, 6], [0, 1, 0]),
    of_x("leaky_relu(x, 0.2)", [-1, 0, 2], [0.2, 0.2, 1], [0.2, 0.2, 1], [0.2, 1, 1]),
    of_x("elu(x)", [0, 2], [1, 1]),
    of_x("selu(x)", [0], [1.0507009873554805], [1.7580993408473766], [1.7580993408473766]),
    of_x("hard_sigmoid(x)", [-3, 0, 3], [0, 1 / 6, 0]),
    of_x("hard_tanh(x)", [-1, 0, 1], [1, 1, 1], NOT_THERE, [0, 1, 0], [1, 1, 1]),
    of_x("abs(x)", [-1, 0, 2], [-1, 0, 1], [-1, 0, 1], [-1, 1, 1]),
    of_x("sign(x)", [-1, 0, 2], [0, 0, 0]),
    of_x("round(x)", [1.4, 2.6], None, [0, 0], [0, 0], note="a step function: None says that nothing flows"),
    of_x("floor(x)", [1.4, 2.6], None, [0, 0], [0, 0]),
    of_x("mod(x, 2.0)", [5.5, -5.5, 4], [1, 1, 1]),
    of_x("clip(x, 0.0, 1.0)", [-1, 0, 0.5, 1, 2], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0.5, 1, 0.5, 0]),
    of_x(
        "minimum(maximum(x, 0.0), 1.0)",
        [-1, 0, 0.5, 1, 2],
        [0, 1, 1, 1, 0],
        [0, 0.5, 1, 0.5, 0],
        [0, 0.5, 1, 0.5, 0],
        note="clip in other words",
    ),
)
TIES = (
    of(TIE, "maximum(x, y)", FIRST, HALF, HALF),
    of(TIE, "minimum(x, y)", FIRST, HALF, HALF),
    of(
        {"x": [1.0], "y": [1.0], "z": [1.0]},
        "maximum(maximum(x, y), z)",
        [[1], [0], [0]],
        [[0.25], [0.25], [0.5]],
        [[0.25], [0.25], [0.5]],
    ),
    of({"x": [1.0], "y": [1.0]}, "where(x > y, x, y)", [[0], [1]]),
    of_x("max(x)", [1, 3, 3], [0, 0.5, 0.5], note="equal largest elements share"),
    of_x("max(x)", [3, 3, 3], [1 / 3, 1 / 3, 1 / 3]),
    of_x(
        "max(x, axis=1)",
        [[1, 3, 3], [4, 4, 2]],
        [[0, 0.5, 0.5], [0.5, 0.5, 0]],
        [[0, 1, 0], [1, 0, 0]],
        [[0, 0.5, 0.5], [0.5, 0.5, 0]],
        note="PyTorch's amax shares as well",
    ),
    of_x("min(x)", [1, 1, 3], [0.5, 0.5, 0]),
    of_x(
        "min(x, axis=1)",
        [[1, 1, 3], [4, 2, 2]],
        [[0.5, 0.5, 0], [0, 0.5, 0.5]],
        [[1, 0, 0], [0, 1, 0]],
        [[0.5, 0.5, 0], [0, 0.5, 0.5]],
        note="PyTorch's amin shares as well",
    ),
    of_x("sort(x)", [2, 2, 1], [2, 3, 1], cotangent=[1.0, 2.0, 3.0]),
    of_x("logsumexp(x)", [1, 1], [0.5, 0.5]),
    of_x("norm(x, inf)", [3, -3, 1], [0.5, -0.5, 0]),
    of_x("norm(x, 1)", [3, 0, -4], [1, 0, -1], [1, 0, -1], [1, 1, -1]),
    of_x("x[[0, 2, 0]]", [1, 2, 3], [2, 0, 1], note="what is taken twice receives twice"),
)
SINGULARITIES = (
    of_x("sqrt(x)", [0, 4], [inf, 0.25]),
    of_x("sqrt(x)", [0, -1, 4], [0, 0, 0], [nan, nan, 0], [nan, nan, 0], cotangent=[0.0, 0.0, 0.0]),
    of_x("cbrt(x)", [0, 8], [inf, 1 / 12], NOT_THERE, NOT_THERE, [inf, 1 / 12]),
    of_x("rsqrt(x)", [0, 4], [-inf, -0.0625]),
    of_x("rsqrt(x)", [0, 4], [0, 0], [nan, 0], [nan, 0], cotangent=[0.0, 0.0]),
    of_x("sqrt(x)**2", [0, 4], [0, 1], [nan, 1], [nan, 1]),
    of_x("sqrt(x**2)", [0, -3], [nan, -1]),
    of_x("norm(x)", [0, 0], [nan, nan], [0, 0], [nan, nan]),
    of_x("sqrt(sum(x**2))", [0, 0], [nan, nan], note="norm in other words, also in PyTorch"),
    of({"x": [0.0], "y": [0.0]}, "hypot(x, y)", [[nan], [nan]], NOT_THERE, [[nan], [nan]], [[0.5], [0.5]]),
    of({"x": [0.0], "y": [0.0]}, "arctan2(x, y)", [[nan], [nan]], [[0], [0]], [[nan], [nan]]),
    of_x("x**0.5", [0, 4], [inf, 0.25]),
    of_x("x**0.5", [0, 4], [0, 0], [nan, 0], [nan, 0], [nan, 0], cotangent=[0.0, 0.0], note="as sqrt"),
    of_x("x**0", [0, 2], [0, 0], [nan, 0], [0, 0], [0, 0], note="a constant; TensorFlow's is 0 × 0^-1"),
    of_x("x**0.0", [0, 2], [0, 0], [nan, 0], [0, 0], [nan, 0], note="a constant; PyTorch's is one"),
    of_x("x**1", [0, 2], [1, 1]),
    of_x("x**2", [0, -2], [0, -4]),
    of_x("x**-1", [0, 2], [-inf, -0.25]),
    of(
        {"x": [0.0] * 5, "y": [2.0, 1.0, 0.5, 0.0, -1.0]},
        "x**y",
        [[0, 1, inf, 0, -inf], [0, 0, 0, 0, nan]],
        [[0, 1, inf, nan, -inf], [0, 0, 0, 0, nan]],
        [[0, 1, inf, 0, -inf], [0, 0, 0, 0, -inf]],
        [[0, 1, inf, nan, -inf], [0, 0, 0, 0, nan]],
    ),
    of(
        {"x": [-2.0] * 3, "y": [2.0, 3.0, 0.5]},
        "x**y",
        [[-4, 12, nan], [0, 0, nan]],
        [[-4, 12, nan], [nan, nan, nan]],
        [[-4, 12, nan], [nan, nan, nan]],
        note="the exponent of a negative base has no real slope; 0 where the power is real",
    ),
    of_x("0.0**x", [0, 2], [0, 0]),
    of_x("log(x)", [0, -1, 2], [inf, -1, 0.5], note="1 / x, also where log is nan"),
    of_x("log(x)", [0, -1, 2], [nan, 0, 0], cotangent=[0.0, 0.0, 0.0]),
    of_x("1 / x", [0, 2], [-inf, -0.25]),
    of({"x": [1.0, 0.0], "y": [0.0, 0.0]}, "x / y", [[inf, inf], [-inf, nan]]),
    of_x("x * log(x)", [0, 1], [nan, 1]),
    of(
        {"x": [0.0, 0.0], "y": [0.0, 3.0]},
        "xlogy(x, y)",
        [[-inf, 1.0986122886681098], [0, 0]],
        [[0, 0], [0, 0]],
        [[0, 1.0986122886681098], [nan, 0]],
        [[-inf, 1.0986122886681098], [nan, 0]],
        note="ln y in x, also where x is 0; 0 in y, for the value is 0 whatever y is",
    ),
    of_x("arcsin(x)", [1, -1, 0], [inf, inf, 1]),
    of_x("arccosh(x)", [1], [inf]),
    of_x("sinc(x)", [0, 1], [0, -1], NOT_THERE, [0, -1], [0, -1]),
    of_x("prod(x)", [2, 0, 4], [0, 8, 0], note="exact with zeros"),
    of_x("prod(x)", [0, 0, 4], [0, 0, 0]),
    of_x("cumprod(x)", [2, 0, 3], [1, 8, 0], [1, 0, 0], [1, 8, 0], [1, 8, 0], note="exact with zeros"),
    of_x("std(x)", [2, 2, 2], [nan, nan, nan], [0, 0, 0], [nan, nan, nan]),
    of_x("logsumexp(x)", [-inf, -inf], [nan, nan]),
    of_x("softmax(x)[2]", [-inf, 0, 1], [0, -0.19661193324148185, 0.19661193324148185]),
    of_x("where(x > 0, sqrt(x), 0.0)", [-1, 0, 4], [0, 0, 0.25], [nan, nan, 0.25], [nan, nan, 0.25]),
    of_x("where(x > 0, log(x), 0.0)", [-1, 0, 2], [0, nan, 0.5], note="0 × inf on the branch not taken"),
    of_x("where(x != 0, sin(x) / x, 1.0)", [0, 1], [nan, -0.30116867893975674]),
    of_x("where(x > 0, sqrt(where(x > 0, x, 1.0)), 0.0)", [-1, 0, 4], [0, 0, 0.25], note="the double where"),
    of_x("x * 0.0", [3, inf], [0, 0]),
    of_x("sigmoid(x)", [-100, 0, 100], [0, 0.25, 0], note="of the order of 1e-44 where the others give 0"),
    of_x("softplus(x)", [-100, 0, 100], [0, 0.5, 1]),
    of_x("log_sigmoid(x)", [-200, 0, 200], [1, 0.5, 0]),
    of_x("tanh(x)", [-100, 0, 100], [0, 1, 0]),
    of_x("gelu(x)", [1], [1.0833154705876864], [1.0833154705876864], [1.0829640838457826], note="JAX's by tanh"),
    of_x("silu(x)", [0, 1], [0.5, 0.9276705118714869]),
    of_x(
        "det(x)",
        SINGULAR,
        [[4, -2], [-2, 1]],
        "InvalidArgumentError",
        [[0, 0], [0, 0]],
        [[4, -2], [-2, 1]],
        note="the cofactors, which need no inverse",
    ),
    of_x(
        "cholesky(x)",
        [[4, 2], [2, 3]],
        [[0.2133883476483184, 0.07322330470336316], [0.07322330470336316, 0.35355339059327373]],
        note="that of a symmetric matrix",
    ),
)
CONNECTIONS = (
    of({"x": [1.0], "y": [2.0]}, "sum(y * y)", [None, [4]], [None, [4]], [[0], [4]], note="not connected"),
    of_x("x.argmax()", [1, 2], None, "RuntimeError", [0, 0]),
    of_x("stop_gradient(x) * x", [3], [3]),
    of_x("stop_gradient(x)", [3], None, "RuntimeError", [0]),
)

FAMILIES: dict[str, tuple[Convention, ...]] = {
    "Kinks": KINKS,
    "Ties": TIES,
    "Singular points": SINGULARITIES,
    "Connections": CONNECTIONS,
}


def row_of(expression: str, zeros: bool = False) -> Convention:
    """The first row of the expression to which ones arrive from above, or zeros."""
    arrives = {False: lambda given: given is None, True: lambda given: given is not None and not any(given)}[zeros]
    rows = (row for family in FAMILIES.values() for row in family)
    return next(row for row in rows if row.expression == expression and arrives(row.cotangent))


def as_markdown() -> str:
    """The whole table as text for the documentation."""
    lines = ["# Derivatives where there are none", "", INTRODUCTION]
    for title, rows in FAMILIES.items():
        lines += ["", f"## {title}", "", "| gradient of | at | ours | TensorFlow | PyTorch | JAX | |"]
        lines += ["|---|---|---|---|---|---|---|", *map(as_line, rows)]
    return "\n".join(lines) + "\n"


INTRODUCTION = """At a kink, a tie or a singular point a function has no derivative, and a library has to choose.
We choose as TensorFlow does, except where another answer is exact; a program written with JAX has JAX's slopes at
kinks and ties. `None` says that nothing flows; where nothing is said about the cotangent it is 1 everywhere. Rows in
which the libraries differ are marked with **≠**."""


def as_line(row: Convention) -> str:
    """One row of the table."""
    at = ", ".join(f"{name} = {shown(value)}" for name, value in row.point.items())
    above = f", cotangent {shown(row.cotangent)}" if row.cotangent is not None else ""
    cells = [f"`{row.expression}`", at + above, *map(shown_column, row[2:6])]
    return "| " + " | ".join([*cells, " ".join(filter(None, ["**≠**" if row.disputed else "", row.note]))]) + " |"


def shown_column(column: Slopes) -> str:
    """The slopes of all variables, or the words that stand in their place."""
    return column if isinstance(column, str) else ", ".join(map(shown, column))


def shown(value: Any) -> str:
    """Numbers in short."""
    if isinstance(value, list):
        return "[" + " ".join(map(shown, value)) + "]"
    return f"{value:.5g}" if isinstance(value, int | float) else str(value)


if __name__ == "__main__":
    print(as_markdown(), end="")
