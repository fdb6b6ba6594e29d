"""Following the gradient down: training step by step, and the surface under it."""
