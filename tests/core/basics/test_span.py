"""Spans cut exactly the text they name, also over several lines; errors say where they are."""

from core.basics.errors import ProgramError
from core.basics.span import Span


def test_a_span_cuts_its_text_within_one_line():
    assert Span(1, 5, 1, 11).text_in("z = w1 * w2") == "w1 * w"


def test_a_span_cuts_its_text_over_several_lines():
    assert Span(1, 3, 3, 2).text_in("abcd\nef\nghi") == "cd\nef\ng"


def test_a_span_past_the_end_gives_what_is_there():
    assert Span(2, 1, 9, 4).text_in("a\nbcdef") == "bcdef"
    assert Span(7, 1, 7, 4).text_in("a") == ""


def test_a_span_contains_its_first_character_but_not_its_end():
    span = Span(2, 3, 2, 5)
    assert span.contains(2, 3) and span.contains(2, 4) and not span.contains(2, 5)


def test_an_error_reads_as_a_sentence_with_its_place():
    assert str(ProgramError("This is wrong.", Span(2, 5, 2, 6))) == "line 2, column 5: This is wrong."
    assert str(ProgramError("This is wrong.", hint="Write that.")) == "This is wrong. Write that."
