"""Every sentence and label that people read is said here: by its id, as a whole sentence, with named fields.

    say("language.power-sign", "`^` is not a power in Python. Write `**`.")
    say("notation.is-input", "{name} is an input: its value is {value}.", name=name, value=value)

English stays where the sentence is said; gettext looks up other languages in the catalogues of `assets/locale`, under
the id as its context. The language is chosen once, before the first sentence, by the environment variable
TAPE_EXPLORER_LANGUAGE: the code of a language, or `pseudo`, in which every text that passed through here is longer and
in brackets, so that what did not pass, and what has no room to grow, is seen. Knows nothing of what is said.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

DOMAIN = "messages"
ENVIRONMENT = "TAPE_EXPLORER_LANGUAGE"
PSEUDO = "pseudo"


class Message(str):
    """What is read, in the language of the program; besides it the id, the English template and its fields."""

    __slots__ = ("fields", "id", "many", "text")

    id: str
    text: str
    many: str | None  # the template for several, where the sentence depends on `fields["count"]`
    fields: dict[str, object]


class Phrase(NamedTuple):
    """A sentence with its id that stands in a table and gets its fields later."""

    id: str
    text: str

    def say(self, **fields: object) -> Message:
        """The sentence with its fields filled in."""
        return _made(self.id, self.text, None, fields)


class Pseudo(gettext.NullTranslations):
    """A language of brackets and dots, for seeing which texts go through here and which have no room to grow."""

    def pgettext(self, context: str, message: str) -> str:
        """The English text in brackets, almost half as long again."""
        return f"⟦{message}{'·' * (2 * len(message) // 5)}⟧"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The same for a sentence that depends on a number."""
        return self.pgettext(context, msgid1 if n == 1 else msgid2)


def say(id: str, text: str, /, **fields: object) -> Message:
    """The message of this id; `text` is English, in the syntax of `str.format` with named fields."""
    return _made(id, text, None, fields)


def say_many(id: str, one: str, many: str, count: int, /, **fields: object) -> Message:
    """A message that depends on how many there are; both texts may use the field `{count}`."""
    return _made(id, one, many, {"count": count, **fields})


def phrase(id: str, text: str, /) -> Phrase:
    """A sentence for a table; `phrase(...).say(...)` is `say(...)`."""
    return Phrase(id, text)


def said_again(message: str) -> str:
    """The message in the language of the program now, with the messages in its fields; other text as it is."""
    if not isinstance(message, Message):
        return message
    fields = {name: said_again(one) if isinstance(one, str) else one for name, one in message.fields.items()}
    return _made(message.id, message.text, message.many, fields)


def listed(items: Iterable[str]) -> str:
    """The items in one row: a, b and c."""
    *first, last = items
    if not first:
        return last
    return say("words.and", "{first} and {last}", first=_with_commas(first), last=last)


def alternatives(items: Iterable[str]) -> str:
    """The items as a choice: a, b or c."""
    *first, last = items
    if not first:
        return last
    return say("words.or", "{first} or {last}", first=_with_commas(first), last=last)


def sentences(*parts: str) -> str:
    """Whole sentences one after the other; empty ones are left out."""
    kept = [part for part in parts if part]
    text = kept[0] if kept else ""
    for part in kept[1:]:
        text = say("words.next-sentence", "{sentence} {next}", sentence=text, next=part)
    return text


def in_row(clauses: Iterable[str]) -> str:
    """Clauses with semicolons between them."""
    text, *more = clauses
    for clause in more:
        text = say("words.semicolon", "{clause}; {next}", clause=text, next=clause)
    return text


def opened(text: str | Phrase) -> str:
    """The template of a phrase in the language of the program; other templates as they are."""
    return _catalogue.pgettext(text.id, text.text) if isinstance(text, Phrase) else text


def as_sentence(error: Exception) -> str:
    """What an error says as a whole sentence, with a capital letter and a full stop; a message keeps its id."""
    said = error.args[0] if error.args else ""
    bare = str(said).rstrip(".")
    text = f"{bare[:1].upper()}{bare[1:]}."
    if not isinstance(said, Message):
        return text
    message = Message(text)
    message.id, message.text, message.many, message.fields = said.id, said.text, said.many, said.fields
    return message


def _with_commas(items: list[str]) -> str:
    text = items[0]
    for item in items[1:]:
        text = say("words.comma", "{first}, {next}", first=text, next=item)
    return text


def _made(id: str, text: str, many: str | None, fields: dict[str, object]) -> Message:
    if many is None:
        template = _catalogue.pgettext(id, text)
    else:
        template = _catalogue.npgettext(id, text, many, int(str(fields["count"])))
    message = Message(template.format_map(fields) if "{" in template else template)
    message.id, message.text, message.many, message.fields = id, text, many, fields
    return message


# -- languages -----------------------------------------------------------------------------------------------------


def locale_folder() -> Path:
    """Where the catalogues lie: beside the packages, or in a wheel inside the app."""
    root = Path(__file__).resolve().parents[2]
    inside = root / "explorer" / "assets" / "locale"
    return inside if inside.is_dir() else root / "assets" / "locale"


def catalogue(language: str) -> gettext.NullTranslations:
    """What translates into a language; English where there is no catalogue of it."""
    if language == PSEUDO:
        return Pseudo()
    if not language:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, locale_folder(), [language], fallback=True)


def speak(translations: gettext.NullTranslations) -> gettext.NullTranslations:
    """Say everything from now on in another language; return the one before."""
    global _catalogue
    before, _catalogue = _catalogue, translations
    return before


_catalogue = catalogue(os.environ.get(ENVIRONMENT, ""))
