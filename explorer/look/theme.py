"""All colours, fonts and the style sheet, light and dark.

Blue is forward (primal), orange is reverse (adjoint), teal is tangent, everywhere. Every text colour keeps a
contrast of at least 4.5 : 1 on the surfaces it is used on; a test holds that. This file must know nothing of the
widgets that use it: they ask for a colour by name, or carry the property `role` that the style sheet understands
(labels: title, muted, primal, adjoint, ok, warning, error, mono; buttons: primary, flat).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

SANS_FAMILIES = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "DejaVu Sans", "sans-serif")
MONO_FAMILIES = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "monospace")


@dataclass(frozen=True, eq=False)
class Theme:
    """Named colours as "#rrggbb"; `_soft` is a fill under text, `_strong` a line or fill that stands out."""

    name: str
    dark: bool
    window: str
    panel: str
    canvas: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    on_accent: str
    focus: str
    selection: str
    primal: str
    primal_soft: str
    primal_strong: str
    primal_mid: str
    adjoint: str
    adjoint_soft: str
    adjoint_strong: str
    adjoint_mid: str
    tangent: str
    tangent_soft: str
    tangent_strong: str
    tangent_mid: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    card: str
    card_border: str
    pending: str
    edge: str
    edge_flowed: str
    shadow: str
    syntax_keyword: str
    syntax_number: str
    syntax_string: str
    syntax_comment: str
    syntax_function: str

    @cache  # noqa: B019 - there are two themes, and they live as long as the program
    def color(self, name: str, alpha: int = 255) -> QColor:
        """The named colour, made transparent by `alpha` (0..255); shared, so copy it before changing it."""
        color = QColor(getattr(self, name))
        color.setAlpha(alpha)
        return color

    def for_sweep(self, sweep: str) -> Theme:
        """The theme for what follows the forward sweep: orange for adjoints, teal for tangents."""
        return _TEAL[self.name] if sweep == "tangent" and self.name in _TEAL else self


LIGHT = Theme(
    name="light", dark=False,
    window="#f3f5f8", panel="#ffffff", canvas="#fcfdfe", raised="#edf0f4", hover="#e4e9ef", pressed="#d6dde6",
    border="#dde3ea", border_strong="#b9c3cf", text="#18212d", muted="#5a6676", faint="#808c9b",
    on_accent="#ffffff", focus="#1f6feb", selection="#7c4dce",
    primal="#1763d6", primal_soft="#e8f1fe", primal_strong="#1f6feb", primal_mid="#8cb5ef",
    adjoint="#b93f08", adjoint_soft="#fff0e3", adjoint_strong="#cf4a0c", adjoint_mid="#f0a877",
    tangent="#0b6b69", tangent_soft="#e0f4f2", tangent_strong="#0c817e", tangent_mid="#84c9c5",
    ok="#14733a", ok_soft="#e4f5ea", warning="#855400", warning_soft="#fdf3d8",
    error="#c01c28", error_soft="#fdeaea",
    card="#ffffff", card_border="#8a97a8", pending="#93a0b0", edge="#9aa6b5", edge_flowed="#6c87ad",
    shadow="#1c2a3a",
    syntax_keyword="#7637cf", syntax_number="#0f58b8", syntax_string="#14733a", syntax_comment="#667382",
    syntax_function="#0d5e77",
)

DARK = Theme(
    name="dark", dark=True,
    window="#11151b", panel="#191f27", canvas="#141920", raised="#242c37", hover="#2d3744", pressed="#384453",
    border="#2b3440", border_strong="#4a5767", text="#e6ebf2", muted="#a0acbc", faint="#758294",
    on_accent="#0d1117", focus="#6cb2ff", selection="#c5a3ff",
    primal="#78b8ff", primal_soft="#17304d", primal_strong="#57a5fb", primal_mid="#33639f",
    adjoint="#ffa566", adjoint_soft="#432a1a", adjoint_strong="#fb8b3f", adjoint_mid="#a9622f",
    tangent="#5fd6cf", tangent_soft="#123a3a", tangent_strong="#39c2ba", tangent_mid="#2a7f7b",
    ok="#67d391", ok_soft="#163524", warning="#efc25a", warning_soft="#3b3015",
    error="#ff8b88", error_soft="#45201f",
    card="#1e2630", card_border="#66778d", pending="#5c6b7e", edge="#5f7088", edge_flowed="#7f9fca",
    shadow="#000000",
    syntax_keyword="#c5a3ff", syntax_number="#8cc4ff", syntax_string="#85dba4", syntax_comment="#8d9aab",
    syntax_function="#76d4e3",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
_SHADES = ("", "_soft", "_strong", "_mid")
_TEAL = {
    theme.name: replace(theme, **{f"adjoint{shade}": getattr(theme, f"tangent{shade}") for shade in _SHADES})
    for theme in (LIGHT, DARK)
}


def sans(pixels: float = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The reading font, in logical pixels."""
    return _font(SANS_FAMILIES, pixels, weight, QFont.StyleHint.SansSerif)


def mono(pixels: float = 12.5, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of numbers and code, in logical pixels."""
    return _font(MONO_FAMILIES, pixels, weight, QFont.StyleHint.Monospace)


def _font(families: tuple[str, ...], pixels: float, weight: QFont.Weight, hint: QFont.StyleHint) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setStyleHint(hint)
    font.setPixelSize(max(1, round(pixels)))
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


@lru_cache(maxsize=4)
def style_sheet(theme: Theme) -> str:
    """The Qt style sheet of the whole program."""
    template = Template((Path(__file__).parent / "theme.qss").read_text(encoding="utf-8"))
    return template.substitute({name: getattr(theme, name) for name in theme.__dataclass_fields__})


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in `theme`."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setFont(sans())
    app.setStyleSheet(style_sheet(theme))
