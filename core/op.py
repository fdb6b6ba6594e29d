"""What an operation is: a name and formulas, from which everything else about it follows.

A rule is written once, as a formula in text. The engine compiles it to compute, the code generator prints it,
the notation shows it. Formulas may use: the operands (x, y, z, or xs for any number), the result v, the
cotangent g of the result, the op's attributes, and the functions of `core.functions`.

This module knows no particular operation, no tensor and no tape.
"""

import operator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from core import kernels
from core.basics.types import Array, Attributes, Rule
from core.basics.words import say

EVERYWHERE = say("ops.everywhere", "all real numbers")  # where most operations are defined
OPERAND_NAMES = ("x", "y", "z")

# Filled by core.functions: what formulas may call when an operand is an array or a tensor.
GENERAL: dict[str, Any] = {}
SCALAR: dict[str, Any] = vars(kernels.scalar)
IN_C: dict[str, Rule] = {
    "x + y": operator.add, "x - y": operator.sub, "x * y": operator.mul, "x / y": operator.truediv,
    "-x": operator.neg, "+x": operator.pos,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Op:
    """One row of the op table.

    `primal` computes the value; `partials` (elementwise ops) has the partial derivative for each operand, and
    `vjps` (all others) the product of the cotangent g with the Jacobian, one formula per operand. A rule of
    `None` says that no derivative flows through that operand. `linear` says that the jvp is the op itself:
    linear in "each" operand apart (a product of matrices) or in all operands "together" (a join). `reads` is
    the op in mathematical notation; `domain` says in words where the op and its derivative are defined;
    `samples` are operand values inside that domain, from which tests are made.
    """

    name: str
    primal: str
    partials: tuple[str | None, ...] = ()
    vjps: tuple[str | None, ...] = ()
    reads: str = ""
    attributes: tuple[str, ...] = ()
    linear: Literal["", "each", "together"] = ""
    domain: str = EVERYWHERE
    samples: tuple[tuple[Array, ...], ...] = ()
    sample_attributes: tuple[Attributes, ...] = ()

    def __post_init__(self) -> None:
        rules = self.partials or self.vjps
        if self.partials and self.vjps and len(self.partials) != len(self.vjps):
            raise ValueError(
                say(
                    "ops.op-partials-vjps",
                    "op `{name}`: {count} partials but {other} vjps",
                    name=self.name,
                    count=len(self.partials),
                    other=len(self.vjps),
                )
            )
        if not rules and self.name != "input":
            raise ValueError(say("ops.op-no-derivative-rule", "op `{name}` has no derivative rule", name=self.name))
        for sample in self.samples:
            if not self.variadic and len(sample) != len(rules):
                raise ValueError(
                    say(
                        "ops.op-rules-sample-operands",
                        "op `{name}`: {count} rules but a sample with {other} operands",
                        name=self.name,
                        count=len(rules),
                        other=len(sample),
                    )
                )

    def __repr__(self) -> str:
        return f"<op {self.name}>"

    @cached_property
    def elementwise(self) -> bool:
        """Whether the op acts on each element alone, with broadcasting between operands."""
        return bool(self.partials)

    @cached_property
    def variadic(self) -> bool:
        """Whether the op takes any number of operands (its one rule then serves every slot)."""
        return "xs" in self.primal

    @cached_property
    def arity(self) -> int | None:
        """How many operands the op takes; None for any number."""
        return None if self.variadic else len(self.rules)

    @cached_property
    def rules(self) -> tuple[str | None, ...]:
        """For each operand the formula of cotangent times Jacobian, or None where nothing flows."""
        return self.vjps or tuple(None if partial is None else times_cotangent(partial) for partial in self.partials)

    @property
    def signature(self) -> str:
        """The formula's parameters after v: operands, then attributes by keyword."""
        if self.variadic:
            return ", ".join(("*xs", *self.attributes))
        star = ("*", *self.attributes) if self.attributes else ()
        return ", ".join((*OPERAND_NAMES[: len(self.rules)], *star))

    def compiled(self, formula: str, leading: str, namespace: dict[str, Any]) -> Rule:
        """The formula as a function of `leading`, the operands and the attributes."""
        parameters = ", ".join(part for part in (leading, self.signature) if part)
        return eval(compile(f"lambda {parameters}: {formula}", f"<rule of {self.name}>", "eval"), namespace)

    @cached_property
    def forward(self) -> Rule:
        """The value for NumPy operands: forward(*operands, **attributes)."""
        return self.compiled(self.primal, "", vars(kernels))

    @cached_property
    def scalar_forward(self) -> Rule:
        """The value for Python floats; raises as Python does outside the domain.

        Where the formula is one operator or one kernel this is the function in C itself, without a frame round it.
        """
        kernel, _, operands = self.primal.partition("(")
        if kernel in SCALAR and operands == f"{', '.join(OPERAND_NAMES[: len(self.rules)])})":
            return SCALAR[kernel]
        return IN_C.get(self.primal) or self.compiled(self.primal, "", SCALAR)

    @cached_property
    def partial_functions(self) -> tuple[Rule | None, ...]:
        """For elementwise ops: partial(v, *operands) for each operand, on floats, arrays or tensors."""
        return tuple(None if text is None else self.compiled(text, "v", GENERAL) for text in self.partials)

    @cached_property
    def pullbacks(self) -> tuple[Any, ...]:
        """For each operand: pullback(g, v, *operands, **attributes), on floats, arrays or tensors."""
        return tuple(None if text is None else self.compiled(text, self._leading, GENERAL) for text in self.rules)

    @cached_property
    def scalar_pullbacks(self) -> tuple[Any, ...]:
        """The pullbacks for Python floats alone, several times faster than the general ones."""
        return tuple(None if text is None else self.compiled(text, self._leading, SCALAR) for text in self.rules)

    @property
    def _leading(self) -> str:
        return "slot, g, v" if self.variadic else "g, v"


def times_cotangent(partial: str) -> str:
    """The formula `g * partial`, without a multiplication by one."""
    if partial == "1":
        return "g"
    if partial == "-1":
        return "-g"
    return f"g * {partial}" if partial.isidentifier() or partial.isdigit() else f"g * ({partial})"
