"""tf.image, as far as the guides use it: an operation without a registered gradient.

Knows the dialect's tensors.
"""

from typing import Any

from core import custom
from core.basics.words import say
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.reductions import reduce_mean
from core.dialects.tensorflow.tensor import EagerTensor, convert, together


def adjust_contrast(images: Any, contrast_factor: Any) -> EagerTensor:
    """(x - mean) * factor + mean for each channel; asking for its gradient raises LookupError, as in TensorFlow."""
    pixels, factor = together(images, contrast_factor)
    return custom.custom_gradient(_adjusted, convert)(pixels, factor)


def _adjusted(pixels: Any, factor: Any) -> tuple[Any, Any]:
    mean = reduce_mean(pixels, (-3, -2), True)

    def backward(*_: Any) -> Any:
        raise LookupError(
            say("tensorflow.gradient-registry-no-entry", "gradient registry has no entry for: AdjustContrastv2")
        )

    return (pixels - mean) * factor + mean, backward


__getattr__ = missing("tf.image", globals())
