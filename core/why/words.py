"""How the reasons for a missing gradient are told: a sentence and a remedy each."""

from core.basics.cuts import Reason
from core.language.abstract.cutting import DECIDES, TEXT
from core.why.kinds import COUNTS, FAILED, NO_LONGER_VARIABLE, SEVERAL

# Reason: the sentence and its remedy. {name} is the source, {target} the output, {text} the marked piece of text.
WORDS: dict[str, tuple[str, str]] = {
    Reason.NOT_WATCHED: (
        "The tape does not watch {name}, so it keeps no record of what is computed from it.",
        "Watch {name} before it is used.",
    ),
    Reason.STOPPED: (
        "`{text}` is computed while the tape does not record, so the path from {name} to {target} is cut there.",
        "Compute it inside the tape's `with` block, outside any `stop_recording`.",
    ),
    Reason.CONSTANT: (
        "`{text}` is the same whatever the value of {name} is, so no derivative flows through it.",
        "Compute with the value of {name} itself.",
    ),
    Reason.STOP_GRADIENT: (
        "`{text}` cuts the path on purpose: what comes out of it counts as a constant.",
        "Use the value without it if the derivative is wanted.",
    ),
    Reason.INTEGER: (
        "`{text}` turns what depends on {name} into a whole number or a truth value, and those have no derivative.",
        "Keep it a floating-point number.",
    ),
    Reason.NO_DERIVATIVE: (
        "`{text}` rounds: it is flat between its jumps, so no derivative flows through it.",
        "Leave the rounding out of what is differentiated.",
    ),
    Reason.DETACHED: (
        "`{text}` leaves the tape: it gives plain numbers, which no tape can follow.",
        "Use the value itself; the same functions work on it.",
    ),
    Reason.ASSIGNED: (
        "`{text}` stores a value in a variable, and a variable does not remember what it was computed from.",
        "Compute with the value directly instead of storing it.",
    ),
    Reason.REPLACED: (
        "`{text}` replaces the value that depended on {name} by another one.",
        "Give the new value a name of its own, or change a variable with `assign`.",
    ),
    NO_LONGER_VARIABLE: (
        "`{text}` makes {name} an ordinary tensor: it is no longer the variable that the tape watches by itself.",
        "Change a variable with `{name}.assign(...)`, or watch the new tensor.",
    ),
    Reason.NO_PATH: (
        "{target} is computed without {name}: no step leads from one to the other.",
        "Use {name} on the way to {target}, or ask for another output.",
    ),
    Reason.USED_UP: (
        "The tape was asked before and has freed its records: one that is not persistent answers only once.",
        "Make it with `persistent=True`, or ask for all gradients in one call.",
    ),
    DECIDES: (
        "{name} only decides, in `{text}`, what is computed; the result itself does not contain it.",
        "Use {name} in a formula, for example through a smooth switch such as sigmoid.",
    ),
    COUNTS: (
        "{name} only counts or picks elements: it is a whole number, and the result has no derivative by it.",
        "Differentiate by another input; if {name} should be a real number, use it in a formula.",
    ),
    TEXT: (
        "`{text}` turns the number into text, and text has no derivative.",
        "Compute with the number itself.",
    ),
    SEVERAL: (
        "The output is {text}; only a number or an array can be differentiated.",
        "Let the output be one number or array, for example a sum.",
    ),
    FAILED: ("The program stopped before it had an output: {text}", "Correct that first."),
}
# The same in PyTorch's words, where they differ.
TORCH_WORDS: dict[str, tuple[str, str]] = {
    Reason.NOT_WATCHED: (
        "{name} does not require a gradient, so autograd keeps no record of what is computed from it.",
        "Make {name} with `requires_grad=True`, or call `{name}.requires_grad_()` before it is used.",
    ),
    Reason.STOPPED: (
        "`{text}` is computed under `torch.no_grad()`, so the path from {name} to {target} is cut there.",
        "Compute it outside the `no_grad` block.",
    ),
    Reason.STOP_GRADIENT: (
        "`{text}` detaches: what comes out of it no longer requires a gradient and counts as a constant.",
        "Compute with the tensor itself where the derivative is wanted.",
    ),
    Reason.DETACHED: (
        "`{text}` leaves autograd: it gives plain numbers, which know nothing of what they were computed from.",
        "Compute with the tensor itself, and take the plain number only to print it.",
    ),
}
TORCH_SIGNS = ("torch", ".backward(", ".detach(", "requires_grad")


def words_for(text: str) -> dict[str, tuple[str, str]]:
    """The sentences and remedies for a program, in the words of the library that it uses."""
    return {**WORDS, **TORCH_WORDS} if any(sign in text for sign in TORCH_SIGNS) else WORDS
