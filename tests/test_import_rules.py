"""Holds the arrows of the architecture: who may import whom, where colours live, who may compile text.

It reads source with `ast` and imports nothing that it judges, so it also works on half a tree. Each rule is
tested itself, on a small tree that breaks it.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the bottom to the top: a part of `core` imports its own layer and those above it in this list.
LAYERS: list[set[str]] = [
    {"tutorial"},
    {"basics", "arithmetic", "library"},
    {"kernels"},
    {"op"},
    {"ops"},
    {"tape_notes", "events"},
    {"tape"},
    {"tensor"},
    {"operators"},
    {"functions", "variable"},
    {"pullbacks", "float_sweep", "sweeps", "numpy_protocol"},
    {"dependence"},
    {"derivatives", "gradient_tape", "jacobians", "custom", "explain"},
    {"validation"},
    {"language"},
    {"run", "running"},
    {"checking", "timeline", "codegen"},
    {"notation"},
    {"graph"},
    {"conventions", "why", "mistakes", "costs", "second_derivatives", "replay", "navigation", "quiz", "groups"},
    {"field"},
    {"training"},
    {"lessons"},
    {"dialects", "__init__"},
]
HEIGHT = {part: height for height, layer in enumerate(LAYERS) for part in layer}

# The engine differentiates without knowing that programs are typed.
USERS_OF_LANGUAGE = {"language", "run", "running", "why", "lessons", "dialects", "__init__"}

WINDOW_SYSTEM = {"explorer", "PySide6", "shiboken6", "pyqtgraph"}

# What shows panels and graph, and what they are therefore not to know.
SHOW_PANELS = {
    f"explorer.{name}"
    for name in ("session", "shown", "player", "desk", "places", "storage", "window", "parts", "app", "cli")
}

# Whatever computes something about a program is the engine: who may ask it stands here, and nobody else does. Anybody
# may name its types and constants, and let it put things into words.
WORDS = {"core.notation", "core.basics", "core.language.reference"}
CALLERS_OF_ENGINE = {
    *(f"explorer.{part}" for part in ("cli", "model", "drawing", "export", "lessons")),
    *(f"explorer.parts.{part}" for part in (
        "lessons.content", "navigation.travel", "quiz.part", "why.report", "worksheet.part"
    )),
}

COLOUR = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?(?![0-9a-zA-Z])|^#[0-9a-fA-F]{3,4}$")

# These turn our own op table and tapes into Python; what a user typed never gets there.
COMPILERS = {"core.op", "core.float_sweep", "core.codegen"}


@dataclass(frozen=True)
class Import:
    """One imported module or name, such as `core.tape` or `core.tape.Tape`, with where it is said."""

    target: str
    line: int
    lazy: bool = False  # inside a function
    for_types: bool = False  # under `if TYPE_CHECKING`


@dataclass(frozen=True)
class Module:
    """One source file."""

    name: str
    is_package: bool
    tree: ast.Module

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @cached_property
    def _found(self) -> list[Import]:
        return list(self._imports(self.tree, lazy=False, for_types=False))

    def imports(self) -> list[Import]:
        return self._found

    def _imports(self, node: ast.AST, lazy: bool, for_types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, child.lineno, lazy, for_types) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = self._base(child)
                yield from (Import(f"{base}.{a.name}", child.lineno, lazy, for_types) for a in child.names)
            else:
                guard = ast.unparse(child.test) if isinstance(child, ast.If) else ""
                types = for_types or "TYPE_CHECKING" in guard
                inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from self._imports(child, lazy or inside, types)

    def _base(self, node: ast.ImportFrom) -> str:
        """Return the absolute name of what a `from ... import` takes its names from."""
        if not node.level:
            return node.module or ""
        here = self.parts if self.is_package else self.parts[:-1]
        package = here[: len(here) - node.level + 1]
        return ".".join([*package, node.module] if node.module else package)


def modules(root: Path) -> list[Module]:
    """Read both packages below `root`."""
    found = []
    for path in sorted([*root.glob("core/**/*.py"), *root.glob("explorer/**/*.py")]):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, is_package, ast.parse(path.read_text(encoding="utf-8"))))
    return found


def below(target: str, names: set[str]) -> bool:
    """Whether `target` is one of `names` or lies inside one."""
    return any(target == name or target.startswith(name + ".") for name in names)


def core_knows_no_window(module: Module, tree: list[Module]) -> Iterator[str]:
    """`core` imports neither Qt nor `explorer`, and networkx only when a function first needs it."""
    if module.parts[0] != "core":
        return
    for entry in module.imports():
        eager_graphs = below(entry.target, {"networkx"}) and not entry.lazy and not entry.for_types
        if below(entry.target, WINDOW_SYSTEM) or eager_graphs:
            yield f"line {entry.line}: imports {entry.target}"


def core_follows_the_data(module: Module, tree: list[Module]) -> Iterator[str]:
    """Inside `core` the arrows go one way."""
    if module.parts[0] != "core":
        return
    known = {m.name for m in tree}
    part = (module.parts + ["__init__"])[1]
    if part not in HEIGHT:
        yield f"the layers do not name {part!r}; say in LAYERS where it belongs"
        return
    for entry in module.imports():
        if not below(entry.target, {"core"}) or entry.for_types:
            continue
        taken = entry.target.split(".")[1:2]
        other = taken[0] if taken and (f"core.{taken[0]}" in known or taken[0] in HEIGHT) else "__init__"
        upwards = HEIGHT.get(other, -1) > HEIGHT[part]
        if upwards or (other == "language" and part not in USERS_OF_LANGUAGE):
            yield f"line {entry.line}: {part} must not import {other}"


def panels_stay_apart(module: Module, tree: list[Module]) -> Iterator[str]:
    """Families of panels never import each other, nor what shows them; `small` imports no family."""
    if module.parts[:2] != ["explorer", "panels"] or len(module.parts) < 3:
        return
    for entry in module.imports():
        family = entry.target.split(".")[2:3] if below(entry.target, {"explorer.panels"}) else []
        if (family and family[0] not in (module.parts[2], "small")) or below(entry.target, SHOW_PANELS):
            yield f"line {entry.line}: imports {entry.target}"


def parts_stay_apart(module: Module, tree: list[Module]) -> Iterator[str]:
    """A part knows what it is handed, and never another part or the window."""
    if module.parts[:2] != ["explorer", "parts"] or len(module.parts) < 3:
        return
    for entry in module.imports():
        other = entry.target.split(".")[2:3] if below(entry.target, {"explorer.parts"}) else []
        beside = other and other[0] not in (module.parts[2], "part")
        if beside or below(entry.target, {f"explorer.{name}" for name in ("window", "app", "cli")}):
            yield f"line {entry.line}: imports {entry.target}"


def graph_stays_apart(module: Module, tree: list[Module]) -> Iterator[str]:
    """The graph view imports no panel, and nothing that shows it."""
    if module.parts[:2] != ["explorer", "graph"]:
        return
    for entry in module.imports():
        if below(entry.target, {"explorer.panels"} | SHOW_PANELS):
            yield f"line {entry.line}: imports {entry.target}"


def model_and_drawing_know_no_window(module: Module, tree: list[Module]) -> Iterator[str]:
    """`explorer.model` and `explorer.drawing` are for every reader of frames: no Qt, no widget, no window."""
    if module.parts[:2] not in (["explorer", "model"], ["explorer", "drawing"]):
        return
    never = {"PySide6", "shiboken6", "pyqtgraph", "explorer.graph", "explorer.panels", "explorer.look"} | SHOW_PANELS
    for entry in module.imports():
        if below(entry.target, never):
            yield f"line {entry.line}: imports {entry.target}"


def few_ask_the_engine(module: Module, tree: list[Module]) -> Iterator[str]:
    """The window computes nothing about a program: it shows what others have asked the engine."""
    is_work = module.parts[:2] == ["explorer", "parts"] and module.parts[-1] == "work"
    if module.parts[0] != "explorer" or is_work or below(module.name, CALLERS_OF_ENGINE):
        return
    asked = [entry for entry in module.imports() if below(entry.target, {"core"}) and not below(entry.target, WORDS)]
    for entry in asked:
        if not entry.target.split(".")[-1][:1].isupper():
            yield f"line {entry.line}: imports {entry.target}"
    types = {entry.target.split(".")[-1] for entry in asked}
    for node in ast.walk(module.tree):
        maker = node.func if isinstance(node, ast.Call) else None
        if isinstance(maker, ast.Attribute) and isinstance(maker.value, ast.Name) and maker.value.id in types:
            yield f"line {maker.lineno}: calls {ast.unparse(maker)}"


def colours_have_one_home(module: Module, tree: list[Module]) -> Iterator[str]:
    """Colours are named in `look.colors`, so that light, dark and colour-safe palettes reach everything."""
    if module.parts[0] != "explorer" or below(module.name, {"explorer.look.colors"}):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield f"line {node.lineno}: {node.value[:60]!r}"


def nobody_evaluates_text(module: Module, tree: list[Module]) -> Iterator[str]:
    """Text that a user typed or opened is never evaluated by Python."""
    if module.name in COMPILERS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).removeprefix("builtins.")
            if called in {"eval", "exec", "compile", "__import__"} | {"pickle.load", "pickle.loads"}:
                yield f"line {node.lineno}: calls {called}"


def everything_by_name(module: Module, tree: list[Module]) -> Iterator[str]:
    """No `import *` of libraries: it hides where names come from, and loads pyqtgraph early."""
    for entry in module.imports():
        ours = below(entry.target, {"core", "explorer"})
        early = below(entry.target, {"pyqtgraph", "networkx", "ziamath"}) and not entry.lazy
        if entry.target.endswith(".*") and not ours:
            yield f"line {entry.line}: {entry.target}"
        if module.parts[0] == "explorer" and early and module.parts[1:2] in (["window"], ["app"], ["cli"]):
            yield f"line {entry.line}: imports {entry.target} before it is needed"


MOST_MODULES = 24


def folders_stay_small(module: Module, tree: list[Module]) -> Iterator[str]:
    """A folder shows at a glance what is in it: more than two dozen loose modules are families."""
    if not module.is_package:
        return
    inside = [one for one in tree if one.name.rpartition(".")[0] == module.name and not one.is_package]
    if len(inside) > MOST_MODULES:
        yield f"{len(inside)} modules lie loose here"


def loads(entry: Import, names: set[str]) -> str:
    """The module or package that an import loads: the name itself, or what holds it."""
    return entry.target if entry.target in names else entry.target.rpartition(".")[0]


def circles(tree: list[Module]) -> list[list[str]]:
    """Groups of modules that import each other, in functions and for types too."""
    names = {module.name for module in tree}
    arrows = {
        module.name: sorted({loads(entry, names) for entry in module.imports()} & names - {module.name})
        for module in tree
    }
    reached = {name: _reached(name, arrows) for name in arrows}
    found = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in arrows}
    return [list(circle) for circle in sorted(found) if len(circle) > 1]


def _reached(start: str, arrows: dict[str, list[str]]) -> set[str]:
    """All modules that a module imports, directly or through others."""
    seen, waiting = set(), [start]
    while waiting:
        for other in arrows[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def no_circles(module: Module, tree: list[Module]) -> Iterator[str]:
    """Imports go in one direction, also those that are lazy or only for types."""
    if module.name == tree[0].name:
        yield from (" <-> ".join(circle) for circle in circles(tree))


Rule = Callable[[Module, list[Module]], Iterator[str]]
RULES: list[Rule] = [
    core_knows_no_window,
    core_follows_the_data,
    panels_stay_apart,
    parts_stay_apart,
    graph_stays_apart,
    model_and_drawing_know_no_window,
    few_ask_the_engine,
    colours_have_one_home,
    nobody_evaluates_text,
    everything_by_name,
    folders_stay_small,
    no_circles,
]


def violations(tree: list[Module], rule: Rule) -> list[str]:
    """Return every place in the tree that breaks a rule."""
    return [f"{module.name}: {place}" for module in tree for place in rule(module, tree)]


@cache
def this_tree() -> list[Module]:
    """Read once: it serves every rule."""
    return modules(ROOT)


# Not yet true of the tree; strict, so that a rule leaves this list as soon as it holds.
OPEN: set[Rule] = set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    found = violations(this_tree(), rule)
    if rule in OPEN:
        assert found, "this rule holds now: take it from the open ones"
    else:
        assert not found, rule.__doc__


def test_the_tree_was_found() -> None:
    """Without this, a moved folder would silently keep all rules."""
    names = {module.name for module in this_tree()}
    assert {"core", "core.basics.span", "explorer", "explorer.look.theme"} <= names


BROKEN: list[tuple[Rule, str, str]] = [
    (core_knows_no_window, "core/tape.py", "from PySide6.QtCore import QObject"),
    (core_knows_no_window, "core/tape.py", "def f():\n    import explorer.theme"),
    (core_knows_no_window, "core/graph.py", "import networkx as nx"),
    (core_knows_no_window, "core/language/parse.py", "from explorer import theme"),
    (core_follows_the_data, "core/op.py", "from core.tape import Tape"),
    (core_follows_the_data, "core/tape.py", "def f():\n    from core import sweeps"),
    (core_follows_the_data, "core/language/parse.py", "from ..timeline import Timeline"),
    (core_follows_the_data, "core/language/parse.py", "from core import notation"),
    (core_follows_the_data, "core/sweeps.py", "from core.language import parse"),
    (core_follows_the_data, "core/tensor.py", "from core import GradientTape"),
    (core_follows_the_data, "core/surprise.py", ""),
    (panels_stay_apart, "explorer/panels/inputs/panel.py", "from explorer.panels.tape.table import TapeTable"),
    (panels_stay_apart, "explorer/panels/inputs/panel.py", "from ..tape.table import TapeTable"),
    (panels_stay_apart, "explorer/panels/small/card.py", "from explorer.panels import inspector"),
    (panels_stay_apart, "explorer/panels/playback/panel.py", "from explorer.player import Player"),
    (panels_stay_apart, "explorer/panels/plots/curve.py", "from ...session import Session"),
    (panels_stay_apart, "explorer/panels/lessons/list.py", "from explorer.panels.tape import table"),
    (panels_stay_apart, "explorer/panels/tape/table.py", "def f():\n    from explorer.shown import ShownSignals"),
    (parts_stay_apart, "explorer/parts/quiz/part.py", "from explorer.parts.why.part import Why"),
    (parts_stay_apart, "explorer/parts/quiz/part.py", "def f():\n    from ..mistakes import part"),
    (parts_stay_apart, "explorer/parts/part.py", "from explorer.parts.why.part import Why"),
    (
        parts_stay_apart,
        "explorer/parts/why/part.py",
        "import typing\nif typing.TYPE_CHECKING:\n    from explorer.window.window import MainWindow",
    ),
    (graph_stays_apart, "explorer/graph/canvas.py", "from explorer.session import Session"),
    (model_and_drawing_know_no_window, "explorer/drawing/layout/rank.py", "from PySide6.QtCore import QPointF"),
    (model_and_drawing_know_no_window, "explorer/model/rows.py", "from explorer.parts.why import work"),
    (few_ask_the_engine, "explorer/panels/plots/panel.py", "from core.run import record"),
    (few_ask_the_engine, "explorer/window.py", "from core import value_and_grad"),
    (few_ask_the_engine, "explorer/session.py", "def f():\n    from core.anything import found_out"),
    (few_ask_the_engine, "explorer/parts/why/part.py", "from core.why import why_none"),
    (few_ask_the_engine, "explorer/shown.py", "from core.timeline import Timeline\nTimeline.of(3)"),
    (colours_have_one_home, "explorer/graph/canvas.py", "BLUE = '#1f77b4'"),
    (colours_have_one_home, "explorer/window.py", "def f(x): return f'color: #1f77b4ff; {x}'"),
    (colours_have_one_home, "explorer/window.py", "WHITE = '#fff'"),
    (nobody_evaluates_text, "core/language/run.py", "def f(text): return eval(text)"),
    (nobody_evaluates_text, "explorer/documents.py", "import builtins\nbuiltins.exec('1')"),
    (nobody_evaluates_text, "explorer/documents.py", "import pickle\npickle.loads(b'')"),
    (everything_by_name, "explorer/window.py", "from PySide6.QtWidgets import *"),
    (everything_by_name, "explorer/app.py", "import pyqtgraph"),
]


def plant(root: Path, place: str, source: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


@pytest.mark.parametrize(("rule", "place", "source"), BROKEN)
def test_a_planted_violation_is_found(rule: Rule, place: str, source: str, tmp_path: Path) -> None:
    plant(tmp_path, place, source)
    found = violations(modules(tmp_path), rule)
    assert len(found) == 1, (place, source, found)


ALLOWED: list[tuple[str, str]] = [
    ("core/graph.py", "from core.tape import Tape\ndef f():\n    import networkx as nx"),
    ("core/tape.py", "import typing\nif typing.TYPE_CHECKING:\n    from core.sweeps import Sweep"),
    ("core/run.py", "from core.language import Program\nfrom core import sweeps"),
    ("core/op.py", "rule = eval(compile('lambda x: x', 'rule', 'eval'))"),
    ("core/language/text.py", "import re\nTOKEN = re.compile('x')"),
    ("explorer/panels/editor/function.py", "from .editor import E\nfrom ..small.card import Card"),
    ("explorer/parts/why/work.py", "from core.why import why_none\nfrom core.timeline import Timeline\nTimeline.of(1)"),
    ("explorer/parts/why/part.py", "from ..part import Part\nfrom explorer.parts.why import work"),
    ("explorer/window/presenters/graph.py", "from core import notation\nfrom core.timeline import Timeline"),
    ("explorer/window/window.py", "from core.run import Run"),
    ("explorer/look/colors.py", "BLUE = '#1f77b4'"),
    ("explorer/window.py", "text = 'entry #12, see line #123'"),
]


CIRCLES = [
    ("from core.b import B", "from core.a import A"),
    ("from core.b import B", "def f():\n    from core.a import A"),
    ("import typing\nif typing.TYPE_CHECKING:\n    from core import b", "import core.a"),
]


@pytest.mark.parametrize(("one", "other"), CIRCLES)
def test_a_planted_circle_is_found(one: str, other: str, tmp_path: Path) -> None:
    for place, source in (("a", one), ("b", other), ("c", "from core.a import A")):
        plant(tmp_path, f"core/{place}.py", source)
    assert circles(modules(tmp_path)) == [["core.a", "core.b"]]


def test_a_planted_crowd_is_found(tmp_path: Path) -> None:
    for place in ("__init__", *(f"part{number}" for number in range(MOST_MODULES))):
        plant(tmp_path, f"core/ops/{place}.py", "")
    assert not violations(modules(tmp_path), folders_stay_small)
    plant(tmp_path, "core/ops/surplus.py", "")
    assert len(violations(modules(tmp_path), folders_stay_small)) == 1


@pytest.mark.parametrize(("place", "source"), ALLOWED)
def test_what_is_allowed_passes(place: str, source: str, tmp_path: Path) -> None:
    plant(tmp_path, place, source)
    assert [found for rule in RULES for found in violations(modules(tmp_path), rule)] == []
