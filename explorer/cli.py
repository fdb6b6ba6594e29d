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

from core.basics.errors import ProgramError
from core.basics.words import say
from explorer.arguments import InputError, parser, point_from, source

UNUSABLE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = parser().parse_args(arguments)
    try:
        if options.export and (options.lesson or options.inventory is not None):
            return _write_papers(options)
        _check_endings(options.export, bool(options.train))
        if options.help_language:
            return _print_language()
        if options.lessons or options.check_lesson:
            return _about_lessons(options)
        if options.lesson and (options.print or not has_screen()):
            return _print_lesson(options.lesson)
        if options.print or options.json or options.export or options.why or options.train:
            return _without_window(options)
        if not has_screen():
            print(
                say(
                    "app.no-screen-terminal-view",
                    "There is no screen here, so this is the terminal's view (add --json or --export for others).\n",
                )
            )
            options.print = True
            return _without_window(options)
    except (InputError, ProgramError) as error:  # a sweep may find what is wrong with a program's own gradient
        print(f"tape-explorer: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    from explorer.app import run_app

    return run_app(arguments)


def _check_endings(files: Sequence[str], trained: bool) -> None:
    """Refuse an ending that is not known before anything is written."""
    if files:
        from explorer.export import WRITERS
        from explorer.export.training import TRAINING_WRITERS

        known = dict.fromkeys((*WRITERS, *(TRAINING_WRITERS if trained else ())))
        for file in files:
            if Path(file).suffix.lower() not in known:
                raise InputError(
                    say(
                        "app.could-not-written-ending",
                        "{file} could not be written: its ending is not one of {writers}.",
                        file=file,
                        writers=", ".join(known),
                    )
                )


def has_screen() -> bool:
    """Whether a window can be opened: always on Windows and macOS, on Linux with a display or a chosen platform."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _print_language() -> int:
    from core.language.reference import language_page

    print(language_page())
    return 0


def _about_lessons(options: argparse.Namespace) -> int:
    """List the lessons, or check the file of one: 2 where something is wrong with it."""
    from explorer.lessons.command import check_file, listed

    if options.lessons:
        for line in listed():
            print(line)
    problems = check_file(options.check_lesson) if options.check_lesson else []
    for problem in problems:
        print(problem, file=sys.stderr)
    return UNUSABLE if problems else 0


def _write_papers(options: argparse.Namespace) -> int:
    """Write worksheets and slides of a lesson, or the inventory, and say which files there are now."""
    from explorer.lessons.command import write_papers

    for path in write_papers(options.lesson, options.export, options.variant, options.inventory):
        print(path)
    return 0


def _print_lesson(name: str) -> int:
    from explorer.lessons.command import print_lesson

    print_lesson(name)
    return 0


def _without_window(options: argparse.Namespace) -> int:
    from core.language import Budget
    from explorer.model.report import as_json, as_text
    from explorer.model.training_report import training_as_json, training_as_text
    from explorer.parts.why.report import why_as_json, why_as_text

    if options.along and options.mode != "forward":
        raise InputError(
            say(
                "app.along-gives-direction-forward",
                "--along gives the direction of the forward mode. Add --mode forward.",
            )
        )
    budget = Budget().begun()
    document = source(options.text)
    run = recorded(options, document, budget)
    direction = chosen_direction(options, run, document) if options.mode == "forward" else None
    reasons = _reasons(run, options.why) if options.why else None
    training = _trained(run, options.train, document.series) if options.train and not run.failure else None
    for file in map(Path, options.export):
        _write(run, training, file)
    if options.json:
        told = {"why": why_as_json(reasons)} if reasons else {}
        told |= {"training": training_as_json(training)} if training else {}
        print(json.dumps(as_json(run, direction, budget) | told, ensure_ascii=False, allow_nan=False))
        return _status(run)
    if options.print:
        print(as_text(run, direction, budget), end="\n" if reasons or training else "")
    if reasons:
        print(why_as_text(reasons), end="")
    if training:
        print(training_as_text(training), end="")
    return _status(run)


def _write(run: Any, training: Any, file: Path) -> None:
    """The graph, or of a training its curve and boundary where the ending is one of theirs."""
    from explorer.export import export_run
    from explorer.export.training import TRAINING_WRITERS, export_training

    if training is not None and file.suffix.lower() in TRAINING_WRITERS:
        _try_to_write(export_training, training, file)
    else:
        _try_to_write(export_run, run, file)


def _trained(run: Any, plan: str, series: Any) -> Any:
    """What comes of the training that `--train` asks for."""
    from core.training import PlanError, read_plan, train

    try:
        return train(run.program, run.point, read_plan(plan), series)
    except (PlanError, ValueError) as error:
        raise InputError(str(error)) from None


def _reasons(run: Any, name: str) -> Any:
    """What there is to say about the name that `--why` gives."""
    from explorer.parts.why.report import asked_about

    reasons = asked_about(run, name)
    if reasons is None and not run.failure:
        known = ", ".join(dict.fromkeys((*run.program.input_names, *run.tape.names.values())))
        raise InputError(
            say(
                "app.function-no-value-values",
                "the function has no value `{name}`; its values are {known}.",
                name=name,
                known=known or say("app.without-names", "without names"),
            )
        )
    return reasons


def _status(run: Any) -> int:
    """0 for a run that came to its end; what stopped it is told as a problem of the input."""
    if run.failure:
        where = f"line {run.failure.span.line}, column {run.failure.span.column}: " if run.failure.span else ""
        raise InputError(where + run.failure.message)
    return 0


def chosen_direction(options: argparse.Namespace, run: Any, document: Any) -> dict[str, Any]:
    """How fast each watched input moves in forward mode."""
    from explorer.model.direction import direction_of, misfit

    along = point_from(options.along, list(run.inputs))
    if problem := misfit(run, along):
        raise InputError(problem)
    return direction_of(run, document.direction | along)


def _try_to_write(export: Any, run: Any, file: Path) -> None:
    try:
        export(run, file)
    except (OSError, ValueError) as error:
        raise InputError(
            say(
                "app.could-not-written",
                "{file} could not be written: {message}.",
                file=file,
                message=getattr(error, "strerror", None) or error,
            )
        ) from error


def recorded(options: argparse.Namespace, document: Any, budget: Any = None) -> Any:
    """The run that the command line asks for."""
    from core.language import parse
    from core.run import record

    try:
        program = parse(document.text)
        names = [one.name for one in program.inputs]
        point = {**document.inputs, **point_from(options.at, names)}
        watched = [name for name in names if name not in document.unwatched] if document.unwatched else None
        target = options.of or document.output or None
        return record(program, point, watch=watched, target=target, budget=budget, at=options.which)
    except ProgramError as error:
        raise InputError(str(error)) from error
