"""Derivatives of the program's own: what texts print is what PyTorch, JAX and HIPS autograd print.

`own_rules_reference.json` was written by `make_reference.py rules/own_rules` with those libraries.
"""

import json
from pathlib import Path

import pytest

import core
from core.run import record
from tests.core.language.layers.test_torch_layers import assert_same
from tests.core.language.rules.own_rules_texts import TEXTS

WANTED = json.loads((Path(__file__).parent / "own_rules_reference.json").read_text())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_prints_what_its_library_prints(name):
    run = record(core.parse(TEXTS[name]))
    assert run.failure is None, str(run.failure)
    assert_same(run.printed, WANTED[name])


def test_a_call_is_one_entry_with_the_rule_of_the_program():
    run = record(core.parse(TEXTS["torch: a cube"]))
    assert [op.name for op in run.tape.ops][:4] == ["input", "mul", "Cube", "sum"]
    assert run.gradients()["x"].tolist() == [24.0, 96.0]  # d sum (2 x)^3 = 24 x^2


WRONG = {
    "a gradient too few": (
        TEXTS["torch: several results"].replace("g1 * y + g2, g1 * x + g2", "g1 * y + g2"),
        "`Both.backward` returned 1 gradients, but the function takes 2 arguments.",
    ),
    "no rule": (
        TEXTS["jax: custom_vjp"].replace("f.defvjp(f_fwd, f_bwd)\n", ""), "No rule was given for `f`.",
    ),
    "no vjp for an argument": (
        TEXTS["autograd: two arguments"].replace(", lambda ans, x, y: lambda g: g * x * x", ""),
        "VJP of `f` wrt argnums 1 is not defined.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_rule_that_does_not_fit_is_said(name):
    text, sentence = WRONG[name]
    assert sentence in str(record(core.parse(text)).failure)
