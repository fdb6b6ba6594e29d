"""Nested lists, tuples and dicts of tensors: flattening and rebuilding. Knows nothing of what the leaves are."""

from collections.abc import Callable, Iterator
from typing import Any

from core.basics.types import Structure

SEQUENCES = (list, tuple)
CONTAINERS = (dict, list, tuple)


def flatten(structure: Structure) -> list[Any]:
    """The leaves in order; dicts in the order of their sorted keys."""
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten(structure[key])]
    if isinstance(structure, SEQUENCES):
        leaves: list[Any] = []
        for item in structure:
            if isinstance(item, CONTAINERS):
                leaves += flatten(item)
            else:
                leaves.append(item)
        return leaves
    return [structure]


def map_structure(function: Callable[[Any], Any], structure: Structure) -> Structure:
    """The same structure with every leaf replaced by function(leaf)."""
    if isinstance(structure, dict):
        return {key: map_structure(function, value) for key, value in structure.items()}
    if isinstance(structure, SEQUENCES):
        items = [map_structure(function, x) if isinstance(x, CONTAINERS) else function(x) for x in structure]
        return type(structure)(*items) if hasattr(structure, "_fields") else type(structure)(items)
    return function(structure)


def rebuild(structure: Structure, leaves: Iterator[Any]) -> Structure:
    """The same structure with other leaves, which come in the order in which `flatten` gives them."""
    if isinstance(structure, dict):
        parts = {key: rebuild(structure[key], leaves) for key in sorted(structure)}
        return {key: parts[key] for key in structure}
    if isinstance(structure, SEQUENCES):
        items = [rebuild(item, leaves) if isinstance(item, CONTAINERS) else next(leaves) for item in structure]
        return type(structure)(*items) if hasattr(structure, "_fields") else type(structure)(items)
    return next(leaves)
