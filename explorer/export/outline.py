"""The graph as text for other programs: DOT for Graphviz, Mermaid for documents, GraphML for graph libraries.

DOT and Mermaid have the nodes of the picture, folded or not, with open groups as clusters; GraphML has the whole tape.
Knows jobs; knows no painter, and needs neither Qt nor fonts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from core.graph import computational_graph
from explorer.drawing.scene import Kind
from explorer.export.characters import for_xml, one_line
from explorer.export.job import Job

SHAPES = {Kind.INPUT: "oval", Kind.GROUP: "box3d"}
BRACKETS = {Kind.INPUT: ("([", "])"), Kind.GROUP: ("[[", "]]")}
ENTITIES = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;"})


def dot_source(job: Job) -> str:
    """One node per drawn node with its formula, value and adjoint; edges from operands, numbered by slot."""
    colors, model = job.colors, job.model
    box = f'color="{colors.card_border}", fontcolor="{colors.text}"'
    lines = [
        "digraph tape {", "  rankdir=LR;", f'  bgcolor="{colors.canvas}";',
        f'  node [shape=box, style=rounded, fontname="sans-serif", {box}];',
        f'  edge [color="{colors.edge_flowed}"];',
    ]  # fmt: skip

    def node(number: int) -> str:
        shape = SHAPES.get(Kind(int(model.kinds[number])))
        return f"n{number} [label={_quoted(job.lines(number))}{f', shape={shape}' if shape else ''}];"

    lines += _nested(job, node, lambda number, title: f"subgraph cluster_{number} {{ label={_quoted([title])};", "}")
    for source, target, slot in model.edges.tolist():
        lines.append(f'  n{source} -> n{target} [tooltip="operand {slot + 1}"];')
    return "\n".join([*lines, "}"]) + "\n"


def mermaid_source(job: Job) -> str:
    """The same as a Mermaid flow chart."""
    model = job.model

    def node(number: int) -> str:
        start, end = BRACKETS.get(Kind(int(model.kinds[number])), ("[", "]"))
        return f"n{number}{start}{_mermaid_text(job.lines(number))}{end}"

    lines = ["flowchart LR"]
    lines += _nested(job, node, lambda number, title: f"subgraph g{number}[{_mermaid_text([title])}]", "end")
    lines += [f"  n{source} --> n{target}" for source, target, _ in model.edges.tolist()]
    return "\n".join(lines) + "\n"


def _nested(
    job: Job, node: Callable[[int], str], begin: Callable[[int, str], str], end: str
) -> Iterator[str]:
    """The nodes, those of each open group between its beginning and its end."""
    open_groups: list[int] = []
    shown = {frame.number for frame in job.model.frames}
    for number in range(len(job.model)):
        own = job.model.group_of(number)
        around = [group.number for group in job.tree.around(job.model.entries_of(number)[0])]
        wanted = [group for group in around if group in shown and group != own]
        while open_groups and open_groups != wanted[: len(open_groups)]:
            open_groups.pop()
            yield "  " * (len(open_groups) + 1) + end
        for group in wanted[len(open_groups) :]:
            yield "  " * (len(open_groups) + 1) + begin(group, job.tree[group].title)
            open_groups.append(group)
        yield "  " * (len(open_groups) + 1) + node(number)
    for depth in range(len(open_groups), 0, -1):
        yield "  " * depth + end


def _quoted(lines: list[str]) -> str:
    """Lines of text as one DOT string."""
    escaped = (one_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'


def _mermaid_text(lines: list[str]) -> str:
    return '"' + "<br/>".join(one_line(line).translate(ENTITIES) for line in lines) + '"'


def write_dot(job: Job, file: Path) -> None:
    file.write_text(dot_source(job), encoding="utf-8")


def write_mermaid(job: Job, file: Path) -> None:
    file.write_text(mermaid_source(job), encoding="utf-8")


def write_graphml(job: Job, file: Path) -> None:
    file.write_text(graphml_source(job), encoding="utf-8")


def graphml_source(job: Job) -> str:
    """Every entry of the tape with label, op, formula, value and adjoint."""
    import networkx

    graph = computational_graph(job.run.tape, job.run.all_adjoints() if job.values else None)
    if not job.values:
        for _, attributes in graph.nodes(data=True):
            attributes["value"] = ""
    return for_xml("\n".join(networkx.generate_graphml(graph)) + "\n")
