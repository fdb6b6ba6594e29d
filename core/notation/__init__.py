"""All mathematical wording: numbers, labels, formulas and the sentence of each step.

Views show what this says and never write mathematics of their own. Knows tapes and timelines; nothing of drawing.
"""

from core.notation.entries import entry_formula, entry_numbers, operation, partial, partial_text, pullback_text
from core.notation.numbers import bar, dot, number, shape_text
from core.notation.sentences import drawn_formula, formula, sentence, through_a_view
from core.notation.signs import operation_sign
from core.notation.styles import LATEX, PLAIN

__all__ = [
    "LATEX",
    "PLAIN",
    "bar",
    "dot",
    "drawn_formula",
    "entry_formula",
    "entry_numbers",
    "formula",
    "number",
    "operation",
    "operation_sign",
    "partial",
    "partial_text",
    "pullback_text",
    "sentence",
    "shape_text",
    "through_a_view",
]
