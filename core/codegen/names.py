"""Identifiers for the entries of a tape: the user's names where Python allows them, each given once.

Knows labels and Python's rules for names; knows nothing of formulas.
"""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

from core.tape import Tape

PARAMETER_NAMES = ("forward", "value_and_gradient", "jacobian")


def names_of(tape: Tape, taken: Iterable[str]) -> dict[int, str]:
    """For each entry an identifier made from its label, different from all others and from those `taken`.

    An entry's adjoint is called `name_bar`, so no other name ends like that.
    """
    reserved = {*taken, *keyword.kwlist, *vars(builtins), *PARAMETER_NAMES}
    used: set[str] = set()
    names: dict[int, str] = {}
    inputs = set(tape.inputs)
    for index in sorted(range(len(tape)), key=lambda index: index not in inputs):
        name = _free(identifier(tape.label(index)), reserved, used)
        used.add(name)
        names[index] = name
    return names


def bar(name: str) -> str:
    """The name of an adjoint, written v̄ in the literature."""
    return f"{name}_bar"


def identifier(label: str) -> str:
    """The label as a Python identifier, in the form in which Python compares them."""
    normal = unicodedata.normalize("NFKC", label)
    text = "".join(letter if f"a{letter}".isidentifier() else "_" for letter in normal)
    return text if text.isidentifier() else f"v_{text}"


def _free(name: str, reserved: set[str], used: set[str]) -> str:
    if name in reserved or re.search(r"_bar\d*$", name):
        name += "_"
    candidate, number = name, 1
    while candidate in used or candidate in reserved:
        number += 1
        candidate = f"{name}_{number}"
    return candidate
