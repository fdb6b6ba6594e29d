"""`tf.image`: what TensorFlow's guide uses to show an operation without a gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects.own_rules import with_rule


def adjust_contrast(here: Any, span: Any, x: Any, factor: Any) -> Any:
    """Each channel moved away from its mean over the image; TensorFlow has no gradient for it."""

    def forward() -> Any:
        images = np.asarray(f.plain(x), dtype=float)
        mean = images.mean((-3, -2), keepdims=True)
        return (images - mean) * float(f.plain(factor)) + mean

    def rule(made: Any, given: tuple, cotangents: list) -> list:
        raise here.fail(
            say("language.no-gradient-registered", "gradient registry has no entry for: AdjustContrastv2"),
            span,
            say("language.compute-contrast-by-hand", "Compute it from tf.reduce_mean instead."),
            python="LookupError",
        )

    return with_rule(here, span, "adjust_contrast", (x, factor), forward, rule)
