"""The derivative of a run as a NumPy script: the generated text with everything it calls, and a last part that prints.

The script needs NumPy only, and gives the numbers that the window shows. Knows runs and generated text; no window.
"""

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from core import kernels
from core.basics.words import say
from core.codegen import numpy_helpers, tape_source
from core.codegen.plain_pullbacks import definitions, plain_pullbacks
from core.kernels import arrays
from core.run import Run

RENAMED = {"abs": "absolute as abs"}
OWN = {"erf": "erf = np.vectorize(math.erf)"}
"""Where the text of a kernel would call more of this program."""
LARGEST = 5_000
"""Entries of a run beyond which a script is for nobody."""


def numpy_script(run: Run) -> str:
    """The text of the script; ValueError where there is none."""
    if run.failure or run.target is None:
        raise ValueError(say("export.output-not-depend-watched", "its output does not depend on a watched input"))
    if len(run.tape) > LARGEST:
        raise ValueError(
            say("export.tape-more-than-entries", "its tape has more than {limit:,} entries", limit=LARGEST)
        )
    source = tape_source(run.tape, run.target, list(run.inputs.values()), run.program.text, floats=False)
    constants = [f"{name} = {written(value)}" for name, value in source.constants.items()]
    imported, defined = _called(source.text, set(source.constants))
    parts = [
        heading(run, say("export.plain-numpy", "plain NumPy")),
        "\n".join(_imports(imported, any("math." in text for text in defined))),
        *defined,
        "\n".join(constants),
        "\n".join(line for line in source.text.rstrip().split("\n") if not line.startswith("# ")).strip(),
        _last_part(run, source.text),
    ]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def heading(run: Run, how: str) -> str:
    """What the script is, with the program it comes from."""
    quoted = "\n".join(f"#     {line}".rstrip() for line in run.program.text.rstrip().splitlines())
    return say(
        "export.value-derivative-program-written",
        "# The value and the derivative of this program in {how}, written by Tape Explorer:\n#\n{quoted}",
        how=how,
        quoted=quoted,
    )


def written(value: Any) -> str:
    """A number or an array as text that gives it back exactly."""
    value = getattr(value, "primal", value)
    if isinstance(value, tuple):
        return f"({' '.join(f'{written(one)},' for one in value)})"
    if value is None or isinstance(value, slice | str | type(Ellipsis)):
        return repr(value)
    if np.ndim(value) == 0 and not isinstance(value, np.ndarray):
        return _words(repr(value.item() if isinstance(value, np.generic) else value))
    array = np.asarray(value)
    kind = "" if array.dtype in (np.dtype(float), np.dtype(bool), np.dtype(int)) else f', dtype="{array.dtype}"'
    return f"np.array({_words(repr(array.tolist()))}{kind})"


def _words(text: str) -> str:
    """Infinity and nan by names that the script knows."""
    return text.replace("inf", "np.inf").replace("nan", "np.nan")


def _imports(names: list[str], mathematics: bool) -> list[str]:
    before = ["import math", ""] if mathematics else []
    return [*before, "import numpy as np", *(f"from numpy import {RENAMED.get(name, name)}" for name in names)]


def _called(text: str, constants: set[str]) -> tuple[list[str], list[str]]:
    """What the text calls: names to be imported from NumPy, and definitions to be written before it."""
    known = {**definitions(arrays), **definitions(kernels), **plain_pullbacks(), **definitions(numpy_helpers)}
    imported: set[str] = set()
    defined: dict[str, str] = {}
    waiting = sorted(_free_names(ast.parse(text)) - constants)
    while waiting:
        name = waiting.pop()
        if name in defined or name in imported:
            continue
        if name in OWN:
            defined[name] = OWN[name]
        elif name in known:
            defined[name] = ast.unparse(_plain(known[name]))
            waiting += sorted(_free_names(known[name]) & known.keys() - {name})
        elif hasattr(np, name):
            imported.add(name)
        else:
            raise ValueError(
                say("export.cannot-written-plain-numpy", "`{name}` cannot be written in plain NumPy yet", name=name)
            )
    return sorted(imported), [defined[name] for name in sorted(defined)]


def _free_names(tree: ast.AST) -> set[str]:
    """Names that are read and not set anywhere in the text, Python's own and modules left out."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    bound |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    return read - bound - {"np", "math", "Any", *_PYTHON}


_PYTHON = set("slice Ellipsis bool float int complex Exception isinstance len range tuple list zip".split())  # noqa: SIM905
_PYTHON |= set("enumerate getattr next sorted set dict all any iter map".split())  # noqa: SIM905


def _plain(node: ast.stmt) -> ast.stmt:
    """A definition without annotations."""
    copy = ast.parse(ast.unparse(node)).body[0]
    for part in ast.walk(copy):
        if isinstance(part, ast.FunctionDef):
            part.returns = None
        elif isinstance(part, ast.arg):
            part.annotation = None
    return copy


def _last_part(run: Run, text: str) -> str:
    """Call the function at the run's point, and print what it gives."""
    tree = ast.parse(text)
    function = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "value_and_gradient")
    parameters = [argument.arg for argument in function.args.args]
    point = [f"    {name}={_given(run.tape.primals[index])}," for name, index in zip(parameters, run.inputs.values())]
    call = ['    with np.errstate(all="ignore"):', *(f"        {line}" for line in _call(run, point))]
    value = f'    print("{run.target_label or "f"} =", np.asarray(value).tolist())'
    return "\n".join(['if __name__ == "__main__":', *call, value, *_prints(list(run.inputs))])


def _given(value: Any) -> str:
    """An input's value; a number as NumPy's, which gives inf and nan where Python's own raise."""
    return f"np.float64({written(value)})" if value.__class__ is float else written(value)


def _call(run: Run, point: list[str]) -> Iterator[str]:
    yield "value, gradient = value_and_gradient("
    yield from point
    yield ")"


def _prints(names: list[str]) -> Iterator[str]:
    yield f"    for name, one in zip({names!r}, gradient):"
    yield '        print(f"derivative by {name} =", None if one is None else np.asarray(one).tolist())'
