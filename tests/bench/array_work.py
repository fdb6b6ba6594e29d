"""Workloads of arrays: the same mathematics for every engine, and by hand in NumPy."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import core
from core.replay import Replay, record_function
from tests.bench.peers import installed

Contestants = dict[str, Callable[[], Any]]


def works() -> Iterator[tuple[str, Contestants]]:
    """Every work with its contestants."""
    for kind in ("float64", "float32"):
        yield f"MLP 784-128-10, batch 128, {kind}", network(kind)
    yield "10 elementwise operations on 1e6 floats", elementwise()
    yield "value on a grid of 300 x 300", grid()
    yield "Hessian of a 20-variable Rosenbrock", rosenbrock()


# -- a network ---------------------------------------------------------------------------------------------------


def network(kind: str) -> Contestants:
    """Mean cross-entropy of a two-layer network, differentiated by its weights."""
    random = np.random.default_rng(7)
    x = random.normal(size=(128, 784)).astype(kind)
    y = np.eye(10, dtype=kind)[random.integers(0, 10, 128)]
    shapes = ((784, 128), (128,), (128, 10), (10,))
    weights = [(random.normal(size=shape) * 0.05).astype(kind) for shape in shapes]

    def program(f: Any, x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        logits = f.relu(x @ w1 + b1) @ w2 + b2
        return -f.mean(f.sum(y * (logits - f.logsumexp(logits, axis=1, keepdims=True)), axis=1))

    def by_hand() -> Any:
        w1, b1, w2, b2 = weights
        z = x @ w1 + b1
        h = np.maximum(z, 0)
        logits = h @ w2 + b2
        shifted = logits - logits.max(axis=1, keepdims=True)
        e = np.exp(shifted)
        total = e.sum(axis=1, keepdims=True)
        loss = -np.mean(np.sum(y * (shifted - np.log(total)), axis=1))
        logits_bar = (e / total - y) / len(x)
        z_bar = (logits_bar @ w2.T) * (z > 0)
        return loss, [x.T @ z_bar, z_bar.sum(axis=0), h.T @ logits_bar, logits_bar.sum(axis=0)]

    return {
        "by hand": by_hand,
        "recording": recorded(program, weights, x, y),
        "replay": replayed(program, weights, x, y),
        **peers(program, weights, x, y),
    }


# -- large arrays ------------------------------------------------------------------------------------------------


def ten(f: Any, x: Any) -> Any:
    """Ten elementwise operations."""
    return f.exp(f.log(f.sqrt(f.square(f.tanh(f.sin(x) * x + 0.5) * 2.0) + x)))


def elementwise() -> Contestants:
    """The sum of ten operations on each of a million numbers, differentiated by them."""
    x = np.random.default_rng(7).uniform(0.1, 1.0, 1_000_000)

    def by_hand() -> Any:
        s = np.sin(x)
        t = np.tanh(s * x + 0.5)
        d = t * 2.0
        q = np.sqrt(d * d + x)
        v = np.exp(np.log(q))
        inner = v / q * 0.5 / q
        outer = inner * 2.0 * d * 2.0 * (1.0 - t * t)
        return v.sum(), [inner + outer * s + outer * x * np.cos(x)]

    path = record_function(lambda x: ten(core, x), {"x": 0.5})

    def replay() -> Any:
        values, gradient = path.at([x])
        return values.sum(), gradient

    return {
        "by hand": by_hand,
        "recording": recorded(lambda f, x: f.sum(ten(f, x)), [x]),
        "replay": replay,
        **peers(lambda f, x: f.sum(ten(f, x)), [x]),
    }


def grid() -> Contestants:
    """A function of two numbers on a grid, as a contour plot needs it."""
    x, y = np.meshgrid(np.linspace(-3, 3, 300), np.linspace(-3, 3, 300))

    def peaks(f: Any, x: Any, y: Any) -> Any:
        hill = 3 * (1 - x) ** 2 * f.exp(-x * x - (y + 1) ** 2)
        return hill - 10 * (x / 5 - x**3 - y**5) * f.exp(-x * x - y * y) + f.sin(x * y)

    by_replay = Replay.of(lambda x, y: peaks(core, x, y))
    by_replay.value(x=1.0, y=1.0)
    return {"by hand": lambda: peaks(np, x, y), "replay": lambda: by_replay.value(x=x, y=y)}


# -- second derivatives ------------------------------------------------------------------------------------------


def rosenbrock() -> Contestants:
    """All second derivatives of Rosenbrock's function of 20 variables."""
    point = [0.5 + 0.05 * k for k in range(20)]
    names = [f"x{k}" for k in range(20)]

    def program(x: Any) -> Any:
        return sum(100.0 * (after - before**2) ** 2 + (1.0 - before) ** 2 for before, after in zip(x, x[1:]))

    def by_hand() -> Any:
        x = np.array(point)
        matrix = np.zeros((20, 20))
        places = np.arange(19)
        matrix[places, places] = 1200.0 * x[:-1] ** 2 - 400.0 * x[1:] + 2.0
        matrix[places + 1, places + 1] += 200.0
        matrix[places, places + 1] = matrix[places + 1, places] = -400.0 * x[:-1]
        return matrix

    def recording() -> Any:
        x = [core.Variable(value) for value in point]
        with core.GradientTape(persistent=True) as outer:
            with core.GradientTape() as inner:
                result = program(x)
            gradient = inner.gradient(result, x)
        rows = [outer.gradient(one, x, unconnected_gradients="zero") for one in gradient]
        return np.array([[float(one) for one in row] for row in rows])

    path = record_function(lambda **x: program(list(x.values())), dict(zip(names, point)))
    at = dict(zip(names, point))
    return {
        "by hand": by_hand, "recording": recording, "replay": lambda: path.hessian(**at), **_hessians(program, point),
    }  # fmt: skip


def _hessians(program: Callable[[Any], Any], point: list[float]) -> Contestants:
    found: Contestants = {}
    x = np.array(point)
    if installed("autograd"):
        import autograd

        derive = autograd.hessian(program)
        found["autograd"] = lambda: derive(x)
    if installed("torch"):
        import torch

        given = torch.tensor(x)
        found["torch"] = lambda: torch.autograd.functional.hessian(program, given).numpy()
    if installed("jax"):
        import jax

        jax.config.update("jax_enable_x64", True)
        found["jax"] = lambda: jax.hessian(program)(x)
    return found


# -- the engines -------------------------------------------------------------------------------------------------


def recorded(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Callable[[], Any]:
    """Value and gradient by our tape."""
    variables = [core.Variable(value) for value in values]
    given = [core.constant(one) for one in data]

    def run() -> Any:
        with core.GradientTape() as tape:
            result = program(core, *given, *variables)
        return float(result), [one.primal for one in tape.gradient(result, variables)]

    return run


def replayed(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Callable[[], Any]:
    """Value and gradient by compiled text."""
    names = [f"w{place}" for place in range(len(values))]
    path = record_function(lambda **w: program(core, *data, *w.values()), dict(zip(names, values)))
    return lambda: path.at(values)


def peers(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Contestants:
    """Value and gradient by each installed peer that has arrays."""
    makers = {"autograd": _autograd, "torch": _torch, "jax": _jax}
    return {name: make(program, values, *data) for name, make in makers.items() if installed(name)}


def _autograd(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Callable[[], Any]:
    import autograd
    import autograd.numpy as anp
    from autograd.scipy.special import logsumexp as log_sum_exp

    class Names:
        relu = staticmethod(lambda x: anp.maximum(x, 0))
        logsumexp = staticmethod(log_sum_exp)

        def __getattr__(self, name: str) -> Any:
            return getattr(anp, name)

    derive = autograd.value_and_grad(lambda w: program(Names(), *data, *w))
    return lambda: derive(values)


def _torch(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Callable[[], Any]:
    import torch

    torch.set_num_threads(1)

    class Names:
        logsumexp = staticmethod(lambda x, axis, keepdims: torch.logsumexp(x, dim=axis, keepdim=keepdims))

        def __getattr__(self, name: str) -> Any:
            return getattr(torch, name)

    given = [torch.tensor(one) for one in data]
    w = [torch.tensor(value, requires_grad=True) for value in values]

    def run() -> Any:
        for one in w:
            one.grad = None
        result = program(Names(), *given, *w)
        result.backward()
        return result.item(), [one.grad.numpy() for one in w]

    return run


def _jax(program: Callable[..., Any], values: list[np.ndarray], *data: np.ndarray) -> Callable[[], Any]:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    class Names:
        relu, logsumexp = staticmethod(jax.nn.relu), staticmethod(jax.nn.logsumexp)

        def __getattr__(self, name: str) -> Any:
            return getattr(jnp, name)

    derive = jax.value_and_grad(lambda w: program(Names(), *data, *w))

    def run() -> Any:
        value, gradient = derive(values)
        return float(value), [np.asarray(one) for one in gradient]

    return run
