"""Rows of the op table: products of matrices and linear algebra.

Formulas for the reverse rules: Giles, "Collected matrix derivative results for forward and reverse mode
algorithmic differentiation" (2008); cholesky after Murray, "Differentiation of the Cholesky decomposition" (2016).
"""

from core.basics.words import say
from core.op import Op

MATRIX = [[0.5, -1.0, 2.0], [3.0, 0.25, 2.0]]
TALL = [[1.0, 2.0], [-1.0, 0.5], [0.25, 3.0]]
SQUARE = [[2.0, -1.0], [0.5, 3.0]]
POSITIVE = [[4.0, 1.0], [1.0, 3.0]]
LARGER = [[5.0, -1.0], [-1.0, 2.0]]
THREE = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.25], [0.5, -0.25, 2.0]]
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
VECTOR = [0.5, -1.5, 2.0]

ROWS = (
    Op(
        "matmul",
        "matmul(x, y)",
        vjps=("matmul_vjp_x(g, x, y)", "matmul_vjp_y(g, x, y)"),
        linear="each",
        reads="{0} @ {1}",
        samples=(
            (MATRIX, TALL),
            (MATRIX, VECTOR),
            (VECTOR, TALL),
            (VECTOR, VECTOR),
            ([MATRIX, MATRIX], TALL),
            (MATRIX, [TALL, TALL]),
            ([MATRIX, MATRIX], VECTOR),
            (VECTOR, [TALL, TALL]),
        ),
    ),
    Op(
        "einsum",
        "einsum(*xs, subscripts=subscripts)",
        vjps=("einsum_vjp(g, slot, xs, subscripts)",),
        attributes=("subscripts",),
        linear="each",
        reads="einsum({all})",
        samples=(
            (MATRIX, TALL),
            (VECTOR, VECTOR),
            (MATRIX,),
            (MATRIX,),
            (MATRIX, [[1.5], [2.0]]),
            (MATRIX, TALL, MATRIX),
        ),
        sample_attributes=tuple(
            {"subscripts": subscripts}
            for subscripts in ("ij,jk->ik", "i,j->ij", "ij->j", "ij->i", "ij,ij->i", "ij,jk,kl->il")
        ),
    ),
    Op(
        "solve",
        "solve(x, y)",
        vjps=("solve_vjp_x(g, v, x, y)", "solve_vjp_y(g, x, y)"),
        reads="{0}⁻¹ {1}",
        domain="x invertible",
        samples=((SQUARE, [1.0, 2.0]), (SQUARE, SQUARE), ([SQUARE, POSITIVE], SQUARE), (SQUARE, [SQUARE, POSITIVE])),
    ),
    Op(
        "inv",
        "inv(x)",
        vjps=("-swap_last(v) @ g @ swap_last(v)",),
        reads="{0}⁻¹",
        domain="x invertible",
        samples=((SQUARE,), (POSITIVE,), ([SQUARE, POSITIVE],)),
    ),
    Op(
        "det",
        "det(x)",
        vjps=("det_vjp(g, v, x)",),
        reads="det({0})",
        samples=((SQUARE,), ([SQUARE, POSITIVE],), (SINGULAR,), ([[3.0]],), ([SQUARE, SINGULAR],)),
    ),
    Op(
        "logabsdet",
        "logabsdet(x)",
        vjps=("logabsdet_vjp(g, v, x)",),
        reads="ln |det({0})|",
        domain="x invertible",
        samples=((SQUARE,), ([SQUARE, POSITIVE],)),
    ),
    Op(
        "cholesky",
        "cholesky(x)",
        vjps=("cholesky_vjp(g, v)",),
        reads="cholesky({0})",
        domain=say("ops.x-symmetric-positive-definite", "x symmetric positive definite"),
        samples=((POSITIVE,), ([POSITIVE, LARGER],), (THREE,)),
    ),
    Op(
        "pinv",
        "pinv(x, rcond)",
        vjps=("pinv_vjp(g, v, x)",),
        reads="{0}⁺",
        domain=say("ops.rank-constant", "the rank of x the same all around"),
        attributes=("rcond",),
        samples=((SQUARE,), (MATRIX,), (TALL,), ([SQUARE, POSITIVE],)),
        sample_attributes=({"rcond": 1e-15},) * 4,
    ),
    Op(
        "eigh",
        "eigh(x)",
        vjps=("eigh_vjp(g, v)",),
        reads="eigh({0})",
        domain=say("ops.x-symmetric-eigenvalues-distinct", "x symmetric, eigenvalues distinct"),
        samples=((POSITIVE,), ([POSITIVE, LARGER],), (THREE,)),
    ),
    Op(
        "svd",
        "svd(x)",
        vjps=("svd_vjp(g, v, x)",),
        reads="svd({0})",
        domain=say("ops.singular-values-distinct-not", "singular values distinct and not 0"),
        samples=((SQUARE,), (MATRIX,), (TALL,), ([SQUARE, POSITIVE],)),
    ),
)
