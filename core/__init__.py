"""Automatic differentiation on a tape of NumPy operations; knows nothing of Qt or of the window."""
