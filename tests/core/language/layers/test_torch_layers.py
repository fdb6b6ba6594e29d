"""Layers, losses and optimizers of PyTorch in texts: what they print is what PyTorch prints, to twelve digits.

`torch_reference.json` was written by `make_reference.py layers/torch` with PyTorch 2.
"""

import json
import re
from pathlib import Path

import pytest

import core
from core.run import record
from tests.core.language.layers.torch_texts import TEXTS

WANTED = json.loads((Path(__file__).parent / "torch_reference.json").read_text())
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


def assert_same(printed: str, wanted: str, digits: int = 12) -> None:
    """The same words, and numbers that agree to so many digits."""
    assert NUMBER.sub("#", printed) == NUMBER.sub("#", wanted)
    found, known = ([float(one) for one in NUMBER.findall(text)] for text in (printed, wanted))
    assert found == pytest.approx(known, rel=10.0**-digits, abs=10.0 ** (-digits - 1))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_prints_what_pytorch_prints(name):
    run = record(core.parse(TEXTS[name]))
    assert run.failure is None, str(run.failure)
    assert_same(run.printed, WANTED[name])
