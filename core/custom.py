"""Functions with a gradient of the user's own, and the cut `stop_gradient`.

A call of such a function is one entry of the tape whose reverse rule is the user's Python function. Knows tapes and
tensors; how sweeps use the rule is theirs.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np

from core import functions as f
from core.basics.structure import flatten, rebuild
from core.basics.types import Cotangent, Function, Rule, Structure, Value
from core.basics.words import say
from core.functions import stop_gradient as stop_gradient
from core.op import Op
from core.tape import recorders, start, stop
from core.tensor import Tensor, as_primal, record, untracked
from core.variable import Listener, Variable


@dataclass(frozen=True, eq=False)
class CustomOp(Op):
    """The op of one call: its reverse rule asks the function that the user gave."""

    call: Any = field(default=None)

    @property
    def pullbacks(self) -> tuple[Rule, ...]:
        """The one rule, for every slot."""
        return (self.call.pull,)


class _Call:
    """One call: what its rule needs to know, and the parts of the last answer until all slots have theirs."""

    def __init__(
        self, name: str, backward: Function, operands: list[Tensor], outputs: list[Tensor],
        variables: list[Variable], as_tensor: Callable[[Value], Value], wrong: Callable[[str], Exception],
    ) -> None:  # fmt: skip
        self.name, self.backward, self.variables, self.as_tensor = name, backward, variables, as_tensor
        self.wrong = wrong
        self.shapes = [operand.shape for operand in operands]
        self.outputs = [output.shape for output in outputs]
        self.cotangent: Cotangent = None
        self.slot = -1
        self.parts: list[Cotangent] = []

    def pull(self, slot: int, g: Cotangent, v: Value, *values: Value) -> Cotangent:
        """The contribution to one operand; the user's function is asked once for all of them."""
        if g is not self.cotangent or slot <= self.slot:
            self.parts = self._ask(g)
        self.cotangent, self.slot = g, slot
        part = self.parts[slot]
        return part.primal if isinstance(part, Tensor) and not recorders() else part

    def _ask(self, g: Cotangent) -> list[Cotangent]:
        cotangents = [self.as_tensor(one) for one in self._split(_tensor(g))]
        if not self.variables:
            given, more = self.backward(*cotangents), []
        else:
            given, more = self.backward(*cotangents, variables=[*self.variables])
        parts = [*flatten(given), *flatten(list(more))]
        wanted = len(self.shapes)
        if len(parts) != wanted:
            raise self.wrong(
                say(
                    "custom.gradient-must-return-one",
                    "the gradient of `{name}` must return one value for each of its {wanted} operands (None where "
                    "nothing flows), but it returned {count}",
                    name=self.name,
                    wanted=wanted,
                    count=len(parts),
                )
            )
        return [self._checked(part, place) for place, part in enumerate(parts)]

    def _split(self, g: Tensor) -> list[Tensor]:
        """The cotangent of each output: the whole for one, slices of the joined vector for several."""
        if len(self.outputs) == 1:
            return [g]
        return _unjoined(g, self.outputs)

    def _checked(self, part: Cotangent, place: int) -> Cotangent:
        if part is None:
            return None
        try:
            part = self.as_tensor(part)
        except TypeError:
            kind = type(part).__name__
            message = say(
                "custom.gradient-not-numbers",
                "the gradient of `{name}` is {kind}, not numbers",
                name=self.name,
                kind=kind,
            )
            raise self.wrong(message) from None
        if part.shape != self.shapes[place]:
            raise self.wrong(
                say(
                    "custom.gradient-operand-shape-operand",
                    "the gradient of `{name}` for operand {place} has shape {shape}, but the operand has shape {other}",
                    name=self.name,
                    place=place,
                    shape=part.shape,
                    other=self.shapes[place],
                )
            )
        return part


def _tensor(value: Value) -> Value:
    return value if isinstance(value, Tensor) else untracked(as_primal(value))


def custom_gradient(
    function: Function,
    as_tensor: Callable[[Value], Value] = _tensor,
    wrong: Callable[[str], Exception] = ValueError,
) -> Function:
    """Let a function state its own gradient.

    The function returns its result and a function from the result's cotangent to the cotangents of its arguments
    (with several results: one argument each). Where it reads trainable variables besides its arguments, that
    function must take `variables=` and return a second list, with a cotangent for each of them. A cotangent has the
    shape of what it belongs to; None means that nothing flows there. `as_tensor` makes tensors of what is given,
    returned and received. A call raises TypeError where the function does not return such a pair or does not take the
    variables; a sweep raises what `wrong` makes of a sentence where the number of cotangents or a shape is wrong, or
    one is not made of numbers.
    """

    @wraps(function)
    def decorated(*args: Structure, **kwargs: Any) -> Structure:
        listener = Listener()
        start(listener)
        try:
            answer = function(*args, **kwargs)
        finally:
            stop(listener)
        result, backward = _pair(function, answer)
        arguments = flatten(args)
        variables = [v for v in listener.heard if not any(v is argument for argument in arguments)]
        _check_takes_variables(function, backward, variables)
        operands = [as_tensor(argument) for argument in (*arguments, *variables)]
        outputs = [as_tensor(output) for output in flatten(result)]
        call = _Call(function.__name__, backward, operands, outputs, variables, as_tensor, wrong)
        return rebuild(result, map(as_tensor, _recorded(call, operands, outputs)))

    return decorated


def _recorded(call: _Call, operands: list[Tensor], outputs: list[Tensor]) -> list[Tensor]:
    """The outputs as results of one entry; several outputs are joined to a vector and cut out of it again."""
    name = call.name if call.name.isidentifier() else "custom"
    op = CustomOp(name, "custom(*xs)", vjps=("custom",), reads=name + "({all})", call=call)
    sources = tuple(operand.read() for operand in operands)
    if len(outputs) == 1:
        return [record(op, sources, outputs[0].primal, {})]
    joined = np.concatenate([np.ravel(output.primal) for output in outputs])
    return _unjoined(record(op, sources, joined, {}), call.outputs)


def _unjoined(joined: Tensor, shapes: list[tuple[int, ...]]) -> list[Tensor]:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes]).tolist()
    starts = [0, *ends[:-1]]
    pieces = [f.getitem(joined, slice(first, end)) for first, end in zip(starts, ends, strict=True)]
    return [f.reshape(piece, shape) for piece, shape in zip(pieces, shapes, strict=True)]


def _pair(function: Function, answer: object) -> tuple[Structure, Function]:
    if not isinstance(answer, tuple) or len(answer) != 2 or not callable(answer[1]):
        raise TypeError(
            say(
                "custom.must-return-result-function",
                "`{function}` must return its result and a function that gives the gradient",
                function=function.__name__,
            )
        )
    return answer


def _check_takes_variables(function: Function, backward: Function, variables: list[Variable]) -> None:
    if not variables:
        return
    parameters = inspect.signature(backward).parameters.values()
    if not any(one.name == "variables" or one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters):
        names = ", ".join(f"`{variable.name}`" for variable in variables)
        raise TypeError(
            say(
                "custom.reads-variables-gradient-function",
                "`{function}` reads the variables {names}, so its gradient function must accept the keyword "
                "argument `variables` and return their gradients as a second list",
                function=function.__name__,
                names=names,
            )
        )
