"""What a value of a program depends on: its sources, and for each whether a derivative flows or where it is cut.

A source is an input (by its name) or an intermediate value that a gradient can be asked for (name and line). Data of
the reading of a text; knows no tape that really recorded.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.basics.cuts import Reason


class Link(NamedTuple):
    """How a value depends on a source: a derivative flows, or it is cut at a node for a reason."""

    reason: str = Reason.CONNECTED
    node: ast.AST | None = None

    @property
    def flows(self) -> bool:
        """Whether a derivative flows."""
        return self.reason == Reason.CONNECTED


Links = dict[str, Link]
FLOWS = Link()


@dataclass(eq=False)
class ReadTape:
    """A tape that the text opens."""

    name: str = "tape"
    watches_variables: bool = True
    persistent: bool = False
    recording: bool = False
    watched: set[str] = field(default_factory=set)


@dataclass(frozen=True, eq=False)
class Value:
    """What reading a text knows of a value.

    `links` say on which sources it depends at all, `taped` the same as each tape of the text sees it. `source` is
    the source that the value is itself; `former` the variable that it replaced. `kind` is one of "", "variable",
    "tape", "pause", "function", "list", "none" (a gradient that is None), and `content` belongs to it.
    """

    links: Links = field(default_factory=dict)
    taped: dict[ReadTape, Links] = field(default_factory=dict)
    node: ast.AST | None = None
    source: str = ""
    former: str = ""
    kind: str = ""
    content: Any = None

    def sources(self) -> list[str]:
        """Everything it depends on, itself first."""
        own = [self.source] if self.source else []
        return [*own, *(name for name in self.links if name != self.source)]

    def link(self, source: str) -> Link | None:
        """How it depends on the source, None if not at all."""
        return FLOWS if source == self.source else self.links.get(source)

    def link_on(self, tape: ReadTape, source: str) -> Link | None:
        """The same as a tape of the text sees it."""
        if source == self.source:
            by_itself = self.kind == "variable" and tape.watches_variables
            return FLOWS if by_itself or source in tape.watched else Link(Reason.NOT_WATCHED, self.node)
        if source in self.taped.get(tape, {}):
            return self.taped[tape][source]
        link = self.links.get(source)
        return Link(Reason.STOPPED, self.node) if link is not None and link.flows else link


class Query(NamedTuple):
    """A gradient that the text asks one of its tapes for."""

    tape: ReadTape
    target: Value
    source: Value
    source_text: str
    link: Link | None
    node: ast.AST


class Overwritten(NamedTuple):
    """A name that lost its connection with a source when it was assigned again."""

    name: str
    node: ast.AST


@dataclass
class Findings:
    """What is noticed on the way through a program, beside the values.

    `choices` are values of which the text does not say which operand was taken; `overwritten` the names that lost
    their connection, by source; `backward` the value from which PyTorch's sweep starts.
    """

    tapes: list[ReadTape] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    overwritten: dict[str, Overwritten] = field(default_factory=dict)
    choices: list[Value] = field(default_factory=list)
    backward: Value | None = None

    def through(self, operands: list[Value], node: ast.AST, cut: str | None = None) -> Value:
        """The value of an operation, as all tapes of the text see it."""
        return through(operands, node, cut, self.tapes)


def joined(links: Iterable[Link | None]) -> Link | None:
    """The link of a value computed from several: one that flows wins, else the first cut."""
    found = [link for link in links if link is not None]
    return next((link for link in found if link.flows), found[0] if found else None)


def through(operands: list[Value], node: ast.AST, cut: str | None, tapes: list[ReadTape]) -> Value:
    """The value of an operation on the operands, with `cut` the reason why nothing flows through it."""
    for tape in tapes:
        if tape.recording and tape.watches_variables:
            tape.watched |= {operand.source for operand in operands if operand.kind == "variable"}
    names = list(dict.fromkeys(name for operand in operands for name in operand.sources()))
    links = _after(names, lambda one, name: one.link(name), operands, cut, node)
    taped = {}
    for tape in tapes:
        why = cut if cut or tape.recording else Reason.STOPPED
        taped[tape] = _after(names, lambda one, name, tape=tape: one.link_on(tape, name), operands, why, node)
    return Value(links, taped, node)


def _after(names: list[str], link_of: Any, operands: list[Value], cut: str | None, node: ast.AST) -> Links:
    found: Links = {}
    for name in names:
        link = joined(link_of(operand, name) for operand in operands)
        if link is not None:
            found[name] = Link(cut, node) if cut and link.flows else link
    return found


def merged(values: list[Value]) -> Value:
    """One value for several that a name may have, after a branch."""
    if len(values) == 1 or all(value is values[0] for value in values):
        return values[0]
    names = list(dict.fromkeys(name for value in values for name in value.sources()))
    tapes = list(dict.fromkeys(tape for value in values for tape in value.taped))
    links = {name: link for name in names if (link := joined(value.link(name) for value in values))}
    taped = {
        tape: {name: link for name in names if (link := joined(one.link_on(tape, name) for one in values))}
        for tape in tapes
    }
    last = values[-1]
    return Value(links, taped, last.node, "", last.former, last.kind, last.content)
