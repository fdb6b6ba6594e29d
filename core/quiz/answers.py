"""Reading an answer: a number, an array, or an expression in the names that are known. Never evaluated by Python.

Signs of mathematics are taken as they are written: `·` and `×` for products, `^` and `²` for powers, `v̄3` or `bar(v3)`
for adjoints.
"""

import ast
import operator
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.notation import bar

LONGEST = 400
HINT = "Write a number, a list such as [1, 2], or an expression such as `v4 * w2`."
SIGNS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.true_divide,
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
        raise ProgramError(f"This answer is too long; {LONGEST} characters must do.", hint=HINT)
    names = {_normal(name): value for name, value in {**CONSTANTS, **(known or {})}.items()}
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(_as_python(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ProgramError(f"`{text.strip()}` cannot be read as an answer.", hint=HINT) from None
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(_value(tree, names), dtype=float)
    except (ArithmeticError, ValueError, TypeError):
        raise ProgramError(f"`{text.strip()}` cannot be computed: do the shapes fit?", hint=HINT) from None
    return float(value) if value.ndim == 0 else value


def _as_python(text: str) -> str:
    """The text with the signs of mathematics as Python writes them."""
    for digit, power in enumerate(POWERS):
        text = text.replace(power, f"**{digit}")
    return text.translate(WRITTEN).replace("§", ".T").strip()


def _normal(name: str) -> str:
    """Names as Python's parser sees them."""
    return unicodedata.normalize("NFKC", name)


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name):
            return _named(name, names)
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_value(inside, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=inside):
            return _value(inside, names)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            return SIGNS[type(sign)](_value(left, names), _value(right, names))
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return np.array([_value(part, names) for part in parts])
        case ast.Attribute(value=inside, attr="T"):
            return np.transpose(_value(inside, names))
        case ast.Call(func=ast.Name(id="bar" | "adj" | "adjoint"), args=[ast.Name(id=name)], keywords=[]):
            return _named(_normal(bar(name)), names)
        case ast.Call(func=ast.Name(id=name), args=[inside], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(inside, names))
    raise ProgramError(f"`{ast.unparse(node)}` cannot stand in an answer.", hint=HINT)


def _named(name: str, names: Mapping[str, Any]) -> Any:
    if name not in names:
        raise ProgramError(f"`{name}` is not known here.", hint=HINT)
    return names[name]
