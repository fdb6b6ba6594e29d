"""What differs between NumPy, TensorFlow, PyTorch and JAX in a text."""
