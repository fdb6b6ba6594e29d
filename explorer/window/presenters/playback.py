"""Puts the steps, where one is among them, and the sentence and formula of the step under the graph."""

import numpy as np
from PySide6.QtCore import QObject

from core import notation
from core.basics.words import say
from core.events import Failed
from core.timeline import Frame
from explorer.panels.playback.panel import PlaybackPanel
from explorer.player import Player
from explorer.shown import ShownSignals

_EXPECTED = 12  # sentences that are looked at to know how much room they need
_WELCOME = say("window.press-space-play-arrow", "Press Space to play, or the arrow keys to step forward and back.")


class PlaybackPresenter(QObject):
    """Between what is shown, the player that moves through it, and the panel."""

    def __init__(self, shown: ShownSignals, player: Player, panel: PlaybackPanel) -> None:
        super().__init__(panel)
        self._shown, self._panel = shown, panel
        shown.timeline_changed.connect(self._show_timeline)
        shown.step_changed.connect(self._show_sentence)
        player.moved.connect(self._show_step)
        player.speed_changed.connect(panel.show_speed)
        player.playing_changed.connect(panel.show_playing)
        panel.step_requested.connect(player.seek)
        panel.speed_requested.connect(player.set_speed)
        panel.show_speed(player.speed)

    def _show_timeline(self) -> None:
        timeline = self._shown.timeline
        if timeline is None:
            self._panel.show_timeline(0, 0, False)
        else:
            failed = bool(timeline.run.failure)
            self._panel.show_timeline(len(timeline), timeline.forward_end, failed, timeline.second_sweep)
            steps = np.linspace(1, len(timeline), min(len(timeline), _EXPECTED)).round().astype(int).tolist()
            self._panel.expect([notation.sentence(timeline, step) for step in steps])

    def _show_step(self, step: int, travel: float) -> None:
        if self._shown.timeline is not None:
            self._panel.show_step(step, travel)

    def _show_sentence(self) -> None:
        frame = self._shown.frame
        if frame is None:
            self._panel.show_sentence("")
        elif frame.step == 0:
            self._panel.show_sentence(f"{notation.sentence(frame.timeline, 0)} {_WELCOME}")
        else:
            self._panel.show_sentence(*self._told(frame), sweep_color(frame))

    def _told(self, frame: Frame) -> tuple[str, str, str]:
        """The sentence, and the formula as text and as LaTeX; in a sweep that is broken on purpose as it is done."""
        timeline, step, detour = frame.timeline, frame.step, self._shown.detour
        sentence = notation.sentence(timeline, step)
        plain, latex = (notation.formula(timeline, step, style) for style in (notation.PLAIN, notation.LATEX))
        if detour is not None and detour.broken and step > timeline.forward_end:
            return detour.as_told(step, sentence), detour.as_done(plain), detour.as_done(latex)
        return sentence, plain, latex


def sweep_color(frame: Frame) -> str:
    """The colour of the sweep at work, or of a failure."""
    if isinstance(frame.event, Failed):
        return "error"
    return "primal" if frame.step <= frame.timeline.forward_end else "adjoint"
