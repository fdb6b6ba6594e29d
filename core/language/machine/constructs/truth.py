"""Whether a value counts as true, and whether it can be a key: what several constructs ask of a value."""

from __future__ import annotations

from typing import Any

from core.language.machine import operators
from core.language.machine.failures import failure
from core.language.machine.locals import Locals


def truth(here: Locals, value: Any, span: Any) -> bool:
    """Whether a value counts as true; arrays with several elements do not know."""
    if value.__class__ is bool:
        return value
    try:
        return bool(value)
    except Exception as error:
        raise failure(here, span, error, operators.explain(ValueError("truth value"), "if", value)) from None


def check_keys(here: Locals, values: list, span: Any) -> None:
    """Refuse keys that Python could not keep, or could hang on."""
    try:
        for value in values:
            operators.check_key(value)
    except operators.Refusal as refusal:
        raise here.fail(refusal.message, span, refusal.hint) from None
