"""Hints in three stages: where to look, the rule in names, the rule with numbers put in. None gives the result."""

from core.basics.words import listed, phrase, say
from core.notation import bar, entry_numbers, number, operation, partial_text, pullback_text
from core.quiz.questions import Question

LOOK = {
    "value": phrase("quiz.look-value", "Look at {formula}: all operands are known."),
    "partial": phrase(
        "quiz.look-partial", "Keep everything but {label} fixed: how fast does {formula} change with it?"
    ),
    "contribution": phrase(
        "quiz.look-contribution",
        "What arrives at {source} is passed on, times the partial of {formula} with respect to {label}.",
    ),
    "adjoint": phrase("quiz.look-adjoint", "{label} is used in {count} places. Each of them sends something."),
    "gradient": phrase("quiz.look-gradient", "The derivative is what has arrived at {label} when the sweep is over."),
}

WORDS = {
    "add": say("quiz.how-add", "Add the operands"),
    "sub": say("quiz.how-sub", "Subtract the second operand from the first"),
    "mul": say("quiz.how-mul", "Multiply the operands"),
    "div": say("quiz.how-div", "Divide the first operand by the second"),
    "pow": say("quiz.how-pow", "Raise the first operand to the power of the second"),
    "neg": say("quiz.how-neg", "Change the sign"),
    "square": say("quiz.how-square", "Multiply the operand by itself"),
    "sqrt": say("quiz.how-sqrt", "Take the square root"),
    "exp": say("quiz.how-exp", "Raise e to the operand"),
    "log": say("quiz.how-log", "Take the natural logarithm"),
    "abs": say("quiz.how-abs", "Drop the sign"),
    "sin": say("quiz.how-sin", "Take the sine, in radians"),
    "cos": say("quiz.how-cos", "Take the cosine, in radians"),
    "sum": say("quiz.how-sum", "Add all elements"),
    "mean": say("quiz.how-mean", "Add all elements and divide by their number"),
    "matmul": say("quiz.how-matmul", "Multiply rows by columns and add"),
    "maximum": say("quiz.how-maximum", "Take the larger of the two"),
    "minimum": say("quiz.how-minimum", "Take the smaller of the two"),
    "relu": say("quiz.how-relu", "Keep what is positive; the rest becomes 0"),
    "reshape": say("quiz.how-reshape", "The same elements in another shape"),
}


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
    return LOOK[question.kind].say(**fields), _rule(question, source), _numbers(question, source)


def _rule(question: Question, source: int) -> str:
    tape, label = question.timeline.tape, question.timeline.tape.label(question.index)
    if question.kind == "value":
        return _in_words(question)
    if question.kind == "partial":
        text = partial_text(tape, source, question.slot)
        return f"∂{tape.label(source)}/∂{label} = {text.text if text else '?'}"
    if question.kind == "contribution":
        return say(
            "quiz.receives",
            "{label} receives {pullback}",
            label=label,
            pullback=pullback_text(tape, source, question.slot),
        )
    parts = " + ".join(pullback_text(tape, one.source, one.slot) for one in _arrived(question))
    return (
        f"{bar(label)} = {parts}"
        if parts
        else say("quiz.is-adjoint-of", "{adjoint} is the adjoint of {name}", adjoint=bar(label), name=label)
    )


def _in_words(question: Question) -> str:
    """What the operation does, and to which values."""
    tape, index = question.timeline.tape, question.index
    names = dict.fromkeys(one for one in tape.operands(index) if one.__class__ is int)
    known = [f"{tape.label(one)} = {number(tape.primals[one])}" for one in names]
    op = tape.ops[index].name
    how = WORDS.get(op) or say("quiz.apply", "Apply {op}", op=op)
    if not known:
        return say("quiz.do", "{how}.", how=how)
    return say("quiz.do-where", "{how}, where {known}.", how=how, known=listed(known))


def _numbers(question: Question, source: int) -> str:
    tape, label = question.timeline.tape, question.timeline.tape.label(question.index)
    if question.kind == "value":
        return f"{label} = {entry_numbers(tape, question.index)}"
    if question.kind == "partial":
        values = [(tape.label(one), tape.primals[one]) for one in tape.operands(source) if one.__class__ is int]
        shown = ", ".join(f"{name} = {number(value)}" for name, value in dict(values).items())
        return say(
            "quiz.rule-with-values",
            "{rule}, with {values} and {source} = {value}",
            rule=_rule(question, source),
            values=shown,
            source=tape.label(source),
            value=number(tape.primals[source]),
        )
    if question.kind == "contribution":
        upstream = question.timeline.frame(question.step).adjoint(source)
        return say(
            "quiz.rule-with-adjoint",
            "{rule}, with {adjoint} = {value}",
            rule=_rule(question, source),
            adjoint=bar(tape.label(source)),
            value=number(upstream),
        )
    parts = " + ".join(number(one.contribution) for one in _arrived(question))
    return f"{bar(label)} = {parts}" if len(_arrived(question)) > 1 else _last_step(question)


def _last_step(question: Question) -> str:
    """For a single contribution: its factors, not the result."""
    arrived = _arrived(question)
    if not arrived:
        return say("quiz.seed-sweep", "It is the seed of the sweep.")
    tape, event = question.timeline.tape, arrived[0]
    upstream = question.timeline.frame(question.step).adjoint(event.source)
    adjoint = bar(tape.label(event.source))
    if event.partial is None:
        return f"{adjoint} = {number(upstream)}"
    return say(
        "quiz.factors",
        "{adjoint} = {value}, and the partial is {slope}",
        adjoint=adjoint,
        value=number(upstream),
        slope=number(event.partial),
    )


def _arrived(question: Question) -> list:
    timeline = question.timeline
    return timeline.frame(len(timeline)).contributions(question.index)
