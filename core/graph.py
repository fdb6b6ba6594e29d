"""The tape as a networkx graph, for those who want to analyse or exchange it.

Nodes are entry indices; an edge goes from operand to entry, keyed by the operand's slot, so that x*x has two. The
drawing does not need this: networkx is imported only when somebody asks.
"""

from typing import TYPE_CHECKING

from core.notation import entry_formula, number
from core.tape import Tape

if TYPE_CHECKING:
    import networkx


def computational_graph(tape: Tape, adjoints: list | None = None) -> "networkx.MultiDiGraph":
    """Entries as nodes with label, op, formula and value (and adjoint), operands as edges with their slot."""
    import networkx

    graph = networkx.MultiDiGraph()
    for index, op in enumerate(tape.ops):
        graph.add_node(
            index,
            label=tape.label(index),
            op=op.name,
            formula=entry_formula(tape, index),
            value=number(tape.primals[index]),
            adjoint=number(adjoints[index]) if adjoints and index < len(adjoints) else "",
        )
        for slot, operand in enumerate(tape.operands(index)):
            if operand.__class__ is int:
                graph.add_edge(operand, index, key=slot, slot=slot)
    return graph
