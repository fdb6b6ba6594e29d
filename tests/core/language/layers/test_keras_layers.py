"""Layers, losses, metrics and optimizers of Keras in texts: what they print is what Keras prints, to twelve digits.

`keras_reference.json` was written by `make_reference.py layers/keras` with TensorFlow 2 and Keras 3.
"""

import json
from pathlib import Path

import pytest

import core
from core.run import record
from tests.core.language.layers.keras_texts import LOOSE, TEXTS
from tests.core.language.layers.test_torch_layers import assert_same

WANTED = json.loads((Path(__file__).parent / "keras_reference.json").read_text())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_prints_what_keras_prints(name):
    run = record(core.parse(TEXTS[name]))
    assert run.failure is None, str(run.failure)
    assert_same(run.printed, WANTED[name], 6 if name in LOOSE else 12)
