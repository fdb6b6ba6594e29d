"""What the lesson panel shows, as data, and the marks in its texts: *terms* and `code`. Pure: knows no widget."""

import re
from dataclasses import dataclass
from html import escape

from core.lessons.prose import TERM, without_marks
from explorer.look.wording import unquoted

CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True)
class Content:
    """What the panel shows of one moment. `text` may mark *terms* and `code`; everything else is plain.

    `choices` are offered as buttons, `field` says whether an answer can be typed, `tries` are values to try;
    `waiting` says what has to happen in the window before it goes on, `way` titles the button that leads there.
    """

    title: str = ""
    met: int = 0
    all: int = 1
    text: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    field: bool = False
    tries: tuple[str, ...] = ()
    waiting: str = ""
    way: str = ""
    next: str = ""
    hints: tuple[str, ...] = ()
    more_hints: bool = False
    then: str = ""
    answers: tuple[tuple[str, bool, str], ...] = ()
    """What was answered so far: the answer, whether it is right, and the sentence about it."""
    reveal: bool = False


def marked_up(text: str) -> str:
    """The text as HTML: *terms* in bold, `code` in a fixed width, everything else as it is."""
    pieces = CODE.split(escape(text).replace("\n", "<br>"))
    for place, piece in enumerate(pieces):
        pieces[place] = f"<code>{piece}</code>" if place % 2 else TERM.sub(r"<b>\1</b>", piece)
    return "".join(pieces)


def read_aloud(text: str) -> str:
    """The text without its marks, for screen readers."""
    return without_marks(unquoted(text))
