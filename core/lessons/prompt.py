"""What a reader of a lesson shows at one moment, all numbers in place: window, terminal and paper show the same.

Data only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from core.lessons.lesson import Moment

PromptKind = Literal["say", "ask", "do", "break", "predict", "free", "perform"]
Target = tuple[str, tuple[Any, ...]]
"""What is pointed at: ("entry", (index,)), ("edge", (operand, result)), ("line", (number,)) or ("panel", (name,))."""


@dataclass(frozen=True)
class Reply:
    """What is said to an answer; `mistake` names the mistake that was recognised, "" where none was.

    `readable` is unset where the text says nothing of the kind that was asked for: that counts as no answer. A right
    answer with `more` is followed by the next part of the same task.
    """

    right: bool
    sentence: str
    mistake: str = ""
    readable: bool = True
    more: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a moment was met: answered right, at the first try, with how many hints; or shown; or skipped."""

    right: bool = False
    first_try: bool = False
    hints: int = 0
    mistakes: tuple[str, ...] = ()
    skipped: bool = False


@dataclass(frozen=True)
class Prompt:
    """One moment as it is to be shown.

    `kind` says what it wants: "say" is over when the learner goes on. `asked` is the question or the task,
    `answer_kind` how it is answered, `choices` what there is to choose from, `tries` what is worth trying in free play.
    `told` is the learner's last answer and `reply` what was said to it; `right` the right answer, once it may be seen,
    and `then` what is said with it. `hints` are those that were asked for, `rungs` how many there are. Of a performed
    sweep `done` of `parts` steps are done. `is_open` is set while an answer or an action is waited for.
    """

    moment: Moment
    kind: PromptKind
    say: str = ""
    asked: str = ""
    targets: tuple[Target, ...] = ()
    answer_kind: str = ""
    choices: tuple[str, ...] = ()
    tries: tuple[str, ...] = ()
    told: str = ""
    reply: Reply | None = None
    right: str = ""
    then: str = ""
    hints: tuple[str, ...] = ()
    rungs: int = 0
    done: int = 0
    parts: int = 0
    is_open: bool = False
