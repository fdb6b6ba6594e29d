"""Values typed by people: if these fail, a value is misread, or text is run as code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.model import values
from explorer.model.values import MAX_TEXT, as_value, format_value, parse_value

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5.0), ("-2.5e3", -2500.0), (" 1/4 ", 0.25), ("2**-2", 0.25), ("pi", np.pi), ("-inf", -np.inf)],
)
def test_numbers_are_read(text, value):
    assert parse_value(text) == value
    assert isinstance(parse_value(text), float)


@pytest.mark.parametrize(
    ("text", "value"),
    [("[1, 2]", [1, 2]), ("1, 2", [1, 2]), ("[[1, 2], [3, 4]]", [[1, 2], [3, 4]]), ("(1, -2)", [1, -2])],
)
def test_arrays_are_read(text, value):
    np.testing.assert_array_equal(parse_value(text), np.array(value, float))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"), ("five", "not a value"), ("[1, [2]]", "number"), ("[[1, 2], [3]]", "rows"),
        ("__import__('os')", "not a value"), ("[1, 'a']", "not a value"), ("1/0", "cannot be computed"),
        ("9**9**9**9", "cannot be computed"), ("True", "not a value"), ("[]", "between"), ("(" * 300, "not a value"),
        ("-" * 5000 + "1", "not a value"), ("1" * (MAX_TEXT + 1), "longer"), ("1j", "not a value"),
        ("x := 1", "not a value"), ("[i for i in range(9)]", "not a value"), ("(-8)**0.5", "not a value"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_sentence(text, word):
    with pytest.raises(ValueError, match=word) as caught:
        parse_value(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 160


@given(NUMBERS | arrays(np.float64, st.sampled_from([(1,), (3,), (2, 2), (1, 2, 3)]), elements=NUMBERS))
def test_shown_text_reads_back_as_the_same_value(value):
    np.testing.assert_array_equal(parse_value(format_value(value)), value)


@pytest.mark.parametrize("data", [None, True, "1", {"a": 1}, [1, None], [[1], 2], [[1, 2], [3]], []])
def test_foreign_data_is_no_value(data):
    with pytest.raises(ValueError):
        as_value(data)


@pytest.mark.parametrize(
    "value", [3.0, -0.5, np.array([1.0, 2.5]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros((2, 0)), np.ones((1, 2, 1))]
)
def test_the_beginning_of_a_short_value_is_all_of_it(value):
    assert values.beginning(value, 60) == format_value(value)


def test_the_beginning_of_a_million_numbers_asks_for_few(monkeypatch):
    asked = []
    real = values.format_number
    monkeypatch.setattr(values, "format_number", lambda number: asked.append(number) or real(number))
    text = values.beginning(np.full((1000, 1000), 0.25), 60)
    assert text.startswith("[[0.25, 0.25") and text.endswith("...") and len(text) == 60 and len(asked) < 30
