"""How pictures of a training are drawn: the shades of a surface, and one line and mark for each optimizer.

Lines differ in colour, in the way they are dashed and in their marks. Knows the theme; knows no training.
"""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Qt

from core.basics.words import say
from explorer.look.theme import Theme

_DASH = Qt.PenStyle


class Style(NamedTuple):
    """A colour of the theme, how a line is dashed, and the mark at its end as pyqtgraph and as text have it."""

    color: str
    dash: Qt.PenStyle
    symbol: str
    mark: str


STYLES = {
    "gd": Style("adjoint_strong", _DASH.SolidLine, "o", "●"),
    "momentum": Style("error", _DASH.DashLine, "s", "■"),
    "nesterov": Style("selection", _DASH.DashDotLine, "d", "◆"),
    "rmsprop": Style("ok", _DASH.DotLine, "t1", "▲"),
    "adam": Style("text", _DASH.SolidLine, "+", "✚"),
    "lbfgs": Style("warning", _DASH.DashLine, "star", "★"),
    "newton": Style("tangent_strong", _DASH.DashDotDotLine, "h", "⬢"),
    "text": Style("adjoint_strong", _DASH.SolidLine, "o", "●"),
}
"""By the name of an optimizer; `text` is what a text does itself."""

NAMES: dict[str, str] = {
    "gd": say("training.gd", "gradient descent"),
    "momentum": say("training.momentum", "momentum"),
    "nesterov": say("training.nesterov", "Nesterov"),
    "rmsprop": say("training.rmsprop", "RMSProp"),
    "adam": say("training.adam", "Adam"),
    "lbfgs": say("training.lbfgs", "L-BFGS"),
    "newton": say("training.newton", "Newton"),
}
"""As the literature writes them."""
SHORT: dict[str, str] = {
    "gd": say("training.gd-short", "GD"),
    "momentum": say("training.momentum-short", "Mom."),
    "nesterov": say("training.nesterov-short", "Nest."),
    "rmsprop": say("training.rmsprop-short", "RMS"),
    "adam": say("training.adam-short", "Adam"),
    "lbfgs": say("training.lbfgs-short", "LBFGS"),
    "newton": say("training.newton-short", "Newt."),
}


def shades(theme: Theme, count: int) -> np.ndarray:
    """So many colours from the lowest to the highest, as rows of red, green and blue: a valley is the most blue."""
    names = ("primal", "primal_strong", "primal_mid", "primal_soft")
    stops = np.stack([rgb(theme, name) for name in names])
    place = np.linspace(0.0, 1.0, max(count, 2))
    knots = np.array([0.0, 0.12, 0.5, 1.0])
    found = np.stack([np.interp(place, knots, stops[:, channel]) for channel in range(3)], axis=1)
    return found.round().astype(np.uint8)


def rgb(theme: Theme, name: str) -> np.ndarray:
    """A colour of the theme as red, green and blue from 0 to 255."""
    color = theme.color(name)
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)
