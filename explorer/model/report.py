"""A run as text for the terminal and as JSON for programs: the same steps and numbers as the window shows.

Knows runs, checks and the notation; knows nothing of Qt or of command lines.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.words import say
from core.checking.by_hand import Compared, compared_by_hand
from core.checking.runs import checks
from core.checking.verdict import Check
from core.notation import entry_formula, formula, number
from core.run import Passes, Run
from core.sweeps import tangents
from core.tape import Constant, Entry, Tape
from core.timeline import Timeline
from explorer.model.direction import direction_text
from explorer.model.rows import sample_text


def as_json(run: Run, direction: dict[str, Any] | None = None, budget: Budget | None = None) -> dict[str, Any]:
    """The object that `--json` prints; with a direction also the speed of the output along it."""
    adjoints = run.all_adjoints()
    gradients = run.gradients(adjoints)
    return {
        "value": plain(run.value),
        "gradients": {name: plain(value) for name, value in gradients.items()},
        "check": {name: _check_json(check) for name, check in checks(run, gradients, _left(run, budget)).items()},
        "tape": [
            _entry_json(entry, adjoints[entry.index], entry.index not in run.tape.notes.unwatched) for entry in run.tape
        ],
        "printed": run.printed,
        **_by_hand_json(run),
        **({} if run.passes is None else {"passes": _passes_json(run.passes)}),
        "passed_over": [{"line": span.line, "reason": reason} for span, reason in run.program.passed_over],
        "errors": [_failure_json(run)] if run.failure else [],
        **({} if direction is None else {"tangent": _tangent_json(run, direction)}),
    }


def _tangent_json(run: Run, direction: dict[str, Any]) -> dict[str, Any]:
    moving = tangents(run.tape, {run.inputs[name]: value for name, value in direction.items()})
    speed = moving[run.target] if run.target is not None else None
    return {"direction": {name: plain(value) for name, value in direction.items()}, "value": plain(speed)}


def _by_hand_json(run: Run) -> dict[str, Any]:
    """The derivatives that the text works out itself, where there are any."""
    found = [
        {"name": one.name, "of": one.of, "by": one.by, "by_hand": plain(one.by_hand), "tape": plain(one.tape),
         "same": one.same}
        for one in compared_by_hand(run)
    ]  # fmt: skip
    return {"by_hand": found} if found else {}


def _by_hand_text(found: list[Compared]) -> str:
    """Each derivative by hand beside the tape's."""
    rows: list[tuple[str, ...]] = [("", say("model.by-hand", "by hand"), say("model.by-tape", "tape"), "")]
    rows += [
        (f"{one.name} = ∂{one.of}/∂{one.by}", number(one.by_hand), number(one.tape), "✓" if one.same else "≠")
        for one in found
    ]
    return say("model.derivatives-by-hand", "Derivatives worked out by hand") + "\n" + _columns(rows)


def _passes_json(passes: Passes) -> dict[str, Any]:
    return {
        "at": passes.at,
        "count": passes.count,
        "line": passes.line,
        "states": list(passes.states),
        "has_after": passes.has_after,
    }


def passes_text(passes: Passes) -> str:
    """What of a loop is shown, in a sentence."""
    if passes.at == "after":
        return say("model.after-loop", "After the loop in line {line} with its {count:,} passes; what the loop changes "
                   "is constant here.", line=passes.line, count=passes.count)  # fmt: skip
    if passes.at == "all":
        return say("model.all-passes", "Through all {count:,} passes of the loop in line {line}.", count=passes.count,
                   line=passes.line)  # fmt: skip
    return say("model.one-pass", "Pass {number:,} of {count:,} of the loop in line {line}; what the loop changes is "
               "constant in a pass.", number=passes.at, count=passes.count, line=passes.line)  # fmt: skip


def plain(value: Any) -> Any:
    """Numbers and nested lists; nan and infinities as strings, since JSON has none."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | range):
        return [plain(item) for item in value]
    if np.ndim(value):
        return [plain(item) for item in np.asarray(value)]
    real = float(np.real(value))
    return real if np.isfinite(real) else str(real)


def _entry_json(entry: Entry, adjoint: Any, watched: bool) -> dict[str, Any]:
    return {
        "index": entry.index,
        "op": entry.op.name,
        "name": entry.label,
        "operands": [{"constant": plain(one.value)} if isinstance(one, Constant) else one for one in entry.operands],
        "primal": plain(entry.primal),
        "adjoint": plain(adjoint),
        "span": list(entry.span) if entry.span else None,
        **({"watched": watched} if entry.op.name == "input" else {}),
    }


def _check_json(check: Check) -> dict[str, Any]:
    return {
        "finite_difference": plain(check.difference),
        "relative_error": None if check.verdict == "skipped" else plain(check.relative_error),
        "verdict": check.verdict,
        "reason": check.reason,
    }


def _failure_json(run: Run) -> dict[str, Any]:
    assert run.failure is not None
    span = run.failure.span
    return {"message": run.failure.message, "line": span and span.line, "column": span and span.column}


def as_text(run: Run, direction: dict[str, Any] | None = None, budget: Budget | None = None) -> str:
    """The tape, every step of the sweeps, and the gradients with their check."""
    budget = _left(run, budget)
    timeline = Timeline.of(run, direction, budget.look)
    parts = [_tape_text(run), *(_chapter_text(timeline, *chapter) for chapter in timeline.chapters())]
    if run.printed:
        parts.insert(0, say("model.printed", "Printed") + "\n" + _indented(run.printed.rstrip("\n").split("\n")))
    if run.passes is not None:
        parts.insert(0, passes_text(run.passes))
    if run.failure:
        parts.append(say("model.program-stopped", "The program stopped: {message}", message=run.failure.message))
    elif direction is not None:
        parts.insert(-1, f"Direction\n{_indented([direction_text(direction)])}")
    else:
        parts.append(_gradient_text(run, budget))
        if by_hand := compared_by_hand(run):
            parts.append(_by_hand_text(by_hand))
    return "\n\n".join(parts) + "\n"


def _left(run: Run, budget: Budget | None) -> Budget:
    """What may be used for telling of a run: the rest of its budget, or some for what it came to before that was up."""
    budget = (Budget() if budget is None else budget).begun()
    return budget.for_the_rest() if run.failure else budget


MOST_LINES = 400
"""A longer list is printed without its middle."""


def _tape_text(run: Run) -> str:
    tape = run.tape
    return say("model.tape", "Tape") + "\n" + _listed(range(len(tape)), lambda index: _tape_row(tape, index))


def _tape_row(tape: Tape, index: int) -> tuple[str, ...]:
    row = (str(index), entry_formula(tape, index), number(tape.primals[index]))
    return (*row, say("model.not-watched", "not watched")) if index in tape.notes.unwatched else (*row, "")


def _chapter_text(timeline: Timeline, name: str, start: int, stop: int) -> str:
    lines = _listed(range(start + 1, stop + 1), lambda step: (str(step), formula(timeline, step)))
    return say("model.sweep", "{name} sweep", name=name.capitalize()) + "\n" + lines


def _listed(places: range, row: Callable[[int], tuple[str, ...]]) -> str:
    """A row for each place, or for those at both ends when there are too many to read."""
    if len(places) <= MOST_LINES:
        return _columns([row(place) for place in places])
    half = MOST_LINES // 2
    left_out = _indented([say("model.more", "... {count:,} more ...", count=len(places) - MOST_LINES)])
    return "\n".join((_columns(list(map(row, places[:half]))), left_out, _columns(list(map(row, places[-half:])))))


def _gradient_text(run: Run, budget: Budget) -> str:
    gradients = run.gradients()
    checked = checks(run, gradients, budget)
    target = run.target_label or "output"
    rows: list[tuple[str, str, str, str]] = [
        (
            "",
            say("model.by-tape", "tape"),
            say("model.finite-difference", "finite difference"),
            say("model.relative-error", "relative error"),
        )
    ]
    for name, value in gradients.items():
        check = checked.get(name)
        rows.append((f"∂{target}/∂{name}", number(value), *_check_text(check)))
    return (
        say("model.gradients", "Gradients of {target} = {value}", target=target, value=number(run.value))
        + "\n"
        + _columns(rows)
    )


def _check_text(check: Check | None) -> tuple[str, str]:
    """What differences gave, and how far that is from the gradient, with the verdict."""
    if check is None:
        return "", ""
    error = "" if check.verdict == "skipped" else f"{check.relative_error:.1e} "
    return sample_text(check) if check.difference is None else number(check.difference), error + check.mark


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of cells, aligned; combining accents do not count as width."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return _indented(
        [
            "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
    )


def _width(text: str) -> int:
    return sum(not "\u0300" <= letter <= "\u036f" for letter in text)


def _indented(lines: list[str]) -> str:
    return "\n".join("  " + line for line in lines)
