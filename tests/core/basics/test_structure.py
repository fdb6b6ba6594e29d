"""Nested structures: flattening, mapping and rebuilding agree on the order."""

from collections import namedtuple

from core.basics.structure import flatten, map_structure, rebuild

Pair = namedtuple("Pair", "first second")
NESTED = {"z": [1, (2, {"b": 3, "a": 4})], "a": Pair(5, 6), "m": []}


def test_leaves_come_in_the_order_of_sorted_keys() -> None:
    assert flatten(NESTED) == [5, 6, 1, 2, 4, 3]
    assert flatten(7) == [7]


def test_mapping_keeps_structure_types_and_the_order_of_keys() -> None:
    mapped = map_structure(lambda leaf: leaf * 10, NESTED)
    assert mapped == {"z": [10, (20, {"b": 30, "a": 40})], "a": Pair(50, 60), "m": []}
    assert list(mapped) == ["z", "a", "m"]
    assert isinstance(mapped["a"], Pair)


def test_rebuilding_undoes_flattening() -> None:
    again = rebuild(NESTED, iter(flatten(NESTED)))
    assert again == NESTED
    assert list(again) == list(NESTED)
    assert isinstance(again["a"], Pair)
