"""The whole idea of reverse-mode automatic differentiation in plain Python. Read this file first.

While a function runs, a tape writes down each operation: its value, and how fast that value changes with each operand
(the partial derivatives, which every schoolbook lists). Then one loop runs over the tape backwards. It carries, for
each entry, the adjoint: how fast the final result changes with that entry. By the chain rule an operand gets from each
operation that used it the adjoint of the operation times the partial, and these contributions are added up.

For z = 3*w1**2 + 2*w1*w2 at (5, 3) that gives 36 and 10: `python core/tutorial.py` prints the tape and both numbers.
The engine is this file with arrays and care: `tape` is the list, `ops` the partials, `sweeps` the loop, `gradient_tape`
what a user sees. This file imports nothing of ours.
"""

import math
from typing import NamedTuple


class Entry(NamedTuple):
    """One line of the tape: a value, the entries it was computed from, and its partial derivative by each of them."""

    value: float
    operands: tuple[int, ...] = ()
    partials: tuple[float, ...] = ()


class Tape:
    """The list of what was computed, in order, so that operands always come before the entries that use them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def record(self, value: float, *operands: "tuple[Number, float]") -> "Number":
        """Write down one value with its (operand, partial) pairs; without pairs it is an input or a constant."""
        self.entries.append(Entry(value, tuple(one.index for one, _ in operands), tuple(p for _, p in operands)))
        return Number(self, len(self.entries) - 1)

    def gradient(self, target: "Number") -> list[float]:
        """The adjoint of every entry: the derivative of the target by it."""
        # Nothing has arrived anywhere yet ...
        adjoints = [0.0] * len(self.entries)
        # ... but the target changes exactly as fast as itself.
        adjoints[target.index] = 1.0
        # Backwards: when the loop reaches an entry, all that used it have passed on, so its adjoint is complete.
        for index in range(target.index, -1, -1):
            entry = self.entries[index]
            # The chain rule, once for each operand: what arrives is the adjoint times the partial.
            for operand, partial in zip(entry.operands, entry.partials):
                # Added, not assigned: a value that is used twice receives twice.
                adjoints[operand] += adjoints[index] * partial
        return adjoints


class Number:
    """A number that knows its entry on a tape. Computing with it does the arithmetic and writes it down."""

    def __init__(self, tape: Tape, index: int) -> None:
        self.tape, self.index = tape, index

    @property
    def value(self) -> float:
        """The number itself."""
        return self.tape.entries[self.index].value

    def __add__(self, other: "Number | float") -> "Number":
        other = self.lifted(other)
        # A sum grows as fast as either part.
        return self.tape.record(self.value + other.value, (self, 1.0), (other, 1.0))

    def __mul__(self, other: "Number | float") -> "Number":
        other = self.lifted(other)
        # A product grows with one factor as fast as the other factor is large.
        return self.tape.record(self.value * other.value, (self, other.value), (other, self.value))

    def __pow__(self, power: float) -> "Number":
        # The power rule; the exponent is a constant here.
        return self.tape.record(self.value**power, (self, power * self.value ** (power - 1)))

    def lifted(self, other: "Number | float") -> "Number":
        """A plain number is a constant: an entry that was computed from nothing."""
        return other if isinstance(other, Number) else self.tape.record(other)

    __radd__, __rmul__ = __add__, __mul__


def sin(x: Number) -> Number:
    """The sine, whose derivative is the cosine."""
    return x.tape.record(math.sin(x.value), (x, math.cos(x.value)))


if __name__ == "__main__":
    tape = Tape()
    w1, w2 = tape.record(5.0), tape.record(3.0)
    z = 3 * w1**2 + 2 * w1 * w2
    adjoints = tape.gradient(z)
    for index, (entry, adjoint) in enumerate(zip(tape.entries, adjoints)):
        print(f"v{index} = {entry.value:<6g} from {entry.operands!s:<8} adjoint {adjoint:g}")
    print(f"z = {z.value:g}, dz/dw1 = {adjoints[w1.index]:g}, dz/dw2 = {adjoints[w2.index]:g}")
