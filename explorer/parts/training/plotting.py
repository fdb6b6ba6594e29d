"""Plots without menus and frames, in the colours of a theme; loads pyqtgraph. Knows nothing of what is drawn."""

import pyqtgraph as pg
from PySide6.QtGui import QFont

from explorer.look.theme import Theme


def plot_widget(title: str, font: QFont, mouse: bool = False) -> pg.PlotWidget:
    """An empty plot without menus or frames; by `mouse` it can be moved and zoomed."""
    pg.setConfigOptions(antialias=True)
    plot = pg.PlotWidget()
    plot.setAccessibleName(title)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(mouse, mouse)
    plot.setFrameShape(plot.Shape.NoFrame)
    for side in ("left", "bottom"):
        axis = plot.getPlotItem().getAxis(side)
        axis.setStyle(tickFont=font, tickLength=-4, maxTickLevel=0)
        axis.enableAutoSIPrefix(False)
    return plot


def dress(plot: pg.PlotWidget, theme: Theme, grid: float = 0.12) -> None:
    """Give a plot the colours of a theme."""
    plot.setBackground(theme.color("panel"))
    for side in ("left", "bottom"):
        axis = plot.getPlotItem().getAxis(side)
        axis.setPen(theme.color("border_strong"))
        axis.setTextPen(theme.color("muted"))
    plot.getPlotItem().showGrid(x=grid > 0, y=grid > 0, alpha=grid)
