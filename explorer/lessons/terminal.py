"""A lesson walked through in a terminal, by whoever types.

Reading and writing are handed in, so that a test can be the learner. Knows walks; knows no Qt.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.lesson import Break, Do, Lesson
from core.lessons.opening import study_of
from core.lessons.prompt import Prompt
from core.lessons.showing import LEARNERS_OWN
from core.lessons.study import Learner, Study
from core.lessons.walk import Walk
from core.navigation.places import Missing
from explorer.lessons.transcript import heading, passed, prompt_lines, wrapped
from explorer.model.values import parse_value

Read = Callable[[str], str]
"""Shows a prompt and returns a line; raises EOFError where there are no more."""
Write = Callable[[str], object]
HELP = say(
    "lessons.terminal-help",
    "Enter goes on, ? gives a hint, ! shows the answer, `w1 = 7` changes an input, `back` undoes that, q leaves.",
)
CHANGE = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)\s*(.+)")
ACTS = re.compile(r"""did\(\s*["'](\w+)["']\s*\)""")


def walk_through(lesson: Lesson, read: Read, write: Write) -> Walk:
    """Go through a lesson until it is over or the learner leaves; raises ProgramError where it cannot be run."""
    walk = Walk(lesson, study_of(lesson))
    conversation = _Conversation(walk, read, write)
    for line in (*heading(lesson), *wrapped(HELP), ""):
        write(line)
    conversation.go()
    right = sum(outcome.first_try for outcome in walk.met.values())
    counted = sum(moment.counts for moment in lesson.moments)
    write(say("lessons.terminal-end", "{right} of {count} at the first try.", right=right, count=counted))
    return walk


class _Conversation:
    def __init__(self, walk: Walk, read: Read, write: Write) -> None:
        self.walk, self.read, self.write = walk, read, write
        self.own = walk.study

    def go(self) -> None:
        prompt = self.walk.look(0) or self._on()
        try:
            while prompt is not None:
                prompt = self._at(prompt)
        except EOFError:
            return

    def _on(self) -> Prompt | None:
        """Go to where the next moment is due, telling what happens on the way."""
        step = self.walk.next_step()
        if step is None and self.walk.study is not self.own:
            self.walk.take(self.own)
            step = self.walk.next_step()
        if step is None:
            return None
        for line in passed(self.walk.study.timeline, self.walk.step if step >= self.walk.step else step, step):
            self.write(line)
        return self.walk.look(step)

    def _at(self, prompt: Prompt) -> Prompt | None:
        """Show a prompt until it is done with; returns the next one."""
        for line in prompt_lines(prompt):
            self.write(line)
        while True:
            is_open = self.walk.prompt is not None and self.walk.prompt.is_open
            line = self.read("? " if is_open else "> ").strip()
            if line in ("q", "quit"):
                return None
            if self._has_changed(line):
                continue
            if not is_open:
                break
            if self._answered(prompt, line):
                break
        if self.walk.prompt is not None and self.walk.prompt.moment is prompt.moment:
            self.walk.leave()
        self.write("")
        return self.walk.look() or self._on()

    def _answered(self, prompt: Prompt, line: str) -> bool:
        """What a line does where something is asked; whether the prompt is done with."""
        walk = self.walk
        if line == "?":
            self._say(walk.hint() or HELP)
            return False
        if prompt.kind in ("do", "break") and not line:
            self._act(prompt)
        elif line == "!":
            self._say(walk.show().sentence)
        elif not line:
            return True
        else:
            self._say(walk.answer(line).sentence)
        shown = walk.prompt
        if shown is None or shown.is_open:
            if shown is not None and shown.kind == "perform":
                self._say(shown.asked)
            return False
        self._say(shown.then)
        return False

    def _act(self, prompt: Prompt) -> None:
        """The learner says that it is done: believed, where no change of the program is asked for."""
        task = prompt.moment.task
        if isinstance(task, Break):
            self.walk.did(f"break:{task.mistake}")
        elif isinstance(task, Do):
            for act in ACTS.findall(task.until.text):
                self.walk.did(act)
            if not task.until.functions & LEARNERS_OWN:
                self._step_until_met()
            if self.walk.prompt is not None and self.walk.prompt.is_open:
                self._say(self.walk.answer("").sentence)

    def _step_until_met(self) -> None:
        """Step on, telling what happens, until the task is met or the run is over."""
        walk, start = self.walk, self.walk.step
        while walk.prompt is not None and walk.prompt.is_open and walk.step < len(walk.study.timeline):
            walk.look(walk.step + 1)
        for line in passed(walk.study.timeline, start, walk.step):
            self.write(line)

    def _has_changed(self, line: str) -> bool:
        """Whether a line changes an input, or puts everything back."""
        if line == "back":
            self.walk.take(self.own, len(self.own.timeline))
            return True
        found = CHANGE.fullmatch(line)
        if found is None:
            return False
        try:
            study = self.walk.study.elsewhere({found[1]: parse_value(found[2])})
        except (ProgramError, ValueError) as error:
            self._say(str(error))
            return True
        self.walk.edited(study, self._step_in(study))
        for one in study.run.inputs:
            self._say(f"∂{study.run.target_label}/∂{one} = {study.gradients[one]}")
        shown = self.walk.prompt
        if shown is not None and not shown.is_open:
            self._say(shown.then)
        return True

    def _step_in(self, study: Study) -> int:
        """Where to stand in a changed run: where the open task is met, if it is anywhere, else at the end."""
        prompt = self.walk.prompt
        task = prompt.moment.task if prompt is not None else None
        if isinstance(task, Do):
            try:
                step = study.first_step(task.until, Learner(True, self.walk.learner.acts))
            except (Missing, ProgramError):
                step = None
            if step is not None:
                return step
        return len(study.timeline)

    def _say(self, text: str) -> None:
        for line in wrapped(text, "  "):
            self.write(line)
