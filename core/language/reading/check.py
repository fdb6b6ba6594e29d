"""The allow-list: every construct of Python is accepted or refused by name, with a sentence.

Works on the syntax tree alone; knows nothing of values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.language.reading.places import Places
from core.language.reading.walk import Nodes

MAX_DIGITS_BITS = 4_096
MAX_STRING = 10_000

ACCEPTED: tuple[type[ast.AST], ...] = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.FunctionDef, ast.Return, ast.If, ast.For,
    ast.While, ast.Break, ast.Continue, ast.Pass, ast.Import, ast.ImportFrom, ast.With, ast.withitem, ast.Delete,
    ast.Assert, ast.Global, ast.Nonlocal, ast.alias,
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.Attribute, ast.Subscript,
    ast.Slice, ast.Name, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Lambda, ast.arguments, ast.arg,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.JoinedStr, ast.FormattedValue,
    ast.Starred, ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "ClassDef": ("Classes are not part of this language.", "Write functions, and keep values in names or lists."),
    "AsyncFunctionDef": ("`async` is not part of this language.", "Write a plain `def`."),
    "AsyncFor": ("`async` is not part of this language.", "Write a plain `for`."),
    "AsyncWith": ("`async` is not part of this language.", "Write a plain `with`."),
    "Await": ("`await` is not part of this language.", "Call the function without it."),
    "Yield": ("`yield` is not part of this language.", "Collect the values in a list and return it."),
    "YieldFrom": ("`yield from` is not part of this language.", "Collect the values in a list and return it."),
    "Try": ("`try` is not part of this language.", "Test with `if` before the operation that could fail."),
    "TryStar": ("`try` is not part of this language.", "Test with `if` before the operation that could fail."),
    "Raise": ("`raise` is not part of this language.", 'Write `assert condition, "message"`.'),
    "Match": ("`match` is not part of this language.", "Write `if` and `elif`."),
    "NamedExpr": ("`:=` is not part of this language.", "Give the name its value on a line of its own."),
    "TypeAlias": ("`type` statements are not part of this language.", "Leave the line away."),
    "TemplateStr": ("Template strings are not part of this language.", 'Write an f-string: f"...".'),
}
BITS = {ast.BitAnd: ("&", "and"), ast.BitOr: ("|", "or")}
MODULES = {
    "numpy": "np", "math": "math", "cmath": "math", "tensorflow": "tf", "torch": "torch", "jax": "jax",
    "jax.numpy": "jnp", "torch.nn.functional": "torch.nn.functional", "torch.nn": "torch.nn",
    "numpy.linalg": "np.linalg", "numpy.random": "np.random", "autograd.numpy": "np", "autograd": "autograd",
    "jax.random": "jax.random", "jax.nn": "jax.nn", "random": "random", "core": "core", "functools": "functools",
}  # fmt: skip
IGNORED_MODULES = ("matplotlib", "matplotlib.pyplot", "__future__", "typing", "IPython.display", "seaborn")


def is_type_name(node: ast.AST) -> bool:
    """Whether a node is `type(x).__name__`, the one way to ask for a type: by its name."""
    if not isinstance(node, ast.Attribute) or node.attr != "__name__" or not isinstance(node.value, ast.Call):
        return False
    call = node.value
    return isinstance(call.func, ast.Name) and call.func.id == "type" and len(call.args) == 1 and not call.keywords


def check(nodes: Nodes, places: Places) -> None:
    """Raise the `ProgramError` of the construct, first in the text, that is not part of the language."""
    found: list[tuple[tuple[int, int], ProgramError]] = []
    own = _own_names(nodes)
    named = {node.value.func for node in nodes[ast.Attribute] if is_type_name(node)}
    for kind, group in nodes.items():
        if kind.__name__ in REFUSED or not issubclass(kind, ACCEPTED):
            message, hint = REFUSED.get(kind.__name__, (f"`{kind.__name__}` is not part of this language.", ""))
            found += [
                (_start(node), ProgramError(message, places.head(node), hint))
                for node in group
                if hasattr(node, "lineno")
            ]
            found = found or [((0, 0), ProgramError(message, None, hint))]
        special = SPECIAL.get(kind, _nothing)
        for node in _suspects(kind, group) if special is not _nothing else ():
            if named and (node in named or (kind is ast.Attribute and is_type_name(node))):
                continue
            if kind is ast.Name and node.id in own:
                continue
            try:
                special(node, places)
            except ProgramError as error:
                found.append((_start(node), error))
    if found:
        raise min(found, key=lambda pair: pair[0])[1]


def _own_names(nodes: Nodes) -> set[str]:
    """Forbidden names that the text itself gives a meaning, such as a parameter called `input`."""
    given = {node.arg for node in nodes[ast.arg]} | {node.name for node in nodes[ast.FunctionDef]}
    given |= {node.id for node in nodes[ast.Name] if isinstance(node.ctx, ast.Store)}
    return given & FORBIDDEN.keys()


def forbidden(name: str, span: Span) -> ProgramError:
    """The refusal of one of Python's functions."""
    return ProgramError(f"`{name}` is not part of this language.", span, FORBIDDEN[name])


def _suspects(kind: type[ast.AST], group: list) -> list:
    """The nodes of a kind that have to be looked at one by one: a quick sieve for the three most frequent kinds."""
    if kind is ast.Name:
        names = {node.id for node in group}
        return [] if FORBIDDEN.keys().isdisjoint(names) and not any(name[:2] == "__" for name in names) else group
    if kind is ast.Constant:
        return [node for node in group if node.value.__class__ is not float]
    if kind is ast.BinOp:
        return [node for node in group if node.op.__class__ is ast.BitXor]
    return group


def _nothing(node: ast.AST, places: Places) -> None:
    """No further conditions."""


def _start(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _name(node: ast.Name, places: Places) -> None:
    if node.id.startswith("__") and not (node.id == "__name__" and isinstance(node.ctx, ast.Load)):
        raise ProgramError(f"`{node.id}` is not part of this language.", places.of(node), "Use names without `__`.")
    if node.id in FORBIDDEN and isinstance(node.ctx, ast.Load):
        raise forbidden(node.id, places.of(node))


def _attribute(node: ast.Attribute, places: Places) -> None:
    if node.attr.startswith("_"):
        raise ProgramError(
            f"`.{node.attr}` is not part of this language.",
            places.of(node),
            "Names that begin with `_` belong to Python itself.",
        )


def _constant(node: ast.Constant, places: Places) -> None:
    value = node.value
    if isinstance(value, complex):
        raise ProgramError("Complex numbers are not part of this language.", places.of(node), "Use real ones.")
    if isinstance(value, bytes):
        raise ProgramError("Bytes are not part of this language.", places.of(node), "Use a string without `b`.")
    if isinstance(value, int) and value.bit_length() > MAX_DIGITS_BITS:
        raise ProgramError("This number has too many digits.", places.of(node), "Write it like 1e300.")
    if isinstance(value, str) and len(value) > MAX_STRING:
        raise ProgramError("This string is too long.", places.of(node), f"At most {MAX_STRING:,} characters, please.")


def _binary(node: ast.BinOp, places: Places) -> None:
    if isinstance(node.op, ast.BitXor):
        raise ProgramError("`^` is not a power in Python.", places.operator(node), "Write `**`.")


def _augmented(node: ast.AugAssign, places: Places) -> None:
    if isinstance(node.op, ast.BitXor):
        raise ProgramError("`^=` is not part of this language.", places.head(node), "For a power write `**=`.")


def _import(node: ast.Import, places: Places) -> None:
    for alias in node.names:
        if alias.name not in MODULES and alias.name not in IGNORED_MODULES:
            raise ProgramError(f"`{alias.name}` is not part of this program.", places.of(node), IMPORT_HINT)


def _import_from(node: ast.ImportFrom, places: Places) -> None:
    if node.level or (node.module not in MODULES and node.module not in IGNORED_MODULES):
        raise ProgramError(f"`{node.module or '.'}` is not part of this program.", places.of(node), IMPORT_HINT)
    if any(alias.name == "*" for alias in node.names) and node.module not in ("math", "numpy"):
        raise ProgramError("`import *` is not part of this language.", places.of(node), "Name what you need.")


def _function(node: ast.FunctionDef, places: Places) -> None:
    for decorator in node.decorator_list:
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        text = ast.unparse(callee)
        if text not in DECORATORS:
            raise ProgramError(
                f"The decorator `@{text}` is not part of this language.", places.of(decorator), "Leave it away."
            )


def _with(node: ast.With, places: Places) -> None:
    for item in node.items:
        if not isinstance(item.context_expr, ast.Call | ast.Name):
            raise ProgramError("`with` opens a tape here, and nothing else.", places.of(item.context_expr), WITH_HINT)
        if item.optional_vars is not None and not isinstance(item.optional_vars, ast.Name):
            raise ProgramError("After `as` comes a single name.", places.of(item.optional_vars), WITH_HINT)


def _delete(node: ast.Delete, places: Places) -> None:
    for target in node.targets:
        if not isinstance(target, ast.Name | ast.Subscript):
            raise ProgramError("Only names and items can be deleted.", places.of(target), "Write `del name`.")


def _loop(node: ast.For | ast.While, places: Places) -> None:
    if getattr(node, "type_comment", None):
        raise ProgramError("Type comments are not part of this language.", places.of(node))


def _generators(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, places: Places) -> None:
    if any(part.is_async for part in node.generators):
        raise ProgramError("`async` is not part of this language.", places.of(node), "Write a plain `for`.")


def _argument(node: ast.arg, places: Places) -> None:
    if node.arg.startswith("__"):
        raise ProgramError(f"`{node.arg}` is not part of this language.", places.of(node), "Use names without `__`.")


IMPORT_HINT = "Only numpy, math, tensorflow, torch, jax and random can be imported, and they are always there."
WITH_HINT = "Write `with tf.GradientTape() as tape:`."
DECORATORS = (
    "tf.function", "tf.custom_gradient", "jax.jit", "jit", "torch.no_grad", "core.custom_gradient", "grad",
    "jax.grad", "value_and_grad", "jax.value_and_grad",
)  # fmt: skip
NEEDLESS = (
    "bytearray", "bytes", "breakpoint", "classmethod", "compile", "delattr", "dir", "exit", "globals", "hasattr",
    "locals", "memoryview", "object", "property", "quit", "staticmethod", "super", "vars",
)  # fmt: skip
FORBIDDEN = dict.fromkeys(NEEDLESS, "There is no need for it here.") | {
    "complex": "Use real numbers.",
    "eval": "Write the expression itself.",
    "exec": "Write the statements themselves.",
    "getattr": "Write the attribute with a dot.",
    "help": "Press F1 for the help.",
    "input": "Use a free name: it becomes an input.",
    "open": "There are no files here.",
    "setattr": "Assign to a name.",
    "type": "Write isinstance(x, float).",
}
SPECIAL: dict[type[ast.AST], Callable[..., None]] = {
    ast.Name: _name, ast.Attribute: _attribute, ast.Constant: _constant, ast.BinOp: _binary, ast.Import: _import,
    ast.ImportFrom: _import_from, ast.FunctionDef: _function, ast.With: _with, ast.Delete: _delete, ast.For: _loop,
    ast.While: _loop, ast.ListComp: _generators, ast.SetComp: _generators, ast.DictComp: _generators,
    ast.GeneratorExp: _generators, ast.arg: _argument, ast.AugAssign: _augmented,
}  # fmt: skip
