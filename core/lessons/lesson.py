"""What a lesson is, as data: a program, moments that are anchored on its state, and published numbers.

Knows expressions; knows no file, no run and no learner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from core.basics.words import say
from core.lessons.prose import Prose
from core.navigation.grammar import Expression

AskKind = Literal["number", "partial", "expression", "sign", "next entry", "none or number", "shape", "choice"]
ASK_KINDS: tuple[AskKind, ...] = (
    "number", "partial", "expression", "sign", "next entry", "none or number", "shape", "choice",
)  # fmt: skip
Given = Literal["all but one", "all but three", "none"]
GIVEN: tuple[Given, ...] = ("all but one", "all but three", "none")
STEP_SIZE, TRAINING_STEP = "h", "step"
"""What a curve may run over besides an input."""


class Spot(NamedTuple):
    """A place in the lesson's file; both count from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """What is wrong with a lesson, and where."""

    spot: Spot
    sentence: str

    def __str__(self) -> str:
        return say(
            "lessons.problem", "{line}:{column}: {sentence}",
            line=self.spot.line, column=self.spot.column, sentence=self.sentence,
        )  # fmt: skip


class LessonError(Exception):
    """A lesson that cannot be read; `spot` is None where the file as a whole is meant."""

    def __init__(self, sentence: str, spot: Spot | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.spot = sentence, spot


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that has a name: what somebody who makes the mistake says, and what he is told.

    `gives` is an expression over the run, or for answers that are formulas the formula.
    """

    name: str
    gives: Expression | str
    say: Prose | None
    spot: Spot


@dataclass(frozen=True)
class Ask:
    """A question; `answer` is an expression over the run, a formula for kind "expression", None for the next entry.

    `within` is the absolute distance at which a number still counts; by default half a per cent does.
    """

    kind: AskKind
    question: Prose
    answer: Expression | str | None
    within: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Do:
    """Something to be done by the learner's own hand, `until` a condition holds.

    `by` are the inputs, and `program` the text, with which it would hold: what a learner without mistakes does.
    """

    task: Prose
    until: Expression
    by: Mapping[str, Any] = field(default_factory=dict)
    program: str = ""


@dataclass(frozen=True)
class Break:
    """A rule of the sweep to be broken on purpose; names are those of `core.mistakes`."""

    task: Prose
    mistake: str
    op: str = ""
    change: str = ""


@dataclass(frozen=True)
class Predict:
    """A curve whose shape is predicted: an expression over an input, over steps of training, or over a step size."""

    question: Prose
    curve: Expression
    over: str
    start: float
    end: float


@dataclass(frozen=True)
class Free:
    """Free play: nothing is asked; `tries` are things worth trying."""

    task: Prose
    tries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Perform:
    """The reverse sweep is performed by the learner, all of it or all that is not given, and marked step by step."""

    task: Prose
    given: Given = "none"


Task = Ask | Do | Break | Predict | Free | Perform


@dataclass(frozen=True)
class Moment:
    """One moment: when it is due, what it points at, what it says, and at most one task.

    `number` counts from 1 in the order of the file; `spots` says where its keys lie.
    """

    number: int
    at: Expression
    on: tuple[Expression, ...] = ()
    say: Prose | None = None
    task: Task | None = None
    hints: tuple[Prose, ...] = ()
    then: Prose | None = None
    mistakes: tuple[Mistake, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict, repr=False, compare=False)

    def spot(self, *keys: str) -> Spot:
        """Where the first of these keys that the moment has lies, else the moment itself."""
        return next((self.spots[key] for key in keys if key in self.spots), self.spots.get("", Spot(1, 1)))

    @property
    def counts(self) -> bool:
        """Whether the lesson is not over before this moment was met."""
        return self.task is not None and not isinstance(self.task, Free)


@dataclass(frozen=True)
class Claim:
    """A published number: what the expression gives is what the source prints, to the printed digit.

    `within` is the distance allowed where the source says "about".
    """

    that: Expression
    printed: str
    source: str
    spot: Spot
    within: float | None = None


@dataclass(frozen=True)
class Head:
    """What a list of lessons shows of one; `after` says what one can do then."""

    id: str
    number: int
    title: str
    minutes: int
    after: str


@dataclass(frozen=True)
class Lesson:
    """A whole lesson; `needs` are the ids of lessons that come before it.

    `watch` are the inputs that are differentiated (None: those that the program watches), `of` the value that is ("":
    the output), `along` the direction of tangents, `train` a plan of training, `vary` from where to where inputs are
    drawn for a class variant, by what step.
    """

    id: str
    title: str
    minutes: int
    program: str
    number: int = 0
    after: str = ""
    needs: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    watch: tuple[str, ...] | None = None
    of: str = ""
    mode: Literal["reverse", "forward"] = "reverse"
    along: Mapping[str, Any] = field(default_factory=dict)
    train: str = ""
    vary: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    moments: tuple[Moment, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict, repr=False, compare=False)

    @property
    def head(self) -> Head:
        """What a list of lessons shows."""
        return Head(self.id, self.number, self.title, self.minutes, self.after)
