"""Reading an answer: a number, an array, or an expression in the names that are known. Never evaluated by Python.

Signs of mathematics are taken as they are written: `·` and `×` for products, `^` and `²` for powers, `v̄3` or `bar(v3)`
for adjoints.
"""

import ast
import operator
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.arithmetic import FOUR_SIGNS, Arithmetic, Formula, Inside, Refused, constant
from core.basics.errors import ProgramError
from core.basics.words import say
from core.notation import bar

LONGEST = 400
HINT = say("quiz.answer-hint", "Write a number, a list such as [1, 2], or an expression such as `v4 * w2`.")
SIGNS: dict[type, Callable[[Any, Any], Any]] = {
    **FOUR_SIGNS,
    ast.Pow: np.power,
    ast.MatMult: operator.matmul,
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    **{name: getattr(np, name) for name in "sin cos tan exp log sqrt tanh sinh cosh arcsin arccos arctan abs".split()},  # noqa: SIM905
    "ln": np.log,
    "sum": np.sum,
    "mean": np.mean,
    "max": np.max,
    "min": np.min,
    "transpose": np.transpose,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
}
CONSTANTS = {"pi": np.pi, "e": np.e, "inf": np.inf, "nan": np.nan}
WRITTEN = str.maketrans({"·": "*", "×": "*", "⋅": "*", "−": "-", "^": "**", "÷": "/", "ᵀ": "§", "π": " pi "})
POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def read_answer(text: str, known: Mapping[str, Any] | None = None) -> Any:
    """The number or array that an answer stands for; raises ProgramError with one sentence if it stands for none."""
    if len(text) > LONGEST:
        raise ProgramError(
            say(
                "quiz.answer-too-long",
                "This answer is too long; {limit} characters must be enough.",
                limit=LONGEST,
            ),
            hint=HINT,
        )
    names = {_normal(name): constant(value) for name, value in {**CONSTANTS, **(known or {})}.items()}
    answers = Arithmetic(names, SIGNS, FUNCTIONS, np.array, lambda node, inside: _form(node, inside, names))
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(answers.read(_as_python(text))({}), dtype=float)
    except Refused as error:
        raise ProgramError(_refusal(text, error.part), hint=HINT) from None
    except (ArithmeticError, ValueError, TypeError):
        raise ProgramError(
            say("quiz.cannot-be-computed", "`{text}` cannot be computed: do the shapes fit?", text=text.strip()),
            hint=HINT,
        ) from None
    return float(value) if value.ndim == 0 else value


def _refusal(text: str, part: ast.expr | None) -> str:
    if part is None:
        return say("quiz.cannot-read-answer", "`{text}` cannot be read as an answer.", text=text.strip())
    if isinstance(part, ast.Name):
        return say("quiz.not-known", "`{name}` is not known here.", name=part.id)
    return say("quiz.refused", "`{part}` cannot be used in an answer.", part=ast.unparse(part))


def _form(node: ast.expr, inside: Inside, names: Mapping[str, Formula]) -> Formula | None:
    """What answers have besides arithmetic: transposes, and adjoints by the name of their entry."""
    match node:
        case ast.Attribute(value=part, attr="T"):
            whole = inside(part)
            return lambda known: np.transpose(whole(known))
        case ast.Call(func=ast.Name(id="bar" | "adj" | "adjoint"), args=[ast.Name(id=name)], keywords=[]):
            adjoint = _normal(bar(name))
            if adjoint not in names:
                raise Refused(ast.Name(adjoint))
            return names[adjoint]
    return None


def _as_python(text: str) -> str:
    """The text with the signs of mathematics as Python writes them."""
    for digit, power in enumerate(POWERS):
        text = text.replace(power, f"**{digit}")
    return text.translate(WRITTEN).replace("§", ".T").strip()


def _normal(name: str) -> str:
    """Names as Python's parser sees them."""
    return unicodedata.normalize("NFKC", name)
