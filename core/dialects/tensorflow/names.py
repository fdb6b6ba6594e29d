"""What is said about a name that the dialect does not have. Knows nothing of tensors."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import SimpleNamespace
from typing import Any

from core.basics.words import say


def missing(place: str, names: Mapping[str, Any]) -> Callable[[str], Any]:
    """The `__getattr__` of a module or namespace: it names what is missing and what may have been meant."""

    def refuse(name: str) -> Any:
        near = get_close_matches(name, [known for known in names if not known.startswith("_")], 1)
        hint = say("tensorflow.did-mean", "; did you mean `{place}.{near}`?", place=place, near=near[0]) if near else ""
        raise AttributeError(
            say(
                "tensorflow.not-part-tensorflow-dialect",
                "`{place}.{name}` is not part of this TensorFlow dialect{hint}",
                place=place,
                name=name,
                hint=hint,
            )
        )

    return refuse


class Namespace(SimpleNamespace):
    """Names under one roof, such as tf.keras.losses."""

    def __init__(self, place: str, **names: Any) -> None:
        super().__init__(**names)
        self.__dict__["_refuse"] = missing(place, names)

    def __getattr__(self, name: str) -> Any:
        return self.__dict__["_refuse"](name)
