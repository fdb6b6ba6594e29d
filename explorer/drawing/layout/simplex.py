"""Ranks that make the weighted lengths of all edges least: the network simplex method.

After Gansner, Koutsofios, North and Vo, A Technique for Drawing Directed Graphs (1993): a spanning tree of
edges of least length is improved by exchanging one tree edge at a time. For each node the tree keeps the sum,
over the branch hanging on it, of the weights that leave less the weights that enter; this is the cut value of
the tree edge above it, and after an exchange it changes along one cycle only. Knows no drawing.
"""

from collections.abc import Callable

Edge = tuple[int, int, int, int]  # from, to, weight, least length


def shortest(pull: list[int], edges: list[Edge], fixed: list[bool], check: Callable[[], None]) -> list[int]:
    """A rank per node, least in total weight times length; fixed nodes have rank 0, none has a lower one.

    Every edge must go from a lower number to a higher one. `pull` is what each node gains per rank upwards,
    beside its edges; it must be small against their weights.
    """
    count = len(pull)
    tree = _Tree(pull, edges, fixed)
    stale, idle, node = 0, 0, 0  # nodes in a row without an exchange, and with one that moved nothing
    while stale < count and idle < 4 * count:
        node = node + 1 if node + 1 < count else 0
        moved = tree.exchange(node) if tree.gains(node) else -1
        stale = stale + 1 if moved < 0 else 0
        idle = 0 if moved > 0 else idle + (moved == 0)
        if node % 256 == 0:
            check()
    return tree.ranks


class _Tree:
    """A spanning tree of tight edges; -1 stands for the ground on which sources rest."""

    def __init__(self, pull: list[int], edges: list[Edge], fixed: list[bool]) -> None:
        count = len(pull)
        self.fixed = fixed
        self.out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.into: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.surplus = list(pull)
        for tail, head, weight, length in edges:
            self.out[tail].append((head, length))
            self.into[head].append((tail, length))
            self.surplus[tail] += weight
            self.surplus[head] -= weight
        self._rest(count)

    def _rest(self, count: int) -> None:
        """Every node as low as it can be, hanging on the operand that keeps it from being lower."""
        self.ranks = [0] * count
        self.parent = [-1] * count
        self.rises = [True] * count  # whether the tree edge leads from the parent to the node
        self.children: list[list[int]] = [[] for _ in range(count + 1)]
        for node in range(count):
            for tail, length in self.into[node]:
                if self.parent[node] < 0 or self.ranks[tail] + length > self.ranks[node]:
                    self.ranks[node] = self.ranks[tail] + length
                    self.parent[node] = tail
            self.children[self.parent[node]].append(node)
        for node in range(count - 1, -1, -1):
            if self.parent[node] >= 0:
                self.surplus[self.parent[node]] += self.surplus[node]

    def gains(self, node: int) -> bool:
        """Whether the lines get shorter when the branch at `node` lets go of its parent."""
        if self.rises[node]:
            return self.surplus[node] > 0 and not (self.fixed[node] and self.parent[node] < 0)
        return self.surplus[node] < 0

    def exchange(self, node: int) -> int:
        """Let the branch at `node` slide until it meets another node, and hang it there; how far it slid, or -1."""
        branch = self._branch(node)
        inside = set(branch)
        up = self.rises[node]
        least, end, meets = 1 << 60, -1, -1
        ranks = self.ranks
        for one in branch:
            here = ranks[one]
            for other, length in self.out[one] if up else self.into[one]:
                slack = (ranks[other] - here if up else here - ranks[other]) - length
                if slack < least and other not in inside:
                    least, end, meets = slack, one, other
            if not up and here < least:
                least, end, meets = here, one, -1
        if end < 0:
            return -1
        if least:
            shift = least if up else -least
            for one in branch:
                ranks[one] += shift
        self._hang(node, end, meets, up)
        return least

    def _branch(self, node: int) -> list[int]:
        branch = [node]
        for one in branch:
            branch += self.children[one]
        return branch

    def _hang(self, node: int, end: int, meets: int, up: bool) -> None:
        """Turn the path from `end` up to `node` around, and make `meets` the parent of `end`."""
        parent, surplus = self.parent, self.surplus
        whole = surplus[node]
        former = parent[node]
        above = meets
        while above >= 0:
            surplus[above] += whole
            above = parent[above]
        above = former
        while above >= 0:
            surplus[above] -= whole
            above = parent[above]
        below, rises, share = meets, not up, 0
        one = end
        while True:
            following, was_rising, had = parent[one], self.rises[one], surplus[one]
            self.children[following].remove(one)
            self.children[below].append(one)
            parent[one], self.rises[one], surplus[one] = below, rises, whole - share
            if one == node:
                return
            below, rises, share = one, not was_rising, had
            one = following
