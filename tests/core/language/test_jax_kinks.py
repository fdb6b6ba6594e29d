"""At kinks and ties a text of JAX has JAX's slopes, measured of JAX 0.10; the numbers are the gradient of the sum."""

import numpy as np
import pytest

from core.conventions.touched import conventions_at
from core.language import parse
from core.run import record

MEASURED = (
    # an expression of x (and of y = x), the point, the slopes
    ("jnp.maximum(x, y)", [1.0, 2.0], [0.5, 0.5]), ("jnp.minimum(x, y)", [1.0, 2.0], [0.5, 0.5]),
    ("jnp.maximum(x, 0.0)", [-1.0, 0.0, 2.0], [0, 0.5, 1]), ("jnp.minimum(0.0, x)", [-1.0, 0.0, 2.0], [1, 0.5, 0]),
    ("jnp.abs(x)", [-1.0, 0.0, 2.0], [-1, 1, 1]), ("abs(x)", [-1.0, 0.0, 2.0], [-1, 1, 1]),
    ("jnp.absolute(x)", [0.0], [1]), ("jnp.fabs(x)", [0.0], [1]), ("jnp.mean(jnp.abs(x))", [0.0, 1.0], [0.5, 0.5]),
    ("jnp.clip(x, 0.0, 1.0)", [-1.0, 0.0, 0.5, 1.0, 2.0], [0, 0.5, 1, 0.5, 0]),
    ("x.clip(0.0, 1.0)", [-1.0, 0.0, 0.5, 1.0, 2.0], [0, 0.5, 1, 0.5, 0]),
    ("jnp.clip(x, 0.0)", [-1.0, 0.0, 0.5], [0, 0.5, 1]), ("jnp.clip(x, None, 1.0)", [-1.0, 0.0, 1.0], [1, 1, 0.5]),
    ("jax.nn.leaky_relu(x, 0.2)", [-1.0, 0.0, 2.0], [0.2, 1, 1]),
    ("jax.nn.selu(x)", [-1.0, 0.0, 2.0], [0.646768603034814, 1.7580993408473766, 1.0507009873554805]),
    ("jnp.hypot(x, y)", [0.0], [0.5]), ("jnp.linalg.norm(x, 1)", [3.0, 0.0, -4.0], [1, 1, -1]),
    ("jnp.linalg.norm(x, ord=1, axis=0)", [3.0, 0.0], [1, 1]),
    ("jnp.linalg.norm(x, jnp.inf)", [3.0, -3.0, 1.0], [0.5, -0.5, 0]),
    ("jnp.fmax(x, 0.0)", [-1.0, 0.0, 2.0], [0, 0, 1]), ("jnp.fmin(x, 0.0)", [-1.0, 0.0, 2.0], [1, 0, 0]),
    ("jax.nn.relu(x)", [-1.0, 0.0, 2.0], [0, 0, 1]), ("jax.nn.relu6(x)", [0.0, 3.0, 6.0], [0, 1, 0]),
    ("jax.nn.gelu(x)", [1.0], [1.0829640838457826]),
    ("jax.nn.elu(x)", [0.0, 2.0], [1, 1]), ("jax.nn.hard_tanh(x)", [-1.0, 0.0, 1.0], [1, 1, 1]),
    ("x.max()", [1.0, 3.0, 3.0], [0, 0.5, 0.5]), ("jnp.max(x)", [3.0, 3.0, 3.0], [1 / 3, 1 / 3, 1 / 3]),
    ("max(x[0], x[1])", [1.0, 1.0], [1, 0]), ("min(x[0], x[1])", [1.0, 1.0], [1, 0]),
    ("jnp.sign(x)", [0.0], [0]), ("jnp.floor(x)", [1.5], [0]), ("jnp.argmax(x)*1.0", [1.0, 2.0], [0, 0]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "x", "slopes"), MEASURED, ids=[row[0] for row in MEASURED])
def test_slopes_are_those_of_jax(text, x, slopes):
    text = f"f = lambda x, y: jnp.sum({text})\nprint(jax.grad(f)(jnp.array({x}), jnp.array({x})).tolist())"
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    np.testing.assert_allclose(eval(run.printed), slopes)


@pytest.mark.parametrize(
    ("text", "at", "jax"),
    [("jnp.abs(x)", 0.0, "1"), ("jnp.maximum(x, 1.0)", 1.0, "0.5"), ("jax.nn.leaky_relu(x, 0.2)", 0.0, "1")],
)
def test_what_is_told_of_this_program_is_what_it_does(text, at, jax):
    run = record(parse(f"y = {text}"), {"x": at})
    (touched,) = conventions_at(run)
    assert touched.ours == touched.jax != touched.tensorflow
    assert float(np.asarray(run.gradients()["x"])) == float(jax)


def test_texts_of_other_libraries_keep_their_slopes():
    for text, slope in (("np.maximum(x, 1.0)", 1.0), ("tf.maximum(x, 1.0)", 1.0), ("np.abs(x - 1)", 0.0)):
        assert record(parse(f"y = {text}"), {"x": 1.0}).gradients()["x"] == slope
