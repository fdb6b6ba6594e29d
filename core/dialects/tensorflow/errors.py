"""TensorFlow's exceptions. Those about arguments are Python's ValueError too, for callers who expect that."""


class OpError(Exception):
    """An operation could not be carried out."""

    @property
    def message(self) -> str:
        """What is wrong."""
        return str(self.args[0]) if self.args else ""


class InvalidArgumentError(OpError, ValueError):
    """An operand does not fit: its shape, its dtype, an index, an axis."""


class OutOfRangeError(OpError, IndexError):
    """Past the end."""


class FailedPreconditionError(OpError):
    """Something that should have been done before was not."""


class NotFoundError(OpError):
    """Something asked for does not exist."""


class UnimplementedError(OpError, NotImplementedError):
    """Not available here."""
