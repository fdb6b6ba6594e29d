"""Equations whose matrix rounding alone keeps from being singular, and stacks of them: one answer, nothing raised."""

import numpy as np
import pytest

from core.checking.differences import finite_difference
from core.language import parse
from core.run import record
from core.timeline import Timeline

RANK_2 = {
    "a sum of rows": np.array([[2.0, 4, 6], [1, 3, 5], [3, 7, 11]]),
    "tenths": np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]),
}
TEXTS = (
    "np.linalg.solve(A, b).sum()", "np.linalg.solve(A, A).sum()", "np.linalg.inv(A).sum()", "np.linalg.det(A)",
    "np.linalg.slogdet(A)[1]", "np.linalg.lstsq(A, b)[0].sum()", "np.linalg.pinv(A).sum()",
    "np.linalg.cholesky(A @ A.T).sum()", "np.linalg.solve(A[None], b).sum()", "np.linalg.solve(A, b[:, None]).sum()",
    "np.linalg.solve(A.T, b).sum()", "(np.linalg.solve(A, b) * np.log(b)).sum()",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", RANK_2)
def test_every_sweep_comes_to_its_end(text: str, name: str) -> None:
    run = record(parse(text), {"A": RANK_2[name], "b": np.ones(3)})
    if run.failure:  # LAPACK found it singular: that is said, with the place
        assert run.failure.span is not None
        assert "singular" in run.failure.message or "positive definite" in run.failure.message
        return
    Timeline.of(run)
    Timeline.of(run, {name: np.ones_like(value) for name, value in run.point.items()})
    assert {name: np.shape(one) for name, one in run.gradients().items()} == {
        one.name: np.shape(run.point[one.name]) for one in run.program.inputs
    }


def test_only_the_singular_matrix_of_a_stack_is_not_a_number() -> None:
    """The forward value of the first has rounding noise; the transpose has none, so LAPACK finds it singular."""
    stack = np.stack([RANK_2["a sum of rows"], np.diag([1.0, 2.0, 4.0])])
    gradient = record(parse("np.linalg.solve(A, B).sum()"), {"A": stack, "B": np.ones((3, 1))}).gradients()["A"]
    assert np.isnan(gradient[0]).all()
    np.testing.assert_allclose(gradient[1], -np.outer([1, 0.5, 0.25], [1, 0.5, 0.25]))


@pytest.mark.parametrize("text", ["np.linalg.solve(A[None], b).sum()", "(np.linalg.solve(A[None], b)**2).sum()"])
def test_a_stack_takes_a_vector(text: str) -> None:
    point = {"A": np.array([[2.0, 1.0], [1.0, 3.0]]), "b": np.array([1.0, 2.0])}
    run = record(parse(text), point)

    def by_numpy(A: np.ndarray, b: np.ndarray) -> float:
        solution = np.linalg.solve(A, b)
        return float(np.sum(solution**2 if "**" in text else solution))

    np.testing.assert_allclose(run.value, by_numpy(**point))
    for name, wanted in finite_difference(by_numpy, point).items():
        np.testing.assert_allclose(run.gradients()[name], wanted, rtol=1e-6, atol=1e-9, err_msg=name)
