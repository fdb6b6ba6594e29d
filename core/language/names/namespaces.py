"""Which names programs know, and which of our functions stands behind each.

Built from the table of library functions, once, when first imported. `np`, `math`, `tf`, `torch`, `jax` and bare
names lead to the same functions, each namespace with its own argument names.
"""

from __future__ import annotations

import ast
import difflib
import math
from functools import cache
from typing import Any

import numpy as np

from core import functions
from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.functions.calling import FUNCTIONS
from core.language.dialects import kinks
from core.language.dialects.descents import DESCENTS
from core.language.dialects.jax import JAXLIKE
from core.language.dialects.mapping import MAPPINGS
from core.language.dialects.own_rules import OWN_RULES
from core.language.dialects.products import PRODUCTS
from core.language.dialects.repetition import REPETITIONS
from core.language.dialects.tensorflow_tape import TAPES
from core.language.dialects.torch.own_function import OWN_FUNCTION
from core.language.dialects.transforms import DERIVATIVES
from core.language.layers.table import LAYERS
from core.language.machine.exceptions import EXCEPTIONS
from core.language.machine.values import Builtin, Kind, Module
from core.language.names import (
    creation,
    images,
    library,
    networks,
    parts,
    randoms,
    reductions,
    scattering,
    tables,
    torch_creation,
    torch_more,
)
from core.language.names.builtins import BUILTINS
from core.language.names.gathering import GATHERING
from core.language.names.joining import JOINERS
from core.language.names.standard import STANDARD
from core.language.names.types import NAMED as NAMED_TYPES
from core.language.reading.scopes import Scope
from core.library import Name, Row, RowError, rows
from core.library.row import internal
from core.ops import table

MISSING = object()
ROOTS = {
    "np": "np",
    "numpy": "np",
    "math": "math",
    "tf": "tf",
    "tensorflow": "tf",
    "torch": "torch",
    "jnp": "jnp",
    "jax": "jax",
    "autograd": "autograd",
    "core": "core",
    "plt": "ignored",
    "random": "random",
}
NAMED = {
    "pi": math.pi,
    "e": math.e,
    "tau": math.tau,
    "inf": math.inf,
    "nan": math.nan,
    "newaxis": None,
    "zero": "zero",
    "none": "none",
}
SHARED = {"np": ("np", "jnp"), "scipy": ("scipy", "jax.scipy", "autograd.scipy")}
TRANSFORMS = (DERIVATIVES, PRODUCTS, MAPPINGS)
OTHERS = (
    *TRANSFORMS, TAPES, REPETITIONS, JAXLIKE, STANDARD, LAYERS, OWN_RULES, OWN_FUNCTION, DESCENTS, JOINERS, NAMED_TYPES,
    GATHERING,
)  # fmt: skip
"""What namespaces hold beside the table of library functions."""


PLACES = (
    library, reductions, creation, scattering, randoms, torch_creation, torch_more, parts, networks, images,
)  # fmt: skip
"""Where the functions of the table are, besides the engine."""


@cache
def implementation(name: str, space: str = "") -> Any:
    """Our function of that name; where only NumPy has it, one that looks at values. None where there is none.

    `space` is the namespace in which it stands, for what a library has of its own.
    """
    if name in (own := kinks.OF_LIBRARY.get(space, {})):
        return own[name]
    for module in PLACES:
        if hasattr(module, name):
            return getattr(module, name)
    function = getattr(functions, name, None)
    if function is None:
        return library.plain(getattr(np, name)) if hasattr(np, name) else None
    by_place = function is FUNCTIONS.get(name) and (table[name].arity != 1 or table[name].rules == (None,))
    return library.by_operands(function) if by_place else function


def build() -> dict[str, Any]:
    """The table of all dotted paths."""
    found: dict[str, Any] = {}
    for row in rows().values():
        for name in row.names:
            if name.typed and not name.path.startswith((".", "python.")):
                for one in _shared(name.path):
                    found[one] = builtin(row, name, one)
    for path, constant in tables.CONSTANTS.items():
        for one in _shared(path):
            found[one] = NAMED[constant]
    _add_dtypes(found)
    found["tf.print"] = BUILTINS["print"]
    for extra in OTHERS:
        for path, value in extra.items():
            for one in _shared(path):
                found[one] = value
    return found


def builtin(row: Row, name: Name, path: str) -> Builtin:
    """A row under one of its names, as programs call it."""
    function = implementation(row.function, path.partition(".")[0])
    if function is None:
        raise RowError(
            say("language.no-function-name", "`{function}`: there is no function with this name", function=row.function)
        )
    if _is_one_op(row) and not name.defaults:
        return Builtin(path, function, name.signature, direct=True)
    wants_locals = _wants_locals(function)
    order = [] if wants_locals else [internal(part) for part in name.signature]
    if not row.fact("lists"):
        function = library.on_arrays(function, order)
    if row.counts:
        function = library.with_whole_numbers(function, row.counts, order)
    if path.startswith(("tf.", "torch.")):
        function = library.as_tensors(function)
    if name.defaults:
        function = library.with_defaults(function, name.defaults)
    signature = tuple(f"{part}:{part}" if part in name.defaults else part for part in name.signature)
    return Builtin(path, function, signature, wants_locals=wants_locals)


def _wants_locals(function: Any) -> bool:
    code = getattr(function, "__code__", None)  # many times faster to read than a signature
    return code is not None and "here" in code.co_varnames[: code.co_argcount]


def _is_one_op(row: Row) -> bool:
    """Whether calls with one operand may go to the engine without further ado."""
    return row.function in FUNCTIONS and row.fact("shape") == "same" and table[row.function].arity == 1


def _shared(path: str) -> list[str]:
    space, _, rest = path.partition(".")
    return [f"{one}.{rest}" for one in SHARED.get(space, (space,))]


def _add_dtypes(found: dict[str, Any]) -> None:
    for name, spaces in tables.DTYPES.items():
        plain = {
            "float": "float64",
            "double": "float64",
            "half": "float16",
            "long": "int64",
            "int": "int64",
            "bool_": "bool",
        }
        for space in spaces:
            for one in _shared(f"{space}.{name}"):
                kind = np.dtype(plain.get(name, name))
                found[one] = Kind(one, kind, _converter(kind))
    for name in ("float32", "float64"):
        for one in _shared(f"np.{name}"):
            found[one] = Kind(one, np.dtype(name), _converter(np.dtype(name)))


def _converter(kind: np.dtype) -> Any:
    return lambda value: creation.cast(value, kind)


TABLE = build()
MODULES = frozenset(path.rsplit(".", depth)[0] for path in TABLE for depth in range(1, path.count(".") + 1))


def _bare() -> dict[str, Any]:
    """The names that need no namespace."""
    found: dict[str, Any] = {}
    for space in ("math", "jax.nn", "torch.nn.functional", "tf.nn", "tf.math", "tf", "np.linalg", "np"):
        for path, value in TABLE.items():
            prefix, _, name = path.rpartition(".")
            if prefix == space and isinstance(value, Builtin):
                found[name] = value
    for name in ("pi", "inf", "nan", "tau"):
        found[name] = NAMED[name]
    for transforms in TRANSFORMS:
        found.update({path.rpartition(".")[2]: one for path, one in transforms.items() if path.startswith("jax.")})
    found.update(
        {"Variable": TABLE.get("tf.Variable"), "GradientTape": TABLE.get("tf.GradientTape"), "ln": TABLE["np.log"]}
    )
    found.update(BUILTINS)
    found.update(EXCEPTIONS)
    found["NotImplemented"] = NotImplemented
    found["__name__"] = "__main__"
    return {name: value for name, value in found.items() if value is not None}


BARE = _bare()


def path_of(node: ast.AST, scope: Scope, aliases: dict[str, str]) -> str | None:
    """The canonical dotted path of a node such as `np.linalg.norm`, None if its root is not a namespace."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or scope.find(node.id) is not None:
        return None
    root = aliases.get(node.id)
    if root is None and (node.id not in ROOTS or node.id in scope.module.bound):
        return None
    return ".".join((root or ROOTS[node.id], *reversed(parts)))


def find(path: str, span: Span) -> Any:
    """What a dotted path stands for; raises a `ProgramError` with the nearest name."""
    if path in TABLE:
        return TABLE[path]
    if path in MODULES or path in ROOTS.values():
        return Module(path)
    if path.startswith("ignored"):
        raise ProgramError(
            say("language.plotting-displaying-not-part", "Plotting and displaying are not part of this language."),
            span,
            say("language.remove-line", "Remove the line."),
        )
    raise ProgramError(
        say("language.not-part-program", "`{module}` is not part of this program.", module=path), span, suggestion(path)
    )


def suggestion(path: str) -> str:
    """What could have been meant by an unknown path."""
    known_need = next((one for one in tables.INSTEAD if path == one or path.startswith(f"{one}.")), None)
    if known_need is not None:
        return tables.INSTEAD[known_need]
    space, _, name = path.rpartition(".")
    root = space.partition(".")[0]
    known = {one.rpartition(".")[2]: one for one in TABLE if one.partition(".")[0] == root}
    if name in known:
        return say("language.write-7", "Write `{known}`.", known=known[name])
    near = difflib.get_close_matches(name, known, 1, 0.7)
    if near:
        return say("language.did-mean", "Did you mean `{near}`?", near=known[near[0]])
    for other in ("np", "tf", "torch", "jax", "math"):
        found = next((one for one in TABLE if one.startswith(other + ".") and one.rpartition(".")[2] == name), None)
        if found:
            return say("language.write-7", "Write `{known}`.", known=found)
    return say("language.help-page-language-lists-2", "The help page `Language` lists what is.")
