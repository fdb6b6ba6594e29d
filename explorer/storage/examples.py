"""The examples of the menu: documents in `assets/examples`, in the order of its index; and those of trainings."""

import json

from explorer.model.document import Document
from explorer.storage.documents import read_document
from explorer.storage.resources import asset


def example_names() -> list[str]:
    """File names without ending, in the order of the menu."""
    return json.loads(asset("examples/index.json").read_text("utf-8"))


def training_names() -> list[str]:
    """File names without ending of the examples that are there to be trained, in the order of a menu."""
    return json.loads(asset("trainings/index.json").read_text("utf-8"))


def training_example(name: str) -> Document:
    """One of them; its `plan` says how it is trained."""
    return read_document(asset(f"trainings/{name}.json"))


def example(name: str) -> Document:
    """One example."""
    return read_document(asset(f"examples/{name}.json"))
