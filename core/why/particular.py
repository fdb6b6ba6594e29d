"""Sentences for functions and operators whose cut has a reason of its own, where one for all would be untrue.

Knows syntax trees and the table of library functions; knows no run.
"""

import ast

from core.basics.cuts import Reason
from core.basics.words import Phrase, phrase
from core.language.abstract.cutting import is_truth, path_called
from core.language.abstract.links import Link
from core.library import row_at

Words = tuple[Phrase, Phrase]

TRUTH: Words = (
    phrase(
        "why.truth-value-jumps",
        "`{text}` is true or false: it jumps and is flat in between, so no derivative flows through it.",
    ),
    phrase("why.smooth-switch", "Use a smooth switch in its place, such as sigmoid."),
)
# By the names of our functions.
WITHOUT_DERIVATIVE: dict[str, Words] = {
    "unique": (
        phrase(
            "why.unique-keeps",
            "`{text}` has no derivative: how many elements it keeps jumps where two become equal.",
        ),
        phrase(
            "why.sort-instead-of-unique",
            "Use the elements of {name} themselves; `sort` has a derivative if only their order is wanted.",
        ),
    ),
    "heaviside": (
        phrase(
            "why.heaviside-is-step",
            "`{text}` is a step: it has no derivative by either operand, so nothing flows through it to {name}.",
        ),
        phrase("why.smooth-step", "Use a smooth step in its place, such as sigmoid."),
    ),
    "norm": (
        phrase(
            "why.norm-counts",
            "`{text}` counts the elements that are not 0: that jumps and is flat in between, so no derivative flows"
            " through it.",
        ),
        phrase("why.norm-of-order-1", "Use the norm of order 1, which grows with the elements themselves."),
    ),
}
WITHOUT_DERIVATIVE["norm_of_elements"] = WITHOUT_DERIVATIVE["norm"]


def particular(link: Link) -> Words | None:
    """The sentence and the remedy for what cuts here; None where those for the reason will do."""
    if link.reason == Reason.INTEGER and is_truth(link.node):
        return TRUTH
    if link.reason == Reason.NO_DERIVATIVE and isinstance(link.node, ast.Call):
        row = row_at(path_called(link.node.func))
        return WITHOUT_DERIVATIVE.get(row.function) if row is not None else None
    return None
