"""What is known of the tape's life and of what the learner did; for the anchors of moments."""

from __future__ import annotations

from core.language.interface.opened_tapes import tapes_in
from core.lessons.study import Known
from core.navigation.grammar import Function


def used_up(known: Known) -> bool:
    """Whether the tape has been asked and may not be asked again."""
    timeline, run = known["timeline"], known["study"].run
    is_over = known["step"] == len(timeline) > timeline.forward_end and timeline.second_sweep == "reverse"
    return is_over and not any(tape.persistent for tape in tapes_in(run.program)[0])


def checked(known: Known) -> bool:
    """Whether the sweep is over, and its gradients agree with finite differences."""
    return known["step"] == len(known["timeline"]) and known["study"].agrees()


FUNCTIONS = (
    Function("used_up", (), used_up, "the tape was asked, and is not persistent", "sweep"),
    Function("checked", (), checked, "the sweep is over, and finite differences agree", "sweep"),
    Function("training_step", (), lambda known: known["learner"].training_step,
             "the step of training that is looked at", "run"),
    Function("edited", (), lambda known: known["learner"].edited, "the learner changed the program or an input"),
    Function("did", ("word",), lambda known, name: name in known["learner"].acts,
             "the learner did an action of the window"),
)  # fmt: skip
