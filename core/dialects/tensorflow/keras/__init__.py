"""A little of tf.keras: the layers, losses and optimisers that TensorFlow's guides on gradients use.

An option that is not understood is refused by name, never ignored. Here names are only gathered.
"""

from core.dialects.tensorflow import nn
from core.dialects.tensorflow.keras import initializers as first
from core.dialects.tensorflow.keras.layers import Activation, BatchNormalization, Dense, Flatten, Layer, Sequential
from core.dialects.tensorflow.keras.training import SGD, Adam, MeanSquaredError, SparseCategoricalCrossentropy
from core.dialects.tensorflow.names import Namespace, missing

layers = Namespace("tf.keras.layers",
    Layer=Layer, Dense=Dense, BatchNormalization=BatchNormalization, Flatten=Flatten, Activation=Activation,
)  # fmt: skip
losses = Namespace(
    "tf.keras.losses", MeanSquaredError=MeanSquaredError, SparseCategoricalCrossentropy=SparseCategoricalCrossentropy
)
optimizers = Namespace("tf.keras.optimizers", SGD=SGD, Adam=Adam)
models = Namespace("tf.keras.models", Sequential=Sequential, Model=Layer)
initializers = Namespace("tf.keras.initializers", **first.CLASSES)
activations = nn
Model = Layer


__getattr__ = missing("tf.keras", globals())
