"""The Why? panel: a question about a gradient, its answer in a sentence, what to do, and the places on the way.

Shows answers; finds none itself.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme
from explorer.panels.small.page import Page

if TYPE_CHECKING:
    from core.why import Answer, Touched
    from explorer.parts.why.work import Reasons

_SHOWN_ON_PATH, _SHOWN_FACTORS, _SHOWN_KINKS = 12, 8, 4


class WhyPanel(QTextBrowser):
    """A page of answers; names of entries on it are links."""

    entry_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("why_panel")
        self.setAccessibleName(say("why.title", "Why?"))
        self.setToolTip(say("why.why-gradient-none-zero", "Why a gradient is none, zero, not finite, large or small"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(12)
        self.anchorClicked.connect(self._follow)
        self._theme = LIGHT
        self._shown: Reasons | None = None
        self._draw()

    def show_reasons(self, reasons: Reasons | None) -> None:
        """Show what there is to say about one place, or how to ask."""
        self._shown = reasons
        self._draw()
        told = reasons.told if reasons else ()
        said = (f"{one.question} {one.answer.reason} {one.answer.remedy}" for one in told)
        self.setAccessibleDescription(" ".join(said))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        self.setHtml(why_page(self._shown, self._theme))

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "entry" and link.path().isdigit():
            self.entry_chosen.emit(int(link.path()))


def why_page(reasons: Reasons | None, theme: Theme) -> str:
    """The page as HTML."""
    page = Page(theme)
    if reasons is None:
        page.text(
            say(
                "why.select-node-input-gradient",
                "Select a node, an input or a gradient and press W to ask why its gradient is what it is.",
            ),
            "muted",
        )
        return page.result()
    for told in reasons.told:
        page.heading(told.question)
        _answer(page, reasons, told.answer)
    if not reasons.told:
        page.text(
            say("why.nothing-explain-about", "There is nothing to explain about {name}.", name=reasons.name), "muted"
        )
    if reasons.elsewhere.sentence:
        page.text(reasons.elsewhere.sentence)
    for kink in reasons.kinks[:_SHOWN_KINKS]:
        _kink(page, reasons, kink)
    return page.result()


def _answer(page: Page, reasons: Reasons, answer: Answer) -> None:
    page.text(answer.reason)
    if answer.remedy:
        page.text(answer.remedy, "ok", say("why.what-to-do", "What to do:"))
    if answer.index is not None:
        place = page.link(answer.index, reasons.labels[answer.index])
        if answer.span:
            marked = say("why.marked-in-line", "Marked: {place}, line {line}", place=place, line=answer.span.line)
        else:
            marked = say("why.marked", "Marked: {place}", place=place)
        page.html(marked, "muted")
    if len(answer.path) > 1:
        page.small(say("why.path-2", "The path"))
        page.html(_path(page, reasons, answer.path), code=True)
    if answer.factors:
        page.small(say("why.factors", "Its factors"))
        rows = [(page.link(one.index, reasons.labels[one.index]), escape(one.text)) for one in answer.factors]
        page.table((say("why.at", "at"), say("why.partial", "partial")), rows[:_SHOWN_FACTORS])
        if len(rows) > _SHOWN_FACTORS:
            page.text(say("why.more-2", "and {count} more", count=len(rows) - _SHOWN_FACTORS), "muted")


def _path(page: Page, reasons: Reasons, path: tuple[int, ...]) -> str:
    """The names along the path, the middle left out where it is long."""
    names = [page.link(index, reasons.labels[index]) for index in path]
    if len(names) > _SHOWN_ON_PATH:
        half = _SHOWN_ON_PATH // 2
        names = [*names[:half], say("why.more", "… {count} more …", count=len(path) - 2 * half), *names[-half:]]
    return " → ".join(names)


def _kink(page: Page, reasons: Reasons, kink: Touched) -> None:
    label = reasons.labels[kink.index]
    page.heading(say("why.partial-taken", "Which partial is taken at {label}?", label=label))
    page.text(kink.sentence)
    columns = (("here", kink.ours), ("TensorFlow", kink.tensorflow), ("PyTorch", kink.pytorch), ("JAX", kink.jax))
    differs = "" if kink.agree else " ≠"
    rows = [(escape(who), escape(slope) + (differs if slope != kink.ours else "")) for who, slope in columns]
    page.table(("library", say("why.partial-at", "partial at {label}", label=label)), rows, bold=0)
