"""`python -m tests.fuzz documents|settings|lessons`: files that somebody else has made, or that were cut short.

Each ends in what it means or in one sentence, in a moment; and what can be opened can be saved and opened again.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fuzz.mutations import SEEDS

PATIENCE = 3.0  # seconds of a single file
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.0, 2**31, 10**30, -0.0, 1e308, float("inf"), float("nan"), "", "x", "\ud83d",
    "\u2028", "a" * 10_001, "__class__", "if", [], {}, [[[]]], {"x": {}}, [None], ["x", 1], [1, [2]], {"": ""},
    [True], "１",
)  # fmt: skip
Find = Callable[[random.Random], str]
"""Makes one file and opens it; in a sentence what is wrong, "" where nothing is."""


def in_time(open_it: Callable[[], str]) -> str:
    """What was found, also that it took too long or raised what it should not."""
    began = time.monotonic()
    try:
        found = open_it()
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}"[:300]
    took = time.monotonic() - began
    return found or (f"took {took:.1f} s" if took > PATIENCE else "")


def spoilt(value: Any, chance: random.Random) -> Any:
    """The same plain data with one thing in it changed, dropped, doubled or swapped for something strange."""
    if chance.random() < 0.3 or not isinstance(value, dict | list) or not value:
        return chance.choice(STRANGE)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key, copy = chance.choice(keys), value.copy()
    how = chance.random()
    if how < 0.6:
        copy[key] = spoilt(value[key], chance)
    elif how < 0.75:
        del copy[key]
    elif isinstance(copy, list):
        copy.append(chance.choice([*value, *STRANGE]))
    else:
        copy[str(chance.choice(STRANGE))] = value[key]
    return copy


def torn(text: str, chance: random.Random) -> str:
    """The text cut short, with a part of it dropped, doubled, or a character changed."""
    one, other = sorted(chance.choices(range(len(text) + 1), k=2))
    return chance.choice((
        text[:one], text[:one] + text[other:], text[:other] + text[one:],
        text[:one] + chance.choice("\0\r\x0b\x0c\x85\u2028\ufeff{}[]\"'\\,:#=0e-") + text[one:],
    ))  # fmt: skip


# -- documents -----------------------------------------------------------------------------------------------------


def a_document(chance: random.Random) -> str:
    """A document that was changed by chance."""
    from explorer.model.document import Document, DocumentError, as_json, from_json
    from explorer.storage.documents import document_of, read_document, write_document

    document = Document(text=chance.choice(SEEDS), inputs={"x": 2.0, "y": [1.0, 2.0]})
    data = json.loads(as_json(document))
    for _ in range(chance.randint(1, 3)):
        data = spoilt(data, chance)
    text = json.dumps(data)
    text = torn(text, chance) if chance.random() < 0.3 else text

    def open_it() -> str:
        try:
            found = document_of(text, ".json")
        except (DocumentError, ValueError) as error:
            return "" if str(error).strip() and "\n" not in str(error) else f"no sentence: {error!r} of {text!r}"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "saved.json"
            try:
                write_document(path, found)
            except DocumentError as error:
                return f"opened, but cannot be saved: {error} of {text!r}"
            again = read_document(path)
        same = as_json(again) == as_json(found) and as_json(from_json(as_json(found))) == as_json(found)
        return "" if same else f"saved otherwise than it was opened: {text!r}"

    return in_time(open_it)


# -- settings ------------------------------------------------------------------------------------------------------

NUMBERS = ("0", "-1", "1e9", "inf", "nan", "", "True", "１０", "1_000", "0x10", "9" * 400, "[1]", "@Invalid()", "600.5")
KEYS = ("theme", "contributions", "quiz_score", "export_choice", "geometry", "docks", "recent")


def some_settings(chance: random.Random) -> str:
    """A file of settings with values by chance."""
    from PySide6.QtCore import QSettings

    from explorer.storage.settings import LIMITS, RECENT_FILES, THEMES, Settings

    def value() -> str:
        plain = json.dumps(spoilt(spoilt([{"a": 1}], chance), chance))
        return chance.choice((chance.choice(NUMBERS), plain, torn(plain, chance)))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.ini"
        lines = [f"{key}={value()}" for key in KEYS if chance.random() < 0.7]
        lines = ["[General]", *lines, "[limits]", *(f"{name}={value()}" for name in LIMITS)]
        path.write_bytes("\n".join(lines).encode("utf-8", "replace"))

        def open_it() -> str:
            found = Settings(QSettings(str(path), QSettings.Format.IniFormat))
            limits = found.limits()
            outside = [name for name, (low, high) in LIMITS.items() if not low <= getattr(limits, name) <= high]
            if outside or found.theme not in THEMES or len(found.recent_files()) > RECENT_FILES:
                return f"{outside}, {found.theme}: {lines}"
            found.layout(), found.quiz_score, found.export_choice, found.contributions  # none raises
            return ""

        return in_time(open_it)


# -- lessons -------------------------------------------------------------------------------------------------------

LESSONS = Path(__file__).resolve().parents[2] / "assets" / "lessons"


def a_lesson(chance: random.Random) -> str:
    """One of our lessons, torn."""
    from core.lessons.lesson import LessonError
    from core.lessons.reading import lesson_from_text

    file = chance.choice(sorted(LESSONS.glob("*.toml")))
    text = file.read_text("utf-8")
    for _ in range(chance.randint(1, 3)):
        text = torn(text, chance)

    def open_it() -> str:
        try:
            lesson_from_text(text, file.stem)
        except LessonError as error:
            return "" if str(error).strip() else f"no sentence about {file.stem}"
        return ""

    return in_time(open_it)


WAYS: dict[str, Find] = {"documents": a_document, "settings": some_settings, "lessons": a_lesson}


def campaign(way: str, seed: int, files: int, seconds: float = float("inf")) -> Counter[str]:
    """Try so many files, or for so long; how often each finding was made, with the first seed that makes it."""
    findings: Counter[str] = Counter()
    until = time.monotonic() + seconds
    for number in range(seed, seed + files):
        if time.monotonic() > until:
            break
        found = WAYS[way](random.Random(f"{way} {number}"))
        if found and not findings[found]:
            print(f"--- {way} (seed {number}): {found}"[:600], flush=True)
        findings[found] += 1
    print(f"{way}: {findings.total()} files, {findings.total() - findings['']} findings", flush=True)
    del findings[""]
    return findings


def main(arguments: list[str] | None = None, way: str = "documents") -> int:
    """Open foreign files; 1 when something was found."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.fuzz {way}", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args(arguments)
    return int(bool(campaign(way, options.seed, options.files, options.seconds)))
