"""The words of the command line: what may be said, and the document and point that it means.

Knows documents and values; knows nothing of what is done with them.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.basics.words import say


class InputError(Exception):
    """Something on the command line or in a file that cannot be used; its text is one sentence for the user."""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    command = argparse.ArgumentParser(
        prog="tape-explorer",
        description=say(
            "app.type-function-see-computational",
            "Type a function, see its computational graph, step through both sweeps, read checked gradients.",
        ),
    )
    _add_program(command)
    _add_output(command)
    _add_lessons(command)
    command.add_argument(
        "--help-language",
        action="store_true",
        help=say("app.list-language-understands", "list what the language understands"),
    )
    return command


def _add_program(command: argparse.ArgumentParser) -> None:
    """What is looked at, and where."""
    command.add_argument(
        "text",
        nargs="?",
        default="",
        metavar="TEXT | FILE",
        help=say(
            "app.function-text-file-holds",
            "a function as text, a file or notebook that holds one, or - for what is piped in",
        ),
    )
    command.add_argument(
        "--at",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help=say("app.where-evaluate-w1-5", "where to evaluate: w1=5 w2=[1,2]"),
    )
    command.add_argument(
        "--of",
        default=None,
        metavar="NAME",
        help=say("app.value-differentiate-output-default", "the value to differentiate (the output by default)"),
    )
    command.add_argument(
        "--pass",
        dest="which",
        type=which_pass,
        metavar="K",
        help=say(
            "app.which-pass",
            "of a loop that trains: the pass to show (1 by default), or last, after (the loop), all (through it)",
        ),
    )
    command.add_argument(
        "--mode", choices=("reverse", "forward"), default="reverse", help=say("app.sweep-show", "which sweep to show")
    )
    command.add_argument(
        "--along",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help=say(
            "app.direction-forward-mode-how",
            "the direction of the forward mode: how fast inputs move (the first by 1 by default)",
        ),
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    """What is said of it without a window."""
    command.add_argument("--print", action="store_true", help="print the tape, every step and the gradients")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--export",
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=say(
            "app.write-graph-ending-says",
            "write the graph, as the ending says: .svg .png .pdf .dot .graphml .mmd; with --train the curve and the "
            "boundary as .svg, or the losses as .csv",
        ),
    )
    command.add_argument(
        "--why",
        metavar="NAME",
        help=say("app.say-why-gradient-input", "say why the gradient of an input or a value is what it is"),
    )
    command.add_argument(
        "--train",
        metavar="PLAN",
        help=say("app.train-plan", "descend: \"adam rate=0.01 steps=100 over=W1,b1 seed=1\""),
    )


def _add_lessons(command: argparse.ArgumentParser) -> None:
    """Lessons instead of a program."""
    command.add_argument("--lessons", action="store_true", help=say("app.list-lessons", "list the lessons"))
    command.add_argument(
        "--lesson",
        metavar="ID | FILE",
        help=say("app.open-lesson", "open a lesson; with --print walk through it in the terminal"),
    )
    command.add_argument(
        "--variant",
        type=int,
        metavar="SEED",
        help=say("app.lesson-variant", "with --lesson ID --export FILE: other numbers, drawn by a seed"),
    )
    command.add_argument(
        "--inventory",
        type=int,
        metavar="SEED",
        help=say("app.inventory", "with --export FILE.html or FILE.pdf: twenty questions that tell mistakes apart"),
    )
    command.add_argument(
        "--check-lesson",
        metavar="FILE",
        help=say("app.check-lesson", "say what is wrong with the file of a lesson, with line and column"),
    )


def which_pass(given: str) -> int | str:
    """What `--pass` means: a number from 1, or one of the words."""
    if given in ("last", "after", "all"):
        return given
    if given == "first":
        return 1
    if given.isascii() and given.isdigit() and 0 < len(given) < 10:
        return int(given)
    told = say("app.pass-is", "a pass is a number from 1, or first, last, after or all")
    raise argparse.ArgumentTypeError(told)


def source(given: str) -> Any:
    """The document in a file, when the argument names one, else a document of the text itself."""
    from core.basics.lines import with_plain_lines
    from explorer.model.document import Document, DocumentError
    from explorer.storage.documents import ENDINGS, read_document

    if not given:
        raise InputError(
            say(
                "app.nothing-run-give-function",
                'there is nothing to run; give a function, for example "3*w1**2 + 2*w1*w2".',
            )
        )
    if given == "-":
        return _piped()
    looks_like_file = given.endswith((".json", *ENDINGS)) and "\n" not in given
    if not looks_like_file and not _exists(Path(given)):
        return Document(text=with_plain_lines(given))
    try:
        return read_document(given)
    except DocumentError as error:
        raise InputError(str(error)) from error


def _piped() -> Any:
    """The document on the standard input."""
    from explorer.model.document import MAX_BYTES, DocumentError
    from explorer.storage.documents import piped_document

    try:
        return piped_document(sys.stdin.buffer.read(MAX_BYTES + 1))
    except DocumentError as error:
        raise InputError(str(error)) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a long function is no file name
        return False


def point_from(pairs: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """The point that NAME=VALUE pairs describe."""
    from explorer.model.values import parse_value

    point = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise InputError(
                say(
                    "app.not-form-name-value",
                    "`{pair}` is not of the form NAME=VALUE; write for example w1=5.",
                    pair=pair,
                )
            )
        if name not in names:
            raise InputError(
                say(
                    "app.function-no-input-inputs",
                    "the function has no input `{name}`; its inputs are {names}.",
                    name=name,
                    names=", ".join(names) or say("app.none", "none"),
                )
            )
        try:
            point[name] = parse_value(text)
        except ValueError as error:
            raise InputError(f"{name}: {error}") from error
    return point
