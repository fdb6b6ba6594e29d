"""The interpreter: a checked tree as closures that run on tensors."""
