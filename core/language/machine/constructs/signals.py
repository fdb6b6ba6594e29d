"""What a statement's closure returns when the statements after it are not to follow."""

BREAK, CONTINUE, RETURN = object(), object(), object()


class Enough(BaseException):
    """Raised through everything that runs, where what follows is not wanted; no text can catch it."""
