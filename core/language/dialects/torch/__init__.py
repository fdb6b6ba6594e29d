"""PyTorch's manner: leaves, the graph behind `backward()`, changes in place, and what is kept for the gradient."""
