"""What the guides on automatic differentiation do, in our words and with numbers worked out by hand."""

from typing import Any

import numpy as np
import pytest

from core.dialects import tensorflow as tf


def test_a_linear_layer_by_hand() -> None:
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="w")
    b = tf.Variable(tf.zeros(2), name="b")
    x = [[1.0, 2.0, 3.0]]
    with tf.GradientTape(persistent=True) as tape:
        y = x @ w + b
        loss = tf.reduce_mean(y**2)
    found = tape.gradient(loss, {"w": w, "b": b})
    assert found["b"].numpy().tolist() == [22.0, 28.0]
    assert found["w"].numpy().tolist() == [[22.0, 28.0], [44.0, 56.0], [66.0, 84.0]]
    assert type(tape.gradient(loss, (w, b))) is tuple


def test_unconnected_gradients_by_enumeration() -> None:
    x, y = tf.Variable([1.0, 2.0]), tf.Variable(3.0)
    with tf.GradientTape() as tape:
        z = y * y
    assert tape.gradient(z, x, unconnected_gradients=tf.UnconnectedGradients.ZERO).numpy().tolist() == [0.0, 0.0]


def test_python_and_tensorflow_control_flow() -> None:
    x = tf.constant(1.0)
    first, second = tf.Variable(2.0), tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        result = first if x > 0.0 else second**2
        chosen = tf.cond(x > 0.0, lambda: first * x, lambda: second)
        switched = tf.switch_case(tf.constant(1), [lambda: first, lambda: second * 3.0])
    assert [None if g is None else float(g) for g in tape.gradient(result, [first, second, x])] == [1.0, None, None]
    assert float(tape.gradient(chosen, x)) == 2.0
    assert float(tape.gradient(switched, second)) == 3.0


def test_a_replaced_variable_is_no_longer_watched() -> None:
    x: Any = tf.Variable(2.0)
    seen = []
    for _ in range(2):
        with tf.GradientTape() as tape:
            y = x + 1
        seen.append((type(x).__name__, str(tape.explain(y, x).reason), tape.gradient(y, x) is None))
        x = x + 1
    assert seen == [("ResourceVariable", "connected", False), ("EagerTensor", "replaced", True)]


def test_functions_are_run_as_they_are() -> None:
    @tf.function(input_signature=[tf.TensorSpec(None)])
    def double_if_positive(x: Any) -> Any:
        return x * 2.0 if tf.reduce_sum(x) > 0 else x

    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = double_if_positive(x)
    assert tape.gradient(y, x).numpy().tolist() == [2.0, 2.0]


def test_an_operation_without_registered_gradient_raises_lookup_error() -> None:
    image, delta = tf.Variable([[[0.5, 0.0, 0.0]]]), tf.Variable(0.1)
    with tf.GradientTape() as tape:
        changed = tf.image.adjust_contrast(image, delta)
    with pytest.raises(LookupError, match="AdjustContrast"):
        tape.gradient(changed, [image, delta])


def test_gradients_can_be_clipped_on_the_way() -> None:
    @tf.custom_gradient
    def clipped(y: Any) -> Any:
        return y, lambda g: tf.clip_by_norm(g, 0.5)

    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = clipped(v * v)
    assert float(tape.gradient(y, v)) == 2.0


def test_plain_numbers_from_a_custom_gradient_become_float32() -> None:
    @tf.custom_gradient
    def constant_slope(x: Any) -> Any:
        return -1.5, lambda g: 2.0 * g

    x = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = constant_slope(x) * tf.constant(2.0)
    assert (y.dtype, float(tape.gradient(y, x))) == (tf.float32, 4.0)


def test_input_gradient_regularisation() -> None:
    """For y = sum((x w)**2) the input gradient is 2 w (x.w); its norm is differentiated with respect to w."""
    x, w = tf.constant([[1.0, 2.0]]), tf.Variable([[3.0], [4.0]])
    with tf.GradientTape() as outer:
        with tf.GradientTape(watch_accessed_variables=False) as inner:
            inner.watch(x)
            y = tf.reduce_sum((x @ w) ** 2)
        size = tf.norm(inner.gradient(y, x))
    # size = 2 |w| (x.w) with |w| = 5 and x.w = 11
    assert float(size) == pytest.approx(110.0)
    expected = [[2 * (3 / 5 * 11 + 5 * 1)], [2 * (4 / 5 * 11 + 5 * 2)]]
    np.testing.assert_allclose(outer.gradient(size, w).numpy(), expected, rtol=1e-6)


def test_a_hessian_for_a_newton_step() -> None:
    x = tf.random.normal([7, 5], seed=1)
    first, second = tf.keras.layers.Dense(8, activation=tf.nn.relu), tf.keras.layers.Dense(6, activation="relu")
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            loss = tf.reduce_mean(second(first(x)) ** 2)
        g = inner.gradient(loss, first.kernel)
    h = outer.jacobian(g, first.kernel)
    assert h.shape == [5, 8, 5, 8]
    count = tf.reduce_prod(first.kernel.shape)
    matrix = tf.reshape(h, [count, count])
    np.testing.assert_allclose(matrix.numpy(), matrix.numpy().T, atol=1e-6)
    step = tf.linalg.solve(matrix + tf.eye(matrix.shape[0]) * 1e-3, tf.reshape(g, [count, 1]))
    before = first.kernel.numpy()
    first.kernel.assign_sub(tf.reshape(step, first.kernel.shape))
    assert not np.array_equal(first.kernel.numpy(), before)


def test_batch_normalisation_makes_samples_depend_on_each_other() -> None:
    x = tf.random.normal([4, 3], seed=2)
    layer = tf.keras.layers.BatchNormalization()
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        tape.watch(x)
        trained = layer(x, training=True)
        used = layer(x)
    full = tape.jacobian(trained, x)
    assert tf.reduce_sum(tf.abs(full[0, :, 1])) > 0.0
    independent = tape.jacobian(used, x)
    assert tf.reduce_sum(tf.abs(independent[0, :, 1])) == 0.0
    np.testing.assert_allclose(
        tape.batch_jacobian(used, x).numpy(), tf.einsum("bxby->bxy", independent).numpy(), rtol=1e-6
    )


def test_a_jacobian_with_respect_to_a_scalar_is_the_derivative_curve() -> None:
    x, delta = tf.linspace(-10.0, 10.0, 21), tf.Variable(0.0)
    with tf.GradientTape() as tape:
        y = tf.nn.sigmoid(x + delta)
    values = y.numpy()
    np.testing.assert_allclose(tape.jacobian(y, delta).numpy(), values * (1 - values), rtol=1e-5, atol=1e-9)


def test_modules_find_their_variables() -> None:
    class Line(tf.Module):
        def __init__(self) -> None:
            super().__init__(name="line")
            self.slope = tf.Variable(2.0, name="slope")
            self.rest = [tf.Variable(1.0, name="offset"), {"scale": tf.Variable(3.0, trainable=False, name="scale")}]

        def __call__(self, x: Any) -> Any:
            return self.slope * x + self.rest[0]

    class Pair(tf.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lines = (Line(), Line())

    line, pair = Line(), Pair()
    assert [variable.name for variable in line.variables] == ["offset:0", "scale:0", "slope:0"]
    assert [variable.name for variable in line.trainable_variables] == ["offset:0", "slope:0"]
    assert (len(pair.variables), len(pair.submodules), line.name, pair.name) == (6, 2, "line", "pair")
    with tf.GradientTape() as tape:
        y = line(4.0)
    assert [float(g) for g in tape.gradient(y, line.trainable_variables)] == [1.0, 4.0]


@pytest.mark.parametrize(
    "optimizer",
    [tf.keras.optimizers.SGD(0.1), tf.keras.optimizers.SGD(0.02, momentum=0.9), tf.keras.optimizers.Adam(0.05)],
)
def test_a_training_loop_finds_the_line(optimizer: Any) -> None:
    x = tf.constant([[0.0], [1.0], [2.0], [3.0]])
    y = 2.0 * x - 1.0
    model, loss_of = tf.keras.models.Sequential([tf.keras.layers.Dense(1)]), tf.keras.losses.MeanSquaredError()
    for _ in range(400):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
    assert float(loss) < 1e-3
    assert [variable.name for variable in variables] == ["kernel:0", "bias:0"]


def test_a_classifier_loss_on_probabilities_and_on_logits_is_the_same() -> None:
    logits = tf.constant([[1.0, 2.0, 0.5], [0.1, -1.0, 3.0]])
    by_logits = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)([1, 2], logits)
    by_shares = tf.keras.losses.SparseCategoricalCrossentropy()([1, 2], tf.nn.softmax(logits))
    assert float(by_logits) == pytest.approx(float(by_shares), rel=1e-5)


def test_dropout_keeps_the_mean_and_passes_gradients_where_it_kept() -> None:
    tf.random.set_seed(0)
    x = tf.Variable(np.ones(1000, np.float32))
    with tf.GradientTape() as tape:
        y = tf.nn.dropout(x, 0.25)
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), y.numpy())
    assert float(tf.reduce_mean(y)) == pytest.approx(1.0, abs=0.1)
