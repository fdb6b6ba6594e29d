"""The help page `Language`, made from the very tables that the parser uses, so that it cannot promise too much."""

from __future__ import annotations

from collections.abc import Iterable

from core.basics.budget import Budget
from core.language.machine.arguments import public
from core.language.machine.values import Builtin
from core.language.names import builtins, methods, namespaces
from core.language.reading import check, read_text

SPACES = (
    ("np", "NumPy (`np.`, `numpy.`; also `jnp.`)"),
    ("math", "math"),
    ("tf", "TensorFlow (`tf.`)"),
    ("torch", "PyTorch (`torch.`)"),
    ("jax", "JAX (`jax.`)"),
    ("scipy", "SciPy (`scipy.`; also `jax.scipy.`, `autograd.scipy.`)"),
    ("random", "random"),
    ("collections", "collections"),
    ("copy", "copy"),
    ("dataclasses", "dataclasses"),
    ("functools", "functools"),
    ("itertools", "itertools"),
    ("numbers", "numbers"),
    ("operator", "operator"),
    ("typing", "typing"),
)
METHOD_HEADINGS = ("Variables", "Tensors", "Arrays", "Numbers", "Strings", "Lists", "Named tuples", "Tuples",
                   "Counting dictionaries", "Dictionaries", "Sets", "Random generators", "Tapes", "Optimizers",
                   "Schedules of rates",
                   "Places (`x.at[i]`)", "Functions with their own derivative")  # fmt: skip

INTRODUCTION = """\
Type an expression, some lines, or a function with `def`. It is Python, as far as it is listed here, and means what
it means in Python; what is not listed is refused with a sentence. Nothing of it can reach files, the network or the
clock, and a run always gives the same numbers.

- **Inputs** are the names to which the text gives no value, the names it gives a number (or a list of numbers) once,
  what `tf.Variable(...)` makes, and the parameters of the last function when nothing calls it.
- **The output** is the last expression, what the function returns, or the name assigned last.
- **A loop that trains** (it asks for a gradient, or goes down one that is worked out by hand, `w -= lr * dw`) is shown
  one pass at a time, and what it changes is constant in a pass. `x = x*x` in a loop stays one tape.
- **Derivatives by hand** after the output (`dx`, `df_dw`, `w_grad`) stand beside those of the tape.
- **Layers**: the modules, losses and optimizers of `torch.nn` and `torch.optim`, the layers, models, losses, metrics
  and optimizers of `tf.keras`, and classes of yours that derive from them. Their weights are inputs, called as the
  library calls them.
- **Random numbers** of NumPy and of Python's `random` are those of the library for the same seed. What PyTorch,
  TensorFlow and JAX would draw is drawn by NumPy's generator: other numbers than the library's, with the same spread.
- **The tape** may stand in the text: `with tf.GradientTape() as tape:`, `loss.backward()`, `jax.grad(f)(x)`.
"""

STATEMENTS = (
    ("`name = value`, `a, b = b, a`, `a, *rest = values`, `x += 1`, `x[i] = value`", "assignments"),
    ("`def f(x, y=2, *rest, **more):`, `lambda x: ...`, `return`", "functions, recursion, closures"),
    ("`class A(B):` with methods, operators (`__add__`, `__call__`, `__len__` and their like), `super()`, `@property`, "
     "`@staticmethod`, `@classmethod`, `@dataclass`", "classes"),
    ("`try:`, `except ValueError as error:`, `else`, `finally`, `raise`", "exceptions"),
    ("`yield`, `yield from`", "generators"),
    ("`if`, `elif`, `else`, `a if condition else b`, `match`, `case`, `(n := len(x))`", "branches"),
    ("`for ... in ...:`, `while ...:`, `break`, `continue`, `else`", "loops"),
    ("`[f(x) for x in v if x > 0]`, also with `{}` and `()`", "comprehensions"),
    ("`+ - * / // % ** @`, `< <= == != >= >`, `0 < x < 1`, `in`, `is`, `and`, `or`, `not`, `& | ~ << >>`", "operators"),
    ("`x[0]`, `x[-1]`, `x[1:3]`, `A[:, 0]`, `x[x > 0]`, `x[:, None]`", "indexing"),
    ("`f\"{x:.3f}\"`, `print(...)`", "text"),
    ("`with tf.GradientTape() as tape:`, `with tape.stop_recording():`, `with torch.no_grad():`", "tapes"),
    ("`import numpy as np`, `from math import sin`", "accepted, but never needed"),
    ("`assert`, `del name`, `global`, `nonlocal`, `pass`", "also"),
)  # fmt: skip


def language_page() -> str:
    """The whole page, in Markdown."""
    sections = [
        "# The language",
        INTRODUCTION,
        "## What can be written",
        "\n".join(f"- {what}: {forms}" for forms, what in STATEMENTS),
        "## Python's own functions",
        _functions(builtins.BUILTINS.values()),
        "## Without a namespace",
        _words(name for name in namespaces.BARE if name not in builtins.BUILTINS),
        *(part for space, title in SPACES for part in (f"## {title}", _space(space))),
        "## Methods",
        *_methods(),
        "## Attributes",
        _words(f".{name}" for _, table in methods.ATTRIBUTES for name in table),
        "## What is refused",
        "\n".join(f"- {message} {hint}" for message, hint in dict.fromkeys(check.REFUSED.values())),
        _words(check.FORBIDDEN),
        "## Limits",
        _limits(Budget()),
    ]
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(set(names), key=str.lower))


def _call(function: Builtin) -> str:
    shown = (part for part in function.signature if not part.endswith("!"))
    parts = [f"{part[: len(part) - len(part.lstrip('*'))]}{public(part)}" for part in shown]
    return f"`{function.name}({', '.join(part for part in parts if part != 'self')})`"


def _functions(found: Iterable[Builtin]) -> str:
    return ", ".join(sorted((_call(one) for one in found), key=str.lower))


def _space(space: str) -> str:
    members = [value for path, value in namespaces.TABLE.items() if path.startswith(f"{space}.")]
    others = [
        path
        for path, value in namespaces.TABLE.items()
        if path.startswith(f"{space}.") and not isinstance(value, Builtin)
    ]
    lines = [_functions(one for one in members if isinstance(one, Builtin) and one.name.startswith(f"{space}."))]
    short = [one for one in members if isinstance(one, Builtin) and not one.name.startswith(f"{space}.")]
    if short:
        lines.append("Derivatives: " + _functions(short))
    if others:
        lines.append("Types and constants: " + _words(others))
    return "\n\n".join(line for line in lines if line)


def _methods() -> list[str]:
    lines = []
    for heading, (_, table) in zip(METHOD_HEADINGS, methods.METHODS, strict=True):
        lines.append(f"{heading}: {_functions(table.values())}")
    return lines


def _limits(budget: Budget) -> str:
    return "\n".join(
        (
            f"- a text of at most {read_text.MAX_CHARACTERS:,} characters",
            f"- {budget.entries:,} entries on the tape, {budget.operations:,} other operations",
            f"- {budget.seconds:g} seconds",
            f"- functions that call themselves at most {budget.depth} times",
            f"- arrays of at most {budget.elements:,} elements, {budget.bytes / 1e9:g} GB in all",
            f"- {budget.printed:,} printed characters",
        )
    )
