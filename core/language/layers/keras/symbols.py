"""`tf.keras.Input`, and layers that are called with what it gives: they become a graph instead of computing.

A symbol stands for the output of a layer that has seen no numbers yet; it holds an example of one sample, so that the
shapes are known and the layers can make their variables.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from core.basics.span import Span
from core.language.layers.classes import class_of, is_made_of, method
from core.language.layers.keras.layer import LAYER, call, in_a_dry_run, initialise
from core.language.machine import operators
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import OPERATORS, Instance
from core.language.machine.values import Builtin
from core.language.names.creation import checked_shape
from core.tape import set_recorders
from core.tensor import Tensor

EXAMPLE, MADE_BY, MADE_OF = "<example>", "<made by>", "<made of>"


def _symbol(example: Any, made_by: Any, made_of: Any) -> Any:
    if isinstance(example, list | tuple):
        return [_symbol(one, _nth(made_by, number), made_of) for number, one in enumerate(example)]
    symbol = Instance(SYMBOL)
    symbol.fields |= {
        EXAMPLE: example, MADE_BY: made_by, MADE_OF: made_of, "shape": (None, *example.shape[1:]), "dtype": "float64",
    }  # fmt: skip
    return symbol


def _nth(made_by: Any, number: int) -> Any:
    def call(here: Locals, span: Span, *values: Any, **named: Any) -> Any:
        return invoke(here, made_by, list(values), named, span)[number]

    return Builtin("item", call, ("*values", "**named"), wants_locals=True)


def is_symbol(value: Any) -> bool:
    """Whether a value is a symbol, or a list of them."""
    if isinstance(value, list | tuple):
        return bool(value) and all(map(is_symbol, value))
    return is_made_of(value, SYMBOL)


def example_of(value: Any) -> Any:
    """The example of one sample that a symbol holds."""
    return [example_of(one) for one in value] if isinstance(value, list | tuple) else value.fields[EXAMPLE]


def new_input(here: Locals, span: Span, shape: Any, name: Any = None) -> Instance:
    """`keras.Input(shape=(3,))`."""
    lengths = [1 if one is None else one for one in (shape if isinstance(shape, list | tuple) else (shape,))]
    symbol = _symbol(Tensor(np.zeros(checked_shape(here, span, (1, *lengths)))), None, None)
    symbol.fields["<layer>"] = Instance(INPUT_LAYER)
    initialise(here, span, symbol.fields["<layer>"], name)
    return symbol


def _operator(sign: str, turned: bool) -> Any:
    def combine(here: Locals, span: Span, symbol: Instance, other: Any) -> Any:
        def compute(here: Locals, span: Span, x: Any, *more: Any) -> Any:
            left, right = (x, more[0] if more else other) if not turned else (other, x)
            return operators.careful(sign, PLAIN[sign])(left, right)

        made_by = Builtin(sign, compute, ("*values",), wants_locals=True)
        made_of = [symbol, other] if is_symbol(other) else [symbol]
        return _symbol(_dry(here, span, made_by, [example_of(one) for one in made_of]), made_by, made_of)

    return combine


def _dry(here: Locals, span: Span, callee: Any, values: list) -> Any:
    before = set_recorders(())
    try:
        return invoke(here, callee, values, {}, span)
    finally:
        set_recorders(before)


PLAIN = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "@": operator.matmul,
         "**": operator.pow}  # fmt: skip
SYMBOL = class_of("KerasTensor", (), {
    f"__{before}{OPERATORS[sign]}__": method(sign, _operator(sign, bool(before)), "other")
    for sign in PLAIN for before in ("", "r")
})  # fmt: skip


def _call_of_layer(here: Locals, span: Span, one: Instance, *values: Any, **named: Any) -> Any:
    """A layer called with numbers, or with symbols: then it becomes part of a graph."""
    if not values or not is_symbol(values[0]):
        return call(here, span, one, *values, **named)
    made_of = list(values[0]) if isinstance(values[0], list | tuple) else values[0]

    def compute(here: Locals, span: Span, x: Any) -> Any:
        return invoke(here, one, [x], named, span)

    example = in_a_dry_run(here, span, one, example_of(values[0]))
    made = _symbol(example, Builtin(one.fields["name"], compute, ("x",), wants_locals=True), made_of)
    for symbol in made if isinstance(made, list) else [made]:
        symbol.fields["<layer>"] = one
    return made


LAYER.names["__call__"] = method("layer", _call_of_layer, "*values **named")


INPUT_LAYER = class_of("InputLayer", (LAYER,), {})
