"""The answer about one name without a window: as text for the terminal, and as JSON for programs.

Knows what is asked and answered; knows nothing of Qt or of command lines.
"""

from typing import Any

from core.basics.words import say
from core.run import Run
from core.timeline import Timeline
from explorer.parts.why.work import Reasons, reasons_for_entry, reasons_for_input


def asked_about(run: Run, name: str) -> Reasons | None:
    """What there is to say about an input, or about the last entry that has the name; None where nothing has it."""
    timeline = Timeline.of(run)
    if name in run.program.input_names:
        return reasons_for_input(timeline, name)
    found = [index for index in range(len(run.tape)) if name in (run.tape.names.get(index), run.tape.label(index))]
    return reasons_for_entry(timeline, found[-1]) if found else None


def why_as_json(reasons: Reasons) -> dict[str, Any]:
    """The object under `why` that `--json` prints: the first answer, and the gradients of other libraries."""
    answer = reasons.first
    span, entry = answer.place if answer else (None, reasons.index)
    return {
        "name": reasons.name,
        "kind": str(answer.kind) if answer else "fine",
        "reason": answer.reason if answer else _nothing(reasons),
        "remedy": answer.remedy if answer else "",
        "place": {"span": list(span) if span else None, "entry": entry},
        "elsewhere": reasons.elsewhere.answers,
    }


def why_as_text(reasons: Reasons) -> str:
    """The questions with their answers, and what is taken at kinks on the way."""
    lines = []
    for told in reasons.told:
        answer = told.answer
        lines += [
            told.question,
            f"  {answer.reason}",
            *([say("why.what-to-do-2", "  What to do: {remedy}", remedy=answer.remedy)] if answer.remedy else []),
        ]
        if answer.span is not None:
            lines.append(
                say(
                    "why.see-line-column",
                    "  See line {line}, column {column}.",
                    line=answer.span.line,
                    column=answer.span.column,
                )
            )
    more = [*(kink.sentence for kink in reasons.kinks), reasons.elsewhere.sentence]
    lines += [f"  {sentence}" for sentence in more if sentence]
    return "\n".join(lines or [_nothing(reasons)]) + "\n"


def _nothing(reasons: Reasons) -> str:
    return say("why.nothing-explain-about", "There is nothing to explain about {name}.", name=reasons.name)

