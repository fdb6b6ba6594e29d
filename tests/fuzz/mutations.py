"""Texts made from other texts: words changed, moved, repeated, spliced. Knows the look of Python, nothing more."""

from __future__ import annotations

import random
import re

from core.language.names.namespaces import BARE, TABLE
from tests.core.language.corpus import CORPUS
from tests.core.language.escapes import ESCAPES
from tests.core.language.layers.keras_texts import TEXTS as KERAS
from tests.core.language.layers.torch_texts import TEXTS as TORCH
from tests.core.language.rules.own_rules_texts import TEXTS as RULES
from tests.core.language.spellings.spelling_texts import TEXTS as SPELLINGS
from tests.core.language.wrong_programs import WRONG

WORD = re.compile(r"\w+(?:\.\w+)*|\s+|\*\*|//|==|<=|>=|!=|[^\w\s]")
GROW_TO = 3_000
LONGER = (*TORCH.values(), *KERAS.values(), *RULES.values(), *SPELLINGS.values())
SEEDS = tuple(dict.fromkeys((
    *(text for text, _ in CORPUS.values()), *(text for text, _ in WRONG), *ESCAPES, *LONGER,
)))  # fmt: skip
SPICE = (
    "0", "1", "-1", "2.5", "1e308", "10**6", "nan", "inf", "None", "True", "x", "y", "()", "[]", "{}", "''", "'a'",
    "[1, 2]", "(x,)", "{'a': 1}", "lambda t: t", "x[0]", "x[:, None]", "np.ones(3)", "np.ones((2, 3))", "np.zeros(0)",
    "np.array(x)", "axis=0", "axis=-5", "keepdims=True", "*x", "**x", "if x:", "else", "for i in range(3):",
    "while x > 0:", "def f(x):", "return x", "with tf.GradientTape() as t:", "t.gradient(y, x)", "grad(f)(x)",
    "tf.Variable(2.)", "torch.tensor(1., requires_grad=True)", "y.backward()", ".sum()", ".T", ".reshape(-1)",
    ".append(x)",
    "\n", "\n    ", ":", ",", "=", "+=", "@", "**", "//", "%", "<", "not", "and", "in", "is", "global x", "del x",
    "f'{x:.2f}'",
    "[i for i in x]", "x.__class__", "é", "\0", "\\", "#", "'''",
)  # fmt: skip
NAMES = tuple(sorted((*BARE, *TABLE)))


def mutate(text: str, chance: random.Random) -> str:
    """The text with one to a few changes."""
    parts = WORD.findall(text) or [""]
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        change = chance.choice(CHANGES)
        parts = change(parts, chance) or [""]
    return "".join(parts)[:GROW_TO]


def _at(parts: list[str], chance: random.Random) -> int:
    return chance.randrange(len(parts))


def _replace(parts: list[str], chance: random.Random) -> list[str]:
    place = _at(parts, chance)
    return [*parts[:place], _any_word(chance), *parts[place + 1 :]]


def _insert(parts: list[str], chance: random.Random) -> list[str]:
    place = _at(parts, chance)
    return [*parts[:place], _any_word(chance), *parts[place:]]


def _delete(parts: list[str], chance: random.Random) -> list[str]:
    place = _at(parts, chance)
    return [*parts[:place], *parts[place + chance.choice((1, 1, 2, 5)) :]]


def _repeat(parts: list[str], chance: random.Random) -> list[str]:
    place = _at(parts, chance)
    end = place + chance.choice((1, 2, 4, 9))
    return [*parts[:end], *parts[place:end] * chance.choice((1, 1, 2, 30)), *parts[end:]]


def _swap(parts: list[str], chance: random.Random) -> list[str]:
    one, other = _at(parts, chance), _at(parts, chance)
    parts = list(parts)
    parts[one], parts[other] = parts[other], parts[one]
    return parts


def _splice(parts: list[str], chance: random.Random) -> list[str]:
    other = WORD.findall(chance.choice(SEEDS)) or [""]
    return [*parts[: _at(parts, chance)], *other[_at(other, chance) :]]


def _lines(parts: list[str], chance: random.Random) -> list[str]:
    """Another program's lines after these."""
    return [*parts, "\n", *WORD.findall(chance.choice(SEEDS))]


def _rename(parts: list[str], chance: random.Random) -> list[str]:
    """One word everywhere replaced by another of the same text."""
    one, other = parts[_at(parts, chance)], parts[_at(parts, chance)]
    return [other if part == one else part for part in parts]


def _function(parts: list[str], chance: random.Random) -> list[str]:
    """Another function of ours in the place of one."""
    places = [place for place, part in enumerate(parts) if part in TABLE or part in BARE]
    if not places:
        return _insert(parts, chance)
    place = chance.choice(places)
    return [*parts[:place], chance.choice(NAMES), *parts[place + 1 :]]


def _any_word(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(SPICE)
    if kind < 0.8:
        name = chance.choice(NAMES)
        return chance.choice((name, f"{name}(x)", f"{name}(x, y)", f"{name}(2, [1., 2.])", f"{name}(np.ones((2, 2)))"))
    return chance.choice(WORD.findall(chance.choice(SEEDS)) or [""])


CHANGES = (
    _replace,
    _replace,
    _insert,
    _insert,
    _delete,
    _repeat,
    _swap,
    _splice,
    _lines,
    _rename,
    _function,
    _function,
)
