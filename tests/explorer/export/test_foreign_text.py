"""Text of a stranger in what is exported: it stays a comment, a label or a description, whatever characters it holds.

Each format is read by a parser of its own.
"""

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from core.language import parse
from core.run import Run, record
from explorer.arguments import source
from explorer.export import export_run
from explorer.export.scripts.script import DIALECTS, script
from explorer.model.document import Document, from_json
from explorer.storage.documents import read_document

ENDS = ["\r", "\r\n", "\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
OTHERS = ["\x01", "\x07", "\x1b[2J", "\x7f", "\ufffe", "\U0001f600", "]]>", "-->", "</svg>", "&", '"']
EVIL = '"""{}import os; os.system("touch PWNED") #"""\nx**2'
IN_STRINGS = "def f(x):\n    s = '''a{}b'''\n    return np.einsum('i,i->', x, x) + 0*len(s)"
names = pytest.mark.parametrize("character", [*ENDS, *OTHERS], ids=lambda one: ascii(one)[1:-1])


def run_of(text: str) -> Run:
    program = parse(text)
    return record(program, {"x": np.array([1.0, 2.0]) if "einsum" in text else 3.0})


@names
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", [EVIL, IN_STRINGS])
def test_a_script_holds_the_program_in_comments_alone(text: str, dialect: str, character: str) -> None:
    run = run_of(text.replace("{}", character))
    written = script(run, dialect)
    calls = [ast.unparse(node) for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call)]
    assert not any("os.system" in call for call in calls)
    assert all(
        token.string.startswith("#")
        for token in tokenize.generate_tokens(io.StringIO(written).readline)
        if "PWNED" in token.string
    )
    for line in written.splitlines():  # as any reader of lines may take them
        assert "PWNED" not in line or line.startswith("#")


def test_a_script_of_a_strangers_document_runs_nothing_of_it(tmp_path: Path) -> None:
    document = from_json(json.dumps({"format": "tape-explorer", "version": 1, "text": EVIL.replace("{}", "\r")}))
    (tmp_path / "script.py").write_text(script(run_of(document.text), "numpy"), encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "= 9.0" in done.stdout
    assert not (tmp_path / "PWNED").exists()


@names
@pytest.mark.parametrize("text", [EVIL, IN_STRINGS])
def test_what_is_xml_is_well_formed(text: str, character: str, tmp_path: Path, qapp) -> None:
    run = run_of(text.replace("{}", character))
    for ending in (".svg", ".graphml"):
        file = tmp_path / f"graph{ending}"
        export_run(run, file)
        ElementTree.parse(file)


@names
def test_outlines_have_one_statement_a_line(character: str, tmp_path: Path) -> None:
    run = run_of(IN_STRINGS.replace("{}", character))
    for ending, shape in ((".dot", r'(digraph tape \{|\s*(rankdir|bgcolor|node|edge|n\d+|subgraph).*[;{]|\s*\})$'),
                          (".mmd", r"(flowchart LR|\s+(n\d+|subgraph|end).*)$")):  # fmt: skip
        export_run(run, tmp_path / f"graph{ending}")
        for line in (tmp_path / f"graph{ending}").read_text("utf-8").splitlines():
            assert re.match(shape, line), line


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\u2029"], ids=ascii)
def test_lines_end_alike_wherever_text_comes_in(end: str, tmp_path: Path) -> None:
    """The editor shows these as ends of lines; so that no text differs from what is seen, they are."""
    lines = ["y = x*x", "y + 1"]
    text, wanted = end.join(lines), "\n".join(lines)
    for name in ("f.py", "f.txt"):
        (tmp_path / name).write_bytes(text.encode())
        assert read_document(tmp_path / name).text == wanted
    assert from_json(json.dumps({"format": "tape-explorer", "version": 1, "text": text})).text == wanted
    assert source(text) == Document(text=wanted)
    program = parse(text)
    assert program.text == wanted
    assert record(program, {"x": 3.0}).value == 10.0


@pytest.mark.parametrize("text", ["w/s", "w/s/s", "w/(s*s)", "2*w/0"])
def test_a_script_gives_inf_where_the_window_does(text: str, tmp_path: Path) -> None:
    run = record(parse(text), {"w": np.array([1.0, 2.0]), "s": 0.0} if "s" in text else {"w": 1.0})
    (tmp_path / "script.py").write_text(script(run, "numpy"), encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = [run.value, *run.gradients().values()]
    for line, right in zip(done.stdout.splitlines(), wanted, strict=True):
        got = eval(line.split(" = ")[1], {"inf": np.inf, "nan": np.nan})
        np.testing.assert_array_equal(got, right)
