"""The terms of the field that a lesson introduces before it uses them, each with what it means in a sentence.

A term is introduced by standing in asterisks: `*adjoint*`. Knows texts only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.basics.words import Phrase, phrase

MEANINGS: dict[str, Phrase] = {
    "adjoint": phrase("lessons.adjoint", "How much the output moves for each unit by which this value moves."),
    "contribution": phrase(
        "lessons.contribution", "What a value receives over one way: the adjoint times the partial."
    ),
    "partial": phrase("lessons.partial", "How fast one operation's result moves with one of its operands."),
    "sweep": phrase("lessons.sweep", "Going over all entries of the tape once, forwards or backwards."),
    "tape": phrase("lessons.tape", "The list of all operations in the order in which they were done."),
    "entry": phrase("lessons.entry", "One line of the tape: an operation, its operands and its result."),
    "primal": phrase("lessons.primal", "The value itself, beside which derivatives are kept."),
    "tangent": phrase("lessons.tangent", "How fast a value moves when the inputs move along a direction."),
    "seed": phrase("lessons.seed", "The number with which a sweep starts: 1 at the output, going backwards."),
    "cotangent": phrase(
        "lessons.cotangent", "What arrives from above when a sweep goes backwards through an operation."
    ),
    "gradient": phrase("lessons.gradient", "The derivatives of one number by all inputs."),
    "jacobian": phrase("lessons.jacobian", "The derivatives of several numbers by all inputs, as a matrix."),
    "hessian": phrase("lessons.hessian", "The second derivatives of one number by all inputs, as a matrix."),
    "graph": phrase("lessons.graph", "The entries as a picture: who is computed from whom."),
    "node": phrase("lessons.node", "One entry in the picture."),
    "edge": phrase("lessons.edge", "The line from an operand to what is computed from it."),
    "forward mode": phrase(
        "lessons.forward-mode", "Derivatives along one direction, computed together with the values."
    ),
    "reverse mode": phrase("lessons.reverse-mode", "Derivatives of one number by everything, computed from the end."),
    "finite difference": phrase("lessons.difference", "A derivative tried out: move the input a little, and divide."),
    "chain rule": phrase(
        "lessons.chain-rule", "Along a way the partials are multiplied; over several ways they are added."
    ),
    "persistent": phrase("lessons.persistent", "Said of a tape that may be asked more than once."),
    "watched": phrase("lessons.watched", "Said of a value by which the tape is able to differentiate."),
    "broadcast": phrase("lessons.broadcast", "A value repeated along an axis so that the shapes fit."),
    "checkpoint": phrase("lessons.checkpoint", "A value that is kept, so that others can be computed again from it."),
    "vjp": phrase("lessons.vjp", "A vector times a Jacobian: what one reverse sweep computes."),
    "jvp": phrase("lessons.jvp", "A Jacobian times a vector: what one forward sweep of tangents computes."),
    "learning rate": phrase("lessons.learning-rate", "How far a step of training goes for each unit of the gradient."),
    "loss": phrase("lessons.loss", "The number that training makes small."),
    "epoch": phrase("lessons.epoch", "One pass of a training over all data."),
}

FORMS = {
    "entry": r"entr(?:y|ies)",
    "hessian": r"hessians?",
    "loss": r"loss(?:es)?",
    "broadcast": r"broadcast(?:s|ed|ing)?",
    "finite difference": r"finite differences?",
}
PATTERNS = {term: re.compile(rf"\b{FORMS.get(term, f'{term}s?')}\b", re.IGNORECASE) for term in MEANINGS}


def terms_in(words: str) -> list[str]:
    """The terms that a text uses, in the order of the list."""
    return [term for term, pattern in PATTERNS.items() if pattern.search(words)]


def named(introduced: Iterable[str]) -> set[str]:
    """The terms of the list that are meant by words in asterisks."""
    return {term for word in introduced for term, pattern in PATTERNS.items() if pattern.search(word)}
