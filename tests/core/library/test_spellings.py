"""How libraries spell things stands in `core.library`, and elsewhere only where this list says why.

What is looked for in every string literal: paths such as `tf.reduce_sum`, and the names of functions and arguments
that are the libraries' own and not ours too (`reduce_sum`, `input_tensor`, `keepdim`), as far as an underscore tells
them from English words. Docstrings, and sentences that
are shown to users, may say what they like.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from core import functions
from core.library import internal, public, rows
from core.ops import table

ROOT = Path(__file__).resolve().parents[3]
ALSO = {"nn.functional", "keepdims", "keepdim"}
WHY = {
    "core/ops/": "keepdims is our own name for an attribute of reductions",
    "core/notation/": "keepdims is our own name for an attribute of reductions",
    "core/dialects/tensorflow/": "what TensorFlow does differently is written for one function at a time",
    "core/language/dialects/": "what a library does differently, and what has no counterpart in others",
    "core/language/layers/": "the layers, losses and optimizers of PyTorch and Keras, which have no other names",
    "core/language/names/types.py": "the types of the frameworks, for which there is a test each",
    "core/language/names/networks.py": "options of PyTorch's layers, in sentences about them",
    "core/language/names/namespaces.py": "names without a namespace that mean a library's",
    "core/language/names/randoms.py": "what to write instead",
    "core/language/interface/inputs.py": "the calls that make inputs: literals given to array, constant, Variable",
    "core/language/interface/random_inputs.py": "the calls that make inputs: generators, keys, Variable",
    "core/language/abstract/": "shapes are still read by the last words of names",
    "core/language/reading/check.py": "the modules that can be imported",
    "explorer/export/scripts/": "what a script says in another way than by one function",
}


@cache
def spellings() -> frozenset[str]:
    """The words that are a library's and not ours too."""
    ours = {*table, *vars(functions), *rows(), *(one for op in table.values() for one in op.attributes)}
    found = set(ALSO)
    for row in rows().values():
        for name in row.names:
            if name.path.partition(".")[0] in ("np", "tf", "torch", "jax"):
                found.add(name.path)
                found.add(name.path.rpartition(".")[2])
            ours |= {internal(part) for part in name.signature}
            found |= {public(part) for part in name.signature}
    return frozenset(word for word in found - (ours - ALSO) if "_" in word or "." in word or word in ALSO)


def spelled(source: str) -> set[str]:
    """The spellings of libraries in a file's literals, without docstrings and sentences."""
    tree = ast.parse(source)
    told = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in told]
    words = {
        word
        for text in texts
        if isinstance(text, str) and not _is_sentence(text)
        for word in re.findall(r"[A-Za-z_][\w.]*\w|[A-Za-z_]", text)
    }
    return {word for word in words if word in spellings() or "nn.functional" in word}


def _is_sentence(text: str) -> bool:
    return " " in text.strip() and text.lstrip()[:1] in "`." + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def files() -> list[str]:
    found = (path for package in ("core", "explorer") for path in (ROOT / package).rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in found if "core/library" not in path.as_posix())


def test_libraries_are_spelled_in_a_listed_few_places_only():
    found = {path: spelled((ROOT / path).read_text(encoding="utf-8")) for path in files()}
    unlisted = {path: words for path, words in found.items() if words and not path.startswith(tuple(WHY))}
    assert not unlisted


@pytest.mark.parametrize("place", WHY)
def test_every_place_in_the_list_still_needs_it(place):
    assert any(spelled((ROOT / path).read_text(encoding="utf-8")) for path in files() if path.startswith(place))


PLANTED = {
    'NAMES = ("reduce_sum", "mean")': {"reduce_sum"},
    'REDUCING = "sum reduce_mean amax".split()': {"reduce_mean"},
    'if part.arg == "input_tensor": pass': {"input_tensor"},
    'OPTIONS = {"keepdims": False}': {"keepdims"},
    'path.startswith("torch.nn.functional")': {"torch.nn.functional"},
    'f"tf.math.softplus({x})"': {"tf.math.softplus"},
    'TABLE = {"np.sum": 1, "own": 2}': {"np.sum"},
    '"""About tf.reduce_sum."""': set(),
    'raise Refusal("Write tf.reduce_sum(x) for that.")': set(),
    'NAMES = ("zeros_like", "broadcast_to", "axis")': set(),
}


@pytest.mark.parametrize("source", PLANTED)
def test_a_planted_spelling_is_caught_and_our_own_names_are_not(source):
    assert spelled(source) == PLANTED[source]
