"""Every wrong program gives its sentence; a changed sentence must be read and wanted."""

import pytest

from core.basics.errors import ProgramError
from core.basics.words import Message
from core.language import Budget, parse
from core.run import record
from tests.core.language.wrong_programs import WRONG

SMALL = Budget(operations=20_000, entries=2_000)


def sentence_of(text: str) -> str:
    try:
        return str(record(parse(text), budget=SMALL).failure)
    except ProgramError as error:
        return str(error)


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[repr(text)[:40] for text, _ in WRONG])
def test_a_wrong_program_gives_its_sentence(text, sentence):
    assert sentence_of(text) == sentence


@pytest.mark.parametrize("text", [text for text, _ in WRONG], ids=[repr(text)[:40] for text, _ in WRONG])
def test_what_is_said_can_be_translated(text):
    """Sentence and hint have ids: nothing between the place that says them and the reader made plain text of them."""
    try:
        found = record(parse(text), budget=SMALL).failure
    except ProgramError as error:
        found = error
    assert isinstance(found.message, Message)
    assert isinstance(found.hint, Message) or found.hint == ""


def test_there_are_many_and_none_is_left_without_a_sentence():
    assert len(WRONG) >= 80
    assert all(len(sentence) > 20 and sentence[-1] in ".)?l" for _, sentence in WRONG), "each ends like a sentence"


def test_a_failure_keeps_the_tape_so_far():
    run = record(parse("y = x * 2\nz = y / (1 - 1)\nw = 1 / 0"), {"x": 3.0})
    assert run.failure is not None and len(run.tape) >= 2


def test_a_failure_in_a_loop_names_the_pass_and_the_values():
    failure = parse("for i in range(5):\n    y = 6 / (2 - i)").execute({}).failure
    assert failure.loop == ((1, 3),)
    assert ("2 - i", "0") in failure.values
