"""No single step takes so much memory or time that it cannot be cancelled: both are bounded before it begins."""

import threading
import time

import pytest

from core.language import Budget, parse

HEAVY = [
    "A @ A", "A @= A", "A.dot(A)", "np.matmul(A, A)", "np.dot(A, A)", "tf.matmul(A, A)", "torch.mm(A, A)",
    "np.einsum('ij,jk->ik', A, A)", "np.einsum('i,j,k->', v, v, v)", "np.einsum('ij,jk->', A, A)", "np.linalg.inv(A)",
    "np.linalg.solve(A, A)", "np.linalg.det(A)", "np.linalg.slogdet(A)", "np.linalg.cholesky(A)",
    "np.linalg.pinv(A)", "np.linalg.eigvalsh(A)", "np.linalg.matrix_power(A, 5)", "np.convolve(v, v)",
    "np.linalg.lstsq(A, A[0])", "np.polyfit(v, v, 200)",
]  # fmt: skip
LIGHT = [
    "B @ B", "np.linalg.inv(B)", "np.einsum('ij,jk->ik', B, B)", "np.einsum('ij,jk->', B, B)", "v @ v", "A @ A[0]",
    "np.linalg.norm(v)", "np.einsum('i,i->', v, v)",
]  # fmt: skip
GIVEN = "A = np.ones((1500, 1500))\nB = np.eye(60)\nv = np.ones(5000)\n"


@pytest.mark.parametrize("text", HEAVY)
def test_a_step_that_nobody_could_cancel_is_refused_before_it_begins(text):
    failure = parse(GIVEN + text).execute({}).failure
    assert failure is not None and "multiplications; at most 1,000,000,000" in failure.message


@pytest.mark.parametrize("text", LIGHT)
def test_what_classrooms_compute_is_not_refused(text):
    assert parse(GIVEN + text).execute({}).failure is None


def test_the_limit_of_one_step_can_be_changed():
    assert parse("A = np.ones((40, 40))\nA @ A").execute({}, None, Budget(work=63_999)).failure is not None
    assert parse("A = np.ones((40, 40))\nA @ A").execute({}, None, Budget(work=64_000)).failure is None


def test_a_run_ends_when_it_is_cancelled_from_another_thread():
    budget = Budget(seconds=60.0, operations=10**12, bytes=10**15)
    program = parse("A = np.ones((300, 300))\nwhile True:\n    B = A @ A")
    outcomes = []
    worker = threading.Thread(target=lambda: outcomes.append(program.execute({}, None, budget)))
    worker.start()
    while not worker.is_alive():
        time.sleep(0)
    budget.cancel()
    worker.join(30)
    assert outcomes[0].failure.message == "The run was cancelled."


@pytest.mark.parametrize(
    "text",
    [
        "np.tril(np.ones(10**5))", "np.triu(np.ones(10**5))", "np.diagflat(np.ones(10**5))",
        "np.polyfit(np.arange(10**6), np.arange(10**6), 1000)", "np.vander(np.ones(10**5), 10**5)",
        "np.random.choice(10**9, 3, False)", "np.random.choice(3, 10**9)", "torch.ones(1000).repeat(1000, 1000)",
        "W = tf.Variable(tf.ones((10**5, 10**5)))", "torch.randperm(10**12)", "np.pad(np.ones(10), 10**9)",
    ],
)  # fmt: skip
def test_an_array_that_would_be_too_large_is_refused_before_memory_is_asked_for(text):
    failure = parse(text).execute({}).failure
    assert failure is not None and "elements; at most 20,000,000 are allowed" in failure.message
