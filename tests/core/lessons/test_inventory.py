"""The inventory tells learners apart: whoever makes one mistake is found out, whatever the seed."""

from itertools import pairwise
from math import cos, exp, tanh
from pathlib import Path

import pytest

from core.lessons.inventory import Item, Question, diagnosed, items_from_file, questions
from core.lessons.papers.inventory import inventory_sheet, self_marking

ITEMS: tuple[Item, ...] = items_from_file(Path(__file__).resolve().parents[3] / "assets" / "inventory.toml")
MISTAKES = sorted({one.mistake for item in ITEMS for one in item.distractors})
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def asked(request: pytest.FixtureRequest) -> tuple[Question, ...]:
    return questions(ITEMS, request.param)


def test_there_are_twenty_items_with_a_named_mistake_behind_every_wrong_choice(asked: tuple[Question, ...]) -> None:
    assert len(asked) == 20
    for question in asked:
        assert sum(not choice.mistake for choice in question.choices) == 1
        assert len({choice.text for choice in question.choices}) == len(question.choices) >= 3
        assert all(choice.say.endswith(".") for choice in question.choices if choice.mistake)


def test_each_mistake_is_found_out(asked: tuple[Question, ...]) -> None:
    """A simulated learner for each mistake, who knows everything else."""
    for mistake in MISTAKES:
        found = diagnosed(asked, [question.place_of(mistake) for question in asked])
        assert found.likeliest == mistake
        assert set(found.made) == {mistake} and found.made[mistake] == found.possible[mistake]


def test_no_two_mistakes_give_the_same_sheet(asked: tuple[Question, ...]) -> None:
    sheets = [tuple(question.place_of(mistake) for question in asked) for mistake in (*MISTAKES, "")]
    assert len(set(sheets)) == len(sheets)


def test_two_mistakes_at_once_are_both_found(asked: tuple[Question, ...]) -> None:
    """Where each of two mistakes makes a difference in a question in which the other makes none."""
    for one, other in pairwise(MISTAKES):
        chosen = [q.place_of(one) if q.place_of(one) != q.right else q.place_of(other) for q in asked]
        alone = any(q.place_of(other) != q.right == q.place_of(one) for q in asked)
        assert set(diagnosed(asked, chosen).made) == ({one, other} if alone else {one})


def test_whoever_knows_everything_or_nothing(asked: tuple[Question, ...]) -> None:
    assert diagnosed(asked, [question.right for question in asked]).right == 20
    assert diagnosed(asked, [question.right for question in asked]).likeliest == ""
    assert diagnosed(asked, [None] * 20).right == 0


def test_a_seed_gives_the_same_numbers_again_and_another_seed_others() -> None:
    assert questions(ITEMS, 7) == questions(ITEMS, 7)
    assert questions(ITEMS, 7) != questions(ITEMS, 8)


def test_right_answers_are_those_of_calculus() -> None:
    """By hand, for the first items: 6x + y; 28x; yz; 5 cos x; exp u; 1 - tanh² x; 3x²; -4; -a/b²; 3b."""
    rules = [
        lambda x, y: 6 * x + y, lambda x: 28 * x, lambda x, y, z: y * z, lambda x: 5 * cos(x),
        lambda x: exp(2 * x), lambda x: 1 - tanh(x) ** 2, lambda x: 3 * x**2, lambda x, y: -4, lambda a, b: -a / b**2,
        lambda a, b: 3 * b,
    ]  # fmt: skip
    for question, rule in zip(questions(ITEMS, 5), rules):
        point = dict(part.split(" = ") for part in question.point.split(", "))
        expected = rule(*map(float, point.values()))
        assert float(question.choices[question.right].text) == pytest.approx(expected, rel=1e-5), question.program


def test_the_page_and_the_sheet_hold_every_choice(asked: tuple[Question, ...]) -> None:
    form = self_marking("Inventory", asked)
    sheet = inventory_sheet("Inventory", asked)
    assert form.count('type="radio"') == sum(len(question.choices) for question in asked)
    assert "http" not in form.replace("http-equiv", "") and "</script>" in form
    assert all(mistake not in sheet.questions for mistake in MISTAKES)
    assert all(mistake in sheet.answers for mistake in MISTAKES)
