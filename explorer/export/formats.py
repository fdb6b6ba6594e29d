"""The formats that a graph can be written in: how each is called, what it is good for, and what can be chosen for it.

Knows the writers; knows no window. Qt is imported when a picture is painted: texts need none.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from core.basics.words import say
from explorer.export.job import Job
from explorer.export.outline import dot_source, graphml_source, mermaid_source, write_dot, write_graphml, write_mermaid


def write_svg(job: Job, file: Path) -> None:
    """The graph as SVG."""
    from explorer.export import pictures

    pictures.write_svg(job, file)


def write_png(job: Job, file: Path) -> None:
    """The graph as PNG."""
    from explorer.export import pictures

    pictures.write_png(job, file)


def write_pdf(job: Job, file: Path) -> None:
    """The graph as PDF."""
    from explorer.export import pictures

    pictures.write_pdf(job, file)


class Format(NamedTuple):
    """`source` gives formats that are text; the rest are pictures. `colored` ones can be light or dark."""

    ending: str
    name: str
    about: str
    write: Callable[[Job, Path], None]
    source: Callable[[Job], str] | None = None
    colored: bool = True

    @property
    def scaled(self) -> bool:
        """Whether it is made of pixels, more or fewer of them."""
        return self.ending == ".png"


FORMATS = (
    Format(
        ".svg",
        "SVG",
        say(
            "export.sharp-every-size-text",
            "Sharp at every size, text stays text: for the web, slides and drawing programs.",
        ),
        write_svg,
    ),
    Format(
        ".png",
        "PNG",
        say("export.pixels-chats-documents-every", "Pixels: for chats, documents and every other program."),
        write_png,
    ),
    Format(
        ".pdf",
        "PDF",
        say("export.one-page-size-graph", "One page of the size of the graph: for print and LaTeX."),
        write_pdf,
    ),
    Format(
        ".dot",
        "DOT",
        say("export.source-graphviz-lay-graph", "Source for Graphviz, to lay the graph out anew."),
        write_dot,
        dot_source,
    ),
    Format(
        ".graphml",
        "GraphML",
        say("export.whole-tape-graph-libraries", "The whole tape, for graph libraries."),
        write_graphml,
        graphml_source,
        False,
    ),
    Format(
        ".mmd",
        say("export.mermaid", "Mermaid"),
        say("export.flow-chart-markdown-pages", "A flow chart for Markdown pages."),
        write_mermaid,
        mermaid_source,
        False,
    ),
)
WRITERS = {one.ending: one.write for one in FORMATS}


def format_of(ending: str) -> Format | None:
    """The format of an ending such as `.svg`."""
    return next((one for one in FORMATS if one.ending == ending.lower()), None)
