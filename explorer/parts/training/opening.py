"""A step of a training as a tape in the main window: its point becomes the inputs, and one click brings them back.

Knows the session and what is shown; knows nothing of the page.
"""

from dataclasses import replace

from core.basics.words import say
from core.notation import number
from core.training import Training
from core.training.in_text import TrainingInText
from explorer.look.theme import Theme
from explorer.model.document import Document
from explorer.parts.training.lending import Lending
from explorer.parts.training.strip import Strip
from explorer.places import Places
from explorer.session import Session
from explorer.shown import ShownSignals


class Opening:
    """Opens steps of a training, one after the other; `step` is the one that is open."""

    def __init__(self, session: Session, shown: ShownSignals, places: Places) -> None:
        self._session, self._shown, self._places = session, shown, places
        self._lending = Lending(session)
        self._training: Training | TrainingInText | None = None
        self._entry: int | None = None
        self.step = 0
        self.strip = Strip()
        self.strip.moved.connect(self._move)
        self.strip.left.connect(self.leave)
        places.over(self.strip)
        shown.timeline_changed.connect(self._point_at_trouble)

    @property
    def is_open(self) -> bool:
        """Whether the inputs are those of a step."""
        return not self.strip.isHidden()

    def open(self, training: Training | TrainingInText, step: int) -> None:
        """Show the run whose gradient the next step follows."""
        self._training, self.step = training, min(max(step, 0), len(training.losses) - 1)
        if isinstance(training, TrainingInText):
            self._session.set_pass(self.step + 1)
        else:
            trouble = training.trouble
            self._entry = trouble.entry if trouble is not None and trouble.step == self.step else None
            self._lending.put(training.taken_at(self.step))
        self.strip.show_step(self.step, len(training.losses) - 1, number(training.losses[self.step], 6))
        self._places.show_page("graph")

    def _move(self, by: int) -> None:
        if self._training is not None:
            self.open(self._training, self.step + by)

    def _point_at_trouble(self) -> None:
        """Where a number was lost, its entry is the one to look at."""
        if self._entry is not None:
            self._shown.select(self._entry)
            self._entry = None

    def leave(self) -> None:
        """The inputs as they were, and the training again."""
        if self.is_open:
            self.strip.hide()
            if isinstance(self._training, TrainingInText):
                self._session.set_pass(1)
            self._lending.give_back()
            self._places.show_page("training")

    def forget(self) -> None:
        """Another document: nothing is open."""
        self._lending.forget()
        self.strip.hide()

    def needs_training(self) -> None:
        """Say that there is no step to open."""
        self._places.say(say("training.train-first", "Train first: then any of its steps can be opened."))

    def add_to(self, document: Document) -> Document:
        """A step that is open is only looked at: the document keeps the inputs that were there before."""
        return replace(document, inputs=self._lending.restored(document.inputs)) if self.is_open else document

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.strip.set_theme(theme)
