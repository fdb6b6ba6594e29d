"""What somebody chose in the export dialog, and reading it back from what was stored.

Knows no window and no picture.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

SCALES = (1.0, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class Choice:
    """`whole` or only what is seen; `dark` None follows the window; `scale` pixels for a point; "" no folder yet."""

    ending: str = ".svg"
    whole: bool = True
    values: bool = True
    dark: bool | None = None
    scale: float = 2.0
    folder: str = ""

    def stored(self) -> dict[str, object]:
        """As plain data."""
        return asdict(self)


def choice_from(stored: object, endings: tuple[str, ...]) -> Choice:
    """What was stored, checked like any foreign data; the usual choice where it is not of the right kind."""
    found = stored if isinstance(stored, dict) else {}
    kept = {
        one.name: found[one.name] for one in fields(Choice)
        if one.name in found and isinstance(found[one.name], bool if one.name == "dark" else type(one.default))
    }  # fmt: skip
    choice = Choice(**kept)
    usual = Choice()
    return Choice(
        choice.ending if choice.ending in endings else usual.ending, choice.whole, choice.values, choice.dark,
        choice.scale if choice.scale in SCALES else usual.scale, choice.folder,
    )  # fmt: skip
