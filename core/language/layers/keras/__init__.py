"""`tf.keras` and `tf.Module`: layers, models, losses, metrics and optimizers, with Keras 3's names, order and formulas.

An option that is not understood is refused by name. Numbers are in double precision.
"""
