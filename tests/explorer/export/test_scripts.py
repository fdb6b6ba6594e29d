"""Scripts: if these fail, a script that was exported gives other numbers than the window, or does not run."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.language import parse
from core.run import Run, record
from explorer.export.scripts.script import DIALECTS, script
from explorer.storage.examples import example, example_names

X = [[0.5, -1.5, 2.0], [1.0, 0.25, -0.75]]
PROGRAMS: dict[str, tuple[str, dict]] = {
    "kinks": ("def f(x, y):\n    return relu(x) * abs(y) + maximum(x, y)", {"x": 2.0, "y": -3.0}),
    "elementary": ("sin(x)*exp(-x) + log(x)/sqrt(x) + tanh(x) + sigmoid(x) + softplus(x) + erf(x)", {"x": 0.7}),
    "branch": ("def f(x):\n    y = x*x\n    if y > 3:\n        y = sin(y) / x\n    return y", {"x": 2.5}),
    "broadcast": ("def f(x, b):\n    return sum((x * b + b)**2)", {"x": X, "b": [1.0, 2.0, 3.0]}),
    "matmul": ("def f(x, w, v):\n    return sum(tanh(x @ w) @ v)", {"x": X, "w": np.ones((3, 2)), "v": [1.0, -2.0]}),
    "vectors": ("def f(x, y):\n    return (x @ y) * (x @ x)", {"x": [1.0, 2.0], "y": [3.0, -1.0]}),
    "reductions": ("def f(x):\n    return mean(x) + max(x) + min(x, axis=0).sum() + prod(x)", {"x": X}),
    "axes": ("def f(x):\n    return (x.sum(axis=1) * x.mean(axis=1)).sum()", {"x": X}),
    "shapes": ("def f(x):\n    return (x.T.reshape(2, 3)[1:, ::2] * x[0, 1]).sum()", {"x": X}),
    "softmax": ("def f(x):\n    return -(log(softmax(x)) * x).sum()", {"x": [0.1, 0.7, -0.3]}),
    "join": ("def f(x, y):\n    return (concatenate([x, y]) * arange(4)).sum()", {"x": [1.0, 2.0], "y": [3.0, 4.0]}),
    "cumulative": ("def f(x):\n    return (cumsum(x) * x).sum()", {"x": [1.0, 2.0, 3.0]}),
    "where": ("def f(x):\n    return where(x > 0, x**2, -x).sum()", {"x": [1.0, -2.0, 3.0]}),
    "unused": ("def f(x, y):\n    return x * 2", {"x": 1.0, "y": 5.0}),
    "constant": ("def f(x):\n    return (x * array([[1.0, 2.0], [3.0, 4.0]])).sum()", {"x": 2.0}),
    "input itself": ("x", {"x": 2.0}),
    "items": ("def f(x):\n    return x[array([0, 2, 2])].sum() * x[1]", {"x": [1.0, 2.0, 3.0]}),
    "rows": (
        "def f(x):\n    some = x[array([0, 1]), array([2, -1])]\n"
        "    return x[:, [1, -1]].sum() * some.sum() * x[x > 2].sum() * x[0, 1:].sum()",
        {"x": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]},
    ),
    "elsewhere": (
        "def f(x, y):\n    a = np.roll(x, 1, axis=1) * np.tile(y, (2, 1)) + np.repeat(y[None], 2, axis=0)\n"
        "    return (np.triu(a, 1) + np.tril(a, -1) * np.pad(x[:, 1:], ((0, 0), (1, 0)), constant_values=3.0)).sum()",
        {"x": X, "y": [1.0, 2.0, 3.0]},
    ),
    "matrices": (
        "def f(a, b):\n    d = np.diag(a) * np.diag(b)[0, 0]\n"
        "    return (np.linalg.solve(a, b) * b).sum() + np.linalg.slogdet(a)[1] + d.sum() + np.sinc(b).sum()",
        {"a": [[3.0, 1.0], [0.5, 2.0]], "b": [1.0, 2.0]},
    ),
    "set": (
        "def f(x, y):\n    z = x.copy()\n    z[0, 1] = y\n    z[1] = z[0] * 2\n    z[:, 2] = [y, 5.0]\n"
        "    return (z * z).sum()",
        {"x": X, "y": 3.0},
    ),
    "products": (
        "def f(x, w):\n    return (np.einsum('ij,jk->ik', x, w)**2).sum() + np.cumprod(x, axis=1).sum()",
        {"x": X, "w": [[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]},
    ),
    "determinants": (
        "def f(a, s):\n    return np.linalg.det(a) + np.linalg.inv(a).sum() + np.linalg.cholesky(s @ s.T).sum()",
        {"a": [[3.0, 1.0], [0.5, 2.0]], "s": [[3.0, 0.0], [1.0, 2.0]]},
    ),
    "eigenvalues": (
        "def f(a):\n    return (np.linalg.eigvalsh(a + a.T) * array([1.0, 3.0])).sum()",
        {"a": [[3.0, 1.0], [0.5, 2.0]]},
    ),
    "cube root": ("def f(x):\n    return cbrt(x)", {"x": 8.0}),
    "names": ("def f(np, tape, value):\n    return np * tape + value", {"np": 2.0, "tape": 3.0, "value": 4.0}),
}


def run_of(name: str) -> Run:
    if name in PROGRAMS:
        text, point = PROGRAMS[name]
        given = {key: np.array(value) if np.ndim(value) else value for key, value in point.items()}
        return record(parse(text), given)
    document = example(name)
    return record(parse(document.text), document.inputs)


EVERY = [*PROGRAMS, *example_names()]


def printed(folder: Path, dialect: str) -> dict[str, list[str]]:
    """The lines that each script prints, all run by one interpreter that knows nothing of this program."""
    for name in EVERY:
        (folder / f"{name}.py").write_text(script(run_of(name), dialect), encoding="utf-8")
    code = "import runpy, sys\nfor p in sys.argv[1:]:\n    print('#', p)\n    runpy.run_path(p, run_name='__main__')"
    command = [sys.executable, "-I", "-c", code, *(f"{name}.py" for name in EVERY)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    parts = done.stdout.split("# ")[1:]
    return {lines[0].removesuffix(".py"): lines[1:] for lines in (part.splitlines() for part in parts)}


def compare(run: Run, lines: list[str]) -> None:
    value, *rest = (ast.literal_eval(line.split(" = ")[1]) for line in lines)
    np.testing.assert_allclose(value, run.value, rtol=1e-12)
    for (name, right), got in zip(run.gradients().items(), rest):
        assert (got is None) == (right is None), name
        if right is not None:
            np.testing.assert_allclose(got, right, rtol=1e-10, atol=1e-12)


@pytest.fixture(scope="module")
def numpy_lines(tmp_path_factory) -> dict[str, list[str]]:
    return printed(tmp_path_factory.mktemp("numpy"), "numpy")


@pytest.mark.parametrize("name", EVERY)
def test_the_numpy_script_gives_the_same_numbers(name: str, numpy_lines) -> None:
    compare(run_of(name), numpy_lines[name])


@pytest.mark.parametrize(("dialect", "library"), [("tensorflow", "tensorflow"), ("pytorch", "torch")])
def test_the_script_for_the_library_gives_the_same_numbers(dialect: str, library: str, tmp_path: Path) -> None:
    pytest.importorskip(library)
    lines = printed(tmp_path, dialect)
    for name in EVERY:
        if name != "kinks":
            compare(run_of(name), lines[name])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", EVERY)
def test_every_script_is_python_and_quotes_its_program(name: str, dialect: str) -> None:
    text = script(run_of(name), dialect)
    ast.parse(text)
    assert run_of(name).program.text.splitlines()[-1].strip() in text


def test_what_cannot_be_written_is_refused_in_words() -> None:
    run = record(parse("def f(x):\n    return 3.0"), {"x": 1.0})
    with pytest.raises(ValueError, match="does not depend"):
        script(run, "numpy")
    run = record(parse("def f(x):\n    return np.linalg.norm(x, 'nuc')"), {"x": np.eye(2)})
    with pytest.raises(ValueError, match="`svd` has no counterpart in PyTorch"):
        script(run, "pytorch")
    text = "def f(x, y):\n    z = x.copy()\n    z[[0, 1]] = y\n    return z.sum()"
    run = record(parse(text), {"x": np.ones(2), "y": np.ones(2)})
    index = next(entry.index for entry in run.tape if entry.op.name == "setitem")
    run.tape.attributes[index]["key"] = [0, 0]  # no text records this any more: the last one wins there
    with pytest.raises(ValueError, match="setting a place several times"):
        script(run, "tensorflow")


def test_pytorch_is_not_asked_to_go_backwards() -> None:
    """It has no slices with a negative step: the script would stop where it is run."""
    run = record(parse("def f(x):\n    return (x[::-1] * x).sum()"), {"x": np.ones(3)})
    with pytest.raises(ValueError, match="goes backwards"):
        script(run, "pytorch")
    assert "[::-1]" in script(run, "tensorflow")
