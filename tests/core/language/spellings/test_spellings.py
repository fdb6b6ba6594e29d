"""The usual spellings: what a text prints is what Python, NumPy, SciPy and the frameworks print.

`spelling_reference.json` was written by `make_reference.py spellings/spelling` with the libraries themselves.
"""

import json
from pathlib import Path

import pytest

import core
from core.run import record
from tests.core.language.layers.test_torch_layers import assert_same
from tests.core.language.spellings.spelling_texts import TEXTS

WANTED = json.loads((Path(__file__).parent / "spelling_reference.json").read_text())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_prints_what_its_libraries_print(name):
    run = record(core.parse(TEXTS[name]))
    assert run.failure is None, str(run.failure)
    assert_same(run.printed, WANTED[name])
