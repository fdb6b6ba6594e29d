"""What the use of an input demands of its first value where the text gives none: an array of a shape, or a count.

Reads the program once or twice with shapes in the place of values; see `dimensions`.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from core.language.abstract.dimensions import Axis, Guess, lengths
from core.language.abstract.shapes import ShapeDomain
from core.language.abstract.shapes_of_calls import DEMANDING
from core.language.abstract.walk import Walk, name_called
from core.language.interface.first_values import first_array
from core.language.interface.inputs import Input, Interface
from core.language.interface.uses import Uses
from core.language.reading.walk import Nodes

COUNT = 3.0


def with_guesses(tree: ast.Module, uses: Uses, interface: Interface) -> tuple[Input, ...]:
    """The inputs with arrays and counts for defaults where the text gives none and its use demands them."""
    guesses = find_shapes(tree, uses, interface) if demanding(uses.nodes) else {}
    arrays = [guesses[one.name] for one in interface.inputs if one.name in guesses and guesses[one.name].axes]
    axes = lengths(arrays)
    return tuple(_with_guess(one, guesses.get(one.name), arrays, axes, uses) for one in interface.inputs)


def _with_guess(one: Input, guess: Guess | None, arrays: list[Guess], axes: dict, uses: Uses) -> Input:
    if one.given:
        return one
    if guess is not None and guess.axes:
        shape = tuple(axes[axis.root] for axis in guess.axes)
        return replace(one, default=first_array(shape, arrays.index(guess), guess.regular))
    if one.name in uses.whole:
        return replace(one, default=1.0 if one.name in uses.indices else COUNT, watched=False, counts=True)
    return one


def demanding(nodes: Nodes) -> bool:
    """Whether anything in a program asks for arrays at all; most programs of numbers can be left unread."""
    return bool(
        nodes[ast.Subscript]
        or nodes[ast.For]
        or nodes[ast.comprehension]
        or any(isinstance(node.op, ast.MatMult) for node in nodes[ast.BinOp])
        or any(isinstance(target, ast.Tuple | ast.List) for node in nodes[ast.Assign] for target in node.targets)
        or any(name_called(node) in DEMANDING and _of_arrays(node) for node in nodes[ast.Call])
    )


def _of_arrays(node: ast.Call) -> bool:
    """Whether a call is not just max(a, b) of numbers."""
    return len(node.args) < 2 or name_called(node) not in ("max", "min")


def find_shapes(tree: ast.Module, uses: Uses, interface: Interface) -> dict[str, Guess]:
    """What is known of each input after the program was read: first how many axes it has, then how long they are."""
    guesses: dict[str, Guess] = {}
    for one in interface.inputs:
        if not one.given:
            guess = guesses[one.name] = Guess(name=one.name)
            guess.source = guess
    Walk(ShapeDomain(interface, guesses), interface).read(tree)
    if not any(guess.axes for guess in guesses.values()):
        return {}
    for guess in guesses.values():
        guess.axes = [Axis() for _ in guess.axes]
    Walk(ShapeDomain(interface, guesses), interface).read(tree)
    return guesses
