"""Colours as Qt takes them, fonts and the style sheet, light and dark; `colors` has the colours themselves.

This file must know nothing of the widgets that use it: they ask for a colour by name, or carry the property `role`
that the style sheet understands (labels: title, muted, primal, adjoint, ok, warning, error, mono; buttons: primary,
flat).
"""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from explorer.look.colors import DARK as DARK_COLORS
from explorer.look.colors import LIGHT as LIGHT_COLORS
from explorer.look.colors import Colors
from explorer.look.sizes import px, text_size

SANS_FAMILIES = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "DejaVu Sans", "sans-serif")
MONO_FAMILIES = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "monospace")


class Theme(Colors):
    """The colours of a theme as Qt takes them."""

    @cache  # noqa: B019 - there are two themes, and they live as long as the program
    def color(self, name: str, alpha: int = 255) -> QColor:
        """The named colour, made transparent by `alpha` (0..255); shared, so copy it before changing it."""
        color = QColor(getattr(self, name))
        color.setAlpha(alpha)
        return color

    def for_sweep(self, sweep: str) -> Theme:
        """The theme for what follows the forward sweep: orange for adjoints, teal for tangents."""
        return _TEAL[self.name] if sweep == "tangent" and self.name in _TEAL else self


LIGHT, DARK = Theme(**asdict(LIGHT_COLORS)), Theme(**asdict(DARK_COLORS))
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
_TEAL = {one.name: Theme(**asdict(one.for_sweep("tangent"))) for one in (LIGHT_COLORS, DARK_COLORS)}


def sans(pixels: float = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The reading font, in logical pixels at the usual size of texts."""
    return _font(SANS_FAMILIES, pixels, weight, QFont.StyleHint.SansSerif)


def figures(pixels: float = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The reading font with digits of one width, so that numbers do not tremble as they change."""
    font = sans(pixels, weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mono(pixels: float = 12.5, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of numbers and code, in logical pixels at the usual size of texts."""
    return _font(MONO_FAMILIES, pixels, weight, QFont.StyleHint.Monospace)


def _font(families: tuple[str, ...], pixels: float, weight: QFont.Weight, hint: QFont.StyleHint) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setStyleHint(hint)
    font.setPixelSize(px(pixels))
    font.setWeight(weight)
    return font


def palette(theme: Theme) -> QPalette:
    """The Qt palette, for everything the style sheet leaves to the widget style."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.panel, role.Text: theme.text,
        role.AlternateBase: theme.window, role.Button: theme.raised, role.ButtonText: theme.text,
        role.ToolTipBase: theme.panel, role.ToolTipText: theme.text, role.PlaceholderText: theme.faint,
        role.Highlight: theme.primal_strong, role.HighlightedText: theme.on_accent,
        role.Accent: theme.primal_strong,
        role.Link: theme.primal, role.LinkVisited: theme.selection, role.BrightText: theme.error,
        role.Light: theme.raised, role.Midlight: theme.border, role.Mid: theme.border_strong,
        role.Dark: theme.border_strong, role.Shadow: theme.shadow,
    }
    result = QPalette()
    for key, value in colors.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.faint))
    return result


def style_sheet(theme: Theme) -> str:
    """The Qt style sheet of the whole program, with texts of the size that is chosen."""
    return _style_sheet(theme, text_size())


@lru_cache(maxsize=8)
def _style_sheet(theme: Theme, size: float) -> str:
    template = Template((Path(__file__).parent / "theme.qss").read_text(encoding="utf-8"))
    sheet = template.substitute({name: getattr(theme, name) for name in theme.__dataclass_fields__})
    return re.sub(r"font-size: (\d+)px", lambda match: f"font-size: {px(int(match[1]))}px", sheet)


STYLED = "styled"


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in `theme`."""
    if not app.property(STYLED):  # each time all widgets are polished anew, which takes as long as the sheet
        app.setStyle("Fusion")
        app.setProperty(STYLED, True)
    app.setPalette(palette(theme))
    app.setFont(sans())
    app.setStyleSheet(style_sheet(theme))
