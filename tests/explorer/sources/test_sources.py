"""Programs as they are found are read: notebooks, Markdown, what one pastes; what is broken or hostile is refused.

The notebooks are written here as Jupyter's format describes them (nbformat 4, and 3 before it).
"""

import json

import pytest

from explorer.sources.cells import Cell, joined, places
from explorer.sources.markdown import read_markdown
from explorer.sources.notebook import NotebookError, is_notebook, read_notebook
from explorer.sources.pasted import cleaned


def notebook(*cells, **more):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more})


def code(source, *outputs):
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "execution_count": None, "metadata": {}}


TEXT = {"cell_type": "markdown", "source": "# Title"}
STREAM = {"output_type": "stream", "name": "stdout", "text": ["3.0\n", "4.0\n"]}
SHOWN = {"output_type": "execute_result", "data": {"text/plain": ["9.0"], "image/png": "xxxx"}, "metadata": {}}


def test_the_code_of_a_notebook_is_read_in_order_with_what_it_printed():
    text = notebook(TEXT, code(["x = 3.0\n", "print(x)"], STREAM), code("x*x", SHOWN), code(""))
    assert is_notebook(text)
    assert read_notebook(text) == [Cell("x = 3.0\nprint(x)", "3.0\n4.0"), Cell("x*x", "9.0")]


def test_the_format_before_it_is_read_too():
    cell = {"cell_type": "code", "input": ["x = 1.0"], "outputs": [{"output_type": "pyout", "text": ["1.0"]}]}
    assert read_notebook(json.dumps({"nbformat": 3, "worksheets": [{"cells": [cell]}]})) == [Cell("x = 1.0", "1.0")]


def test_cells_for_other_programs_and_questions_for_help_are_comments():
    read = read_notebook(notebook(code("%%bash\nls -la"), code("x = 1\ntorch.ones?\n%matplotlib inline")))
    assert [cell.text for cell in read] == ["# %%bash\n# ls -la", "x = 1\n# torch.ones?\n%matplotlib inline"]


def test_colours_errors_and_surrogates_in_outputs_are_plain_text():
    error = {"output_type": "error", "ename": "ValueError", "evalue": "\x1b[31mno\x1b[0m \ud800", "traceback": []}
    assert read_notebook(notebook(code("x", error)))[0].output == "ValueError: no "


HOSTILE = {
    "not json": "{",
    "deep": "[" * 100_000,
    "list": "[]",
    "no cells": '{"nbformat": 4}',
    "cells are text": '{"nbformat": 4, "cells": "x"}',
    "no code": notebook(TEXT),
    "empty code": notebook(code("  \n")),
    "number as source": notebook(code(3)),
    "cells of nothing": notebook(None, 3, [], "x"),
    "another language": notebook(code("x"), metadata={"kernelspec": {"language": "R"}}),
    "too many": notebook(*[code("x")] * 6000),
    "too long": notebook(code("x" * 3_000_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_notebook_is_refused_in_a_sentence(text):
    with pytest.raises(NotebookError):
        read_notebook(text)


@pytest.mark.parametrize("odd", [
    {"outputs": 3}, {"outputs": [3, None, {}]}, {"outputs": [{"output_type": []}]}, {"source": ["x", 3, None]},
    {"outputs": [{"output_type": "execute_result", "data": 3}]}, {"outputs": [{"output_type": "stream", "text": {}}]},
])  # fmt: skip
def test_odd_cells_are_read_as_far_as_they_go(odd):
    assert read_notebook(notebook(code("x") | odd))[0].text == "x"


def test_cells_are_found_again_in_their_text():
    text = joined([Cell("import math\nx = 1.0"), Cell("\n# so\ny = x\n")])
    assert text == "# %% 1\nimport math\nx = 1.0\n\n# %% 2\n# so\ny = x\n"
    assert [tuple(one) for one in places(text)] == [(1, 2, 4, "import math"), (2, 6, 8, "y = x")]
    assert places("x = 1") == [] and joined([Cell("x = 1")]) == "x = 1\n"


def test_markdown_gives_the_python_in_its_fences():
    text = "Text\n```python\nx = 1.0\n```\nmore\n~~~\ny = x\n~~~\n```bash\nls\n```\n"
    text += "```{.python .input}\n%%tab all\nz = y\n```\n"
    assert [cell.text for cell in read_markdown(text)] == ["x = 1.0", "y = x", "z = y"]
    assert read_markdown("no code") == [] and read_markdown("```\nopen = 1")[0].text == "open = 1"


PASTED = {
    "prompts": (">>> x = 3.0\n>>> def f(x):\n...     return x*x\n...\n>>> f(x)\n9.0\n",
                "x = 3.0\ndef f(x):\n    return x*x\n\nf(x)\n"),
    "ipython": ("In [3]: x = 3.0\n\nIn [4]: for i in range(2):\n   ...:     x = x*x\nIn [5]: x\nOut[5]: 81.0\n",
                "x = 3.0\n\nfor i in range(2):\n    x = x*x\nx\n"),
    "numbers": ("1  x = 3\n2  if x:\n3      y = x\n4\n", "x = 3\nif x:\n    y = x\n"),
    "numbers with dots": ("9. x = 3\n10. y = x\n", "x = 3\ny = x\n"),
    "quotes": ("print(“it’s”)", "print(\"it's\")"),
    "spaces": ("y\u00a0= x\u2009*\u200b 2", "y = x * 2"),
    "tabs": ("if x:\n\ty = x\n\tif y:\n\t\tz = y", "if x:\n    y = x\n    if y:\n        z = y"),
    "indent": ("    x = 3\n    if x:\n        y = x\n", "x = 3\nif x:\n    y = x\n"),
    "minus": ("y = x \u2212 2 \u00d7 x", "y = x - 2 * x"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), PASTED.values(), ids=PASTED.keys())
def test_what_is_pasted_is_cleaned_and_said_so(given, wanted):
    text, told = cleaned(given)
    assert text.rstrip("\n") == wanted.rstrip("\n") and "Ctrl+Z" in told


@pytest.mark.parametrize("text", [
    "x = 3\ny = x*x\n", "def f(x):\n    return x\n", "print(\"it’s\")  # “so”", "1\n2\n3", "1 + x", "", "x = '>>> y'",
    "s = 'In [1]: x'",
])  # fmt: skip
def test_python_text_stays_as_it_is(text):
    assert cleaned(text) == (text, "")
