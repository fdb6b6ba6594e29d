"""What Python says of a text that it cannot read, and what a patient teacher says instead: a table.

Python words some messages differently from version to version; a pattern finds all of them.
"""

from typing import NamedTuple

from core.basics.words import Phrase, phrase


class Row(NamedTuple):
    """A pattern in Python's message, the sentence and the hint; named groups of the pattern are their fields.

    Where a group is called `bracket`, `closing` is the one that belongs to it.
    """

    pattern: str
    message: Phrase
    hint: Phrase


LAYOUT = (
    Row(
        r"too many levels",
        phrase("language.indented-too-deeply", "This is indented too deeply."),
        phrase("language.give-parts-names-functions", "Give parts of it names, as functions."),
    ),
    Row(
        r"unexpected indent",
        phrase("language.line-indented-no-line", "This line is indented, but no line before it opens a block."),
        phrase("language.start-further-left", "Start it further to the left."),
    ),
    Row(
        r"unindent does not match",
        phrase(
            "language.line-indented-differently-lines", "This line is indented differently from the lines above it."
        ),
        phrase("language.line-up-one-them", "Line it up with one of them."),
    ),
    Row(
        r"inconsistent use of tabs",
        phrase("language.tabs-spaces-mixed-front", "Tabs and spaces are mixed in front of this line."),
        phrase("language.use-spaces-only", "Use spaces only."),
    ),
    Row(
        r"'(?P<bracket>.)' was never closed",
        phrase("language.bracket-never-closed", "The bracket `{bracket}` is never closed."),
        phrase("language.add-where-ends", "Add `{closing}` where it ends."),
    ),
    Row(
        r"unmatched '(?P<bracket>.)'",
        phrase("language.bracket-closes-nothing", "The bracket `{bracket}` closes nothing."),
        phrase("language.delete-open-one-before", "Delete it, or open one before it."),
    ),
    Row(
        r"closing parenthesis '(?P<closed>.)' does not match opening parenthesis '(?P<bracket>.)'",
        phrase("language.bracket-closed", "The bracket `{bracket}` is closed by `{closed}`."),
        phrase("language.close", "Close it with `{closing}`."),
    ),
    Row(
        r"unterminated",
        phrase("language.text-quotes-no-end", "This text in quotes has no end."),
        phrase("language.add-closing-quote", "Add the closing quote."),
    ),
    Row(
        r"unicode error",
        phrase("language.backslash-text-not-followed", "A backslash in this text is not followed by a known letter."),
        phrase("language.write-two-backslashes", "Write two backslashes."),
    ),
)
"""Indentation, brackets and quotes."""
NUMBERS = (
    Row(
        r"leading zeros",
        phrase("language.whole-number-may-not", "A whole number may not start with 0."),
        phrase("language.leave-out-zeros-front", "Leave out the zeros in front."),
    ),
    Row(
        r"Exceeds the limit|too large",
        phrase("language.number-too-many-digits", "This number has too many digits."),
        phrase("language.write-like-1e300", "Write it like 1e300."),
    ),
)
"""Numbers that are not quite numbers."""
MEANING = (
    Row(
        r"cannot assign to|illegal target|illegal expression for augmented",
        phrase("language.only-name-given-value", "Only a name can be given a value with `=`."),
        phrase("language.write-name-compare", "Write `name = ...`, or `==` to compare."),
    ),
    Row(
        r"maybe you meant '==' or ':='",
        phrase("language.single-gives-name-value", "A single `=` gives a name a value; it does not compare."),
        phrase("language.write-compare", "Write `==` to compare."),
    ),
    Row(
        r"duplicate argument",
        phrase("language.two-parameters-function-same", "Two parameters of this function have the same name."),
        phrase("language.rename-one-them", "Rename one of them."),
    ),
    Row(
        r"keyword argument repeated",
        phrase("language.same-argument-given-twice", "The same argument is given twice."),
        phrase("language.leave-one-them-out", "Leave one of them out."),
    ),
    Row(
        r"positional argument follows keyword",
        phrase("language.argument-without-name-follows", "An argument without a name follows one with a name."),
        phrase("language.put-those-without-names", "Put those without names first."),
    ),
    Row(
        r"non-default|parameter without a default",
        phrase(
            "language.parameter-without-default-follows", "A parameter without a default follows one with a default."
        ),
        phrase("language.put-those-defaults-last", "Put those with defaults last."),
    ),
)
"""What reads well and means nothing: asked last."""
