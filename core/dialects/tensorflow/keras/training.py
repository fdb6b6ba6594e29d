"""tf.keras.losses and tf.keras.optimizers: how far an output is off, and steps that make that less.

Knows the dialect's tensors and variables; knows no layers.
"""

from typing import Any

from core.basics.words import say
from core.dialects.tensorflow import nn
from core.dialects.tensorflow.elementwise import cast
from core.dialects.tensorflow.keras.options import refuse_unknown
from core.dialects.tensorflow.made import at
from core.dialects.tensorflow.reductions import reduce_mean
from core.dialects.tensorflow.tensor import EagerTensor, convert

REDUCTIONS = ("sum_over_batch_size", "mean", "sum", "none", None)


class Loss:
    """What all losses share: one number for each sample, and how these become one."""

    def __init__(self, reduction: Any = "sum_over_batch_size", name: str | None = None, **options: Any) -> None:
        refuse_unknown(type(self).__name__, options, ("reduction", "name"), ("dtype",))
        if reduction not in REDUCTIONS:
            raise ValueError(
                say(
                    "tensorflow.unknown-reduction",
                    "Invalid value for argument `reduction`: {reduction}; it is one of {known}",
                    reduction=reduction,
                    known=", ".join(map(str, REDUCTIONS)),
                )
            )
        self.reduction, self.name = reduction, name

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> EagerTensor:
        losses = self.of_samples(y_true, convert(y_pred))
        if sample_weight is not None:
            losses = losses * sample_weight
        if self.reduction in ("none", None):
            return losses
        return at("tf.reduce_sum")(losses) if self.reduction == "sum" else reduce_mean(losses)

    def of_samples(self, y_true: Any, y_pred: Any) -> Any:
        """One number for each sample."""
        raise NotImplementedError


class MeanSquaredError(Loss):
    """The mean of the squared differences."""

    def of_samples(self, y_true: Any, y_pred: Any) -> Any:
        """The mean along the last axis."""
        difference = y_pred - y_true
        return reduce_mean(difference * difference, axis=-1) if len(difference.shape) else difference * difference


class SparseCategoricalCrossentropy(Loss):
    """The mean cross entropy of class numbers and logits (or probabilities)."""

    def __init__(self, from_logits: bool = False, ignore_class: Any = None, **options: Any) -> None:
        super().__init__(**options)
        refuse_unknown(type(self).__name__, {"ignore_class": ignore_class}, (), ("ignore_class",))
        self.from_logits = from_logits

    def of_samples(self, y_true: Any, y_pred: Any) -> Any:
        """The cross entropy of each sample."""
        logits = y_pred if self.from_logits else at("tf.math.log")(y_pred)
        return nn.sparse_softmax_cross_entropy_with_logits(cast(y_true, "int64"), logits)


class Optimizer:
    """Steps against the gradients; a variable without one is left out."""

    def __init__(self, known: tuple[str, ...], options: dict[str, Any], lacking: tuple[str, ...] = ()) -> None:
        self.name = options.pop("name", None) or type(self).__name__.lower()
        refuse_unknown(type(self).__name__, options, known, (*lacking, *LACKING))

    def apply_gradients(self, grads_and_vars: Any) -> None:
        """Move every variable one step. Raises ValueError where there is no gradient at all."""
        pairs = [(gradient, variable) for gradient, variable in grads_and_vars if gradient is not None]
        if not pairs:
            raise ValueError(say("tensorflow.no-gradients", "No gradients provided for any variable."))
        self.step(pairs)

    def step(self, pairs: list[tuple[Any, Any]]) -> None:
        """Move the variables along their gradients."""
        raise NotImplementedError


LACKING = (
    "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum", "ema_overwrite_frequency",
    "loss_scale_factor", "gradient_accumulation_steps",
)  # fmt: skip


class SGD(Optimizer):
    """Steps against the gradient, with momentum (or Nesterov's) if asked for."""

    def __init__(
        self, learning_rate: float = 0.01, momentum: float = 0.0, nesterov: bool = False, **options: Any
    ) -> None:
        super().__init__(("learning_rate", "momentum", "nesterov", "name"), options)
        self.learning_rate, self.momentum, self.nesterov = learning_rate, momentum, nesterov
        self.velocities: dict[int, Any] = {}

    def step(self, pairs: list[tuple[Any, Any]]) -> None:
        """Move the variables along their gradients."""
        for gradient, variable in pairs:
            step = gradient * -self.learning_rate
            if self.momentum:
                velocity = step + self.velocities.get(id(variable), 0.0) * self.momentum
                self.velocities[id(variable)] = velocity
                step = step + velocity * self.momentum if self.nesterov else velocity
            variable.assign_add(step)


class Adam(Optimizer):
    """Steps of adapted length (Kingma and Ba, 2015)."""

    def __init__(
        self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(("learning_rate", "beta_1", "beta_2", "epsilon", "name"), options, ("amsgrad",))
        self.learning_rate, self.betas, self.epsilon = learning_rate, (beta_1, beta_2), epsilon
        self.moments: dict[int, tuple[Any, Any]] = {}
        self.iterations = 0

    def step(self, pairs: list[tuple[Any, Any]]) -> None:
        """Move the variables along their gradients."""
        self.iterations += 1
        first, second = self.betas
        size = self.learning_rate * (1 - second**self.iterations) ** 0.5 / (1 - first**self.iterations)
        for gradient, variable in pairs:
            mean, square = self.moments.get(id(variable), (0.0, 0.0))
            mean = gradient * (1 - first) + mean * first
            square = gradient * gradient * (1 - second) + square * second
            self.moments[id(variable)] = (mean, square)
            variable.assign_sub(mean * size / (square**0.5 + self.epsilon))
