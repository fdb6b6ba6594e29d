"""The colours of the light and the dark theme, by name: for every reader, with or without a window.

Blue is forward (primal), orange is reverse (adjoint), teal is tangent, everywhere. Every text colour keeps a
contrast of at least 4.5 : 1 on the surfaces it is used on; a test holds that. Must not know Qt, nor who uses a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, eq=False)
class Colors:
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

    def for_sweep(self, sweep: str) -> Colors:
        """The colours for what follows the forward sweep: orange for adjoints, teal for tangents."""
        if sweep != "tangent":
            return self
        return replace(self, **{f"adjoint{shade}": getattr(self, f"tangent{shade}") for shade in SHADES})


SHADES = ("", "_soft", "_strong", "_mid")

LIGHT = Colors(
    name="light", dark=False,
    window="#f3f5f8", panel="#ffffff", canvas="#fcfdfe", raised="#edf0f4", hover="#e4e9ef", pressed="#d6dde6",
    border="#dde3ea", border_strong="#b9c3cf", text="#18212d", muted="#5a6676", faint="#808c9b",
    on_accent="#ffffff", focus="#1f6feb", selection="#7c4dce",
    primal="#1763d6", primal_soft="#e8f1fe", primal_strong="#1f6feb", primal_mid="#8cb5ef",
    adjoint="#9f5500", adjoint_soft="#fff1dd", adjoint_strong="#b45f00", adjoint_mid="#ecb266",
    tangent="#0b6b69", tangent_soft="#e0f4f2", tangent_strong="#0c817e", tangent_mid="#84c9c5",
    ok="#14733a", ok_soft="#e4f5ea", warning="#6b6000", warning_soft="#fbf6d0",
    error="#b0124a", error_soft="#fdeaf0",
    card="#ffffff", card_border="#8a97a8", pending="#93a0b0", edge="#9aa6b5", edge_flowed="#6c87ad",
    shadow="#1c2a3a",
    syntax_keyword="#7637cf", syntax_number="#0f58b8", syntax_string="#14733a", syntax_comment="#667382",
    syntax_function="#0d5e77",
)

DARK = Colors(
    name="dark", dark=True,
    window="#11151b", panel="#191f27", canvas="#141920", raised="#242c37", hover="#2d3744", pressed="#384453",
    border="#2b3440", border_strong="#4a5767", text="#e6ebf2", muted="#a0acbc", faint="#758294",
    on_accent="#0d1117", focus="#6cb2ff", selection="#c5a3ff",
    primal="#78b8ff", primal_soft="#17304d", primal_strong="#57a5fb", primal_mid="#33639f",
    adjoint="#ffb454", adjoint_soft="#402c14", adjoint_strong="#f59e2f", adjoint_mid="#a06a22",
    tangent="#5fd6cf", tangent_soft="#123a3a", tangent_strong="#39c2ba", tangent_mid="#2a7f7b",
    ok="#67d391", ok_soft="#163524", warning="#e3d35c", warning_soft="#37330f",
    error="#ff7f9a", error_soft="#451d2a",
    card="#1e2630", card_border="#66778d", pending="#5c6b7e", edge="#5f7088", edge_flowed="#7f9fca",
    shadow="#000000",
    syntax_keyword="#c5a3ff", syntax_number="#8cc4ff", syntax_string="#85dba4", syntax_comment="#8d9aab",
    syntax_function="#76d4e3",
)
