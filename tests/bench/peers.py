"""Other engines on the same programs, where they are installed; each is asked for value and gradient.

A peer is left out without a word when it cannot be imported: they are never needed.
"""

import importlib
import sys
from collections.abc import Callable, Collection

from tests.bench.scalar_work import Work

JAX_LIMIT = 100  # inputs

Answer = tuple[float, list[float]]


def of_numbers(work: Work, only: Collection[str] = ()) -> dict[str, Callable[[], Answer]]:
    """For each installed peer, or of these `only`, the work on its kind of numbers (JAX would need minutes for the
    largest).
    """
    makers = {
        "micrograd": _micrograd, "autograd": _autograd, "torch": _torch, "jax": _jax, "tensorflow": _tensorflow,
    }  # fmt: skip
    if len(work.point) > JAX_LIMIT:
        del makers["jax"]
    return {name: make(work) for name, make in makers.items() if name in (only or makers) and installed(name)}


def installed(name: str) -> bool:
    """Whether the peer can be imported."""
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _micrograd(work: Work) -> Callable[[], Answer]:
    from micrograd.engine import Value

    sys.setrecursionlimit(100_000)  # it follows the graph by recursion

    def run() -> Answer:
        w = [Value(x) for x in work.point]
        result = work.program(w, lambda x: x.relu())
        result.backward()
        return result.data, [x.grad for x in w]

    return run


def _autograd(work: Work) -> Callable[[], Answer]:
    import autograd
    import autograd.numpy as anp

    # From an array: taking many numbers out of a list costs it far more.
    point, count = anp.array(work.point), len(work.point)
    derive = autograd.value_and_grad(
        lambda w: work.program([w[place] for place in range(count)], lambda x: anp.maximum(x, 0.0))
    )
    return lambda: derive(point)


def _torch(work: Work) -> Callable[[], Answer]:
    import torch

    torch.set_num_threads(1)

    def run() -> Answer:
        w = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in work.point]
        result = work.program(w, torch.relu)
        result.backward()
        return result.item(), [float(x.grad) for x in w]

    return run


def _jax(work: Work) -> Callable[[], Answer]:
    import jax

    jax.config.update("jax_enable_x64", True)
    derive = jax.value_and_grad(lambda w: work.program(w, lambda x: jax.numpy.maximum(x, 0.0)))
    return lambda: derive(work.point)


def _tensorflow(work: Work) -> Callable[[], Answer]:
    import tensorflow as tf

    w = [tf.Variable(x, dtype=tf.float64) for x in work.point]

    def run() -> Answer:
        with tf.GradientTape() as tape:
            result = work.program(w, tf.nn.relu)
        return float(result), [float(one) for one in tape.gradient(result, w)]

    return run
