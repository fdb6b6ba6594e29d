"""Random TensorFlow programs in the dialect alone: else they compare nothing where they are held against TensorFlow."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from core.basics.words import Message
from core.dialects import tensorflow as tf
from tests.tensorflow_programs import of_operations, of_tapes

REFUSALS = (tf.errors.InvalidArgumentError, ValueError)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=of_operations() | of_tapes())
def test_a_random_program_is_carried_out_or_refused_in_words(text: str) -> None:
    """A name that is missing here, or any other exception, would read as a refusal that TensorFlow shares."""
    names: dict[str, Any] = {"tf": tf}
    try:
        with np.errstate(all="ignore"):
            exec(text, names)
    except REFUSALS as refusal:
        assert str(refusal)
    except TypeError as refusal:  # as TensorFlow raises for 2.0 beside whole numbers; Python's own say nothing of ours
        assert isinstance(refusal.args[0], Message)
    else:
        assert "result" in names
