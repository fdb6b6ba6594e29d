"""The mistakes that can be made in a reverse sweep, and why they are mistakes, in words. Data only."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["overwrite", "ascending", "too early", "no seed", "no zeroing", "wrong rule", "float32"]
Change = Literal["", "drop the slope", "drop the adjoint", "flip the sign", "swap the operands", "forget the transpose"]
CHANGES: tuple[Change, ...] = (
    "drop the slope",
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
        return TITLES[self.kind] if self.kind != "wrong rule" else f"{self.op}: {self.change}"


TITLES: dict[str, str] = {
    "overwrite": "= instead of +=",
    "ascending": "from the first entry to the last",
    "too early": "pull back before all contributions are in",
    "no seed": "forget the seed",
    "no zeroing": "forget to set the adjoints back to zero",
    "wrong rule": "a wrong rule",
    "float32": "compute in single precision",
}

REASONS: dict[str, str] = {
    "overwrite": "A value that is used several times receives a contribution from each use; with = only the last "
    "stays.",
    "ascending": "An adjoint must be complete before it is passed on; from the first entry to the last, nothing has "
    "arrived yet when an entry's turn comes.",
    "too early": "An entry that is pulled back at its first contribution passes on too little: those that arrive "
    "later are never passed on.",
    "no seed": "Every contribution is a multiple of the seed; without it they are all 0.",
    "no zeroing": "What the first call left in the inputs is still there when the second call adds its contributions.",
    "float32": "With 24 binary digits instead of 53 every operation rounds a hundred million times more coarsely.",
}

RULE_REASONS: dict[str, str] = {
    "drop the slope": "passes its adjoint on without multiplying it by the local slope",
    "drop the adjoint": "passes on the local slope without the adjoint that came from above",
    "flip the sign": "passes on every contribution with the wrong sign",
    "swap the operands": "gives each operand the slope that belongs to the other",
    "forget the transpose": "multiplies by the matrix itself where the rule has its transpose",
}
