"""How fast the layout is and how many lines cross, beside Graphviz dot where that is installed.

Run `python -m tests.bench layout`. dot is asked twice: free to join edges anywhere ("dot"), and with operands
entering in their order, as ours do ("dot, ordered"). Crossings are counted in both finished drawings by the
same rule: distinct places where two lines without a common node meet. Large flat pictures do not seek few crossings,
their rows follow the program ("rows").
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time

import numpy as np

from explorer.drawing.layout import Layout, layout
from tests.bench.graphs import Sample, corpus, network

BOX = (120.0, 64.0)
PATIENCE = 20.0  # seconds for one run of dot
EFFORTS = (10.0, 150.0)  # quick, and as usual
TARGETS = {100: 10, 1_000: 100, 10_000: 300, 100_000: 2_000}  # nodes, milliseconds


def ours(sample: Sample, effort: float, rounds: int = 5, follow: bool = False) -> tuple[Layout, float]:
    """A layout and the median of its seconds of CPU."""
    boxes = np.tile(BOX, (sample.nodes, 1))
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        result = layout(boxes, sample.edges, output=sample.output, effort=effort, follow=follow)
        seconds.append(time.process_time() - start)
    return result, statistics.median(seconds)


def dot(sample: Sample, ordered: bool) -> tuple[list[np.ndarray], float] | None:
    """The routes that dot draws and its seconds of CPU; None when it isn't there or loses our patience."""
    if shutil.which("dot") is None:
        return None
    start = _children_seconds()
    try:
        done = subprocess.run(
            ["dot", "-Tplain"], input=_source(sample, ordered), capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return None
    return _routes(sample, done.stdout), _children_seconds() - start


def _children_seconds() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def _source(sample: Sample, ordered: bool) -> str:
    arity = np.bincount(sample.edges[:, 1], minlength=sample.nodes)
    width, height = BOX[0] / 72, BOX[1] / 72
    lines = [
        f"rankdir=LR; nodesep={26 / 72}; ranksep={70 / 72};",
        f"node [shape={'record' if ordered else 'box'}, fixedsize=true, width={width}, height={height}];",
    ]
    for node in range(sample.nodes):
        fields = "|".join(f"<p{slot}>" for slot in range(arity[node]))
        lines.append(f'{node} [label="{fields if ordered else node}"];')
    lines += [f"{a} -> {b}{f':p{slot}:w' if ordered else ''};" for a, b, slot in sample.edges]
    return "digraph {" + "\n".join(lines) + "}"


def _routes(sample: Sample, plain: str) -> list[np.ndarray]:
    found: dict[tuple[int, int], list[np.ndarray]] = {}
    for line in plain.splitlines():
        words = line.split()
        if words[0] == "edge":
            ends = int(words[1].split(":")[0]), int(words[2].split(":")[0])
            points = np.array(words[4 : 4 + 2 * int(words[3])], float).reshape(-1, 2) * 72
            found.setdefault(ends, []).append(points)
    return [found[int(a), int(b)].pop() for a, b, _ in sample.edges]


def crossings(routes: list[np.ndarray], edges: np.ndarray) -> int:
    """Distinct places where two lines without a common node cross; a line shared by edges counts once."""
    lines = [_sampled(route) for route in routes]
    owner = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    begin = np.concatenate([line[:-1] for line in lines])
    end = np.concatenate([line[1:] for line in lines])
    order = np.argsort(np.minimum(begin[:, 0], end[:, 0]))
    owner, begin, end = owner[order], begin[order], end[order]
    reach = np.searchsorted(np.minimum(begin[:, 0], end[:, 0]), np.maximum(begin[:, 0], end[:, 0]), "right")
    places: set[tuple[int, int, int]] = set()
    for index in range(len(begin)):
        others = np.arange(index + 1, reach[index])
        joined = edges[owner[others], :2, None] == edges[owner[index], :2]
        others = others[~joined.any((1, 2))]
        for other, (x, y) in _meetings(begin, end, index, others):
            pair = edges[owner[index], 0] + edges[owner[other], 0]
            places.add((int(pair), round(x / 3), round(y / 3)))
    return len(places)


def _meetings(
    begin: np.ndarray, end: np.ndarray, index: int, others: np.ndarray
) -> list[tuple[int, tuple[float, float]]]:
    """Where one straight piece meets others."""
    mine, theirs = end[index] - begin[index], end[others] - begin[others]
    between = begin[others] - begin[index]
    with np.errstate(all="ignore"):
        area = mine[0] * theirs[:, 1] - mine[1] * theirs[:, 0]
        along = (between[:, 0] * theirs[:, 1] - between[:, 1] * theirs[:, 0]) / area
        across = (between[:, 0] * mine[1] - between[:, 1] * mine[0]) / area
    hit = (area != 0) & (along >= 0) & (along < 1) & (across >= 0) & (across < 1)
    points = begin[index] + along[hit, None] * mine
    return list(zip(others[hit].tolist(), map(tuple, points.tolist()), strict=True))


def _sampled(route: np.ndarray, steps: int = 8) -> np.ndarray:
    t = np.linspace(0, 1, steps + 1)[1:, None]
    pieces = [route[:1]]
    for first in range(0, len(route) - 3, 3):
        a, b, c, d = route[first : first + 4]
        pieces.append((1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d)
    return np.concatenate(pieces)


def compare() -> None:
    """Print CPU time and crossings of the corpus, ours quick and ours with full effort beside dot's."""
    print(f"{'':20}{'nodes':>6}{'edges':>6}   crossings (CPU milliseconds): quick, full, dot, dot ordered")
    for sample in corpus():
        cells = []
        for effort in EFFORTS:
            result, seconds = ours(sample, effort, rounds=3)
            cells.append(_cell(sample, [result.route(edge) for edge in range(len(sample.edges))], seconds))
        patient = True
        for ordered in (False, True):
            peer = dot(sample, ordered) if patient else None
            patient = peer is not None
            cells.append(_cell(sample, *peer) if peer else f"{'-':>15}")
        print(f"{sample.name:20}{sample.nodes:6}{len(sample.edges):6}{''.join(cells)}", flush=True)


def _cell(sample: Sample, routes: list[np.ndarray], seconds: float) -> str:
    return f"{crossings(routes, sample.edges):8}{f'({1000 * seconds:.0f})':>7}"


def scale() -> None:
    """Print the CPU times of large networks beside the targets."""
    print(f"\n{'':22}{'nodes':>8}{'quick ms':>10}{'full ms':>9}{'rows ms':>9}{'target ms':>11}")
    sizes = [(2, 4, 4, 1), (2, 16, 16, 1), (8, 40, 60, 8), (80, 160, 120, 20)]
    for sample, target in zip([network(*widths) for widths in sizes], TARGETS.values(), strict=True):
        quick, full = (1000 * ours(sample, effort, rounds=3)[1] for effort in EFFORTS)
        rows = 1000 * ours(sample, 0.0, rounds=3, follow=True)[1]
        print(f"{sample.name:22}{sample.nodes:8}{quick:10.1f}{full:9.1f}{rows:9.1f}{target:11}")


def main() -> None:
    """Print the comparison, then the table of large networks."""
    compare()
    scale()


if __name__ == "__main__":
    main()
