"""Hints in three stages: where to look, the rule in names, the rule with numbers put in. None gives the result."""

from core.notation import bar, entry_numbers, number, operation, partial_text, pullback_text
from core.quiz.questions import Question

LOOK = {
    "value": "Look at {formula}: all operands are known.",
    "partial": "Keep everything but {label} fixed: how fast does {formula} change with it?",
    "contribution": "What arrives at {source} is passed on, times the slope of {formula} with respect to {label}.",
    "adjoint": "{label} is used in {count} places. Each of them sends something.",
    "gradient": "The derivative is what has arrived at {label} when the sweep is over.",
}

WORDS = {
    "add": "Add the operands", "sub": "Subtract the second operand from the first", "mul": "Multiply the operands",
    "div": "Divide the first operand by the second", "pow": "Raise the first operand to the power of the second",
    "neg": "Change the sign", "square": "Multiply the operand by itself", "sqrt": "Take the square root",
    "exp": "Raise e to the operand", "log": "Take the natural logarithm", "abs": "Drop the sign",
    "sin": "Take the sine, in radians", "cos": "Take the cosine, in radians", "sum": "Add all elements",
    "mean": "Add all elements and divide by their number", "matmul": "Multiply rows by columns and add",
    "maximum": "Take the larger of the two", "minimum": "Take the smaller of the two",
    "relu": "Keep what is positive; the rest becomes 0", "reshape": "The same elements in another shape",
}  # fmt: skip


def hints(question: Question) -> tuple[str, str, str]:
    """The three hints, the vaguest first."""
    tape = question.timeline.tape
    source = question.source if question.source is not None else question.index
    fields = {
        "formula": operation(tape, source),
        "label": tape.label(question.index),
        "source": tape.label(source),
        "count": len(_arrived(question)),
    }
    return LOOK[question.kind].format(**fields), _rule(question, source), _numbers(question, source)


def _rule(question: Question, source: int) -> str:
    tape, label = question.timeline.tape, question.timeline.tape.label(question.index)
    if question.kind == "value":
        return _in_words(question)
    if question.kind == "partial":
        text = partial_text(tape, source, question.slot)
        return f"∂{tape.label(source)}/∂{label} = {text.text if text else '?'}"
    if question.kind == "contribution":
        return f"{label} receives {pullback_text(tape, source, question.slot)}"
    parts = " + ".join(pullback_text(tape, one.source, one.slot) for one in _arrived(question))
    return f"{bar(label)} = {parts}" if parts else f"{bar(label)} is the adjoint of {label}"


def _in_words(question: Question) -> str:
    """What the operation does, and to which values."""
    tape, index = question.timeline.tape, question.index
    names = dict.fromkeys(one for one in tape.operands(index) if one.__class__ is int)
    known = " and ".join(f"{tape.label(one)} = {number(tape.primals[one])}" for one in names)
    words = WORDS.get(tape.ops[index].name, f"Apply {tape.ops[index].name}")
    return f"{words}, where {known}." if known else f"{words}."


def _numbers(question: Question, source: int) -> str:
    tape, label = question.timeline.tape, question.timeline.tape.label(question.index)
    if question.kind == "value":
        return f"{label} = {entry_numbers(tape, question.index)}"
    if question.kind == "partial":
        values = [(tape.label(one), tape.primals[one]) for one in tape.operands(source) if one.__class__ is int]
        shown = ", ".join(f"{name} = {number(value)}" for name, value in dict(values).items())
        return f"{_rule(question, source)}, with {shown} and {tape.label(source)} = {number(tape.primals[source])}"
    if question.kind == "contribution":
        upstream = question.timeline.frame(question.step).adjoint(source)
        return f"{_rule(question, source)}, with {bar(tape.label(source))} = {number(upstream)}"
    parts = " + ".join(number(one.contribution) for one in _arrived(question))
    return f"{bar(label)} = {parts}" if len(_arrived(question)) > 1 else _last_step(question)


def _last_step(question: Question) -> str:
    """For a single contribution: its factors, not the result."""
    arrived = _arrived(question)
    if not arrived:
        return "It is the seed of the sweep."
    tape, event = question.timeline.tape, arrived[0]
    upstream = question.timeline.frame(question.step).adjoint(event.source)
    return (
        f"{bar(tape.label(event.source))} = {number(upstream)}, and the slope is {number(event.partial)}"
        if (event.partial is not None)
        else f"{bar(tape.label(event.source))} = {number(upstream)}"
    )


def _arrived(question: Question) -> list:
    timeline = question.timeline
    return timeline.frame(len(timeline)).contributions(question.index)
