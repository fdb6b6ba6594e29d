"""Writes how Keras' optimizers descend, in double precision: `python tests/core/training/measure_keras.py`, by hand.

What is written lies beside this file. Keras takes its settings through single precision: those here are exact there.
"""

import json
from pathlib import Path

import keras
import tensorflow as tf

keras.backend.set_floatx("float64")
KO = keras.optimizers
PLANS = {
    "gd rate=0.0009765625 decay=0.125": lambda: KO.SGD(0.0009765625, weight_decay=0.125),
    "momentum rate=0.0009765625 momentum=0.75": lambda: KO.SGD(0.0009765625, momentum=0.75),
    "nesterov rate=0.0009765625 momentum=0.875": lambda: KO.SGD(0.0009765625, momentum=0.875, nesterov=True),
    "rmsprop rate=0.015625": lambda: KO.RMSprop(0.015625),
    "adam rate=0.0625 beta1=0.875 beta2=0.9921875": lambda: KO.Adam(0.0625, beta_1=0.875, beta_2=0.9921875),
    "adam rate=0.0625 beta1=0.75 beta2=0.9375 eps=0.0001220703125": lambda: KO.Adam(
        0.0625, beta_1=0.75, beta_2=0.9375, epsilon=0.0001220703125
    ),
}
STEPS = 40


def loss(w):
    return 100 * (w[1] - w[0] ** 2) ** 2 + (1 - w[0]) ** 2


def descend(make):
    w, optimizer, losses = tf.Variable([-1.2, 1.0], dtype=tf.float64), make(), []
    for _ in range(STEPS):
        with tf.GradientTape() as tape:
            value = loss(w)
        losses.append(float(value))
        optimizer.apply_gradients([(tape.gradient(value, w), w)])
    return {"losses": [*losses, float(loss(w))], "w": w.numpy().tolist()}


if __name__ == "__main__":
    found = {plan: descend(make) for plan, make in PLANS.items()}
    Path(__file__).with_name("keras.json").write_text(json.dumps(found, indent=0) + "\n")
