"""Random imperative programs, carried out by the real library and by ours: arrays, views, aliases, changes in place.

The expected answer always comes from CPython with NumPy, PyTorch, JAX or TensorFlow, never from us.
"""
