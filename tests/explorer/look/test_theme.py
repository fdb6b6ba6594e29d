"""Both themes can be read by everyone, and the style sheet uses only colours that exist."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from explorer.look import theme as themes
from explorer.look.theme import THEMES, Theme

TEXTS = ("text", "muted", "primal", "adjoint", "tangent", "ok", "warning", "error", "syntax_keyword", "syntax_number")
SURFACES = ("panel", "window", "canvas", "card")
PAIRS = [("primal", "primal_soft"), ("adjoint", "adjoint_soft"), ("muted", "adjoint_soft"), ("ok", "ok_soft"),
         ("error", "error_soft"), ("warning", "warning_soft"), ("on_accent", "primal_strong"),
         ("on_accent", "adjoint_strong"), ("tangent", "tangent_soft"), ("muted", "tangent_soft"),
         ("on_accent", "tangent_strong")]  # fmt: skip


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(theme: Theme, first: str, second: str) -> float:
    dark, light = sorted(luminance(theme.color(name)) for name in (first, second))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_has_a_contrast_of_four_and_a_half(theme: Theme) -> None:
    pairs = [(text, surface) for text in TEXTS for surface in SURFACES] + PAIRS
    assert {pair: contrast(theme, *pair) for pair in pairs if contrast(theme, *pair) < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_all_colours_are_colours(theme: Theme) -> None:
    names = set(theme.__dataclass_fields__) - {"name", "dark"}
    assert [name for name in names if not QColor(getattr(theme, name)).isValid()] == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_style_sheet_fills_every_name_and_is_accepted(theme: Theme, qapp: QApplication) -> None:
    sheet = themes.style_sheet(theme)
    assert "$" not in sheet and theme.primal_strong in sheet
    qapp.setStyleSheet(sheet)  # a sheet that Qt cannot parse is a warning, and warnings fail
    qapp.setStyleSheet("")


def test_dark_is_dark_and_light_is_light() -> None:
    for theme in THEMES.values():
        window = themes.palette(theme).color(QPalette.ColorRole.Window)
        assert (luminance(window) < 0.2) == theme.dark
