"""`torch.nn` and `torch.optim`: modules, layers, losses, optimizers and their schedules."""
