"""What expressions of a lesson may ask of a run, besides the functions of a moment: one table from several subjects."""

from core.lessons.functions import costs, differences, elsewhere, learner, numbers, outcome, pointing
from core.navigation.conditions import QUANTITY_NAMES
from core.navigation.grammar import Expression, Function, Grammar
from core.navigation.moments import FUNCTIONS as OF_A_MOMENT

OF_A_RUN: dict[str, Function] = {
    one.name: one
    for subject in (numbers, differences, elsewhere, costs, outcome, learner, pointing)
    for one in subject.FUNCTIONS
}
OF_A_STEP = ("value", "adjoint", "contribution", "partial", "tangent")
GRAMMAR = Grammar(OF_A_MOMENT | OF_A_RUN, {name: QUANTITY_NAMES[name] for name in OF_A_STEP})


def read(text: str) -> Expression:
    """An expression of a lesson; raises ProgramError with one sentence."""
    return GRAMMAR.read(text)
