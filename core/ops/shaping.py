"""Rows of the op table: the same elements elsewhere (reshape, transpose, index, join, pad, repeat, order)."""

from core.op import Op

MATRIX = [[0.5, -1.0, 2.0], [3.0, 0.25, 2.0]]
SQUARE = [[0.5, -1.0], [3.0, 0.25]]
VECTOR = [0.5, -1.5, 2.0, 3.0]
DOUBLE = "float64"


def row(name: str, attributes: str, vjp: str, *samples: tuple, reads: str = "") -> Op:
    """A linear op of one operand; each sample is (operand, attributes)."""
    names = tuple(attributes.split())
    return Op(
        name,
        f"{name}({', '.join(('x', *names))})",
        vjps=(vjp,),
        attributes=names,
        linear="" if name == "pad" else "together",  # padding with a value is affine, not linear
        reads=reads or name + "({0})",
        samples=tuple((operand,) for operand, _ in samples),
        sample_attributes=tuple(values for _, values in samples),
    )


ROWS = (
    row("cast", "dtype", "g", (VECTOR, {"dtype": DOUBLE}), (2.5, {"dtype": DOUBLE})),
    row(
        "reshape",
        "shape",
        "reshape(g, shape_of(x))",
        (MATRIX, {"shape": (3, 2)}),
        (VECTOR, {"shape": (2, -1)}),
        reads="reshape({0}, {shape})",
    ),
    row(
        "transpose",
        "axes",
        "transpose(g, inverse_permutation(axes))",
        (MATRIX, {"axes": None}),
        ([MATRIX], {"axes": (1, 2, 0)}),
        reads="{0}ᵀ",
    ),
    row(
        "broadcast_to",
        "shape",
        "unbroadcast(g, shape_of(x))",
        (VECTOR, {"shape": (3, 4)}),
        ([[1.0], [2.0]], {"shape": (2, 3)}),
    ),
    row(
        "getitem",
        "key",
        "scatter_add(g, key, shape_of(x))",
        (VECTOR, {"key": 2}),
        (MATRIX, {"key": (slice(None), 1)}),
        (VECTOR, {"key": [0, 2, 2]}),
        (MATRIX, {"key": (None, ..., slice(None, None, -2))}),
        reads="{0}[{key}]",
    ),
    row("scatter_add", "key shape", "getitem(g, key)", (VECTOR, {"key": [0, 2, 2, 1], "shape": (3,)})),
    row("pad", "width value", "unpad(g, width)", (MATRIX, {"width": ((1, 0), (0, 2)), "value": 7.0})),
    row("flip", "axis", "flip(g, axis)", (VECTOR, {"axis": None}), (MATRIX, {"axis": (1,)})),
    row(
        "roll",
        "shift axis",
        "roll(g, opposite(shift), axis)",
        (VECTOR, {"shift": 1, "axis": None}),
        (MATRIX, {"shift": 2, "axis": 1}),
        (MATRIX, {"shift": (1, 1), "axis": (0, 1)}),
    ),
    row(
        "repeat",
        "repeats axis",
        "unrepeat(g, x, repeats, axis)",
        (VECTOR, {"repeats": 3, "axis": 0}),
        (MATRIX, {"repeats": 2, "axis": 1}),
        (MATRIX, {"repeats": 3, "axis": 0}),
    ),
    row(
        "tile",
        "reps",
        "untile(g, x, reps)",
        (VECTOR, {"reps": (2,)}),
        (MATRIX, {"reps": (2, 1, 3)}),
        (MATRIX, {"reps": (2,)}),
    ),
    row("tril", "k", "tril(g, k)", (SQUARE, {"k": 0}), (MATRIX, {"k": -1})),
    row("triu", "k", "triu(g, k)", (SQUARE, {"k": 0}), (MATRIX, {"k": 1})),
    row(
        "diag",
        "k",
        "undiag(g, x, k)",
        (SQUARE, {"k": 0}),
        (VECTOR, {"k": 0}),
        (VECTOR, {"k": -1}),
        (MATRIX, {"k": -1}),
        (MATRIX, {"k": 1}),
    ),
    Op(
        "setitem",
        "setitem(x, y, key)",
        vjps=("setitem(g, key, zeros_like(y))", "part_that_stayed(g, x, y, key)"),
        attributes=("key",),
        linear="together",
        reads="{0} with [{key}] = {1}",
        samples=((VECTOR, 5.0), (MATRIX, [1.0, 2.0]), (MATRIX, 5.0), (VECTOR, [5.0, 6.0, 7.0]), (MATRIX, [5.0])),
        sample_attributes=(
            {"key": 2},
            {"key": (slice(None), 1)},
            {"key": 1},
            {"key": [1, 1, 3]},
            {"key": ([0, 1, 0], [2, 0, 2])},
        ),
    ),
    Op(
        "concatenate",
        "concatenate(*xs, axis=axis)",
        vjps=("part_of_concatenate(g, slot, xs, axis)",),
        attributes=("axis",),
        linear="together",
        reads="concatenate({all})",
        samples=((VECTOR, [1.0]), (MATRIX, MATRIX, MATRIX)),
        sample_attributes=({"axis": 0}, {"axis": 1}),
    ),
    Op(
        "stack",
        "stack(*xs, axis=axis)",
        vjps=("take(g, slot, axis)",),
        attributes=("axis",),
        linear="together",
        reads="[{all}]",
        samples=((VECTOR, VECTOR), (1.0, 2.0, 3.0), (MATRIX, MATRIX)),
        sample_attributes=({"axis": 0}, {"axis": 0}, {"axis": 1}),
    ),
)
