"""Tensors: values that remember their place on a tape, and the one way in which operations are recorded.

A tensor holds its primal and its place (tape and index); it never holds an adjoint. Knows ops and the tape;
knows nothing of sweeps. The operators of `Tensor` are made in `operators`.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import ref

import numpy as np

from core.basics.cuts import Cause, Cut, Reason
from core.basics.misfit import misfit
from core.basics.types import Array, Attributes, DType, Key, Operand, Place, Primal, Value
from core.basics.words import say
from core.op import Op
from core.ops import INPUT, REALS_ONLY
from core.tape import Tape, recorders, recording

active = recording.get
make = object.__new__
OUTSIDE_DOMAIN = (ArithmeticError, ValueError)
FLOATS = {float, int}
TOO_LONG = 1024  # binary digits of a whole number beyond the largest float


class Tensor:
    """An immutable value with a place on a tape.

    `primal` is a Python float for a float64 scalar, else a NumPy number or array, or a Python int or bool; `tape` is
    the tape that recorded it, or what cut it off, or nowhere; `index` is its entry there. Raises TypeError for an
    object that is not a number or an array.
    """

    __slots__ = ("primal", "tape", "index")
    __array_priority__ = 1000.0
    __hash__ = object.__hash__

    primal: Primal
    tape: Place
    index: Any  # an int, and None where there is no tape
    __getitem__: Any  # installed, with the other methods, where the functions are

    def __init__(self, value: Value, dtype: DType = None) -> None:
        self.primal = as_primal(value, dtype)
        self.tape = NOWHERE
        self.index = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Length along each axis; () for a scalar."""
        return () if self.primal.__class__ is float else np.shape(self.primal)

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return 0 if self.primal.__class__ is float else np.ndim(self.primal)

    @property
    def size(self) -> int:
        """Number of elements."""
        return int(np.size(self.primal))

    @property
    def dtype(self) -> np.dtype:
        """NumPy's type of the elements."""
        return np.asarray(self.primal).dtype

    @property
    def trainable(self) -> bool:
        """Whether tapes watch it by themselves; only variables are."""
        return False

    def numpy(self) -> Array:
        """The value as a NumPy array or scalar, cut off from the tape."""
        self._depart()
        return np.asarray(self.primal)[()].copy() if np.ndim(self.primal) else np.asarray(self.primal)[()]

    def item(self) -> float | int | bool | complex:
        """The value of a tensor with one element as a Python number."""
        self._depart()
        return np.asarray(self.primal).item()

    def _depart(self) -> None:
        """Note on the tape that the value was read as a plain number, so that a missing gradient can be explained."""
        if active() is not None:
            look(self.read())
        if isinstance(self.tape, Tape):
            self.tape.notes.departures.add(self.index)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {np.array2string(np.asarray(self.primal), threshold=20)} shape={self.shape}>"

    def _convert(self) -> None:
        """The same of Python's own conversions, which may happen without anybody having asked for them."""
        self._depart()
        if isinstance(self.tape, Tape):
            self.tape.notes.converted.add(self.index)

    def __float__(self) -> float:
        self._convert()
        return float(self.primal)

    def __int__(self) -> int:
        self._convert()
        return int(self.primal)

    def __complex__(self) -> complex:
        self._convert()
        return complex(self.primal)

    def __bool__(self) -> bool:
        outcome = bool(self.primal)
        for tape in recorders():
            tape.ask("!=", self, 0.0, outcome)
        return outcome

    def __index__(self) -> int:
        look(self)
        return self.primal.__index__()

    def __len__(self) -> int:
        if not self.ndim:
            raise TypeError(say("tensor.scalar-tensor-no-length", "a scalar tensor has no length"))
        return len(self.primal)

    def __iter__(self) -> Iterator["Tensor"]:
        if not self.ndim:
            raise TypeError(say("tensor.scalar-tensor-cannot-iterated", "a scalar tensor cannot be iterated over"))
        return (self[position] for position in range(len(self.primal)))

    def __format__(self, text: str) -> str:
        return format(self.primal, text) if text else str(self.primal)

    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        raise TypeError(
            say(
                "tensor.would-turn-tensor-into",
                "this would turn a tensor into a plain NumPy array and lose its gradient; use `core.array([...])` "
                "to build arrays of tensors, or `.numpy()` to leave the tape on purpose",
            )
        )

    def __setitem__(self, key: Key, value: Value) -> None:
        raise TypeError(
            say(
                "tensor.tensors-cannot-changed-place",
                "tensors cannot be changed in place; make a new one, for instance with `core.setitem`",
            )
        )

    def __contains__(self, value: Value) -> bool:
        return bool(np.any(look(self) == as_primal(look(value))))

    def read(self) -> "Tensor":
        """The tensor to compute with; a variable first lets itself be watched."""
        return self


def look(x: Value) -> Primal:
    """The plain value; the tapes that record note that what the program does next may depend on it."""
    if not isinstance(x, Tensor):
        return x
    for tape in recorders():
        tape.look(x)
    return x.primal


class _Nowhere:
    """The place of a tensor that no tape recorded."""

    def __repr__(self) -> str:
        return "nowhere"


NOWHERE = _Nowhere()


def as_primal(value: Value, dtype: DType = None) -> Primal:
    """The value as engine values are: float64 scalars as Python floats, the rest as NumPy knows them.

    Writeable arrays are copied, so that a later change in place cannot alter what was recorded.
    """
    if isinstance(value, Tensor):
        value = value.primal
    if dtype is not None:
        value = np.asarray(value, dtype=dtype)
    kind = value.__class__
    if kind is float or kind is bool:
        return value
    if kind is int:
        return value if value.bit_length() < TOO_LONG else infinity(value)
    if kind is np.ndarray:
        if value.ndim == 0:
            return as_primal(value[()])
        if value.dtype == object:
            raise TypeError(
                say(
                    "tensor.array-objects-cannot-differentiated",
                    "an array of objects cannot be differentiated; build it with `core.array`",
                )
            )
        return value.copy() if value.flags.writeable else value
    if kind is np.float64:
        return float(value)
    if isinstance(value, np.generic | complex):
        return value
    if isinstance(value, list | tuple):
        return as_primal(np.asarray(value))
    raise TypeError(
        say("tensor.tensor-made-numbers-not", "a tensor is made of numbers, not of {kind}", kind=kind.__name__)
    )


def infinity(value: int) -> float:
    """What a whole number becomes that is too large for a float."""
    return np.inf if value > 0 else -np.inf


def as_operand(value: Value) -> Primal:
    """What was given beside a tensor, as a number or array; arrays are not copied."""
    return value if value.__class__ is np.ndarray and value.dtype != object and value.ndim else as_primal(value)


def as_result(value: Array) -> Primal:
    """What a kernel returned, in the form of engine values (no copy: kernels return fresh arrays)."""
    kind = value.__class__
    if kind is float or kind is np.ndarray and value.ndim:
        return value
    if kind is np.float64:
        return float(value)
    if kind is np.ndarray:
        return float(value) if value.dtype == np.float64 else value[()]
    return value


def apply(op: Op, given: tuple[Value, ...], attributes: Attributes | None = None) -> Tensor:
    """Compute an operation and record it on every tape that records now and tracks one of the operands."""
    operands = tuple([x.read() if isinstance(x, Tensor) else as_operand(x) for x in given])
    values = tuple([x.primal if isinstance(x, Tensor) else x for x in operands])
    if np.float64 in map(type, given):
        values = _with_double(given, values)
    elif len(values) > 1 and float in map(type, values):
        values = _before_narrow(operands, values)
    attributes = attributes or {}
    return record(op, operands, compute(op, values, attributes), attributes)


def _with_double(given: tuple[Value, ...], values: tuple[Primal, ...]) -> tuple[Primal, ...]:
    """The values, NumPy's numbers in double precision kept as such beside shorter ones, which then become double."""
    if all(value.__class__ is float or np.asarray(value).dtype == np.float64 for value in values):
        return values
    return tuple([x if x.__class__ is np.float64 else value for x, value in zip(given, values, strict=True)])


NARROW = {np.float16, np.float32}


def _before_narrow(operands: tuple[Value, ...], values: tuple[Primal, ...]) -> tuple[Primal, ...]:
    """The values, a tensor's own float being double too where it meets half precision or a number in single.

    A float that was typed gives way itself, as in NumPy; so does a tensor's float beside an array in single precision.
    """
    if not any(value.__class__ in NARROW or _are_halves(value) for value in values):
        return values
    own = (value.__class__ is float and isinstance(x, Tensor) for x, value in zip(operands, values, strict=True))
    return tuple([np.float64(value) if is_own else value for is_own, value in zip(own, values, strict=True)])


def _are_halves(value: Primal) -> bool:
    return value.__class__ is np.ndarray and value.dtype == np.float16


def record(op: Op, operands: tuple[Value, ...], primal: Primal, attributes: Attributes) -> Tensor:
    """The tensor of an operation that has been computed, recorded on every tape that tracks an operand."""
    result = untracked(primal)
    flows = differentiable(primal)
    if flows:
        for tape in recorders():
            _record(tape, result, op, operands, attributes)
    if result.tape is NOWHERE:
        result.tape = cut(Reason.STOPPED if flows else Reason.INTEGER, op.name, operands)
    return result


def cut(reason: Reason, name: str, operands: tuple[Value, ...]) -> Place:
    """The place of a result that was not recorded: a cut if an operand is on a tape or was cut off itself."""
    causes: list[Cause] = []
    tensors = [operand for operand in operands if isinstance(operand, Tensor)]
    if len(tensors) == 1 and tensors[0].tape.__class__ is Cut:
        return tensors[0].tape
    now = recorders()
    for operand in tensors:
        place = operand.tape
        if place.__class__ is Cut:
            causes.extend(place.causes)
        elif isinstance(place, Tape):
            why = Reason.NO_DERIVATIVE if reason is Reason.STOPPED and place in now else reason
            causes.append(Cause(why, name, ref(place), operand.index, ref(operand) if operand.trainable else None))
        elif operand.trainable:
            causes.append(Cause(reason, name, variable=ref(operand)))
    return Cut(causes) if causes else NOWHERE


def untracked(primal: Primal) -> Tensor:
    """A tensor that is on no tape, around a value in the form of engine values."""
    tensor = make(Tensor)
    tensor.primal, tensor.tape, tensor.index = primal, NOWHERE, None
    return tensor


def compute(op: Op, values: tuple[Primal, ...], attributes: Attributes) -> Primal:
    """The op's value on plain operands, with NumPy's answers (inf, nan) outside the domain."""
    if op.elementwise and _are_floats(values):
        floats = tuple(map(float, values))
        try:
            return op.scalar_forward(*floats)
        except OUTSIDE_DOMAIN:
            values = tuple(map(np.float64, floats))
    try:
        with np.errstate(all="ignore"):
            return as_result(op.forward(*values, **attributes))
    except ZeroDivisionError:  # whole numbers
        return compute(op, tuple(map(float, values)), attributes)
    except ValueError as error:
        if type(error) is not ValueError:  # NumPy's own kinds say enough
            raise
        raise misfit(op.name, op.elementwise, values, attributes, error) from None


def _are_floats(values: tuple[Primal, ...]) -> bool:
    """Whether the values are Python floats, with whole numbers among them perhaps."""
    kinds = set(map(type, values))
    return float in kinds and kinds <= FLOATS


def differentiable(primal: Primal) -> bool:
    """Whether the value is made of real or complex floating-point numbers."""
    kind = primal.__class__
    return kind is float or (primal if kind is np.ndarray else np.asarray(primal)).dtype.kind in "fc"


def _record(tape: Tape, result: Tensor, op: Op, operands: tuple[Value, ...], attributes: Attributes) -> None:
    """Record on one tape, if it tracks an operand through which a derivative flows."""
    places = [tape.index_of(operand) if isinstance(operand, Tensor) else None for operand in operands]
    if not _flows(op, places):
        return
    if op.name in REALS_ONLY:
        _check_real(op, operands)
    if None not in places:
        place_on(result, tape, tape.append(op, places, result.primal, attributes))
        return
    stored = [_constant(tape, x) if place is None else place for x, place in zip(operands, places, strict=True)]
    index = tape.append(op, stored, result.primal, attributes)
    place_on(result, tape, index)
    cuts = [x.tape for x in operands if isinstance(x, Tensor) and x.tape.__class__ is Cut]
    if cuts:
        tape.notes.cuts[index] = Cut.joined(cuts)


def _check_real(op: Op, operands: tuple[Value, ...]) -> None:
    """Raise TypeError where a rule that holds for real numbers alone would be given complex ones."""
    if any(np.iscomplexobj(one.primal if isinstance(one, Tensor) else one) for one in operands):
        raise TypeError(
            say(
                "tensor.rule-for-reals-only",
                "the derivative of `{op}` holds for real numbers, and this is a complex one; compute it from the real "
                "part of z, or of z times its conjugate",
                op=op.name,
            )
        )


def _flows(op: Op, places: list[int | None]) -> bool:
    """Whether a derivative flows through an operand that the tape tracks."""
    if None not in op.rules:
        return places.count(None) < len(places)
    rules = op.rules * len(places) if op.variadic else op.rules
    return any(place is not None and rule for place, rule in zip(places, rules, strict=True))


def _constant(tape: Tape, operand: Value) -> Operand:
    """How an operand that the tape does not track is kept: as its value, in a form that cannot change.

    While another tape tracks it, it is kept as a tensor, for that tape will differentiate this one's sweep.
    """
    if isinstance(operand, Tensor):
        if recording.get() is not tape and _tracked_elsewhere(operand, tape):
            return snapshot(operand)
        operand = operand.primal
        if operand.__class__ is np.ndarray:  # a tensor's array never changes
            return operand
    if operand.__class__ is int or operand.__class__ is bool:
        return float(operand)
    return as_primal(operand)


def _tracked_elsewhere(tensor: Tensor, tape: Tape) -> bool:
    """Whether another tape that records now tracks the tensor."""
    return any(other.index_of(tensor) is not None for other in recorders() if other is not tape)


def snapshot(tensor: Tensor) -> Tensor:
    """A plain tensor with the present value and place, which an assignment to a variable cannot change."""
    copy = make(Tensor)
    copy.primal, copy.tape, copy.index = tensor.primal, tensor.tape, tensor.index
    return copy


def place_on(tensor: Tensor, tape: Tape, index: int) -> None:
    """Give the tensor a place on the tape; it and the tapes that track it already learn of each other, weakly."""
    before = tensor.tape
    if isinstance(before, Tape) and before is not tape:
        known = before.elsewhere.get(tensor.index, ())
        if known or len(before):
            tape.elsewhere[index] = _living([*known, (ref(before), tensor.index)])
            for other, place in tape.elsewhere[index]:
                there = other().elsewhere  # type: ignore[union-attr] # only living ones are kept
                there[place] = _living([*there.get(place, ()), (ref(tape), index)])
    tensor.tape, tensor.index = tape, index


def _living(places: Iterable[tuple[ref[Tape], int]]) -> list[tuple[ref[Tape], int]]:
    """Those of the places whose tapes still hold their records, each once."""
    return [(tape, index) for tape, index in dict.fromkeys(places) if (held := tape()) is not None and len(held)]


def leave(tensor: Tensor, tape: Tape) -> None:
    """Forget the tensor's place on the tape; a place that it has on another one comes to the front."""
    if tensor.tape is tape:
        places = _living(tape.elsewhere.get(tensor.index, ()))
        tensor.tape, tensor.index = (places[-1][0](), places[-1][1]) if places else (NOWHERE, None)


def float_input(tape: Tape, value: float) -> Tensor:
    """A fresh tensor of a number, which the tape takes as an input: the quick way for many of them."""
    tensor = make(Tensor)
    tensor.primal, tensor.tape, tensor.index = value, tape, len(tape.primals)
    tape.inputs.append(tensor.index)
    tape.ops.append(INPUT)
    tape.first.append(None)
    tape.second.append(None)
    tape.primals.append(value)
    return tensor


def tensor_at(tape: Tape, index: int) -> Tensor:
    """The tensor that the entry made, with its place."""
    tensor = make(Tensor)
    tensor.primal, tensor.tape, tensor.index = tape.primals[index], tape, index
    return tensor


def operand_tensors(tape: Tape, index: int) -> tuple[Value, ...]:
    """The entry's operands as tensors; constants as their values."""
    return tuple(tensor_at(tape, item) if item.__class__ is int else item for item in tape.operands(index))
