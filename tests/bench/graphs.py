"""The graphs that layouts are measured on: small functions by hand, networks, random expressions."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Sample:
    """A graph to lay out: edges are (source, target, slot)."""

    name: str
    nodes: int
    edges: np.ndarray
    output: int


def written(name: str, text: str) -> Sample:
    """A graph from lines such as `v4 = v3 w2`; names that stand nowhere on the left are inputs."""
    numbers: dict[str, int] = {}
    edges = []
    for line in text.split(";"):
        target, operands = (part.split() for part in line.split("="))
        for operand in operands:
            numbers.setdefault(operand, len(numbers))
        numbers[target[0]] = len(numbers)
        edges += [(numbers[operand], numbers[target[0]], slot) for slot, operand in enumerate(operands)]
    return Sample(name, len(numbers), np.array(edges), len(numbers) - 1)


SMALL = [
    written("seed function", "v1 = w1; v2 = v1; v3 = w1; v4 = v3 w2; z = v2 v4"),
    written("Baydin", "v1 = x1; v2 = x1 x2; v3 = x2; v4 = v1 v2; z = v4 v3"),
    written("x*x + x", "v1 = x x; z = v1 x"),
    written(
        "logistic loss",
        "m = X w; s = m b; p = s; a = p; t = y a; q = p; c = q; r = y; u = r c; v = t u; k = v; z = k",
    ),
    written("two-layer net", "a = x W1; s = a b1; h = s; c = h W2; d = c b2; e = d y; q = e; z = q"),
]


def network(*widths: int) -> Sample:
    """A scalar multilayer perceptron, every product and sum a node of its own."""
    edges: list[tuple[int, int, int]] = []
    nodes = 0

    def node(*operands: int) -> int:
        nonlocal nodes
        edges.extend((operand, nodes, slot) for slot, operand in enumerate(operands))
        nodes += 1
        return nodes - 1

    layer = [node() for _ in range(widths[0])]
    for width in widths[1:]:
        following = []
        for _ in range(width):
            total = node()
            for value in layer:
                total = node(total, node(node(), value))
            following.append(node(total))
        layer = following
    total = layer[0]
    for value in layer[1:]:
        total = node(total, value)
    return Sample(f"network {'-'.join(map(str, widths))}", nodes, np.array(edges), nodes - 1)


def expression(nodes: int, seed: int) -> Sample:
    """A random expression: most values are used once, some again and again."""
    random = np.random.default_rng(seed)
    inputs = max(2, nodes // 6)
    unused = list(range(inputs))
    edges = []
    for node in range(inputs, nodes):
        for slot in range(1 + int(random.random() < 0.7)):
            if unused and random.random() < 0.8:
                operand = unused.pop(int(random.integers(len(unused))))
            else:
                operand = int(random.integers(node))
            edges.append((operand, node, slot))
        unused.append(node)
    return Sample(f"expression {nodes}", nodes, np.array(edges), nodes - 1)


def corpus() -> list[Sample]:
    """The graphs on which crossings are compared, up to 1,500 nodes."""
    networks = [network(3, 4, 1), network(2, 4, 4, 1), network(2, 8, 8, 1), network(2, 16, 16, 1)]
    random = [expression(nodes, seed) for seed, nodes in enumerate((20, 40, 60, 100, 150, 300, 600, 1000, 1500))]
    return SMALL + networks + random
