"""Scores by concept as a plain dict that can be saved as JSON. Functions return a new one and change nothing."""

from typing import Any

from core.basics.words import say, say_many
from core.quiz.feedback import MISCONCEPTIONS
from core.quiz.names import named
from core.quiz.questions import CONCEPTS

VERSION = 1
Score = dict[str, Any]


def _empty_row() -> dict[str, int]:
    return {"asked": 0, "right": 0, "wrong": 0, "hints": 0}


def empty_score() -> Score:
    """Nothing answered yet."""
    concepts = {name: _empty_row() for name in CONCEPTS.values()}
    return {"version": VERSION, "concepts": concepts, "misconceptions": {}}


def add_to_score(score: Score, concept: str, right: bool, hints: int = 0, misconception: str = "") -> Score:
    """The score after one more answered question."""
    concepts = {name: dict(row) for name, row in score["concepts"].items()}
    row = concepts.setdefault(concept, _empty_row())
    row["asked"] += 1
    row["right"] += int(right)
    row["hints"] += hints
    seen = dict(score["misconceptions"])
    if misconception:
        seen[misconception] = seen.get(misconception, 0) + 1
    return {"version": VERSION, "concepts": concepts, "misconceptions": seen}


def read_score(data: Any) -> Score:
    """A score from a file; what does not belong into one is left out, so that a broken file does no harm."""
    score = empty_score()
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return score
    given = data.get("concepts")
    for name, row in score["concepts"].items():
        found = given.get(name) if isinstance(given, dict) else None
        if isinstance(found, dict):
            row.update({key: value for key, value in found.items() if key in row and _is_count(value)})
            row["right"] = min(row["right"], row["asked"])
    seen = data.get("misconceptions")
    if isinstance(seen, dict):
        score["misconceptions"] = {
            name: count for name, count in seen.items() if name in MISCONCEPTIONS and _is_count(count)
        }
    return score


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _line(name: str, row: dict[str, int]) -> str:
    wrong = row["wrong"]
    fields = {"concept": named(name), "right": row["right"], "asked": row["asked"]}
    if not wrong:
        return say("quiz.score", "{concept}: {right} of {asked}", **fields)
    return say_many(
        "quiz.score-with-wrong",
        "{concept}: {right} of {asked}, {count} wrong answer",
        "{concept}: {right} of {asked}, {count} wrong answers",
        wrong,
        **fields,
    )


def add_wrong(score: Score, concept: str, misconception: str = "") -> Score:
    """The score after a wrong answer; the question is still open."""
    concepts = {name: dict(row) for name, row in score["concepts"].items()}
    concepts.setdefault(concept, _empty_row())["wrong"] += 1
    seen = dict(score["misconceptions"])
    if misconception:
        seen[misconception] = seen.get(misconception, 0) + 1
    return {"version": VERSION, "concepts": concepts, "misconceptions": seen}


def summary(score: Score) -> str:
    """A line for each concept that was asked about, and what to look at again."""
    lines = [_line(name, row) for name, row in score["concepts"].items() if row["asked"]]
    seen = score["misconceptions"]
    if seen:
        often = max(seen, key=lambda name: (seen[name], name))
        lines.append(say("quiz.most-often", "Most often: {often}.", often=named(often)))
    return "\n".join(lines) or say("quiz.nothing-answered-yet", "Nothing answered yet.")
