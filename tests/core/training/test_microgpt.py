"""microgpt in numbers and in matrices: the same network, as PyTorch trains it (microgpt.py)."""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest

from core.groups.build import group_tree
from core.language import parse
from core.run import record
from core.training import read_plan, train
from explorer.storage.examples import training_example
from tests.core.training import microgpt

PYTORCH = json.loads(Path(__file__).with_name("microgpt.json").read_text())
EMMA = np.array(microgpt.tokens("emma"), dtype=float)


@pytest.fixture(scope="module")
def numbers():
    document = training_example("microgpt")
    return record(parse(document.text), {**document.inputs, "tokens": EMMA})


@pytest.fixture(scope="module")
def matrices():
    document = training_example("microgpt_matrices")
    return record(parse(document.text), {**document.inputs, "tokens": EMMA})


def test_the_shipped_documents_are_those_of_the_script():
    names, weights = microgpt.names_and_weights()
    assert len(names) == len(set(names)) == 1000 and max(map(len, names)) < 16
    for name in ("microgpt", "microgpt_matrices"):
        document = training_example(name)
        assert document.text == Path(__file__).with_name(f"{name}.txt").read_text().rstrip()
        assert sum(np.size(document.inputs[one]) for one in weights) == 4192
        for one, values in weights.items():
            np.testing.assert_array_equal(document.inputs[one], values)
        assert [list(one) for one in document.series["tokens"]] == [microgpt.tokens(one) for one in names]
        assert document.plan == microgpt.PLAN


def test_one_name_in_numbers_is_as_long_as_published_and_in_matrices_short(numbers, matrices):
    """About 40,800 entries, and 71."""
    assert 40_000 < len(numbers.tape) < 43_000 and 65 <= len(matrices.tape) <= 90
    assert not numbers.failure and not matrices.failure


def test_both_texts_are_one_network(numbers, matrices):
    assert numbers.value == pytest.approx(matrices.value, rel=1e-13)
    for name, gradient in matrices.gradients().items():
        if name != "tokens":
            np.testing.assert_allclose(numbers.gradients()[name], gradient, atol=1e-14)


def test_its_entries_are_grouped_by_position_layer_and_head(numbers):
    titles = [group.title for group in group_tree(numbers.tape, numbers.program.text).groups]
    assert titles.count("head()") == 5 * 4 and titles.count("layer()") == 5
    assert any("for k in range(len(tokens) - 1)" in title for title in titles)


def test_names_of_one_length_are_trained_as_by_pytorch():
    """One recording serves them all: which rows are picked is read from the name."""
    document = training_example("microgpt")
    series = {"tokens": [np.array(microgpt.tokens(name), dtype=float) for name in microgpt.SHORT]}
    plan = read_plan(document.plan)
    steps = len(microgpt.SHORT) - 1

    def stop(training):
        return len(training.losses) > steps

    training = train(parse(document.text), document.inputs, plan, series, stop)
    np.testing.assert_allclose(training.losses, PYTORCH["short"], rtol=1e-10)
    assert len(training.runner._whole.paths) == 1 and not training.warnings
    assert training.taken_at(3)["tokens"].tolist() == microgpt.tokens(microgpt.SHORT[3])


def test_matrices_are_trained_as_by_pytorch():
    document = training_example("microgpt_matrices")
    plan = read_plan(document.plan)
    training = train(
        parse(document.text), document.inputs, plan, document.series, lambda one: len(one.losses) == 12
    )
    np.testing.assert_allclose(training.losses, PYTORCH["names"][:12], rtol=1e-9)
    assert np.mean(training.losses[:3]) == pytest.approx(log(27), abs=0.1)


def test_pytorch_learns_these_names():
    """Below 2.6 after 1,000 steps; ours are PyTorch's losses, step by step, in the tests above."""
    assert len(PYTORCH["names"]) == 1000 and np.mean(PYTORCH["names"][-100:]) < 2.6
