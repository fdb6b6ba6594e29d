"""Scripts contain the engine's own reverse helpers: written for arrays alone they give the same numbers."""

import ast
import builtins
import math
from typing import Any

import numpy as np
import pytest

from core import kernels, pullbacks
from core.codegen import numpy_helpers
from core.codegen.plain_pullbacks import plain_pullbacks

RANDOM = np.random.default_rng(0)


def normal(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape)


X, Y, M, B = normal(2, 3), normal(2, 3), normal(3, 3), normal(4, 3, 3)
HOLES = np.array([[2.0, 0.0, 3.0], [1.0, 4.0, 0.0]])
SINGULAR = np.array([[[2.0, 1.0], [1.0, 3.0]], [[1.0, 2.0], [2.0, 4.0]]])
EIGH = np.concatenate([np.linalg.eigh(M + M.T)[0][None], np.linalg.eigh(M + M.T)[1]])
SVD = np.concatenate([(parts := np.linalg.svd(X, full_matrices=False))[0], parts[1][None], parts[2].T])
FACTOR = np.linalg.cholesky(M @ M.T + np.eye(3))

CASES: list[tuple[str, tuple[Any, ...]]] = [
    ("unbroadcast", (B, (1, 3))), ("unbroadcast", (X, (2, 3))), ("unbroadcast", (X, ())),
    ("spread", (normal(2), X, 1, False)), ("spread", (2.0, X, None, False)), ("spread", (normal(2, 1), X, 1, True)),
    ("kept", ((2, 3), (0, -1))), ("share_extreme", (2.0, 3.0, np.array([3.0, 1.0, 3.0]), None, False)),
    ("share_extreme", (normal(2), np.max(HOLES, 1), HOLES, 1, False)),
    ("product_of_others", (HOLES, None)), ("product_of_others", (HOLES, 1)), ("product_of_others", (HOLES, (0, 1))),
    ("reverse_cumsum", (X, Y, 1)), ("cumprod_vjp", (X, np.cumprod(Y, 1), Y, 1)),
    ("cumprod_vjp", (X, np.cumprod(HOLES, 1), HOLES, 1)), ("cumprod_vjp", (X, np.cumprod(HOLES, 0), HOLES, 0)),
    ("inverse_permutation", ((2, 0, 1),)), ("inverse_permutation", (None,)),
    ("unpad", (normal(4, 5), ((1, 1), (2, 0)))), ("opposite", (2,)), ("opposite", ((1, -2),)),
    ("unrepeat", (normal(2, 6), X, 2, 1)), ("untile", (normal(2, 6), X, (2,))),
    ("untile", (normal(2, 2, 3), X, (2, 1, 1))),
    ("undiag", (M, normal(3), 0)), ("undiag", (normal(2), M, 1)), ("undiag", (normal(2), M, -1)),
    ("part_that_stayed", (normal(4), normal(4), normal(3), (np.array([1, 1, 2]),))),
    ("part_that_stayed", (X, Y, normal(2), (slice(None), 1))), ("part_of_concatenate", (normal(2, 6), 1, (X, Y), 1)),
    ("part_of_concatenate", (normal(4, 3), 0, (X, Y), -2)), ("swap_last", (B,)), ("columns", (normal(4),)),
    *((name, case) for name in ("matmul_vjp_x", "matmul_vjp_y") for case in (
        (normal(2, 2), X, normal(3, 2)), (2.0, normal(3), normal(3)), (normal(2), X, normal(3)),
        (normal(2), normal(3), normal(3, 2)), (normal(4, 3, 3), B, M), (normal(4, 3), B, normal(3)),
    )),
    ("einsum_vjp", (normal(2, 2), 0, (X, normal(3, 2)), "ij,jk->ik")), ("einsum_vjp", (2.0, 0, (X,), "ij->")),
    ("einsum_vjp", (normal(2), 1, (X, Y), "ij,ij->i")), ("solve_vjp_x", (normal(3), normal(3), M, normal(3))),
    ("solve_vjp_x", (normal(3, 2), normal(3, 2), M, normal(3, 2))), ("solve_vjp_y", (normal(3), M, normal(3))),
    ("det_vjp", (2.0, np.linalg.det(M), M)), ("det_vjp", (normal(2), np.linalg.det(SINGULAR), SINGULAR)),
    ("det_vjp", (2.0, 3.0, np.array([[3.0]]))), ("logabsdet_vjp", (1.0, np.linalg.slogdet(M)[1], M)),
    ("logabsdet_vjp", (np.ones(2), np.linalg.slogdet(SINGULAR)[1], SINGULAR)),
    ("solved", (M, X.T)), ("solved", (SINGULAR, normal(2, 2))), ("det_vjp", (2.0, np.nan, M * np.nan)),
    ("solve_vjp_x", (normal(4, 3), normal(4, 3), B, normal(3))), ("solve_vjp_y", (normal(4, 3), B, normal(3))),
    ("off_diagonal_inverse", (np.array([0.0, 2.0]),)), ("eigh_vjp", (normal(4, 3), EIGH)),
    ("svd_vjp", (normal(*SVD.shape), SVD, X)), ("cholesky_vjp", (M, FACTOR)),
    ("pinv_vjp", (normal(*X.T.shape), np.linalg.pinv(X), X)),
    ("reshaped_by_broadcasting", (normal(1, 3), (2, 1))),
]  # fmt: skip


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """What a script knows, from the same text."""
    names = {**vars(kernels), **vars(numpy_helpers), "np": np, "math": math}
    text = "from __future__ import annotations\n\n" + "\n\n".join(map(ast.unparse, plain_pullbacks().values()))
    exec(text, names)
    return names


@pytest.mark.parametrize(("name", "arguments"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_written_for_arrays_gives_what_the_engine_gives(name, arguments, written):
    found, right = written[name](*arguments), getattr(pullbacks, name)(*arguments)
    if isinstance(right, tuple | int | None):
        assert found == right
    else:
        np.testing.assert_allclose(found, right, rtol=1e-13, atol=1e-13)
        assert np.shape(found) == np.shape(right)


def test_every_helper_is_tried():
    public = {name for name, node in plain_pullbacks().items() if isinstance(node, ast.FunctionDef) and name[0] != "_"}
    assert public - {"cofactors"} == {name for name, _ in CASES}


def test_nothing_of_the_engine_is_left_and_no_name_means_two_things():
    """A kernel of the same name would take the place of Python's own function in a script."""
    for name, node in plain_pullbacks().items():
        read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        assert not read & {"f", "Tensor", "rules"}, name
        assert not read & set(dir(builtins)) & set(vars(kernels)) - {"float", "int", "bool"}, name
