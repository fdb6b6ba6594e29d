"""tf.keras.layers: functions with variables of their own, made when they first see an input, or when told the shape.

Variables come in Keras' order: of a layer those that are trained, then the others, then those of the layers inside.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from core.basics.structure import flatten
from core.basics.words import say
from core.dialects.tensorflow import nn
from core.dialects.tensorflow.arrays import reshape
from core.dialects.tensorflow.elementwise import cast
from core.dialects.tensorflow.flow import Module
from core.dialects.tensorflow.keras.initializers import initializer_of
from core.dialects.tensorflow.keras.options import refuse_unknown
from core.dialects.tensorflow.linalg import matmul
from core.dialects.tensorflow.tensor import Variable, convert

WITHOUT_EFFECT = ("input_shape", "input_dim", "autocast", "batch_size")


def activation_of(name: Any) -> Callable[[Any], Any]:
    """The function for a name such as "relu"; None is the identity. ValueError for another name."""
    if name is None or name == "linear":
        return convert
    if callable(name):
        return name
    found = getattr(nn, name, None)
    if found is None:
        raise ValueError(say("tensorflow.unknown-activation", "unknown activation `{name}`", name=name))
    return found


class Layer(Module):
    """A function with variables of its own, made by `build` on first use.

    `trainable` says whether its variables, and those of the layers inside, are trained. Raises ValueError for an
    option that is not understood.
    """

    lacking: tuple[str, ...] = ("activity_regularizer",)

    def __init__(self, name: str | None = None, trainable: bool = True, dtype: Any = None, **options: Any) -> None:
        super().__init__(name)
        self.built, self._trainable, self.dtype = False, bool(trainable), dtype or "float32"
        left = {key: value for key, value in options.items() if key not in WITHOUT_EFFECT}
        refuse_unknown(type(self).__name__, left, self._known(), self.lacking)

    def _known(self) -> tuple[str, ...]:
        return (*inspect.signature(type(self).__init__).parameters, "name", "trainable", "dtype")[1:]

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        x = convert(inputs)
        x = cast(x, self.dtype) if x.dtype.is_floating else x
        if not self.built:
            self.build(x.shape)
            self.built = True
        if "training" not in inspect.signature(self.call).parameters:
            kwargs.pop("training", None)
        return self.call(x, *args, **kwargs)

    def build(self, input_shape: Any) -> None:
        """Make the variables for inputs of this shape."""

    def call(self, inputs: Any) -> Any:
        """The output for the inputs."""
        return inputs

    def add_weight(
        self, shape: Any = (), initializer: Any = "glorot_uniform", dtype: Any = None, trainable: bool = True,
        name: Any = None, **options: Any,
    ) -> Variable:  # fmt: skip
        """A variable of the layer."""
        refuse_unknown(
            "add_weight", options, ("shape", "initializer", "dtype", "trainable", "name"), ("regularizer", "constraint")
        )
        first = initializer_of(initializer)(tuple(shape), dtype=dtype or self.dtype)
        return Variable(first, trainable=trainable and self.trainable, name=name)

    @property
    def trainable(self) -> bool:
        """Whether the variables are trained."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self._inside():
            layer.trainable = value

    def _own(self) -> list[Variable]:
        """The variables of the layer itself: those that are trained first."""
        found = [one for part in vars(self).values() for one in flatten(part) if isinstance(one, Variable)]
        return sorted({id(one): one for one in found}.values(), key=lambda one: not one.trainable)

    def _inside(self) -> Iterator["Layer"]:
        for part in vars(self).values():
            yield from (one for one in flatten(part) if isinstance(one, Layer))

    @property
    def variables(self) -> Any:
        """All variables, its own first."""
        found = [*self._own(), *(one for layer in self._inside() for one in layer.variables)]
        return list({id(one): one for one in found}.values())

    @property
    def trainable_variables(self) -> Any:
        """Those that are trained; none of a layer that is not trainable."""
        if not self.trainable:
            return []
        own = [one for one in self._own() if one.trainable]
        found = [*own, *(one for layer in self._inside() for one in layer.trainable_variables)]
        return list({id(one): one for one in found}.values())

    @property
    def non_trainable_variables(self) -> list[Variable]:
        """Those that are not trained."""
        trained = {id(one) for one in self.trainable_variables}
        return [one for one in self.variables if id(one) not in trained]

    @property
    def weights(self) -> list[Variable]:
        """All variables, as Keras calls them."""
        return list(self.variables)

    trainable_weights, non_trainable_weights = trainable_variables, non_trainable_variables


class Dense(Layer):
    """activation(inputs @ kernel + bias)."""

    lacking = (
        "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint",
        "lora_rank", "lora_alpha", "quantization_config",
    )  # fmt: skip

    def __init__(
        self, units: int, activation: Any = None, use_bias: bool = True, kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros", **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        if not isinstance(units, int) or units <= 0:
            raise ValueError(
                say("tensorflow.units-positive", "`units` is a positive whole number, not {units!r}", units=units)
            )
        self.units, self.use_bias = units, use_bias
        self.activation = activation_of(activation)
        self._first = initializer_of(kernel_initializer), initializer_of(bias_initializer)
        self.kernel: Any = None
        self.bias: Any = None

    def build(self, input_shape: Any) -> None:
        """Make kernel and bias."""
        self.kernel = self.add_weight((input_shape[-1], self.units), self._first[0], name="kernel")
        self.bias = self.add_weight((self.units,), self._first[1], name="bias") if self.use_bias else None

    def call(self, inputs: Any) -> Any:
        """The output for the inputs."""
        product = matmul(inputs, self.kernel)
        return self.activation(product if self.bias is None else product + self.bias)


class BatchNormalization(Layer):
    """Each feature moved and scaled to mean 0 and variance 1 over the batch (training) or over the past.

    A layer that is not trainable keeps to the past.
    """

    lacking = (
        "beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint", "synchronized", "renorm",
    )  # fmt: skip

    def __init__(
        self, axis: int = -1, momentum: float = 0.99, epsilon: float = 1e-3, center: bool = True, scale: bool = True,
        beta_initializer: Any = "zeros", gamma_initializer: Any = "ones", moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones", **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        if axis != -1:
            refuse_unknown("BatchNormalization", {"axis": axis}, (), ("axis",))
        self.momentum, self.epsilon, self.center, self.scale = momentum, epsilon, center, scale
        self._first = (gamma_initializer, beta_initializer, moving_mean_initializer, moving_variance_initializer)
        self.gamma: Any = None
        self.beta: Any = None

    def build(self, input_shape: Any) -> None:
        """Make scale and offset, and the running mean and variance, which are not trained."""
        size, (gamma, beta, mean, variance) = (input_shape[-1],), self._first
        self.gamma = self.add_weight(size, gamma, name="gamma") if self.scale else None
        self.beta = self.add_weight(size, beta, name="beta") if self.center else None
        self.moving_mean = self.add_weight(size, mean, trainable=False, name="moving_mean")
        self.moving_variance = self.add_weight(size, variance, trainable=False, name="moving_variance")

    def call(self, inputs: Any, training: bool = False) -> Any:
        """The output for the inputs."""
        mean, variance = self.moving_mean, self.moving_variance
        if training and self.trainable:
            mean, variance = nn.moments(inputs, list(range(len(inputs.shape) - 1)))
            averages: list[tuple[Any, Any]] = [(self.moving_mean, mean), (self.moving_variance, variance)]
            for past, now in averages:
                past.assign(past * self.momentum + now * (1.0 - self.momentum))
        return nn.batch_normalization(inputs, mean, variance, self.beta, self.gamma, self.epsilon)


class Flatten(Layer):
    """All axes but the first made one."""

    def __init__(self, data_format: Any = None, **options: Any) -> None:
        super().__init__(**options)
        if data_format not in (None, "channels_last"):
            refuse_unknown("Flatten", {"data_format": data_format}, (), ("data_format",))

    def call(self, inputs: Any) -> Any:
        """The output for the inputs."""
        return reshape(inputs, (inputs.shape[0], -1))


class Activation(Layer):
    """A function of the inputs."""

    def __init__(self, activation: Any, **options: Any) -> None:
        super().__init__(**options)
        self.function = activation_of(activation)

    def call(self, inputs: Any) -> Any:
        """The output for the inputs."""
        return self.function(inputs)


class Sequential(Layer):
    """Layers one after the other."""

    def __init__(self, layers: Any = (), trainable: bool = True, name: str | None = None) -> None:
        super().__init__(name, trainable)
        self.layers = list(layers)

    def add(self, layer: Layer) -> None:
        """One more layer at the end."""
        self.layers.append(layer)

    def call(self, inputs: Any, training: Any = None) -> Any:
        """The output for the inputs."""
        told = {} if training is None else {"training": training}
        for layer in self.layers:
            inputs = layer(inputs, **told)
        return inputs
