"""Keras in the TensorFlow dialect: options do what they say or are refused by name, and variables have Keras' order.

Numbers and errors are those of TensorFlow 2.21 with its Keras.
"""

import numpy as np
import pytest

from core.dialects import tensorflow as tf

layers, losses, optimizers = tf.keras.layers, tf.keras.losses, tf.keras.optimizers
X = tf.ones((2, 3))


def dense(**options):
    layer = layers.Dense(2, **options)
    layer(X)
    return layer


BEGINNINGS = {
    "by name": ("zeros", 0.0), "by another name": ("ones", 1.0), "by the name of its class": ("Zeros", 0.0),
    "by class": (tf.keras.initializers.Zeros, 0.0), "by object": (tf.keras.initializers.Constant(2.0), 2.0),
    "by function": (lambda shape, dtype=None: tf.ones(shape) * 3, 3.0),
}  # fmt: skip


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_kernel_begins_as_is_said(name):
    given, value = BEGINNINGS[name]
    np.testing.assert_array_equal(dense(kernel_initializer=given).kernel, np.full((3, 2), value))


def test_a_bias_begins_as_is_said():
    layer = layers.Dense(2, kernel_initializer="ones", bias_initializer="ones")
    np.testing.assert_array_equal(layer(X), [[4, 4], [4, 4]])


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("glorot_uniform", 0.09, 0.11), ("he_uniform", 0.18, 0.22), ("he_normal", 0.18, 0.22),
        ("random_normal", 0.04, 0.06), ("random_uniform", 0.02, 0.04), ("glorot_normal", 0.09, 0.11),
    ],
)  # fmt: skip
def test_random_beginnings_have_the_spread_that_their_name_says(name, low, high):
    layer = layers.Dense(150, kernel_initializer=name)
    layer(tf.ones((1, 50)))
    assert low < np.std(layer.kernel.numpy()) < high


REFUSED = {
    "a misspelt option": (lambda: layers.Dense(2, kernal_initializer=1), "kernal_initializer.*kernel_initializer"),
    "an unknown beginning": (lambda: layers.Dense(2, kernel_initializer="zeroes"), "zeroes"),
    "an unknown activation": (lambda: layers.Dense(2, activation="rellu"), "rellu"),
    "a regulariser": (lambda: layers.Dense(2, kernel_regularizer="l2"), "kernel_regularizer.*not part"),
    "no units": (lambda: layers.Dense(-1), "units"), "half a unit": (lambda: layers.Dense(2.5), "units"),
    "eps": (lambda: layers.BatchNormalization(eps=1), "eps"),
    "another axis": (lambda: layers.BatchNormalization(axis=1), "axis"), "foo": (lambda: layers.Flatten(foo=1), "foo"),
    "an option of an activation": (lambda: layers.Activation("relu", foo=1), "foo"),
    "an option of a layer": (lambda: layers.Layer(foo=1), "foo"),
    "another order of axes": (lambda: layers.Flatten(data_format="channels_first"), "data_format"),
    "an unknown reduction": (lambda: losses.MeanSquaredError(reduction="summ"), "summ"),
    "a loss's option": (lambda: losses.MeanSquaredError(foo=1), "foo"),
    "a class to be ignored": (lambda: losses.SparseCategoricalCrossentropy(ignore_class=1), "ignore_class"),
    "lr": (lambda: optimizers.SGD(lr=0.1), "lr"), "beta1": (lambda: optimizers.Adam(beta1=0.9), "beta1.*beta_1"),
    "clipping": (lambda: optimizers.SGD(0.1, clipnorm=1.0), "clipnorm"),
    "amsgrad": (lambda: optimizers.Adam(amsgrad=True), "amsgrad"),
    "no gradient": (lambda: optimizers.SGD().apply_gradients([(None, tf.Variable(1.0))]), "No gradients"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_refused_by_name(name):
    make, said = REFUSED[name]
    with pytest.raises(ValueError, match=said):
        make()


def test_what_a_call_does_not_know_is_refused():
    with pytest.raises(TypeError, match="foo"):
        dense()(X, foo=True)
    assert dense()(X, training=True).shape == (2, 2)


def test_options_that_are_off_are_taken():
    assert dense(kernel_regularizer=None, name="mine", dtype="float64", input_shape=(3,)).name == "mine"
    assert dense(dtype="float64").kernel.dtype == tf.float64
    assert optimizers.SGD(0.1, clipnorm=None, name="x").name == "x" and not optimizers.Adam(amsgrad=False).iterations


def test_a_layer_that_is_not_trained_has_nothing_to_train():
    layer = dense(trainable=False)
    assert layer.trainable_variables == [] and len(layer.weights) == len(layer.non_trainable_variables) == 2
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(layer(X))
    assert tape.gradient(y, layer.kernel) is None
    later = dense()
    later.trainable = False
    assert later.trainable_variables == [] and len(later.variables) == 2


def test_weights_come_in_the_order_of_keras():
    model = tf.keras.models.Sequential([layers.Dense(2), layers.BatchNormalization(), layers.Dense(1)])
    model(X)
    assert [(one.name.split(":")[0], tuple(one.shape)) for one in model.weights] == [
        ("kernel", (3, 2)), ("bias", (2,)), ("gamma", (2,)), ("beta", (2,)), ("moving_mean", (2,)),
        ("moving_variance", (2,)), ("kernel", (2, 1)), ("bias", (1,)),
    ]  # fmt: skip
    assert [tuple(one.shape) for one in model.trainable_variables] == [(3, 2), (2,), (2,), (2,), (2, 1), (1,)]
    assert [one.name.split(":")[0] for one in model.non_trainable_variables] == ["moving_mean", "moving_variance"]
    model.trainable = False
    assert model.trainable_variables == [] and not any(layer.trainable for layer in model.layers)


def test_a_model_of_ones_own_has_its_own_variables_first():
    class Mine(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.inner = layers.Dense(1)
            self.a = self.add_weight(shape=(3,), initializer="ones", name="a")

        def call(self, inputs):
            return self.inner(inputs * self.a)

    model = Mine()
    model(X)
    assert [tuple(one.shape) for one in model.weights] == [(3,), (3, 1), (1,)]


def test_normalisation_over_the_batch_and_without_scale():
    layer = layers.BatchNormalization(scale=False)
    layer(X)
    assert [one.name.split(":")[0] for one in layer.weights] == ["beta", "moving_mean", "moving_variance"]
    kept = layers.BatchNormalization(trainable=False)(X, training=True)
    np.testing.assert_allclose(kept, np.full((2, 3), 0.9995003938674927), rtol=1e-6)


def test_losses_reduce_as_is_said():
    twice, mse = X * 2, losses.MeanSquaredError
    assert float(mse()(X, twice)) == 1.0 and float(mse(reduction="sum")(X, twice)) == 2.0
    np.testing.assert_array_equal(mse(reduction="none")(X, twice), [1, 1])
    assert float(mse()(X, twice, sample_weight=[1.0, 3.0])) == 2.0


@pytest.mark.parametrize(
    ("options", "steps"),
    [
        ({"momentum": 0.9}, [0.8, 0.46, 0.062]),
        ({"momentum": 0.9, "nesterov": True}, [0.62, 0.2224, -0.10835194]),
        ({}, [0.8, 0.64, 0.512]),
    ],
)
def test_steps_of_sgd(options, steps):
    optimizer, v, found = optimizers.SGD(0.1, **options), tf.Variable(1.0), []
    for _ in steps:
        optimizer.apply_gradients([(2 * v, v)])
        found.append(float(v.numpy()))
    np.testing.assert_allclose(found, steps, rtol=1e-5)


MIXED = {
    "an array and a number": (lambda: tf.math.multiply(np.array([1.0, 2.0]), 42), tf.float64, [42, 84]),
    "a float32 array": (lambda: tf.add(np.array([1.0, 2.0], np.float32), 1), tf.float32, [2, 3]),
    "whole numbers": (lambda: tf.math.subtract(np.array([1, 2]), 1), tf.int64, [0, 1]),
    "the larger": (lambda: tf.maximum(np.array([1.0, -2.0]), 0), tf.float64, [1, 0]),
    "a power": (lambda: tf.pow(np.array([1.0, 2.0]), 2), tf.float64, [1, 4]),
    "a quotient": (lambda: tf.math.divide(np.array([1.0, 2.0]), 2), tf.float64, [0.5, 1]),
    "two arrays": (lambda: tf.math.multiply(np.array([1.0, 2.0]), np.array([1, 2])), tf.float64, [1, 4]),
    "two numbers": (lambda: tf.math.multiply(2.5, 2), tf.float32, 5),
    "an array and a tensor": (lambda: tf.math.multiply(np.array([1.0, 2.0]), tf.constant(2.0)), tf.float32, [2, 4]),
    "a squared difference": (lambda: tf.math.squared_difference(np.array([1.0, 2.0]), 1), tf.float64, [0, 1]),
}


@pytest.mark.parametrize("name", MIXED)
def test_plain_numbers_take_the_kind_of_the_first(name):
    compute, kind, values = MIXED[name]
    assert compute().dtype == kind
    np.testing.assert_allclose(compute(), values)


def test_a_fraction_does_not_become_a_whole_number():
    for compute in (lambda: tf.math.multiply(np.array([1, 2]), 2.5), lambda: tf.math.multiply(2, 2.5)):
        with pytest.raises(TypeError):
            compute()


def test_what_it_runs_on():
    assert tf.__version__.startswith("2.") and tf.executing_eagerly()
    assert tf.config.list_physical_devices("GPU") == []
    assert [one.device_type for one in tf.config.list_physical_devices()] == ["CPU"]
    assert tf.config.list_logical_devices("CPU")[0].name == "/device:CPU:0"
