"""The graph in Graphviz's language. Knows tapes and notation only."""

from core.notation import bar, entry_formula, number
from core.record import Run
from explorer.report import adjoints_of


def dot_source(run: Run) -> str:
    """One node per entry with its formula, value and adjoint; edges from operands, numbered by slot."""
    adjoints = adjoints_of(run)
    lines = ["digraph tape {", "  rankdir=LR;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for index, op in enumerate(run.tape.ops):
        text = [entry_formula(run.tape, index), number(run.tape.primals[index])]
        if index < len(adjoints) and adjoints[index] is not None:
            text.append(f"{bar(run.tape.label(index))} = {number(adjoints[index])}")
        shape = ", shape=oval" if op.name == "input" else ""
        lines.append(f"  n{index} [label={_quoted(text)}{shape}];")
    for index in range(len(run.tape)):
        for slot, operand in enumerate(run.tape.operands(index)):
            if operand.__class__ is int:
                lines.append(f'  n{operand} -> n{index} [tooltip="operand {slot + 1}"];')
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(lines: list[str]) -> str:
    """Lines of text as one DOT string."""
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
