"""A little of tf.keras: the layers, losses and optimisers that TensorFlow's guides on gradients use.

Layers make their variables when they first see an input. Knows the dialect only.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.words import say
from core.dialects.tensorflow import nn, random
from core.dialects.tensorflow.arrays import ones, reshape, zeros
from core.dialects.tensorflow.elementwise import cast
from core.dialects.tensorflow.flow import Module
from core.dialects.tensorflow.linalg import matmul
from core.dialects.tensorflow.made import at
from core.dialects.tensorflow.names import Namespace, missing
from core.dialects.tensorflow.reductions import reduce_mean
from core.dialects.tensorflow.tensor import EagerTensor, Variable, convert


def activation_of(name: Any) -> Callable[[Any], Any]:
    """The function for a name such as "relu"; None is the identity."""
    if name is None or name == "linear":
        return convert
    if callable(name):
        return name
    found = getattr(nn, name, None)
    if found is None:
        raise ValueError(say("tensorflow.unknown-activation", "unknown activation `{name}`", name=name))
    return found


class Layer(Module):
    """A function with variables of its own, made by `build` on first use."""

    def __init__(self, name: str | None = None, trainable: bool = True, **_: Any) -> None:
        super().__init__(name)
        self.built, self.trainable = False, trainable

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        x = convert(inputs)
        if not self.built:
            self.build(x.shape)
            self.built = True
        return self.call(x, *args, **kwargs)

    def build(self, input_shape: Any) -> None:
        """Make the variables for inputs of this shape."""

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The output for the inputs."""
        return inputs

    def add_weight(
        self, shape: Any = (), initializer: Any = "zeros", trainable: bool = True, name: Any = None
    ) -> Variable:
        """A variable of the layer."""
        first = {"ones": ones, "zeros": zeros}.get(initializer, glorot_uniform)(shape)
        return Variable(first, trainable=trainable, name=name)

    @property
    def trainable_weights(self) -> list[Variable]:
        """The variables that are trained."""
        return list(self.trainable_variables)

    @property
    def weights(self) -> list[Variable]:
        """All variables."""
        return list(self.variables)


def glorot_uniform(shape: Any) -> EagerTensor:
    """Numbers evenly from an interval that suits the sizes of input and output."""
    limit = float(np.sqrt(6.0 / (shape[0] + shape[-1])))
    return random.uniform(shape, -limit, limit)


class Dense(Layer):
    """activation(inputs @ kernel + bias)."""

    def __init__(self, units: int, activation: Any = None, use_bias: bool = True, **options: Any) -> None:
        super().__init__(options.get("name"))
        self.units, self.use_bias = int(units), use_bias
        self.activation = activation_of(activation)
        self.kernel: Any = None
        self.bias: Any = None

    def build(self, input_shape: Any) -> None:
        """Make kernel and bias."""
        self.kernel = Variable(glorot_uniform((input_shape[-1], self.units)), name="kernel")
        self.bias = Variable(zeros((self.units,)), name="bias") if self.use_bias else None

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The output for the inputs."""
        product = matmul(inputs, self.kernel)
        return self.activation(product if self.bias is None else product + self.bias)

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        """Kernel, then bias."""
        return tuple(variable for variable in (self.kernel, self.bias) if variable is not None)


class BatchNormalization(Layer):
    """Each feature moved and scaled to mean 0 and variance 1 over the batch (training) or over the past."""

    def __init__(self, momentum: float = 0.99, epsilon: float = 1e-3, **options: Any) -> None:
        super().__init__(options.get("name"))
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, input_shape: Any) -> None:
        """Make scale and offset, and the running mean and variance, which are not trained."""
        size = (input_shape[-1],)
        self.gamma, self.beta = Variable(ones(size), name="gamma"), Variable(zeros(size), name="beta")
        self.moving_mean = Variable(zeros(size), trainable=False, name="moving_mean")
        self.moving_variance = Variable(ones(size), trainable=False, name="moving_variance")

    def call(self, inputs: Any, training: bool = False, **_: Any) -> Any:
        """The output for the inputs."""
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean, variance = nn.moments(inputs, list(range(len(inputs.shape) - 1)))
            averages: list[tuple[Any, Any]] = [(self.moving_mean, mean), (self.moving_variance, variance)]
            for past, now in averages:
                past.assign(past * self.momentum + now * (1.0 - self.momentum))
        return nn.batch_normalization(inputs, mean, variance, self.beta, self.gamma, self.epsilon)


class Flatten(Layer):
    """All axes but the first made one."""

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The output for the inputs."""
        return reshape(inputs, (inputs.shape[0], -1))


class Activation(Layer):
    """A function of the inputs."""

    def __init__(self, activation: Any, **options: Any) -> None:
        super().__init__(options.get("name"))
        self.function = activation_of(activation)

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The output for the inputs."""
        return self.function(inputs)


class Sequential(Layer):
    """Layers one after the other."""

    def __init__(self, layers: Any = (), name: str | None = None) -> None:
        super().__init__(name)
        self.layers = list(layers)

    def add(self, layer: Layer) -> None:
        """One more layer at the end."""
        self.layers.append(layer)

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The output for the inputs."""
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        """Those of the layers, in their order."""
        return tuple(variable for layer in self.layers for variable in layer.trainable_variables)


class MeanSquaredError:
    """The mean of the squared differences."""

    def __call__(self, y_true: Any, y_pred: Any) -> EagerTensor:
        difference = convert(y_pred) - y_true
        return reduce_mean(difference * difference)


class SparseCategoricalCrossentropy:
    """The mean cross entropy of class numbers and logits (or probabilities)."""

    def __init__(self, from_logits: bool = False) -> None:
        self.from_logits = from_logits

    def __call__(self, y_true: Any, y_pred: Any) -> EagerTensor:
        logits = convert(y_pred) if self.from_logits else at("tf.math.log")(convert(y_pred))
        return reduce_mean(nn.sparse_softmax_cross_entropy_with_logits(cast(y_true, "int64"), logits))


class SGD:
    """Steps against the gradient, with momentum if asked for."""

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.0) -> None:
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocities: dict[int, Any] = {}

    def apply_gradients(self, grads_and_vars: Any) -> None:
        """Move every variable one step."""
        for gradient, variable in grads_and_vars:
            step = gradient * -self.learning_rate
            if self.momentum:
                step = step + self.velocities.get(id(variable), 0.0) * self.momentum
                self.velocities[id(variable)] = step
            variable.assign_add(step)


class Adam:
    """Steps of adapted length (Kingma and Ba, 2015)."""

    def __init__(
        self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7
    ) -> None:
        self.learning_rate, self.betas, self.epsilon = learning_rate, (beta_1, beta_2), epsilon
        self.moments: dict[int, tuple[Any, Any]] = {}
        self.iterations = 0

    def apply_gradients(self, grads_and_vars: Any) -> None:
        """Move every variable one step."""
        self.iterations += 1
        first, second = self.betas
        size = self.learning_rate * (1 - second**self.iterations) ** 0.5 / (1 - first**self.iterations)
        for gradient, variable in grads_and_vars:
            mean, square = self.moments.get(id(variable), (0.0, 0.0))
            mean = gradient * (1 - first) + mean * first
            square = gradient * gradient * (1 - second) + square * second
            self.moments[id(variable)] = (mean, square)
            variable.assign_sub(mean * size / (square**0.5 + self.epsilon))


layers = Namespace("tf.keras.layers",
    Layer=Layer, Dense=Dense, BatchNormalization=BatchNormalization, Flatten=Flatten, Activation=Activation,
)  # fmt: skip
losses = Namespace(
    "tf.keras.losses", MeanSquaredError=MeanSquaredError, SparseCategoricalCrossentropy=SparseCategoricalCrossentropy
)
optimizers = Namespace("tf.keras.optimizers", SGD=SGD, Adam=Adam)
models = Namespace("tf.keras.models", Sequential=Sequential, Model=Layer)
activations = nn
Model = Layer


__getattr__ = missing("tf.keras", globals())
