"""Random programs for Hypothesis: straight-line Python on numbers or arrays, with a point at which they are smooth.

A program is text, so that a failing example can be read, and plain NumPy, so that every engine runs the same.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

LIMIT = 1e3
NAMESPACE = {
    "np": np,
    "Z": np.zeros((2, 3)),
    "RAMP": np.array([[0.0, 5.0, 10.0], [2.5, 7.5, 12.5]]),
    "MASK": np.array([[True, False, True], [False, False, True]]),
    "M": np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5], [-0.25, 0.75, 1.0]]),
}
ELEMENTWISE = (
    "{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} * {a}", "{a} / (2 + np.sin({b}))", "-{a}", "0.5 * {a}", "3 - {a}",
    "2 / (1 + {a} ** 2)", "(1 + {a} ** 2) ** 0.75", "np.sin({a})", "np.cos({a})", "np.tanh({a})", "np.arctan({a})",
    "np.exp(np.tanh({a}))", "np.sqrt(1 + {a} * {b} * {b} * {a})", "np.log(1 + {a} ** 2)", "np.arcsinh({a})",
    "np.maximum({a}, {b} - 0.0501)", "np.minimum({a}, 0.2503 + 0 * {a})", "abs({a} + 0.0507)",
    "{a} if {a} > 0.1009 else {a} * {b}",
)  # fmt: skip
OF_ARRAYS = (
    "np.sum({a} + Z, axis=0)", "np.sum({a})", "np.mean({a} + Z, axis=-1, keepdims=True)", "({a} + Z) @ M",
    "np.transpose(np.transpose({a} + Z) * 2)", "({a} + Z)[..., ::-1]", "({a} + Z)[[1, 0, 1], 1:].sum(axis=1)",
    "np.concatenate([{a} + Z, {b} + Z])[1:3]", "np.cumsum({a} + Z, axis=1)", "np.where(MASK, {a}, {b})",
    "np.prod(np.tanh({a} + Z), axis=1, keepdims=True)", "np.max({a} + RAMP, axis=0)", "np.outer({a}, {b}).sum()",
    "np.reshape(np.reshape({a} + Z, (3, 2)) * 2, (2, 3))", "np.stack([{a} + Z, {b} + Z], axis=1)[:, 0]",
)  # fmt: skip
SHAPES = ((), (3,), (2, 1), (2, 3), (1, 3))
numbers = st.integers(-200, 200).map(lambda n: n / 101 + 0.0013)


@dataclass(frozen=True)
class Program:
    """Source text of a function `f`, and arguments for it."""

    text: str
    arguments: tuple[Any, ...] = field(repr=False)

    def __call__(self, *arguments: Any) -> Any:
        scope: dict[str, Any] = dict(NAMESPACE)
        exec(self.text, scope)
        return scope["f"](*arguments)


@st.composite
def programs(draw: Any, arrays: bool = False) -> Program:
    """A program on one to three numbers or arrays, whose every value stays within the limit at the point."""
    count = draw(st.integers(1, 3))
    arguments = tuple(draw(points(arrays)) for _ in range(count))
    names = [f"x{place}" for place in range(count)]
    templates = (*(one for one in ELEMENTWISE if " if " not in one), *OF_ARRAYS) if arrays else ELEMENTWISE
    lines = []
    for place in range(draw(st.integers(1, 9))):
        a, b = draw(st.sampled_from(names[-3:])), draw(st.sampled_from(names))
        lines.append(f"    v{place} = {draw(st.sampled_from(templates)).format(a=a, b=b)}")
        names.append(f"v{place}")
    head = f"def f({', '.join(names[:count])}):"
    program = Program("\n".join([head, *lines, f"    return {' + '.join(names[count:])}"]), arguments)
    every = Program("\n".join([head, *lines, f"    return [{', '.join(names)}]"]), arguments)
    assume(all(np.all(np.abs(value) < LIMIT) for value in every(*arguments)))
    return program


def points(arrays: bool) -> Any:
    """A number, or an array of one of the shapes that broadcast with each other."""
    if not arrays:
        return numbers
    return st.sampled_from(SHAPES).flatmap(array_of_shape)


def array_of_shape(shape: tuple[int, ...]) -> Any:
    """An array of that shape, or a number."""
    size = int(np.prod(shape))
    if not shape:
        return numbers
    return st.lists(numbers, min_size=size, max_size=size).map(lambda drawn: np.array(drawn).reshape(shape))
