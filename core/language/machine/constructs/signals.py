"""What a statement's closure returns when the statements after it are not to follow."""

BREAK, CONTINUE, RETURN = object(), object(), object()
