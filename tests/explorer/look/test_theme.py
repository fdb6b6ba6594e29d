"""Both themes can be read by everyone, and the style sheet uses only colours that exist."""

import numpy as np
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


SEEN = {  # how colours are seen: Machado, Oliveira, Fernandes 2009, severity 1, in linear RGB
    "usual": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]


def lab(color: QColor, seen: list[list[float]]) -> np.ndarray:
    """The colour in CIE L*a*b* (D65) as somebody sees it; a distance of 2 is just noticed."""
    channels = np.array([c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]])
    x, y, z = np.cbrt(np.array(TO_XYZ) @ np.clip(np.array(seen) @ channels, 0, 1) / [0.95047, 1, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_errors_and_adjoints_are_told_apart_by_every_eye(theme: Theme, seen: list[list[float]]) -> None:
    apart = lab(theme.color("error"), seen) - lab(theme.color("adjoint"), seen)
    assert np.linalg.norm(apart) > 20


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
