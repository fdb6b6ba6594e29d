"""Sentences of the engine as labels show them. Knows no widget."""


def unquoted(text: str) -> str:
    """Without the backticks that mark code in sentences of the engine."""
    return text.replace("`", "")
