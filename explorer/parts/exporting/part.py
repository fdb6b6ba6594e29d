"""Export: opens the dialog that writes or copies the graph; what it needs is imported when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.basics.words import say
from explorer.desk import Desk
from explorer.graph.view import GraphView
from explorer.look.theme import LIGHT, Theme
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.shown import ShownSignals
from explorer.storage.files import Files
from explorer.storage.settings import Settings

if TYPE_CHECKING:
    from explorer.parts.exporting.dialog import Dialog
    from explorer.parts.exporting.sheet import ExportSheet


class Exporting(Part):
    """One dialog, made when it is first opened."""

    def __init__(
        self,
        shown: ShownSignals,
        desk: Desk,
        places: Places,
        settings: Settings,
        files: Files,
        graph: GraphView,
    ) -> None:
        super().__init__()
        self._shown, self._desk, self._places = shown, desk, places
        self._settings, self._files, self._graph = settings, files, graph
        self._theme: Theme = LIGHT
        self._dialog: Dialog | None = None

    def commands(self) -> Commands:
        return {"export": self.open}

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def sheet(self) -> ExportSheet | None:
        """The dialog while it is open."""
        return self._dialog.sheet if self._dialog is not None else None

    def open(self) -> None:
        """Open the dialog on what is shown, if there is a graph."""
        from explorer.parts.exporting.dialog import Dialog

        picture = self._shown.picture
        if self._shown.run is None or picture is None or not len(picture.model):
            self._places.say(say("exporting.no-graph-export-yet", "There is no graph to export yet."))
            return
        if self._dialog is None:
            self._dialog = Dialog(self._shown, self._desk, self._places, self._settings, self._files, self._graph)
        self._dialog.open(self._theme.dark)

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
