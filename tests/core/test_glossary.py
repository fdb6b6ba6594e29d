"""Words explained: if these fail, an explanation is missing, or its number is wrong."""

import re

import pytest

from core.language import parse
from core.notation.glossary import WORDS, explained, word_in
from core.run import record
from core.timeline import Timeline

NAMED = (
    "adjoint", "primal", "partial", "tangent", "pullback", "seed", "tape", "watched", "persistent", "sweep",
    "broadcast",
)  # fmt: skip


@pytest.fixture
def end():
    timeline = Timeline.of(record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}))
    return timeline.frame(len(timeline))


def test_all_words_of_the_field_are_there():
    assert set(WORDS) == set(NAMED)


@pytest.mark.parametrize("word", NAMED)
def test_each_is_two_sentences_with_something_of_the_run(word, end):
    told = explained(word, end, 0)
    assert len(re.findall(r"[.:] (?=[A-Z\w])|\.$", told)) >= 2 and told != explained(word, None, None)
    assert explained(word, None, None).endswith(".")


def test_the_adjoint_is_told_as_a_movement_with_the_number_at_hand(end):
    """By hand: the gradient of the seed function at (5, 3) is (36, 10)."""
    assert "w̄1 = 36: moving w1 by 0.01 moves f by about 0.36." in explained("adjoint", end, 0)
    assert "w̄2 = 10: moving w2 by 0.01 moves f by about 0.1." in explained("adjoint", end, 1)


def test_other_numbers_are_those_of_the_run(end):
    assert "Here w1 = 5." in explained("primal", end, 0)
    assert "7 entries" in explained("tape", end, 0)
    assert "w1, w2" in explained("watched", end, 0)
    assert "7 steps, the second 10" in explained("sweep", end, 0)


@pytest.mark.parametrize(
    ("written", "word"),
    [("adjoints", "adjoint"), ("Pullback", "pullback"), ("sweep,", "sweep"), ("partial", "partial"), ("table", "")],
)
def test_words_are_found_in_the_forms_in_which_they_stand(written, word):
    assert word_in(written) == word
