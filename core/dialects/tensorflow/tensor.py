"""TensorFlow's eager tensors and variables on our engine, and the way between them and the engine's own.

Operations of the dialect convert their operands here, hand plain tensors to `core.functions`, and dress the result.
Knows dtypes and errors; knows no particular operation.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from weakref import ref

import numpy as np

from core import functions as f
from core import variable as engine
from core.basics.cuts import Cause, Cut, Reason
from core.basics.words import say
from core.dialects.tensorflow.dtypes import TensorShape, as_dtype, as_numpy
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.tape import recorders
from core.tensor import Tensor, as_primal, place_on, snapshot, untracked

SMALLER = {np.dtype(np.float64): np.dtype(np.float32), np.dtype(np.int64): np.dtype(np.int32)}


class _Absent:
    """Hides a name that the engine's tensors have and TensorFlow's do not."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        raise AttributeError(
            say(
                "tensorflow.tensorflow-tensors-no-attribute",
                "TensorFlow's tensors have no attribute `{name}`",
                name=getattr(self, "name", ""),
            )
        )


class Surface:
    """What a reader of TensorFlow's guides expects of tensors and variables."""

    __slots__ = ()
    __array_ufunc__ = _Absent()  # NumPy's functions take the value, and so leave the tape, as in TensorFlow
    __array_function__ = _Absent()

    if TYPE_CHECKING:
        primal: Any

        def numpy(self) -> Any: ...

        def __getattr__(self, name: str) -> Any: ...  # operators are installed by the modules of functions

    @property
    def shape(self) -> TensorShape:
        """Length along each axis."""
        return TensorShape(np.shape(self.primal))

    def get_shape(self) -> TensorShape:
        """Length along each axis."""
        return self.shape

    @property
    def dtype(self) -> Any:
        """The type of the elements."""
        return as_dtype(np.asarray(self.primal).dtype)

    @property
    def device(self) -> str:
        """Where the value lies."""
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        array = np.asarray(self.numpy())
        return array if dtype is None else array.astype(dtype)

    def __hash__(self) -> int:
        raise TypeError(
            say(
                "tensorflow.tensor-unhashable-compares-elements",
                "a tensor is unhashable, for `==` compares its elements; use tensor.ref() as the key",
            )
        )

    def ref(self) -> "Reference":
        """A hashable stand-in for this very object."""
        return Reference(self)

    def __bool__(self) -> bool:
        if np.size(self.primal) != 1:
            raise ValueError(
                say(
                    "tensorflow.truth-value-tensor-shape",
                    "the truth value of a tensor of shape {shape} is ambiguous; use tf.reduce_any or tf.reduce_all",
                    shape=np.shape(self.primal),
                )
            )
        return bool(np.asarray(self.primal).reshape(()))


class Reference:
    """A hashable stand-in for a tensor or variable: equal only to the same object's."""

    def __init__(self, tensor: Any) -> None:
        self.tensor = tensor

    def deref(self) -> Any:
        """The object itself."""
        return self.tensor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and other.tensor is self.tensor

    def __hash__(self) -> int:
        return id(self.tensor)


class EagerTensor(Surface, Tensor):
    """An immutable value with a place on a tape."""

    __slots__ = ()
    __hash__ = Surface.__hash__

    def __repr__(self) -> str:
        return f"<tf.Tensor: shape={self.shape}, dtype={self.dtype.name}, numpy={np.asarray(self.primal)!s}>"

    def __str__(self) -> str:
        return f"tf.Tensor({np.asarray(self.primal)!s}, shape={self.shape}, dtype={self.dtype.name})"


class ResourceVariable(Surface, engine.Variable):
    """A value that can be assigned to; watched on first use if trainable. tf.Variable makes these."""

    __slots__ = ()
    __hash__ = Surface.__hash__

    def __init__(
        self, initial_value: Any, trainable: bool = True, name: Any = None, dtype: Any = None, **_: Any
    ) -> None:
        value = initial_value() if callable(initial_value) else initial_value
        primal = convert(value, dtype).primal
        super().__init__(primal, trainable, f"{name or 'Variable'}:0")

    def __repr__(self) -> str:
        value = np.asarray(self.primal)
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}, numpy={value!s}>"

    def read_value(self) -> EagerTensor:
        """The present value as a tensor; derivatives flow back to the variable."""
        return call(f.identity, self)

    def value(self) -> EagerTensor:
        """The present value as a tensor; derivatives flow back to the variable."""
        return self.read_value()

    def assign(self, value: Any, *_: Any, **__: Any) -> "ResourceVariable":
        """Replace the value; the shape and dtype stay."""
        super().assign(self._fitting(value))
        return self._accessed()

    def assign_add(self, value: Any, *_: Any, **__: Any) -> "ResourceVariable":
        """Add to the value, outside every tape."""
        super().assign_add(self._fitting(value))
        return self._accessed()

    def assign_sub(self, value: Any, *_: Any, **__: Any) -> "ResourceVariable":
        """Subtract from the value, outside every tape."""
        super().assign_sub(self._fitting(value))
        return self._accessed()

    def _accessed(self) -> "ResourceVariable":
        """The variable, which recording tapes now watch: TensorFlow's assignments read what they wrote."""
        self.read()
        return self

    def _fitting(self, value: Any) -> Tensor:
        return bare(convert(value, self.dtype))


Variable = ResourceVariable


def _hide_what_tensorflow_lacks() -> None:
    shown = {"primal", "tape", "index", "shape", "ndim", "dtype", "numpy", "trainable", "read"}
    for name in dir(Tensor):
        if not name.startswith("_") and name not in shown:
            absent = _Absent()
            absent.__set_name__(Surface, name)
            setattr(Surface, name, absent)


_hide_what_tensorflow_lacks()


# -- from values to tensors --------------------------------------------------------------------------------------


def eager(primal: Any) -> EagerTensor:
    """A tensor on no tape."""
    return dress(untracked(as_primal(primal)))


def dress(value: Any) -> Any:
    """Engine tensors, or tuples and lists of them, as tensors of the dialect in the same place."""
    if isinstance(value, tuple | list):
        return type(value)(map(dress, value)) if not hasattr(value, "_fields") else type(value)(*map(dress, value))
    if isinstance(value, Surface):
        return value
    if not isinstance(value, Tensor):
        return eager(value)
    dressed = object.__new__(EagerTensor)
    dressed.primal, dressed.tape, dressed.index = value.primal, value.tape, value.index
    return dressed


def bare(tensor: Tensor) -> Tensor:
    """The engine's own tensor with the same value and the same places; a variable is read, and so watched."""
    tensor.read()
    copy = snapshot(tensor)
    now = recorders()
    if len(now) == 1 and tensor.tape is now[0]:
        return copy
    places = [(tape, tape.index_of(tensor)) for tape in now]
    known = [(tape, index) for tape, index in places if index is not None]
    for tape, index in known:
        place_on(copy, tape, index)
    if not known and tensor.trainable:
        copy.tape = Cut([Cause(Reason.STOPPED, "", variable=ref(tensor))])
    return copy


def convert(value: Any, dtype: Any = None, hint: Any = None) -> Any:
    """A tensor (or variable, as it is) of any value; Python's floats become float32, its ints int32.

    `dtype` must be met; `hint` is taken for what has no dtype of its own.
    """
    wanted = None if dtype is None else as_numpy(dtype)
    if isinstance(value, Tensor):
        value = dress(value)
        if wanted is not None and value.dtype != wanted:
            raise ValueError(
                say(
                    "tensorflow.tensor-dtype-needed-one",
                    "a tensor of dtype {name} is needed, but one of dtype {other} was given",
                    name=wanted.name,
                    other=value.dtype.name,
                )
            )
        return value
    if isinstance(value, list | tuple) and _holds_tensor(value):
        return call(lambda *parts: f.stack(parts), *together(*value, dtype=wanted or hint))
    return eager(_array(value, wanted, hint))


def _array(value: Any, wanted: np.dtype | None, hint: Any) -> np.ndarray:
    if value is None:
        raise ValueError(
            say(
                "tensorflow.attempt-convert-value-none",
                "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
            )
        )
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.empty(0, object)
    if array.dtype == object or array.dtype.kind in "SU":
        raise ValueError(
            say(
                "tensorflow.tensor-made-numbers-equal",
                "a tensor is made of numbers in equal rows, not of {value!r}",
                value=value,
            )
        )
    if wanted is None and hint is not None and np.can_cast(array.dtype, as_numpy(hint), "same_kind"):
        wanted = as_numpy(hint)
    if wanted is None:
        own = isinstance(value, np.ndarray | np.generic)
        if hint is not None and not own:
            raise TypeError(
                say(
                    "tensorflow.cannot-convert-eagertensor-dtype",
                    "Cannot convert {value!r} to EagerTensor of dtype {name}",
                    value=value,
                    name=as_dtype(hint).name,
                )
            )
        return array if own else array.astype(SMALLER.get(array.dtype, array.dtype))
    if array.size and wanted.kind in "iub" and array.dtype.kind in "fc":
        raise TypeError(
            say(
                "tensorflow.cannot-convert-eagertensor-dtype",
                "Cannot convert {value!r} to EagerTensor of dtype {name}",
                value=value,
                name=wanted.name,
            )
        )
    return array.astype(wanted)


def _holds_tensor(values: Any) -> bool:
    return isinstance(values, Tensor) or isinstance(values, list | tuple) and any(map(_holds_tensor, values))


def together(*values: Any, dtype: Any = None) -> list[Any]:
    """Tensors of one dtype: that of the first tensor among the values, else of the first value; the others take it."""
    if dtype is None:
        dtype = next((value.dtype for value in _leaves(values) if isinstance(value, Surface)), None)
    if dtype is None and values:
        dtype = convert(values[0]).dtype
    tensors = [convert(value, hint=dtype) for value in values]
    kinds = list(dict.fromkeys(tensor.dtype.name for tensor in tensors))
    if len(kinds) > 1:
        shapes = ", ".join(f"{tensor.dtype.name} {tuple(tensor.shape)}" for tensor in tensors)
        raise InvalidArgumentError(
            say(
                "tensorflow.operands-different-dtypes-convert",
                "operands of different dtypes, {shapes}: convert one of them with tf.cast",
                shapes=shapes,
            )
        )
    return tensors


def numbers(name: str, value: Any) -> Any:
    """A tensor of the value; raises InvalidArgumentError for truth values, where an operation works on numbers."""
    tensor = convert(value)
    return _of_kind(name, tensor, "numbers", not tensor.dtype.is_bool)


def floating(name: str, value: Any) -> Any:
    """A tensor of the value; raises InvalidArgumentError where it has no floating-point or complex numbers."""
    tensor = convert(value)
    return _of_kind(
        name,
        tensor,
        say("tensorflow.floating-point-numbers", "floating-point numbers"),
        tensor.dtype.is_floating or tensor.dtype.is_complex,
    )


def _of_kind(name: str, tensor: Any, needed: str, fit: bool) -> Any:
    if not fit:
        raise InvalidArgumentError(
            say(
                "tensorflow.needs-not-convert-them",
                "`{name}` needs {needed}, not {other}: convert them with tf.cast(x, tf.float32)",
                name=name,
                needed=needed,
                other=tensor.dtype.name,
            )
        )
    return tensor


def _leaves(values: Any) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from _leaves(value)
        else:
            yield value


def call(function: Callable[..., Any], *tensors: Any, **keywords: Any) -> Any:
    """A function of the engine on tensors; what does not fit becomes an InvalidArgumentError that names the shapes."""
    plain = [bare(tensor) for tensor in tensors]
    try:
        result = function(*plain, **keywords)
    except (ValueError, IndexError) as error:
        shapes = " and ".join(str(tensor.shape) for tensor in plain)
        told = (
            str(error)
            if "shapes" in str(error)
            else say(
                "tensorflow.operands-shape", "{message}, for operands of shape {shapes}", message=error, shapes=shapes
            )
        )
        raise InvalidArgumentError(told) from error
    return dress(result)


def whole(value: Any) -> Any:
    """Numbers that say where or how many (axes, shapes, sizes) as Python ints, lists as tuples."""
    if isinstance(value, Tensor):
        value = value.primal
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return tuple(map(whole, value))
    return value if value is None else int(value)
