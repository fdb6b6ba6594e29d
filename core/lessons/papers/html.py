"""The HTML that papers have in common: marks of a lesson's texts, tables, a whole page that loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from core.lessons.prose import TERM

CODE = re.compile(r"`([^`]*)`")
STYLE = (
    "body{font:12pt/1.5 serif}h1{font-size:1.6em}"
    "pre{border-left:3px solid;padding-left:1em;white-space:pre-wrap}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid;padding:.3em .6em;text-align:left}.space{margin:2em 0}"
    ".name{text-align:right}.question{break-inside:avoid;margin:1.4em 0}"
    "@media screen{body{max-width:42em;margin:2cm auto;padding:0 1em}}"
)


def marked(text: str) -> str:
    """A filled text with its terms in italics and its code as code."""
    parts = CODE.split(text)
    for place, part in enumerate(parts):
        safe = escape(part)
        parts[place] = f"<code>{safe}</code>" if place % 2 else TERM.sub(r"<em>\1</em>", safe)
    return "".join(parts)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph; nothing for no text."""
    return f"<p{style and f' class={style!r}'}>{marked(text)}</p>" if text else ""


def boxed(parts: Iterable[str]) -> str:
    """What stays together on a page."""
    return '<div class="question">' + "".join(parts) + "</div>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    lines = ["<tr>" + "".join(f"<th>{marked(cell)}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{marked(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>"


def page(title: str, body: Iterable[str], style: str = STYLE, script: str = "") -> str:
    """A whole page."""
    code = f"<script>{script}</script>" if script else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>\n'
        f"<body>\n{chr(10).join(part for part in body if part)}\n{code}</body></html>\n"
    )
