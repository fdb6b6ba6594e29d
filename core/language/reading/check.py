"""The allow-list: every construct of Python is accepted or refused by name, with a sentence.

Works on the syntax tree alone; knows nothing of values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.reading.class_names import check_class, check_yields, is_pythons_own, names_in_classes
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
    ast.Starred, ast.ClassDef, ast.Try, ast.ExceptHandler, ast.Raise, ast.Yield, ast.YieldFrom, ast.NamedExpr,
    ast.Match, ast.match_case, ast.pattern, ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "AsyncFunctionDef": (
        say("language.async-not-part-language", "`async` is not part of this language."),
        say("language.write-plain-def", "Write a plain `def`."),
    ),
    "AsyncFor": (
        say("language.async-not-part-language", "`async` is not part of this language."),
        say("language.write-plain", "Write a plain `for`."),
    ),
    "AsyncWith": (
        say("language.async-not-part-language", "`async` is not part of this language."),
        say("language.write-plain-2", "Write a plain `with`."),
    ),
    "Await": (
        say("language.await-not-part-language", "`await` is not part of this language."),
        say("language.call-function-without", "Call the function without it."),
    ),
    "TryStar": (
        say("language.try-not-part-language", "`try` is not part of this language."),
        say("language.test-if-before-operation", "Test with `if` before the operation that could fail."),
    ),
    "TypeAlias": (
        say("language.type-statements-not-part", "`type` statements are not part of this language."),
        say("language.remove-line", "Remove the line."),
    ),
    "TemplateStr": (
        say("language.template-strings-not-part", "Template strings are not part of this language."),
        say("language.write-f-string-f", 'Write an f-string: f"...".'),
    ),
}
BITS = {ast.BitAnd: ("&", "and"), ast.BitOr: ("|", "or")}
MODULES = {
    "numpy": "np", "math": "math", "cmath": "math", "tensorflow": "tf", "torch": "torch", "jax": "jax",
    "jax.numpy": "jnp", "torch.nn.functional": "torch.nn.functional", "torch.nn": "torch.nn",
    "numpy.linalg": "np.linalg", "numpy.random": "np.random", "autograd.numpy": "np", "autograd": "autograd",
    "autograd.extend": "autograd.extend", "torch.autograd.function": "torch.autograd.function",
    "jax.random": "jax.random", "jax.nn": "jax.nn", "jax.lax": "jax.lax", "jax.tree_util": "jax.tree_util",
    "jax.tree": "jax.tree", "torch.autograd": "torch.autograd", "torch.optim": "torch.optim",
    "torch.linalg": "torch.linalg",
    "torch.optim.lr_scheduler": "torch.optim.lr_scheduler", "torch.nn.utils": "torch.nn.utils",
    "torch.nn.parameter": "torch.nn.parameter", "torch.nn.init": "torch.nn.init", "torch.func": "torch.func",
    "tensorflow.math": "tf.math", "tensorflow.linalg": "tf.linalg",
    "tensorflow.nn": "tf.nn", "autograd.numpy.linalg": "np.linalg", "autograd.numpy.random": "np.random",
    "tensorflow.keras": "tf.keras", "keras": "tf.keras",
    **{
        f"{root}.{part}": f"tf.keras.{part}"
        for root in ("keras", "tensorflow.keras")
        for part in ("layers", "models", "optimizers", "losses", "metrics", "activations", "initializers")
    },
    **{
        f"{root}.{part}": f"{root}.{part}"
        for root in ("scipy", "jax.scipy", "autograd.scipy")
        for part in ("special", "stats", "stats.norm", "stats.multivariate_normal")
    },
    "scipy": "scipy", "jax.scipy": "jax.scipy", "autograd.scipy": "autograd.scipy", "numbers": "numbers",
    "torch.utils": "torch.utils", "torch.utils.data": "torch.utils.data", "tensorflow.data": "tf.data",
    "autograd.misc": "autograd.misc", "autograd.misc.optimizers": "autograd.misc.optimizers",
    "autograd.misc.flatten": "autograd.misc.flatten", "copy": "copy", "operator": "operator",
    "torch.autograd.functional": "torch.autograd.functional",
    "random": "random", "core": "core", "functools": "functools",
    "collections": "collections", "dataclasses": "dataclasses", "itertools": "itertools", "typing": "typing",
}  # fmt: skip
IGNORED_MODULES = ("matplotlib", "matplotlib.pyplot", "__future__", "IPython.display", "seaborn")


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
    named = {node.value.func for node in nodes[ast.Attribute] if is_type_name(node)} | names_in_classes(nodes)
    named |= {node.func for node in nodes[ast.Call] if getattr(node.func, "id", "") in ONLY_CALLED}
    check_yields(nodes, places)
    for kind, group in nodes.items():
        if kind.__name__ in REFUSED or not issubclass(kind, ACCEPTED):
            message, hint = REFUSED.get(
                kind.__name__,
                (say("language.not-part-language-2", "`{name}` is not part of this language.", name=kind.__name__), ""),
            )
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
    return ProgramError(
        say("language.not-part-language-2", "`{name}` is not part of this language.", name=name), span, FORBIDDEN[name]
    )


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
        raise ProgramError(
            say("language.not-part-language-2", "`{name}` is not part of this language.", name=node.id),
            places.of(node),
            say("language.use-names-without", "Use names without `__`."),
        )
    if node.id in FORBIDDEN and isinstance(node.ctx, ast.Load):
        raise forbidden(node.id, places.of(node))


def _attribute(node: ast.Attribute, places: Places) -> None:
    if is_pythons_own(node.attr) and node.attr != "__name__":
        raise ProgramError(
            say("language.not-part-language-3", "`.{attr}` is not part of this language.", attr=node.attr),
            places.of(node),
            say("language.names-begin-belong-to-python", "Names that begin with `__` belong to Python itself."),
        )


def _constant(node: ast.Constant, places: Places) -> None:
    value = node.value
    if isinstance(value, complex):
        raise ProgramError(
            say("language.complex-numbers-not-part", "Complex numbers are not part of this language."),
            places.of(node),
            say("language.use-real-ones", "Use real ones."),
        )
    if isinstance(value, bytes):
        raise ProgramError(
            say("language.bytes-not-part-language", "Bytes are not part of this language."),
            places.of(node),
            say("language.use-string-without-b", "Use a string without `b`."),
        )
    if isinstance(value, int) and value.bit_length() > MAX_DIGITS_BITS:
        raise ProgramError(
            say("language.number-too-many-digits", "This number has too many digits."),
            places.of(node),
            say("language.write-like-1e300", "Write it like 1e300."),
        )
    if isinstance(value, str) and len(value) > MAX_STRING:
        raise ProgramError(
            say("language.string-too-long", "This string is too long."),
            places.of(node),
            say("language.most-characters-please", "At most {max_string:,} characters, please.", max_string=MAX_STRING),
        )


def _binary(node: ast.BinOp, places: Places) -> None:
    if isinstance(node.op, ast.BitXor):
        raise ProgramError(
            say("language.not-power-python", "`^` is not a power in Python."),
            places.operator(node),
            say("language.write", "Write `**`."),
        )


def _augmented(node: ast.AugAssign, places: Places) -> None:
    if isinstance(node.op, ast.BitXor):
        raise ProgramError(
            say("language.not-part-language-4", "`^=` is not part of this language."),
            places.head(node),
            say("language.power-write", "For a power write `**=`."),
        )


def _import(node: ast.Import, places: Places) -> None:
    for alias in node.names:
        if alias.name not in MODULES and alias.name not in IGNORED_MODULES:
            raise ProgramError(
                say("language.not-part-program", "`{module}` is not part of this program.", module=alias.name),
                places.of(node),
                IMPORT_HINT,
            )


def _import_from(node: ast.ImportFrom, places: Places) -> None:
    if node.level or (node.module not in MODULES and node.module not in IGNORED_MODULES):
        raise ProgramError(
            say("language.not-part-program", "`{module}` is not part of this program.", module=node.module or "."),
            places.of(node),
            IMPORT_HINT,
        )
    if any(alias.name == "*" for alias in node.names) and node.module not in ("math", "numpy"):
        raise ProgramError(
            say("language.import-not-part-language", "`import *` is not part of this language."),
            places.of(node),
            say("language.name-need", "Name what you need."),
        )


def _decorated(node: ast.FunctionDef | ast.ClassDef, places: Places) -> None:
    """Decorators are names, and what a name stands for is asked when the program runs."""
    for decorator in node.decorator_list:
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        text = ast.unparse(callee)
        dotted = isinstance(callee, ast.Attribute) and callee.attr not in ("setter", *MAKING_RULES)
        if not isinstance(callee, ast.Name | ast.Attribute) or dotted and text not in DECORATORS:
            raise ProgramError(
                say(
                    "language.decorator-not-part-language",
                    "The decorator `@{text}` is not part of this language.",
                    text=text,
                ),
                places.of(decorator),
                say("language.leave-out", "Leave it out."),
            )


def _class(node: ast.ClassDef, places: Places) -> None:
    check_class(node, places)
    _decorated(node, places)


def _with(node: ast.With, places: Places) -> None:
    for item in node.items:
        if not isinstance(item.context_expr, ast.Call | ast.Name):
            raise ProgramError(
                say("language.opens-tape-nothing-else", "`with` opens a tape here, and nothing else."),
                places.of(item.context_expr),
                WITH_HINT,
            )
        if item.optional_vars is not None and not isinstance(item.optional_vars, ast.Name):
            raise ProgramError(
                say("language.after-comes-single-name", "After `as` comes a single name."),
                places.of(item.optional_vars),
                WITH_HINT,
            )


def _delete(node: ast.Delete, places: Places) -> None:
    for target in node.targets:
        if not isinstance(target, ast.Name | ast.Subscript | ast.Attribute):
            raise ProgramError(
                say("language.only-names-items-deleted", "Only names and items can be deleted."),
                places.of(target),
                say("language.write-del-name", "Write `del name`."),
            )


def _loop(node: ast.For | ast.While, places: Places) -> None:
    if getattr(node, "type_comment", None):
        raise ProgramError(
            say("language.type-comments-not-part", "Type comments are not part of this language."), places.of(node)
        )


def _generators(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, places: Places) -> None:
    if any(part.is_async for part in node.generators):
        raise ProgramError(
            say("language.async-not-part-language", "`async` is not part of this language."),
            places.of(node),
            say("language.write-plain", "Write a plain `for`."),
        )


def _argument(node: ast.arg, places: Places) -> None:
    if node.arg.startswith("__"):
        raise ProgramError(
            say("language.not-part-language-2", "`{name}` is not part of this language.", name=node.arg),
            places.of(node),
            say("language.use-names-without", "Use names without `__`."),
        )


IMPORT_HINT = say(
    "language.only-numpy-math-tensorflow",
    "NumPy, SciPy, TensorFlow, PyTorch, JAX, autograd and some of Python's own modules can be imported.",
)
WITH_HINT = say("language.write-tf-gradienttape-tape", "Write `with tf.GradientTape() as tape:`.")
MAKING_RULES = ("wraps", "cache", "lru_cache", "defjvp", "custom_vjp", "custom_jvp", "custom_gradient", "primitive")
DECORATORS = (
    "abc.abstractmethod", "dataclasses.dataclass", "tf.function", "tf.custom_gradient", "jax.jit", "jit",
    "torch.no_grad", "torch.inference_mode", "core.custom_gradient", "grad", "jax.grad", "value_and_grad",
    "jax.value_and_grad",
)  # fmt: skip
NEEDLESS = (
    "bytearray", "bytes", "breakpoint", "classmethod", "compile", "delattr", "dir", "exit", "globals", "hasattr",
    "locals", "memoryview", "object", "property", "quit", "staticmethod", "super", "vars",
)  # fmt: skip
FORBIDDEN = dict.fromkeys(NEEDLESS, say("language.no-need", "There is no need for it here.")) | {
    "complex": say("language.use-real-numbers", "Use real numbers."),
    "eval": say("language.write-expression-itself", "Write the expression itself."),
    "exec": say("language.write-statements-themselves", "Write the statements themselves."),
    "getattr": say("language.write-attribute-dot", "Write the attribute with a dot."),
    "help": say("language.press-f1-help", "Press F1 for the help."),
    "input": say("language.use-free-name-becomes", "Use a free name: it becomes an input."),
    "open": say("language.no-files", "There are no files here."),
    "setattr": say("language.assign-name", "Assign to a name."),
    "type": say("language.write-isinstance-x-float", "Write isinstance(x, float)."),
}
ONLY_CALLED = frozenset(("getattr", "hasattr", "setattr", "type"))
"""What may be called where it stands, and is no value."""
SPECIAL: dict[type[ast.AST], Callable[..., None]] = {
    ast.Name: _name, ast.Attribute: _attribute, ast.Constant: _constant, ast.BinOp: _binary, ast.Import: _import,
    ast.ImportFrom: _import_from, ast.FunctionDef: _decorated, ast.ClassDef: _class, ast.With: _with,
    ast.Delete: _delete, ast.For: _loop, ast.While: _loop, ast.ListComp: _generators, ast.SetComp: _generators,
    ast.DictComp: _generators, ast.GeneratorExp: _generators, ast.arg: _argument, ast.AugAssign: _augmented,
}  # fmt: skip
