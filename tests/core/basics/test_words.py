"""A message is its rendered text, and remembers what it was made of."""

import copy
import gettext
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator

import pytest

from core.basics import words
from core.basics.words import Message, alternatives, as_sentence, listed, phrase, said_again, say, say_many, sentences


class Shouting(gettext.NullTranslations):
    """A language for tests: known ids in capital letters, fields in another order."""

    TEXTS = {"test.sum": "{Y} PLUS {X}", "words.and": "{first} UND {last}"}

    def pgettext(self, context: str, message: str) -> str:
        return self.TEXTS.get(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return f"{{count}} MAL ({'one' if n == 1 else 'many'})"


@pytest.fixture
def shouting() -> Iterator[None]:
    before = words.speak(Shouting())
    yield
    words.speak(before)


def test_a_message_is_its_text_and_remembers_its_fields() -> None:
    message = say("test.receives", "{name} receives {value:.2f}.", name="w1", value=0.5)
    assert message == "w1 receives 0.50."
    assert isinstance(message, str)
    assert (message.id, message.text) == ("test.receives", "{name} receives {value:.2f}.")
    assert message.fields == {"name": "w1", "value": 0.5}


def test_braces_are_written_twice() -> None:
    assert say("test.braces", "Write `{{}}`.") == "Write `{}`."


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("test.lacks", "{name} receives {value}.", name="w1")


@pytest.mark.parametrize(("count", "text"), [(0, "0 entries of f"), (1, "1 entry of f"), (2, "2 entries of f")])
def test_many_are_said_in_the_plural(count: int, text: str) -> None:
    message = say_many("test.entries", "{count} entry of {name}", "{count} entries of {name}", count, name="f")
    assert message == text
    assert (message.text, message.many) == ("{count} entry of {name}", "{count} entries of {name}")
    assert message.fields == {"count": count, "name": "f"}


def test_a_phrase_gets_its_fields_later() -> None:
    table = {"sum": phrase("test.sum", "{X} and {Y}")}
    assert table["sum"].say(X=1, Y=2) == "1 and 2"
    assert table["sum"].say(X=1, Y=2).id == "test.sum"


def test_a_message_is_said_again_in_another_language(shouting: None) -> None:
    before = words.speak(gettext.NullTranslations())
    inner = say("test.sum", "{X} and {Y}", X=1, Y=2)
    outer = say("test.unknown", "It is {what} of {count}.", what=inner, count=3)
    several = say_many("test.times", "once", "{count} times", 3)
    assert [outer, several] == ["It is 1 and 2 of 3.", "3 times"]
    words.speak(before)
    assert said_again(outer) == "It is 2 PLUS 1 of 3."
    assert said_again(several) == "3 MAL (many)"
    assert said_again("text of a user") == "text of a user"


def test_a_message_can_be_copied_and_stored() -> None:
    message = say("test.name", "It is {name}.", name="x")
    for other in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert (other, other.id, other.fields) == (message, message.id, message.fields)


def test_what_an_error_says_becomes_a_sentence_and_keeps_its_id() -> None:
    sentence = as_sentence(ValueError(say("test.wrong", "it is {what}", what="wrong")))
    assert isinstance(sentence, Message)
    assert (sentence, sentence.id, sentence.fields) == ("It is wrong.", "test.wrong", {"what": "wrong"})
    assert as_sentence(ValueError("already one.")) == "Already one."


def test_rows() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(iter(["a", "b", "c", "d"])) == "a, b, c and d"
    assert alternatives(["a", "b", "c"]) == "a, b or c"
    assert sentences() == ""
    assert sentences("", "One.", "", "Two.", "Three.") == "One. Two. Three."


def test_rows_are_translated(shouting: None) -> None:
    assert listed(["a", "b", "c"]) == "a, b UND c"


def test_pseudo_lengthens_and_brackets() -> None:
    before = words.speak(words.catalogue("pseudo"))
    try:
        inner = say("test.inner", "an array")
        outer = say("test.outer", "This is {what} at last.", what=inner)
        many = say_many("test.many", "one", "{count} of them", 2)
    finally:
        words.speak(before)
    assert inner.startswith("⟦an array·") and inner.endswith("⟧")
    assert outer.startswith("⟦This is ⟦an array·") and outer.endswith("⟧")
    assert len(inner) > 1.3 * len("an array")
    assert many.startswith("⟦2 of them")


def test_an_unknown_language_is_english() -> None:
    assert words.catalogue("xx").pgettext("test.id", "Text") == "Text"


def test_the_environment_chooses_the_language() -> None:
    code = "from core.basics.words import say; print(ascii(say('test.id', 'Text')))"
    environment = {**os.environ, "TAPE_EXPLORER_LANGUAGE": "pseudo"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert told.stdout.strip() == ascii("⟦Text·⟧")
