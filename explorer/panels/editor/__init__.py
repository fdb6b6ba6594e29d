"""The function editor and what belongs to it."""
