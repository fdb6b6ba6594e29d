"""The tape as a graph for others: if these fail, what one exchanges is not what was recorded."""

from core.graph import computational_graph
from core.language import parse
from core.run import record


def test_the_nodes_say_what_the_entries_are_and_edges_keep_repeated_operands():
    """f = x² at 3, whose derivative is 6."""
    run = record(parse("x*x"), {"x": 3.0})
    graph = computational_graph(run.tape, run.all_adjoints())
    assert [graph.nodes[index]["value"] for index in graph] == ["3", "9"]
    assert [graph.nodes[index]["adjoint"] for index in graph] == ["6", "1"]
    assert sorted(key for _, _, key in graph.edges(keys=True)) == [0, 1]


def test_without_adjoints_the_nodes_have_none():
    run = record(parse("x*x"), {"x": 3.0})
    for adjoints in (None, [], run.all_adjoints()[:1]):
        graph = computational_graph(run.tape, adjoints)
        assert graph.nodes[1]["adjoint"] == ""
