"""The fuzzer itself: it finds what is planted, and a quick look with it finds nothing."""

import random
import warnings

import pytest
from hypothesis import HealthCheck, given, settings

from core.language import program
from tests.fuzz import attempt as judged
from tests.fuzz.attempt import Finding, attempt
from tests.fuzz.campaign import Campaign
from tests.fuzz.mutations import SEEDS, mutate
from tests.fuzz.texts import main
from tests.fuzz.trees import texts


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(texts())
def test_a_syntax_tree_of_any_shape_ends_in_a_value_or_a_sentence(text):
    assert attempt(text) is None


def test_mutations_of_our_programs_end_in_a_value_or_a_sentence():
    chance = random.Random(0)
    for _ in range(1_500):
        text = mutate(chance.choice(SEEDS), chance)
        assert attempt(text) is None, text


def plant(monkeypatch, fault):
    monkeypatch.setattr(program.Program, "execute", lambda *given, **named: fault())


def warn():
    warnings.warn("careless", RuntimeWarning, stacklevel=1)


@pytest.mark.parametrize("fault", [lambda: 1 // 0, warn, lambda: [].remove(1)])
def test_a_planted_exception_or_warning_is_found(monkeypatch, fault):
    plant(monkeypatch, fault)
    assert isinstance(attempt("x*x"), Finding)


def test_a_planted_hang_is_found(monkeypatch):
    monkeypatch.setattr(judged, "PATIENCE", 0.05)

    def forever():
        while True:
            pass

    plant(monkeypatch, forever)
    assert attempt("x*x").kind.startswith("Hang")


def test_a_finding_is_told_once_and_written_down(monkeypatch, tmp_path, capsys):
    plant(monkeypatch, lambda: 1 // 0)
    campaign = Campaign(1.0, tmp_path)
    for text in ("x", "x*x"):
        campaign.attempt(text)
    assert capsys.readouterr().out.count("ZeroDivisionError") == 1
    assert [path.read_text().splitlines()[-1] for path in tmp_path.iterdir()] == ["x"]
    assert campaign.summary("here").startswith("here: 2 texts")


def test_no_time_means_no_tries(monkeypatch, capsys):
    monkeypatch.setattr("tests.fuzz.guided.available", lambda: None)
    assert main(["--seconds", "0"]) == 0
    assert "0 texts" in capsys.readouterr().out
