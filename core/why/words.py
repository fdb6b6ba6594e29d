"""How the reasons for a missing gradient are told: a sentence and a remedy each."""

from core.basics.cuts import Reason
from core.basics.words import Phrase, phrase
from core.language.abstract.cutting import COUNTS, DECIDES, PLACES, TEXT
from core.why.kinds import BETWEEN, FAILED, NO_LONGER_VARIABLE, SEVERAL, WHOLE

# Reason: the sentence and its remedy. {name} is the source, {target} the output, {text} the marked piece of text.
WORDS: dict[str, tuple[Phrase, Phrase]] = {
    Reason.NOT_WATCHED: (
        phrase(
            "why.tape-not-watch-keeps",
            "The tape does not watch {name}, so it keeps no record of what is computed from it.",
        ),
        phrase("why.watch-before-used", "Watch {name} before it is used."),
    ),
    Reason.STOPPED: (
        phrase(
            "why.computed-while-tape-not",
            "`{text}` is computed while the tape does not record, so the path from {name} to {target} is cut there.",
        ),
        phrase(
            "why.compute-inside-tape-block", "Compute it inside the tape's `with` block, outside any `stop_recording`."
        ),
    ),
    Reason.CONSTANT: (
        phrase(
            "why.same-whatever-value-no",
            "`{text}` is the same whatever the value of {name} is, so no derivative flows through it.",
        ),
        phrase("why.compute-value-itself", "Compute with the value of {name} itself."),
    ),
    Reason.STOP_GRADIENT: (
        phrase(
            "why.cuts-path-purpose-comes",
            "`{text}` cuts the path on purpose: what comes out of it counts as a constant.",
        ),
        phrase("why.use-value-without-if", "Use the value without it if the derivative is wanted."),
    ),
    Reason.INTEGER: (
        phrase(
            "why.turns-depends-into-whole",
            "`{text}` turns what depends on {name} into a whole number or a truth value, and those have no derivative.",
        ),
        phrase("why.keep-floating-point-number", "Keep it a floating-point number."),
    ),
    Reason.NO_DERIVATIVE: (
        phrase(
            "why.rounds-flat-between-jumps",
            "`{text}` rounds: it is flat between its jumps, so no derivative flows through it.",
        ),
        phrase("why.leave-rounding-out-differentiated", "Leave the rounding out of what is differentiated."),
    ),
    Reason.DETACHED: (
        phrase(
            "why.leaves-tape-gives-plain", "`{text}` leaves the tape: it gives plain numbers, which no tape can follow."
        ),
        phrase("why.use-value-itself-same", "Use the value itself; the same functions work on it."),
    ),
    Reason.ASSIGNED: (
        phrase(
            "why.stores-value-variable-variable",
            "`{text}` stores a value in a variable, and a variable does not remember what it was computed from.",
        ),
        phrase("why.compute-value-directly-instead", "Compute with the value directly instead of storing it."),
    ),
    Reason.REPLACED: (
        phrase(
            "why.replaces-value-depended-another", "`{text}` replaces the value that depended on {name} by another one."
        ),
        phrase("why.give-new-value-name", "Give the new value a name of its own, or change a variable with `assign`."),
    ),
    NO_LONGER_VARIABLE: (
        phrase(
            "why.makes-ordinary-tensor-no",
            "`{text}` makes {name} an ordinary tensor: it is no longer the variable that the tape watches by itself.",
        ),
        phrase(
            "why.change-variable-assign-watch", "Change a variable with `{name}.assign(...)`, or watch the new tensor."
        ),
    ),
    Reason.NO_PATH: (
        phrase(
            "why.computed-without-no-step", "{target} is computed without {name}: no step leads from one to the other."
        ),
        phrase("why.use-way-ask-another", "Use {name} on the way to {target}, or ask for another output."),
    ),
    Reason.USED_UP: (
        phrase(
            "why.tape-asked-before-freed",
            "The tape was asked before and has freed its records: one that is not persistent answers only once.",
        ),
        phrase("why.make-persistent-true-ask", "Make it with `persistent=True`, or ask for all gradients in one call."),
    ),
    DECIDES: (
        phrase(
            "why.only-decides-computed-result",
            "{name} only decides, in `{text}`, what is computed; the result itself does not contain it.",
        ),
        phrase(
            "why.use-formula-example-through",
            "Use {name} in a formula, for example through a smooth switch such as sigmoid.",
        ),
    ),
    COUNTS: (
        phrase(
            "why.only-counts-picks-elements",
            "{name} only counts or picks elements: it is a whole number, and the result has no derivative by it.",
        ),
        phrase(
            "why.differentiate-another-input-if",
            "Differentiate by another input; if {name} should be a real number, use it in a formula.",
        ),
    ),
    PLACES: (
        phrase(
            "why.says-where-or-how-many",
            "`{text}` says where elements are or how many, in whole numbers: these jump, so no derivative flows"
            " through it.",
        ),
        phrase(
            "why.elements-themselves",
            "Compute with the elements of {name} themselves, or make the choice smooth, for example by a softmax.",
        ),
    ),
    WHOLE: (
        phrase(
            "why.made-of-whole-numbers",
            "`{text}` makes {name} of whole numbers, and whole numbers have no derivative.",
        ),
        phrase("why.write-with-point", "Write `{pointed}`."),
    ),
    BETWEEN: (
        phrase(
            "why.through-something-flat",
            "{target} is computed from {name}, but only through something that has no derivative.",
        ),
        phrase("why.smooth-function-between", "Use smooth functions between {name} and {target}."),
    ),
    TEXT: (
        phrase("why.turns-number-into-text", "`{text}` turns the number into text, and text has no derivative."),
        phrase("why.compute-number-itself", "Compute with the number itself."),
    ),
    SEVERAL: (
        phrase(
            "why.output-only-number-array", "The output is {text}; only a number or an array can be differentiated."
        ),
        phrase("why.let-output-one-number", "Let the output be one number or array, for example a sum."),
    ),
    FAILED: (
        phrase("why.program-stopped-before-had", "The program stopped before it had an output: {text}"),
        phrase("why.correct-first", "Correct that first."),
    ),
}
# The same in PyTorch's words, where they differ.
TORCH_WORDS: dict[str, tuple[Phrase, Phrase]] = {
    Reason.NOT_WATCHED: (
        phrase(
            "why.not-require-gradient-autograd",
            "{name} does not require a gradient, so autograd keeps no record of what is computed from it.",
        ),
        phrase(
            "why.make-requires-grad-true",
            "Make {name} with `requires_grad=True`, or call `{name}.requires_grad_()` before it is used.",
        ),
    ),
    Reason.STOPPED: (
        phrase(
            "why.computed-under-torch-no",
            "`{text}` is computed under `torch.no_grad()`, so the path from {name} to {target} is cut there.",
        ),
        phrase("why.compute-outside-no-grad", "Compute it outside the `no_grad` block."),
    ),
    Reason.STOP_GRADIENT: (
        phrase(
            "why.detaches-comes-out-no",
            "`{text}` detaches: what comes out of it no longer requires a gradient and counts as a constant.",
        ),
        phrase("why.compute-tensor-itself-where", "Compute with the tensor itself where the derivative is wanted."),
    ),
    Reason.DETACHED: (
        phrase(
            "why.leaves-autograd-gives-plain",
            "`{text}` leaves autograd: it gives plain numbers, which know nothing of what they were computed from.",
        ),
        phrase(
            "why.compute-tensor-itself-take",
            "Compute with the tensor itself, and take the plain number only to print it.",
        ),
    ),
}
TORCH_SIGNS = ("torch", ".backward(", ".detach(", "requires_grad")


def words_for(text: str) -> dict[str, tuple[Phrase, Phrase]]:
    """The sentences and remedies for a program, in the words of the library that it uses."""
    return {**WORDS, **TORCH_WORDS} if any(sign in text for sign in TORCH_SIGNS) else WORDS
