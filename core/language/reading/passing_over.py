"""Lines that only show or load something: plots, notebook magics, progress bars, clocks. They are passed over.

What such lines would have used still runs, and none is passed over silently: each is kept with its place and the
reason. Works on the text and the syntax tree alone; knows nothing of values.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import NamedTuple

from core.basics.span import Span
from core.basics.words import say
from core.language.reading.check import MODULES
from core.language.reading.places import Places

SHOWING = frozenset((
    "matplotlib", "mpl_toolkits", "seaborn", "plotly", "IPython", "ipywidgets", "graphviz", "torchviz", "torchsummary",
    "warnings", "time", "timeit", "logging", "pprint", "os", "sys", "gc",
))  # fmt: skip
NEEDLESS = frozenset(("__future__", "typing", "typing_extensions", "types", "abc"))
ROUNDABOUT = frozenset(("tqdm", "tqdm.auto", "tqdm.notebook", "tqdm.autonotebook"))  # tqdm(items) are the items
OURS = frozenset(module.partition(".")[0] for module in MODULES)
CHECKS = frozenset((
    "jax.test_util", "autograd.test_util", "numpy.testing", "torch.autograd.gradcheck", "jax.config",
    "torch.utils.tensorboard", "torch.utils.checkpoint",
))  # fmt: skip
SHELL = "pip3?|conda|apt|apt-get|wget|curl|git|ls|cd|mkdir|unzip|tar|python3?|nvidia-smi|cat|echo|rm|cp|mv|head"
MAGIC = re.compile(rf"^[ \t]*(?:%%?[A-Za-z]|![ \t]*(?:{SHELL})\b|\?{{1,2}}[A-Za-z])[^\n]*", re.MULTILINE)
SAVING = frozenset(("save", "savez", "savetxt", "save_weights", "savefig", "save_model"))
BLOCKS = (ast.For, ast.While, ast.If, ast.With)


class PassedOver(NamedTuple):
    """A place in the text that does not run, and why."""

    span: Span
    reason: str


def without_magics(text: str) -> tuple[str, list[PassedOver]]:
    """The text with lines for the notebook or the shell blanked out, every other character where it was."""
    found: list[PassedOver] = []

    def blank(match: re.Match[str]) -> str:
        line = match.group()
        if not _begins_a_statement(text, match.start()):
            return line
        number, indent = text.count("\n", 0, match.start()) + 1, len(line) - len(line.lstrip())
        reason = say("language.passed-over-magic", "This line is for the notebook or the shell, and is passed over.")
        found.append(PassedOver(Span(number, indent + 1, number, len(line) + 1), reason))
        return (" " * indent + "pass").ljust(len(line)) if indent and len(line) >= indent + 4 else " " * len(line)

    return (MAGIC.sub(blank, text), found) if MAGIC.search(text) else (text, found)


def _begins_a_statement(text: str, start: int) -> bool:
    """Whether a line can be a statement of its own: what comes before it is whole."""
    before = MAGIC.sub("", text[:start])
    try:
        ast.parse(before)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return bool(re.search(r":[ \t]*(#[^\n]*)?\n[ \t]*$", before))
    return not before.rstrip(" \t").endswith("\\")


def pass_over(tree: ast.Module, places: Places) -> list[PassedOver]:
    """Take out of the tree the statements that only show something; returns where they are, and why."""
    if not any(isinstance(node, ast.Import | ast.ImportFrom) or _is_plot(node) for node in ast.walk(tree)):
        return []
    pruner = _Pruner(places, tree)
    kept = pruner.block(tree.body, {"plt"} - pruner.bound)
    if all(isinstance(statement, ast.Pass) for statement in kept):
        return []  # nothing would be left: then it is these lines that have to be spoken of
    tree.body = kept
    return pruner.found


def _is_plot(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "plt"


class _Pruner:
    """Goes through statements in order and knows which names stand for what only shows something."""

    def __init__(self, places: Places, tree: ast.Module) -> None:
        self.places = places
        self.found: list[PassedOver] = []
        self.used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        self.bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and _is_stored(node)}
        self.own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self.through: set[str] = set()  # names of what hands its first argument on

    def block(self, body: list[ast.stmt], showing: set[str]) -> list[ast.stmt]:
        """The statements that stay; `showing` is changed as names come and go."""
        kept = [statement for statement in body if not self._goes(statement, showing)]
        return kept or ([ast.copy_location(ast.Pass(), body[0])] if body else [])

    def _goes(self, statement: ast.stmt, showing: set[str]) -> bool:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return self._import(statement, showing)
        self._straighten(statement)
        if isinstance(statement, ast.FunctionDef):
            return self._function(statement, showing)
        if isinstance(statement, BLOCKS):
            return self._compound(statement, showing)
        if self._saves(statement):
            reason = say("language.passed-over-saving", "This line only saves something in a file.")
            self.found.append(PassedOver(self.places.of(statement), reason))
            return True
        if mentions(statement, showing):
            showing |= names_assigned(statement)
            self._note(statement)
            return True
        showing -= names_assigned(statement)
        return False

    def _saves(self, statement: ast.stmt) -> bool:
        """Whether a line is a call such as `torch.save(...)`, by a name that the text does not define itself."""
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
                return name in SAVING and name not in self.own
        return False

    def _import(self, statement: ast.Import | ast.ImportFrom, showing: set[str]) -> bool:
        """Imports of what only shows something, and of what nobody uses."""
        module = getattr(statement, "module", None) or ""
        kept = []
        for one in statement.names:
            path = one.name if isinstance(statement, ast.Import) else f"{module}.{one.name}"
            name = one.asname or one.name.partition(".")[0]
            if _root(path) in ROUNDABOUT:
                self.through.add(name)
            elif _root(path) in SHOWING or any(path == check or path.startswith(f"{check}.") for check in CHECKS):
                showing.add(name)
            elif path == "typing.NamedTuple" or _root(path) not in NEEDLESS and (
                name in self.used or one.name == "*" or _root(path) in OURS
            ):
                kept.append(one)
        if len(kept) < len(statement.names):
            reason = say("language.passed-over-import", "Nothing that is computed here needs this import.")
            self.found.append(PassedOver(self.places.of(statement), reason))
        statement.names = kept or statement.names
        return not kept

    def _function(self, statement: ast.FunctionDef, showing: set[str]) -> bool:
        """A function that shows something, prints nothing and gives nothing back only shows."""
        parameters = {one.arg for one in ast.walk(statement.args) if isinstance(one, ast.arg)}
        before = len(self.found)
        statement.body = self.block(statement.body, showing - parameters)
        gives = any(isinstance(node, ast.Return) and node.value is not None for node in ast.walk(statement))
        prints = any(isinstance(node, ast.Name) and node.id == "print" for node in ast.walk(statement))
        if len(self.found) == before or gives or prints:
            showing.discard(statement.name)
            return False
        del self.found[before:]
        showing.add(statement.name)
        self._note(statement)
        return True

    def _compound(self, statement: ast.stmt, showing: set[str]) -> bool:
        """A block goes where its head needs what only shows, or where nothing else is in it."""
        head = [child for name, child in ast.iter_fields(statement) if name in ("iter", "test", "items")]
        if any(mentions(part, showing) for part in _flat(head)):
            showing |= names_assigned(statement)
            self._note(statement)
            return True
        before = len(self.found)
        for name in ("body", "orelse"):
            if body := getattr(statement, name, None):
                setattr(statement, name, self.block(body, showing))
        if len(self.found) == before or not _is_empty(statement):
            return False
        del self.found[before:]
        self._note(statement)
        return True

    def _straighten(self, statement: ast.stmt) -> None:
        """`for item in tqdm(items)` goes through the items."""
        if not self.through:
            return
        for node in ast.walk(statement):
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Call):
                called = node.iter.func
                root = called.value if isinstance(called, ast.Attribute) else called
                if isinstance(root, ast.Name) and root.id in self.through and node.iter.args:
                    node.iter = _items(node.iter, called)

    def _note(self, statement: ast.stmt) -> None:
        reason = say("language.passed-over-showing", "This only shows something, and is passed over.")
        self.found.append(PassedOver(self.places.of(statement), reason))


def _items(call: ast.Call, called: ast.expr) -> ast.expr:
    """What a progress bar goes through: its first argument, or for `trange(n)` the numbers below n."""
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name != "trange":
        return call.args[0]
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name("range", ast.Load()), call), call.args, []), call)


def mentions(node: ast.AST, names: set[str]) -> bool:
    """Whether one of the names is read in there."""
    return any(
        isinstance(part, ast.Name) and part.id in names and not _is_stored(part) for part in ast.walk(node)
    )


def names_assigned(node: ast.AST) -> set[str]:
    """The names that are given a value in there."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and _is_stored(part)}


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _is_empty(statement: ast.stmt) -> bool:
    bodies = [*getattr(statement, "body", []), *getattr(statement, "orelse", [])]
    return all(isinstance(one, ast.Pass) for one in bodies)


def _flat(parts: Iterable[object]) -> Iterable[ast.AST]:
    for part in parts:
        yield from part if isinstance(part, list) else (part,)  # type: ignore[misc]


def _root(path: str) -> str:
    return path.partition(".")[0]
