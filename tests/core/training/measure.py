"""Writes how PyTorch's optimizers descend, in double precision: `python tests/core/training/measure.py`, by hand.

The programs and plans are those of the tests; what is written lies beside this file.
"""

import json
from pathlib import Path

import torch

FUNCTIONS = {
    "bowl": ("3*w[0]**2 + 2*w[0]*w[1] + w[1]**2", [5.0, 3.0]),
    "rosenbrock": ("100*(w[1] - w[0]**2)**2 + (1 - w[0])**2", [-1.2, 1.0]),
    "ripples": ("torch.sin(3*w[0])*w[1] + w[0]**2 + 0.5*w[1]**2", [0.7, -0.4]),
}
PLANS = {
    "gd rate=0.001": lambda w: torch.optim.SGD(w, lr=0.001),
    "gd rate=0.001 decay=0.1": lambda w: torch.optim.SGD(w, lr=0.001, weight_decay=0.1),
    "momentum rate=0.001 momentum=0.8": lambda w: torch.optim.SGD(w, lr=0.001, momentum=0.8),
    "nesterov rate=0.001 momentum=0.9": lambda w: torch.optim.SGD(w, lr=0.001, momentum=0.9, nesterov=True),
    "rmsprop rate=0.02": lambda w: torch.optim.RMSprop(w, lr=0.02),
    "rmsprop rate=0.02 rho=0.9 eps=1e-6": lambda w: torch.optim.RMSprop(w, lr=0.02, alpha=0.9, eps=1e-6),
    "adam rate=0.05": lambda w: torch.optim.Adam(w, lr=0.05),
    "adam rate=0.05 beta1=0.8 beta2=0.95 decay=0.01": lambda w: torch.optim.Adam(
        w, lr=0.05, betas=(0.8, 0.95), weight_decay=0.01
    ),
}
STEPS = 40


def descend(text, start, make):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer, losses = make([w]), []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = eval(text)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    losses.append(eval(text).item())
    return {"losses": losses, "w": w.tolist()}


if __name__ == "__main__":
    found = {
        f"{name} | {plan}": descend(text, start, make)
        for name, (text, start) in FUNCTIONS.items()
        for plan, make in PLANS.items()
    }
    Path(__file__).with_name("pytorch.json").write_text(json.dumps(found, indent=0) + "\n")
