"""The mistakes that can be made in a reverse sweep, and why they are mistakes, in words. Data only."""

from dataclasses import dataclass
from typing import Literal

from core.basics.words import Phrase, phrase, say

Kind = Literal["overwrite", "ascending", "too early", "no seed", "no zeroing", "wrong rule", "float32"]
Change = Literal[
    "", "drop the partial", "drop the adjoint", "flip the sign", "swap the operands", "forget the transpose"
]
CHANGES: tuple[Change, ...] = (
    "drop the partial",
    "drop the adjoint",
    "flip the sign",
    "swap the operands",
    "forget the transpose",
)


@dataclass(frozen=True)
class Mistake:
    """What is done wrongly; for a wrong rule also for which op and how."""

    kind: Kind
    op: str = ""
    change: Change = ""

    @property
    def title(self) -> str:
        """The mistake in a few words."""
        if self.kind == "wrong rule":
            return say("mistakes.of-op", "{op}: {change}", op=self.op, change=CHANGE_TITLES[self.change])
        return TITLES[self.kind]


CHANGE_TITLES: dict[str, str] = {
    "drop the partial": say("mistakes.drop-partial", "drop the partial"),
    "drop the adjoint": say("mistakes.drop-adjoint", "drop the adjoint"),
    "flip the sign": say("mistakes.flip-sign", "flip the sign"),
    "swap the operands": say("mistakes.swap-operands", "swap the operands"),
    "forget the transpose": say("mistakes.forget-transpose", "forget the transpose"),
}

TITLES: dict[str, str] = {
    "overwrite": say("mistakes.overwrite", "= instead of +="),
    "ascending": say("mistakes.ascending", "from the first entry to the last"),
    "too early": say("mistakes.too-early", "pull back before all contributions are in"),
    "no seed": say("mistakes.no-seed", "forget the seed"),
    "no zeroing": say("mistakes.no-zeroing", "forget to set the adjoints back to zero"),
    "wrong rule": say("mistakes.wrong-rule", "a wrong rule"),
    "float32": say("mistakes.float32", "compute in single precision"),
}

REASONS: dict[str, str] = {
    "overwrite": say(
        "mistakes.why-overwrite",
        "A value that is used several times receives a contribution from each use; with = only the last stays.",
    ),
    "ascending": say(
        "mistakes.why-ascending",
        "An adjoint must be complete before it is passed on; from the first entry to the last, nothing has arrived "
        "yet when an entry's turn comes.",
    ),
    "too early": say(
        "mistakes.why-too-early",
        "An entry that is pulled back at its first contribution passes on too little: those that arrive later are "
        "never passed on.",
    ),
    "no seed": say(
        "mistakes.why-no-seed",
        "Every contribution is a multiple of the seed; without it they are all 0.",
    ),
    "no zeroing": say(
        "mistakes.why-no-zeroing",
        "What the first call left in the inputs is still there when the second call adds its contributions.",
    ),
    "float32": say(
        "mistakes.why-float32",
        "With 24 binary digits instead of 53 every operation rounds a hundred million times more coarsely.",
    ),
}

RULE_REASONS: dict[str, Phrase] = {
    "drop the partial": phrase(
        "mistakes.rule-drops-slope",
        "The rule of `{op}` passes its adjoint on without multiplying it by the local partial.",
    ),
    "drop the adjoint": phrase(
        "mistakes.rule-drops-adjoint",
        "The rule of `{op}` passes on the local partial without the adjoint that came from above.",
    ),
    "flip the sign": phrase(
        "mistakes.rule-flips-sign", "The rule of `{op}` passes on every contribution with the wrong sign."
    ),
    "swap the operands": phrase(
        "mistakes.rule-swaps-operands", "The rule of `{op}` gives each operand the partial that belongs to the other."
    ),
    "forget the transpose": phrase(
        "mistakes.rule-forgets-transpose",
        "The rule of `{op}` multiplies by the matrix itself where the rule has its transpose.",
    ),
}
