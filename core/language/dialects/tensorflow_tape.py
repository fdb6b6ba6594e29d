"""The tape in the text: `with tf.GradientTape() as tape:` and what can be done with it. Knows the engine's tape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.structure import map_structure
from core.basics.words import as_sentence, say
from core.gradient_tape import GradientTape
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, sprawls
from core.tensor import Tensor


class TextTape:
    """A tape that the program opened."""

    kind = say("language.a-tape", "a tape")

    def __init__(self, persistent: bool, watch_accessed_variables: bool) -> None:
        self.engine = GradientTape(persistent, watch_accessed_variables)

    def enter(self, here: Locals) -> Any:
        if self.engine.is_recording:
            raise Refusal(
                say("language.tape-recording-already", "This tape is recording already."),
                say("language.open-each-tape-once", "Open each tape once at a time."),
            )
        self.engine.__enter__()
        return self

    def leave(self, here: Locals) -> None:
        self.engine.__exit__()


class Pause:
    """A block in which one tape records nothing."""

    kind = say("language.pause-tape", "a pause of the tape")

    def __init__(self, tape: TextTape) -> None:
        self.pause: Any = tape.engine.stop_recording()

    def enter(self, here: Locals) -> Any:
        """Stop recording."""
        try:
            self.pause.__enter__()
        except ValueError:
            raise Refusal(
                say("language.tape-not-recording-cannot", "The tape is not recording, so it cannot be paused."),
                say("language.write-inside-block", "Write this inside its `with` block."),
            ) from None

    def leave(self, here: Locals) -> None:
        """Record again."""
        self.pause.__exit__(None, None, None)


def new_tape(persistent: Any = False, watch_accessed_variables: Any = True) -> TextTape:
    return TextTape(bool(persistent), bool(watch_accessed_variables))


def taught(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with the engine's errors made sentences for learners."""

    def call(*values: Any, **named: Any) -> Any:
        if any(sprawls(value) for value in (*values, *named.values())):
            raise Refusal(
                say("language.these-lists-too-large-tape", "These lists are too large for a tape."),
                say("language.use-arrays", "Use arrays."),
            )
        try:
            return function(*values, **named)
        except (RuntimeError, ValueError, TypeError) as error:
            raise Refusal(as_sentence(error)) from None

    return call


def _watch(tape: TextTape, tensor: Any) -> None:
    tape.engine.watch(tensor)


def _followed(target: Any) -> Any:
    """A plain number is a target that no source leads to."""
    return Tensor(np.asarray(target, float)) if isinstance(target, int | float | np.ndarray) else target


def _gradient(
    tape: TextTape, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: Any = "none"
) -> Any:
    if str(unconnected_gradients) not in ("none", "zero"):
        raise Refusal(
            say("language.unconnected-gradients-none-zero", "`unconnected_gradients` is 'none' or 'zero'."),
            say("language.write-unconnected-gradients-zero", "Write unconnected_gradients='zero'."),
        )
    return tape.engine.gradient(map_structure(_followed, target), sources, output_gradients, unconnected_gradients)


def _derivative(name: str) -> Callable[..., Any]:
    def call(tape: TextTape, target: Any, sources: Any, **named: Any) -> Any:
        method = {"jacobian": "jacobian", "batch_jacobian": "batch_jacobian"}[name]
        found = getattr(tape.engine, method, None)
        if found is None:
            raise Refusal(
                say("language.tape-not-part-program", "`tape.{name}` is not part of this program yet.", name=name),
                say("language.ask-gradient-each-element", "Ask for the gradient of each element."),
            )
        return found(target, sources, **named)

    return call


def _watched(tape: TextTape) -> tuple:
    return tape.engine.watched_variables()


def _reset(tape: TextTape) -> None:
    tape.engine.reset()


ROWS: tuple[tuple[str, Any, str], ...] = (
    ("watch", _watch, "tensor"),
    ("gradient", _gradient, "target sources output_gradients unconnected_gradients"),
    (
        "jacobian",
        _derivative("jacobian"),
        "target sources unconnected_gradients parallel_iterations! experimental_use_pfor!",
    ),
    (
        "batch_jacobian",
        _derivative("batch_jacobian"),
        "target source:sources unconnected_gradients parallel_iterations!",
    ),
    ("watched_variables", _watched, ""),
    ("reset", _reset, ""),
    ("stop_recording", Pause, ""),
)
TAPE_METHODS = {
    name: Builtin(f"tape.{name}", taught(call), ("self", *signature.split())) for name, call, signature in ROWS
}


TAPES: dict[str, Any] = {
    "tf.GradientTape": Builtin("tf.GradientTape", new_tape, ("persistent", "watch_accessed_variables")),
}
