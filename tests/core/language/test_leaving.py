"""What leaves TensorFlow or JAX through Python's and NumPy's functions; measured of TensorFlow 2.21 and JAX 0.10."""

import pytest

from core.language import parse
from core.run import record

TENSORFLOW = (
    # what is computed of x = 2, and whether TensorFlow's gradient is None
    ("float(x*1)*2", True), ("math.sin(x*1)", True), ("np.sin(x*1)", True), ("np.mean(x*1)", True), ("np.exp(x)", True),
    ("np.array(x*1)*2", True), ("np.sum(x)", True), ("np.maximum(x, 0.0)", True), ("np.dot(x, x)", True),
    ("np.where(x > 0, x, 0.0)", True), ("np.reshape(x, (1,))", True), ("np.add(x, x)", True), ("int(x*1)*1.0", True),
    ("sum([np.square(x), 1.0])", True), ("tf.reduce_sum(np.stack([x, x]))", True),
    ("list(map(math.exp, [x]))[0]", True),
    ("float(x)*x", False), ("tf.constant(x*1)*2", False), ("tf.convert_to_tensor(x*1)*2", False), ("np.pi*x", False),
    ("tf.convert_to_tensor([x*1, x])*2", False), ("tf.stack([x, x])", False), ("abs(x)", False), ("max(x, 1.0)", False),
    ("np.array([1.0, 2.0])*x", False), ("sum([x, x])", False), ("pow(x, 2)", False), ("np.zeros_like(x) + x", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "gone"), TENSORFLOW, ids=[text for text, _ in TENSORFLOW])
def test_tensorflow_hands_plain_values_over(text, gone):
    text = f"x = tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n    y = {text}\nprint(tape.gradient(y, x))"
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    assert (run.printed == "None\n") == gone


GONE = "jit grad vmap"
JAX = (
    ("float(x)*x", GONE), ("math.sin(x)", GONE), ("np.sin(x)", GONE), ("np.array(x)*x", GONE), ("np.exp(x)", GONE),
    ("np.maximum(x, 0.0)", GONE), ("np.where(x > 0, x, 0.0)", GONE), ("np.stack([x, x]).sum()", GONE),
    ("np.dot(x, x)", GONE), ("math.isnan(x)*x", GONE), ("np.float64(x)", GONE), ("x.tolist()*x", GONE),
    ("int(x)*x", "jit vmap"), ("x.item()*x", "jit vmap"), ("list(map(np.cos, [x]))[0]", GONE),
    ("np.sum(x)", ""), ("np.mean(x)", ""), ("np.reshape(x, (1,))[0]", ""), ("np.ones(3) @ jnp.stack([x, x, x])", ""),
    ("np.pi*x", ""), ("round(x)", ""), ("math.pi*x", ""), ("np.sin(2.0)*x", ""), ("float(3)*x", ""),
    ("str(x) and x", ""),
)  # fmt: skip
CALLS = {"grad": "jax.grad(f)(2.0)", "jit": "jax.jit(f)(2.0)", "vmap": "jax.vmap(f)(jnp.array([1.0, 2.0]))"}


@pytest.mark.parametrize(("text", "where"), JAX, ids=[text for text, _ in JAX])
@pytest.mark.parametrize("name", CALLS)
def test_jax_refuses_what_asks_a_traced_value_for_its_number(text, where, name):
    run = record(parse(f"def f(x):\n    return {text}\nprint({CALLS[name]})"))
    assert (run.failure is not None) == (name in where.split()), str(run.failure)


@pytest.mark.parametrize("text", ["float(x)", "math.sin(x)", "np.sin(x)", "np.array(x)", "x.item()", "int(x)"])
def test_nothing_is_refused_where_jax_traces_nothing(text):
    assert record(parse(f"x = jnp.sum(jnp.array([1.0, 2.0]))\nprint({text})")).failure is None


@pytest.mark.parametrize("text", ["float(x)*x", "math.sin(x)", "np.sin(x)", "np.array(x)*2", "np.mean([x, 2*x])"])
def test_a_text_of_numpy_leaves_nothing(text):
    assert record(parse(f"y = {text}"), {"x": 2.0}).gradients()["x"] not in (None, 0.0)
