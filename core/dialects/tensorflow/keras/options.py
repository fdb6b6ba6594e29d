"""What Keras says about options: those it does not know, and those that this dialect lacks. Knows words only."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from core.basics.words import say


def refuse_unknown(
    kind: str, options: Mapping[str, Any], known: tuple[str, ...], lacking: tuple[str, ...] = ()
) -> None:
    """Raise ValueError for an option that is left over: misspelt, or of Keras but `lacking` here and not None."""
    for name, value in options.items():
        if name in lacking:
            if value not in (None, False):
                raise ValueError(
                    say(
                        "tensorflow.option-not-part",
                        "the option `{name}` of {kind} is not part of this TensorFlow dialect",
                        name=name,
                        kind=kind,
                    )
                )
            continue
        near = get_close_matches(name, (*known, *lacking), 1)
        hint = say("tensorflow.did-you-mean-option", "; did you mean `{near}`?", near=near[0]) if near else ""
        raise ValueError(
            say(
                "tensorflow.option-unknown",
                "Unrecognized keyword arguments passed to {kind}: `{name}`{hint}",
                kind=kind,
                name=name,
                hint=hint,
            )
        )
