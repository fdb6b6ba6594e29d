"""Writes the documents of microgpt and what PyTorch makes of them: `python tests/core/training/microgpt.py`, by hand.

The network is that of Karpathy's microgpt (one layer, 16 dimensions, 4 heads, blocks of 16, 27 tokens, no biases); the
texts are ours, the names those of `assets/trainings/first_names.txt`. Seed 42 shuffles the names, then draws the
weights, with six digits kept. PyTorch trains the network with its own operations, in double precision.
"""

import json
import random
from pathlib import Path

SEED, EDGE, STEPS = 42, 26, 1000
SHAPES = {
    "letters": (27, 16), "places": (16, 16), "scores": (27, 16), "query": (16, 16), "key": (16, 16),
    "value": (16, 16), "out": (16, 16), "up": (64, 16), "down": (16, 64),
}  # fmt: skip
HERE = Path(__file__).parent
TRAININGS = HERE.parents[2] / "assets/trainings"
PLAN = f"adam rate=0.01 steps={STEPS} beta1=0.85 beta2=0.99 schedule=linear over={','.join(SHAPES)}"
SHORT = ("mia", "eva", "ida", "ann", "ray", "lee")


def tokens(name):
    """The letters as numbers, between two edges."""
    return [EDGE, *(ord(letter) - ord("a") for letter in name), EDGE]


def names_and_weights():
    """The names in the order of training, and the first weights."""
    generator = random.Random(SEED)
    names = (TRAININGS / "first_names.txt").read_text().split()
    generator.shuffle(names)
    weights = {
        name: [[round(generator.gauss(0, 0.08), 6) for _ in range(columns)] for _ in range(rows)]
        for name, (rows, columns) in SHAPES.items()
    }
    return names, weights


def document(name, title):
    """The document of one of the texts."""
    names, weights = names_and_weights()
    return {
        "format": "tape-explorer", "version": 1,
        "text": (HERE / f"{name}.txt").read_text().rstrip(),
        "inputs": {"tokens": tokens(names[0]), **weights}, "unwatched": ["tokens"], "output": "",
        "view": {"step": 0, "tab": "graph"}, "title": title, "plan": PLAN,
        "series": {"tokens": [tokens(one) for one in names]},
    }  # fmt: skip


def losses_of_pytorch(names, weights, steps):
    """The loss of each step's name before the step is taken."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    w = {name: torch.tensor(values, dtype=torch.float64, requires_grad=True) for name, values in weights.items()}
    optimizer = torch.optim.Adam(w.values(), lr=0.01, betas=(0.85, 0.99), eps=1e-8)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / STEPS)

    def normed(x):
        return functional.rms_norm(x, x.shape[-1:], eps=1e-5)

    def split(x):
        return x.reshape(len(x), 4, 4).transpose(0, 1)

    losses = []
    for step in range(steps):
        row = torch.tensor(tokens(names[step % len(names)]))
        x = normed(w["letters"][row[:-1]] + w["places"][: len(row) - 1])
        q, k, v = (split(functional.linear(normed(x), w[name])) for name in ("query", "key", "value"))
        seen = functional.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(0, 1).reshape(len(x), 16)
        x = x + functional.linear(seen, w["out"])
        x = x + functional.linear(torch.relu(functional.linear(normed(x), w["up"])), w["down"])
        loss = functional.cross_entropy(functional.linear(x, w["scores"]), row[1:])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return losses


if __name__ == "__main__":
    for name, title in (("microgpt", "microgpt, in numbers"), ("microgpt_matrices", "microgpt, in matrices")):
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in document(name, title).items()]
        (TRAININGS / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    names, weights = names_and_weights()
    found = {
        "short": losses_of_pytorch(SHORT, weights, len(SHORT)),
        "names": losses_of_pytorch(names, weights, STEPS),
    }
    (HERE / "microgpt.json").write_text(json.dumps(found, indent=0) + "\n")
