"""Every lesson is walked through: without a mistake, with each named one, by pressing anything, and with edits between.

If these fail, a lesson cannot be finished, or tells a learner of a mistake that was not made.
"""

from __future__ import annotations

import random

import pytest

from core.lessons.lesson import Ask, Predict
from core.lessons.study import Setting, Study
from tests.core.lessons.learners import (
    IDS,
    MOST_TURNS,
    Stranger,
    beginning,
    lesson_of,
    met_by,
    moved,
    own_study,
    prompts,
    reshaped,
    until,
    wrong_answer,
)

QUESTIONS = [(id, one.number) for id in IDS for one in lesson_of(id).moments if isinstance(one.task, Ask | Predict)]


@pytest.mark.parametrize("id", IDS)
def test_a_perfect_learner_finishes_with_every_answer_right(id):
    walk = beginning(id)
    shown = []
    for prompt in prompts(walk):
        shown.append(prompt.moment.number)
        if prompt.is_open:
            assert met_by(walk, prompt), (prompt.moment.number, prompt.asked)
    assert sorted(shown) == [one.number for one in walk.lesson.moments]
    assert walk.is_finished
    assert all(walk.met[number].first_try for id_, number in QUESTIONS if id_ == id)


@pytest.mark.parametrize(("id", "number"), QUESTIONS)
def test_each_named_mistake_is_recognised(id, number):
    moment = lesson_of(id).moments[number - 1]
    for mistake in moment.mistakes:
        walk = beginning(id)
        prompt = until(walk, number)
        reply = walk.answer(wrong_answer(mistake, prompt.moment, walk))
        assert (reply.right, reply.readable, reply.mistake) == (False, True, mistake.name)
        assert len(reply.sentence) > 20
        assert met_by(walk, prompt), "the question stays open and can still be answered"


@pytest.mark.parametrize("id", IDS)
def test_a_learner_who_presses_anything_reaches_the_end(id):
    for seed in range(5):
        assert pressed_to_the_end(Stranger(beginning(id), random.Random(f"{id} {seed}")))


@pytest.mark.parametrize("id", IDS)
def test_a_learner_who_presses_and_edits_anything_reaches_the_end(id):
    lesson = lesson_of(id)
    studies = [own_study(id), Study.of_text("def other(strange):\n    return strange**2", {}, Setting())]
    studies += [moved(lesson), reshaped(lesson)] if lesson.inputs else []
    for seed in range(3):
        assert pressed_to_the_end(Stranger(beginning(id), random.Random(f"{id} {seed}"), tuple(studies)))


def pressed_to_the_end(stranger):
    """Whether the lesson is finished, with its own program, before the stranger has pressed too many keys."""
    for _ in range(MOST_TURNS):
        if stranger.walk.is_finished:
            stranger.walk.take(own_study(stranger.walk.lesson.id))
            if stranger.walk.is_finished:
                return True
        stranger.turn()
    return False


@pytest.mark.parametrize("id", IDS)
def test_a_learner_who_edits_in_between_reaches_the_end(id):
    walk = beginning(id)
    next(prompts(walk))
    if walk.lesson.inputs:
        walk.edited(moved(walk.lesson))
        for prompt in prompts(walk):
            if prompt.is_open and isinstance(prompt.moment.task, Ask):
                assert met_by(walk, prompt), (prompt.moment.number, prompt.asked)
            elif prompt.is_open:
                walk.show()
    walk.edited(Study.of_text("def other(strange):\n    return strange**2", {}, Setting()))
    assert all(sentence.endswith(".") for sentence in walk.stale.values())
    for _ in prompts(walk):
        if walk.prompt is not None and walk.prompt.is_open:
            walk.show()
    walk.take(own_study(id))
    for prompt in prompts(walk):
        if prompt.is_open:
            assert met_by(walk, prompt), (prompt.moment.number, prompt.asked)
    assert walk.is_finished


@pytest.mark.parametrize("id", [id for id in IDS if lesson_of(id).inputs])
def test_a_learner_who_changes_every_shape_is_asked_only_what_has_an_answer(id):
    walk = beginning(id)
    walk.edited(reshaped(walk.lesson))
    for prompt in prompts(walk):
        if prompt.is_open and isinstance(prompt.moment.task, Ask):
            walk.hint()
            assert met_by(walk, prompt), (prompt.moment.number, prompt.asked)
        elif prompt.is_open:
            walk.show()
    assert all(sentence.endswith(".") for sentence in walk.stale.values())
    walk.take(own_study(id))
    for prompt in prompts(walk):
        if prompt.is_open:
            assert met_by(walk, prompt), (prompt.moment.number, prompt.asked)
    assert walk.is_finished


def test_every_lesson_needs_only_earlier_ones():
    lessons = sorted(map(lesson_of, IDS), key=lambda one: one.number)
    assert [one.number for one in lessons] == list(range(len(lessons)))  # the tour is before the first
    for place, lesson in enumerate(lessons):
        assert set(lesson.needs) <= {one.id for one in lessons[:place]}
