"""TensorFlow's element types and shapes, as thin wrappers of NumPy's. Knows NumPy only."""

import math
from typing import Any

import numpy as np

from core.basics.words import say


class DType:
    """An element type; equal to its name and to NumPy's type."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.numpy = np.dtype(name)

    @property
    def as_numpy_dtype(self) -> Any:
        """NumPy's scalar type."""
        return self.numpy.type

    @property
    def is_floating(self) -> bool:
        """Whether it holds real floating-point numbers."""
        return self.numpy.kind == "f"

    @property
    def is_complex(self) -> bool:
        """Whether it holds complex numbers."""
        return self.numpy.kind == "c"

    @property
    def is_integer(self) -> bool:
        """Whether it holds whole numbers."""
        return self.numpy.kind in "iu"

    @property
    def is_bool(self) -> bool:
        """Whether it holds truth values."""
        return self.numpy.kind == "b"

    @property
    def size(self) -> int:
        """Bytes of one element."""
        return self.numpy.itemsize

    @property
    def min(self) -> Any:
        """The smallest value."""
        return np.finfo(self.numpy).min if self.is_floating else np.iinfo(self.numpy).min

    @property
    def max(self) -> Any:
        """The largest value."""
        return np.finfo(self.numpy).max if self.is_floating else np.iinfo(self.numpy).max

    @property
    def base_dtype(self) -> "DType":
        """The type itself."""
        return self

    def __eq__(self, other: object) -> bool:
        try:
            return as_numpy(other) == self.numpy
        except TypeError:
            return False

    def __hash__(self) -> int:
        return hash(self.numpy)

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"


NAMES = (
    "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "bool", "complex64", "complex128",
)  # fmt: skip
DTYPES = {np.dtype(name): DType(name) for name in NAMES}


def as_numpy(dtype: Any) -> np.dtype:
    """NumPy's type for a type given as ours, NumPy's, Python's or a name; TypeError if there is none."""
    if isinstance(dtype, DType):
        return dtype.numpy
    if dtype is None:
        raise TypeError(say("tensorflow.none-not-dtype", "None is not a dtype"))
    return np.dtype(
        {"half": "float16", "float": "float32", "double": "float64"}.get(dtype, dtype)
        if isinstance(dtype, str)
        else np.float32
        if dtype is float
        else np.int32
        if dtype is int
        else dtype
    )


def as_dtype(dtype: Any) -> DType:
    """Our type for any of the ways to name one."""
    return DTYPES[as_numpy(dtype)]


class TensorShape(tuple[int, ...]):
    """Length along each axis."""

    def __new__(cls, dims: Any = ()) -> "TensorShape":
        """From lengths, or one length."""
        return super().__new__(cls, (dims,) if isinstance(dims, int) else (int(one) for one in dims))

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self)

    ndims = rank

    @property
    def dims(self) -> list[int]:
        """The lengths."""
        return list(self)

    def as_list(self) -> list[int]:
        """The lengths as a list."""
        return list(self)

    def num_elements(self) -> int:
        """How many elements."""
        return math.prod(self)

    def is_fully_defined(self) -> bool:
        """Always: shapes of values are known."""
        return True

    def is_compatible_with(self, other: Any) -> bool:
        """Whether the other shape is the same; None stands for any length."""
        return len(other) == len(self) and all(b is None or a == b for a, b in zip(self, other, strict=True))

    def concatenate(self, other: Any) -> "TensorShape":
        """The lengths of both, one after the other."""
        return TensorShape((*self, *other))

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        return TensorShape(found) if isinstance(key, slice) else found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | list) and tuple(self) == tuple(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__

    def __repr__(self) -> str:
        return f"TensorShape({list(self)})"

    def __str__(self) -> str:
        return str(tuple(self))
