"""Values as a call or an index uses them: what only decides, counts or picks is cut off there.

Knows links; knows no function's name.
"""

import ast

from core.basics.cuts import Reason
from core.language.abstract.cutting import DECIDES, is_truth
from core.language.abstract.links import Findings, Link, Value

UNSEEN = (Reason.NOT_WATCHED, Reason.STOPPED)  # what a tape does not see matters more than what it is used for


def used_as(found: Findings, value: Value, role: str, argument: ast.expr, user: ast.AST) -> Value:
    """The value of an argument in this role; what is marked is the argument, or all that uses it if that is a name."""
    seen = found.through([value], argument)
    node = user if isinstance(argument, ast.Name) else argument
    links = {name: _link(link, role, node) for name, link in seen.links.items()}
    taped = {tape: {name: _link(link, role, node) for name, link in one.items()} for tape, one in seen.taped.items()}
    return Value(links, taped, argument)


def _link(link: Link, role: str, node: ast.AST) -> Link:
    if link.flows:
        return Link(role, node)
    if link.reason in UNSEEN:
        return link
    if link.reason == Reason.INTEGER and is_truth(link.node):  # a mask, as condition or as index
        return Link(DECIDES, link.node)
    return Link(role, node) if role == DECIDES else link
