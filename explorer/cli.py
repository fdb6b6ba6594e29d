"""The command `tape-explorer`: opens the window, or prints and exports without one.

Exit status 0; 2 with one sentence on standard error for input that cannot be run. Knows the language and reports;
Qt is imported only when a window or a picture is asked for.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

UNUSABLE = 2


class InputError(Exception):
    """Something on the command line or in a file that cannot be used; its text is one sentence for the user."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = parser().parse_args(arguments)
    try:
        if options.help_language:
            return _print_language()
        if options.print or options.json or options.export:
            return _without_window(options)
        if not has_screen():
            print("There is no screen here, so this is the terminal's view (add --json or --export for others).\n")
            options.print = True
            return _without_window(options)
    except InputError as error:
        print(f"tape-explorer: {error}", file=sys.stderr)
        return UNUSABLE
    from explorer.app import run_app

    return run_app(arguments)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    command = argparse.ArgumentParser(
        prog="tape-explorer",
        description="Type a function, see its computational graph, step through both sweeps, read checked gradients.",
    )
    command.add_argument(
        "text", nargs="?", default="", metavar="TEXT | FILE", help="a function as text, or a file that holds one"
    )
    command.add_argument("--at", nargs="+", default=[], metavar="NAME=VALUE", help="where to evaluate: w1=5 w2=[1,2]")
    command.add_argument(
        "--of", default=None, metavar="NAME", help="the value to differentiate (the output by default)"
    )
    command.add_argument("--mode", choices=("reverse", "forward"), default="reverse", help="which sweep to show")
    command.add_argument("--print", action="store_true", help="print the tape, every step and the gradients")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--export", nargs="+", default=[], metavar="FILE", help="write the graph: .svg, .png or .dot")
    command.add_argument("--help-language", action="store_true", help="list what the language understands")
    return command


def has_screen() -> bool:
    """Whether a window can be opened: always on Windows and macOS, on Linux with a display or a chosen platform."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _print_language() -> int:
    from core.language.reference import language_page

    print(language_page())
    return 0


def _without_window(options: argparse.Namespace) -> int:
    from explorer.report import as_json, as_text

    run = recorded(options)
    direction = dict.fromkeys(run.watched, 1.0) if options.mode == "forward" else None
    if options.export:
        from explorer.export import export_run

        for file in options.export:
            _try_to_write(export_run, run, Path(file))
    if options.json:
        print(json.dumps(as_json(run), ensure_ascii=False, allow_nan=False))
    elif options.print:
        print(as_text(run, direction), end="")
    if run.failure:
        where = f"line {run.failure.span.line}, column {run.failure.span.column}: " if run.failure.span else ""
        raise InputError(where + run.failure.message)
    return 0


def _try_to_write(export: Any, run: Any, file: Path) -> None:
    try:
        export(run, file)
    except (OSError, ValueError) as error:
        raise InputError(f"{file} could not be written: {getattr(error, 'strerror', None) or error}.") from error


def recorded(options: argparse.Namespace) -> Any:
    """The run that the command line asks for."""
    from core.errors import ProgramError
    from core.language import parse
    from core.record import record

    document = source(options.text)
    try:
        program = parse(document.text)
        names = [one.name for one in program.inputs]
        point = {**document.inputs, **point_from(options.at, names)}
        watched = [name for name in names if name not in document.unwatched] if document.unwatched else None
        return record(program, point, watch=watched, target=options.of or document.output or None)
    except ProgramError as error:
        raise InputError(str(error)) from error


def source(given: str) -> Any:
    """The document in a file, when the argument names one, else a document of the text itself."""
    from explorer.documents import Document, DocumentError, read_document

    if not given:
        raise InputError('there is nothing to run; give a function, for example "3*w1**2 + 2*w1*w2".')
    looks_like_file = given.endswith((".json", ".py", ".txt")) and "\n" not in given
    if not looks_like_file and not _exists(Path(given)):
        return Document(text=given)
    try:
        return read_document(given)
    except DocumentError as error:
        raise InputError(str(error)) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a long function is no file name
        return False


def point_from(pairs: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """The point that NAME=VALUE pairs describe."""
    from explorer.values import parse_value

    point = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise InputError(f"`{pair}` is not of the form NAME=VALUE; write for example w1=5.")
        if name not in names:
            raise InputError(f"the function has no input `{name}`; its inputs are {', '.join(names) or 'none'}.")
        try:
            point[name] = parse_value(text)
        except ValueError as error:
            raise InputError(f"{name}: {error}") from error
    return point
